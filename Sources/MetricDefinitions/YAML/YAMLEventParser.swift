internal import CLibYAML

/// libyaml's event stream with values of ours: the only code that touches libyaml.
final class YAMLEventParser {
    /// A range of scalars from the start of the text.
    struct Extent {
        var start: Int
        var end: Int
    }

    enum Event {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case scalar(text: String, isPlain: Bool, tag: String?, anchor: String?)
        case sequenceStart(tag: String?, anchor: String?)
        case sequenceEnd
        case mappingStart(tag: String?, anchor: String?)
        case mappingEnd
        case alias(String)
    }

    /// What libyaml could not read.
    struct Failure: Error {
        var problem: String
        /// Where, in scalars; `nil` where only `byteOffset` is known.
        var scalarOffset: Int?
        var byteOffset: Int
        var context: String?
        var contextScalarOffset: Int?
    }

    // libyaml keeps a pointer to its own parser, so the parser must not move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    init(_ bytes: [UInt8]) throws(Failure) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        input = .allocate(capacity: max(bytes.count, 1))
        _ = input.initialize(from: bytes)
        guard yaml_parser_initialize(parser) == 1 else {
            throw Failure(problem: "out of memory", scalarOffset: 0, byteOffset: 0, context: nil)
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    func next() throws(Failure) -> (event: Event, extent: Extent) {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { throw failure() }
        defer { yaml_event_delete(&raw) }
        let extent = Extent(start: raw.start_mark.index, end: raw.end_mark.index)
        return (Self.event(raw), extent)
    }

    private static func event(_ raw: yaml_event_t) -> Event {
        switch raw.type {
        case YAML_STREAM_END_EVENT: return .streamEnd
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_ALIAS_EVENT: return .alias(text(raw.data.alias.anchor) ?? "")
        case YAML_SEQUENCE_START_EVENT:
            let data = raw.data.sequence_start
            return .sequenceStart(tag: text(data.tag), anchor: text(data.anchor))
        case YAML_MAPPING_START_EVENT:
            let data = raw.data.mapping_start
            return .mappingStart(tag: text(data.tag), anchor: text(data.anchor))
        case YAML_SCALAR_EVENT:
            let data = raw.data.scalar
            let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
            return .scalar(
                text: String(decoding: bytes, as: UTF8.self),
                isPlain: data.style == YAML_PLAIN_SCALAR_STYLE,
                tag: text(data.tag),
                anchor: text(data.anchor)
            )
        default: return .streamStart
        }
    }

    private static func text(_ pointer: UnsafePointer<UInt8>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func failure() -> Failure {
        let raw = parser.pointee
        let problem = raw.problem.map { String(cString: $0) } ?? "the file cannot be read"
        // Errors of the reader carry an offset in bytes, and no mark.
        guard raw.error != YAML_READER_ERROR else {
            return Failure(problem: problem, scalarOffset: nil, byteOffset: raw.problem_offset, context: nil)
        }
        return Failure(
            problem: problem,
            scalarOffset: raw.problem_mark.index,
            byteOffset: 0,
            context: raw.context.map { String(cString: $0) },
            contextScalarOffset: raw.context == nil ? nil : raw.context_mark.index
        )
    }
}
