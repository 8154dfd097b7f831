#if Server
    import CLibYAML

    /// One value of a `web.config` file, with where it stands.
    struct WebConfigurationNode {
        indirect enum Content {
            /// Nothing, or `null`.
            case empty
            case scalar(String)
            case sequence([WebConfigurationNode])
            case mapping([(key: String, line: Int, value: WebConfigurationNode)])
        }

        let content: Content
        let line: Int
        /// The key that it stands under, with the keys above it.
        let key: String
    }

    extension WebConfigurationNode {
        /// Deeper than this no key of the file stands.
        private static let depthLimit = 8

        /// Reads a file's text with libyaml's own composer: the one C library that is in the project for YAML already, in a
        /// hundredth of what the generator needs of it, which the runtime side does not import.
        static func parse(_ bytes: [UInt8], path: String) throws(WebConfigurationError) -> WebConfigurationNode {
            var parser = yaml_parser_t()
            guard yaml_parser_initialize(&parser) == 1 else {
                throw WebConfigurationError(path: path, reason: "there is no memory to read it")
            }
            defer { yaml_parser_delete(&parser) }
            let result = bytes.withUnsafeBufferPointer { input in
                // libyaml reads nothing where there is nothing, but wants a pointer.
                guard let start = input.baseAddress else {
                    return Result<WebConfigurationNode, WebConfigurationError>.success(
                        .init(content: .empty, line: 1, key: "")
                    )
                }
                yaml_parser_set_input_string(&parser, start, input.count)
                return load(&parser, path: path)
            }
            return try result.get()
        }

        private static func load(
            _ parser: inout yaml_parser_t,
            path: String
        ) -> Result<WebConfigurationNode, WebConfigurationError> {
            var document = yaml_document_t()
            guard yaml_parser_load(&parser, &document) == 1 else { return .failure(failure(parser, path: path)) }
            defer { yaml_document_delete(&document) }
            guard yaml_document_get_root_node(&document) != nil else {
                return .success(WebConfigurationNode(content: .empty, line: 1, key: ""))
            }
            do throws(WebConfigurationError) {
                let root = try node(1, of: &document, key: "", depth: 0, path: path)
                var next = yaml_document_t()
                guard yaml_parser_load(&parser, &next) == 1 else { return .failure(failure(parser, path: path)) }
                defer { yaml_document_delete(&next) }
                guard yaml_document_get_root_node(&next) == nil else {
                    throw WebConfigurationError(
                        path: path,
                        line: Int(next.start_mark.line) + 1,
                        reason: "a second document begins here; the file holds one"
                    )
                }
                return .success(root)
            } catch {
                return .failure(error)
            }
        }

        private static func failure(_ parser: yaml_parser_t, path: String) -> WebConfigurationError {
            let problem = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
            return WebConfigurationError(
                path: path,
                line: Int(parser.problem_mark.line) + 1,
                reason: "this is no YAML: \(problem)"
            )
        }

        private static func node(
            _ index: Int32,
            of document: inout yaml_document_t,
            key: String,
            depth: Int,
            path: String
        ) throws(WebConfigurationError) -> WebConfigurationNode {
            guard let pointer = yaml_document_get_node(&document, index) else {
                return WebConfigurationNode(content: .empty, line: 1, key: key)
            }
            let node = pointer.pointee
            let line = Int(node.start_mark.line) + 1
            // An alias may stand for what it is part of; the depth ends that too.
            guard depth < depthLimit else {
                throw WebConfigurationError(path: path, line: line, key: key, reason: "nothing stands that deep")
            }
            switch node.type {
            case YAML_SCALAR_NODE:
                let scalar = node.data.scalar
                let text = String(
                    decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length),
                    as: UTF8.self
                )
                let isNull =
                    scalar.style == YAML_PLAIN_SCALAR_STYLE && ["", "~", "null", "Null", "NULL"].contains(text)
                return WebConfigurationNode(content: isNull ? .empty : .scalar(text), line: line, key: key)
            case YAML_SEQUENCE_NODE:
                let list = node.data.sequence.items
                let count = list.start.flatMap { start in list.top.map { $0 - start } } ?? 0
                var items: [WebConfigurationNode] = []
                for position in 0..<count {
                    guard let item = list.start?[position] else { continue }
                    items.append(
                        try Self.node(item, of: &document, key: "\(key)[\(position)]", depth: depth + 1, path: path)
                    )
                }
                return WebConfigurationNode(content: .sequence(items), line: line, key: key)
            case YAML_MAPPING_NODE:
                let list = node.data.mapping.pairs
                let count = list.start.flatMap { start in list.top.map { $0 - start } } ?? 0
                var entries: [(key: String, line: Int, value: WebConfigurationNode)] = []
                for position in 0..<count {
                    guard let pair = list.start?[position] else { continue }
                    let name = try Self.node(pair.key, of: &document, key: key, depth: depth + 1, path: path)
                    guard case .scalar(let text) = name.content else {
                        throw WebConfigurationError(
                            path: path,
                            line: name.line,
                            key: key,
                            reason: "a key must be a text"
                        )
                    }
                    guard !entries.contains(where: { $0.key == text }) else {
                        throw WebConfigurationError(
                            path: path,
                            line: name.line,
                            key: key,
                            reason: "the key '\(text)' stands here a second time; remove one of them"
                        )
                    }
                    let inner = key.isEmpty ? text : "\(key).\(text)"
                    let value = try Self.node(pair.value, of: &document, key: inner, depth: depth + 1, path: path)
                    entries.append((text, name.line, value))
                }
                return WebConfigurationNode(content: .mapping(entries), line: line, key: key)
            default:
                return WebConfigurationNode(content: .empty, line: line, key: key)
            }
        }
    }
#endif
