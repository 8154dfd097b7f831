/// One tag of a template.
struct TemplateTag: Equatable {
    enum Kind: Equatable {
        case variable
        case section
        case invertedSection
        case end
        case partial
        /// What needs no check: comments, pragmas, delimiters.
        case other
    }

    var kind: Kind
    /// The name, transforms taken off.
    var name: String
    /// `last` in `{{#last()}}`.
    var transforms: [String]
    /// Where the name begins, in bytes from the start of the template.
    var offset: Int
    var length: Int
}

/// Finds the tags of a template as Mustache does, set delimiters included.
struct TemplateTagScanner {
    /// A tag that is not closed.
    struct UnclosedTag: Error {
        /// Where it begins, in bytes from the start of the template.
        var offset: Int
    }

    private let bytes: [UInt8]
    private var open: [UInt8] = Array("{{".utf8)
    private var close: [UInt8] = Array("}}".utf8)

    private init(_ template: [UInt8]) { bytes = template }

    /// The tags of a template in UTF-8.
    static func tags(in template: [UInt8]) throws(UnclosedTag) -> [TemplateTag] {
        var scanner = TemplateTagScanner(template)
        return try scanner.scan()
    }

    private mutating func scan() throws(UnclosedTag) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var index = 0
        while let found = bytes.firstIndex(of: open, from: index) {
            let start = found + open.count
            let sigil = start < bytes.count ? bytes[start] : UInt8(ascii: " ")
            let closing = sigil == UInt8(ascii: "{") ? [UInt8(ascii: "}")] + close : close
            guard let end = bytes.firstIndex(of: closing, from: start) else { throw UnclosedTag(offset: found) }
            tags.append(tag(from: start, to: end, sigil: sigil))
            index = end + closing.count
            if sigil == UInt8(ascii: "=") { setDelimiters(from: start + 1, to: end) }
        }
        return tags
    }

    private func tag(from start: Int, to end: Int, sigil: UInt8) -> TemplateTag {
        let kind: TemplateTag.Kind
        switch sigil {
        case UInt8(ascii: "#"): kind = .section
        case UInt8(ascii: "^"): kind = .invertedSection
        case UInt8(ascii: "/"): kind = .end
        case UInt8(ascii: ">"): kind = .partial
        case UInt8(ascii: "!"), UInt8(ascii: "="), UInt8(ascii: "%"), UInt8(ascii: "<"), UInt8(ascii: "$"):
            kind = .other
        default: kind = .variable
        }
        let hasSigil = kind != .variable || sigil == UInt8(ascii: "{") || sigil == UInt8(ascii: "&")
        // What closes a tag may begin with what looks like a sigil.
        let content = String(decoding: bytes[(hasSigil ? min(start + 1, end) : start)..<end], as: UTF8.self)
        let trimmed = Self.trimmed(content[...])
        var name = String(trimmed)
        var transforms: [String] = []
        if kind != .other {
            while let bracket = name.utf8.firstIndex(of: UInt8(ascii: "(")), name.hasSuffix(")") {
                transforms.append(String(name[..<bracket]))
                name = String(name[name.index(after: bracket)...].dropLast())
            }
        }
        let first = end - content.utf8.distance(from: trimmed.startIndex, to: content.endIndex)
        return TemplateTag(kind: kind, name: name, transforms: transforms, offset: first, length: trimmed.utf8.count)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var scalars = text.unicodeScalars
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return Substring(scalars)
    }

    /// Takes the delimiters of a tag like `{{=<% %>=}}` from here on.
    private mutating func setDelimiters(from start: Int, to end: Int) {
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        let parts = text.unicodeScalars.split { $0.properties.isWhitespace || $0 == "=" }
        guard parts.count == 2 else { return }
        open = Array(String(parts[0]).utf8)
        close = Array(String(parts[1]).utf8)
    }
}
