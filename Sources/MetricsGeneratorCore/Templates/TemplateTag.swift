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
    /// Where the name begins, in scalars from the start of the template.
    var offset: Int
    var length: Int
}

/// Finds the tags of a template as Mustache does, set delimiters included.
struct TemplateTagScanner {
    /// A tag that is not closed.
    struct UnclosedTag: Error {
        var offset: Int
    }

    private let scalars: [Unicode.Scalar]
    private var open: [Unicode.Scalar] = ["{", "{"]
    private var close: [Unicode.Scalar] = ["}", "}"]

    private init(_ text: String) { scalars = Array(text.unicodeScalars) }

    static func tags(in text: String) throws(UnclosedTag) -> [TemplateTag] {
        var scanner = TemplateTagScanner(text)
        return try scanner.scan()
    }

    private mutating func scan() throws(UnclosedTag) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var index = 0
        while index < scalars.count {
            guard hasPrefix(open, at: index) else {
                index += 1
                continue
            }
            let start = index + open.count
            let sigil = start < scalars.count ? scalars[start] : " "
            var end = start
            let closing = sigil == "{" ? ["}"] + close : close
            while end < scalars.count, !hasPrefix(closing, at: end) { end += 1 }
            guard end < scalars.count else { throw UnclosedTag(offset: index) }
            tags.append(tag(from: start, to: end, sigil: sigil))
            index = end + closing.count
            if sigil == "=" { setDelimiters(from: start + 1, to: end) }
        }
        return tags
    }

    private func tag(from start: Int, to end: Int, sigil: Unicode.Scalar) -> TemplateTag {
        let kind: TemplateTag.Kind
        switch sigil {
        case "#": kind = .section
        case "^": kind = .invertedSection
        case "/": kind = .end
        case ">": kind = .partial
        case "!", "=", "%", "<", "$": kind = .other
        default: kind = .variable
        }
        var first = start
        if kind != .variable || sigil == "{" || sigil == "&" { first += 1 }
        while first < end, scalars[first].properties.isWhitespace { first += 1 }
        var last = end
        while last > first, scalars[last - 1].properties.isWhitespace { last -= 1 }
        var name = String(String.UnicodeScalarView(scalars[first..<last]))
        var transforms: [String] = []
        if kind != .other {
            while let bracket = name.firstIndex(of: "("), name.hasSuffix(")") {
                transforms.append(String(name[..<bracket]))
                name = String(name[name.index(after: bracket)...].dropLast())
            }
        }
        return TemplateTag(kind: kind, name: name, transforms: transforms, offset: first, length: last - first)
    }

    /// Takes the delimiters of a tag like `{{=<% %>=}}` from here on.
    private mutating func setDelimiters(from start: Int, to end: Int) {
        let parts = scalars[start..<end].split { $0.properties.isWhitespace || $0 == "=" }
        guard parts.count == 2 else { return }
        open = Array(parts[0])
        close = Array(parts[1])
    }

    private func hasPrefix(_ prefix: [Unicode.Scalar], at index: Int) -> Bool {
        guard index + prefix.count <= scalars.count else { return false }
        return zip(prefix, scalars[index...]).allSatisfy { $0 == $1 }
    }
}
