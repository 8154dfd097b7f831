/// Builds nodes from libyaml's events, and refuses what definitions do not need.
struct YAMLComposer {
    /// How deep nodes may nest; definitions need six.
    static let depthLimit = 64
    /// How many nodes aliases may add to a file before it counts as an attack.
    static let aliasBudget = 10_000
    /// What lies deeper than this is part of one metric or label set.
    private static let itemDepth = 3

    /// The key whose value comes next.
    private enum Key {
        case none
        case text(Located<String>, isMerge: Bool)
        /// A key that was reported; its value is read and dropped.
        case dropped
    }

    /// A list or a mapping that is not closed yet; a class, so that its children grow in place.
    private final class Frame {
        let isMapping: Bool
        let start: Int
        let anchor: String?
        var weight = 1
        var items: [YAMLNode] = []
        var entries: [YAMLEntry] = []
        var keys = KeyPlaces()
        var key = Key.none
        /// What `<<` adds to a mapping, unless the mapping has the keys itself.
        var merged: [YAMLEntry] = []

        init(isMapping: Bool, start: Int, anchor: String?) {
            self.isMapping = isMapping
            self.start = start
            self.anchor = anchor
        }

        var content: YAMLNode.Content {
            guard isMapping else { return .sequence(items) }
            guard !merged.isEmpty else { return .mapping(entries) }
            var present = Set(entries.map(\.key.value))
            return .mapping(entries + merged.filter { present.insert($0.key.value).inserted })
        }
    }

    /// Where the keys of a mapping stand. A dictionary only where there are more than any definition has.
    private struct KeyPlaces {
        private static let most = 32
        private var few: [Located<String>] = []
        private var many: [String: SourceSpan] = [:]

        /// The place of the key, where it stands in the mapping already; else it is kept.
        mutating func insert(_ key: Located<String>) -> SourceSpan? {
            if few.count < Self.most {
                if let first = few.first(where: { $0.value == key.value }) { return first.span }
                few.append(key)
                return nil
            }
            if many.isEmpty { for key in few { many[key.value] = key.span } }
            if let first = many[key.value] { return first }
            many[key.value] = key.span
            return nil
        }
    }

    let source: SourceID
    let lines: LineTable
    var sink = DiagnosticSink()

    private var stack: [Frame] = []
    private var root: YAMLNode?
    private var anchors: [String: (node: YAMLNode, weight: Int)] = [:]
    private var aliasWeight = 0
    private var nodes = 0
    /// The line of the last place: the next one is mostly on it, or shortly behind.
    private var line = 0
    /// Lines inside scalars, in which a tab is content.
    private var contentLines: Set<Int> = []

    init(source: SourceID, lines: LineTable) {
        self.source = source
        self.lines = lines
    }

    mutating func compose(_ bytes: [UInt8]) -> YAMLDocument {
        do throws(YAMLEventParser.Failure) {
            let parser = try YAMLEventParser(bytes)
            var documents = 0
            while true {
                let (event, extent) = try parser.next()
                if case .streamEnd = event { break }
                if case .documentStart = event {
                    documents += 1
                    if documents > 1 {
                        let mark = span(extent.start, extent.end)
                        sink.report(
                            FileRules.multipleDocuments,
                            at: mark,
                            "a second document begins here; a file holds one"
                        )
                        break
                    }
                }
                if nodes > FileRules.nodeLimit {
                    let message = "the file has more than \(FileRules.nodeLimit) nodes; the rest is not read"
                    sink.report(FileRules.tooLarge, at: span(extent.start, extent.start), message)
                    abandonOpenNodes()
                    return YAMLDocument(root: root, isComplete: false)
                }
                guard handle(event, extent) else {
                    abandonOpenNodes()
                    return YAMLDocument(root: root, isComplete: false)
                }
            }
            reportTabs()
            return YAMLDocument(root: root, isComplete: true)
        } catch {
            let place = report(error)
            abandonOpenNodes(before: place)
            return YAMLDocument(root: root, isComplete: false)
        }
    }

    /// Whether the file can be read on.
    private mutating func handle(_ event: YAMLEventParser.Event, _ extent: YAMLEventParser.Extent) -> Bool {
        let mark = span(extent.start, extent.end)
        switch event {
        case .streamStart, .streamEnd, .documentStart, .documentEnd: return true
        case .scalar(let text, let isPlain, let tag, let anchor):
            // A block scalar ends where the next line begins.
            let lastLine = mark.end.column == 1 ? mark.end.line - 1 : mark.end.line
            if lastLine > mark.start.line { contentLines.formUnion(mark.start.line + 1...lastLine) }
            checkTag(tag, allowing: "tag:yaml.org,2002:str", at: mark)
            let scalar = YAMLScalar(text: text, isPlain: isPlain && tag == nil)
            attach(YAMLNode(content: .scalar(scalar), span: mark), weight: 1, anchor: anchor)
            return true
        case .sequenceStart(let tag, let anchor):
            checkTag(tag, allowing: "tag:yaml.org,2002:seq", at: mark)
            stack.append(Frame(isMapping: false, start: extent.start, anchor: anchor))
            return checkDepth(mark)
        case .mappingStart(let tag, let anchor):
            checkTag(tag, allowing: "tag:yaml.org,2002:map", at: mark)
            stack.append(Frame(isMapping: true, start: extent.start, anchor: anchor))
            return checkDepth(mark)
        case .sequenceEnd, .mappingEnd:
            closeFrame(end: extent.end)
            return true
        case .alias(let name):
            return expandAlias(name, at: mark)
        }
    }

    private mutating func closeFrame(end: Int) {
        guard let frame = stack.popLast() else { return }
        attach(
            YAMLNode(content: frame.content, span: span(frame.start, end)),
            weight: frame.weight,
            anchor: frame.anchor
        )
    }

    private mutating func expandAlias(_ name: String, at mark: SourceSpan) -> Bool {
        guard let target = anchors[name] else {
            sink.report(
                FileRules.unknownAlias,
                at: mark,
                "no anchor '&\(name)' stands before this alias",
                suggestion: Suggestion.didYouMean(name, in: anchors.keys.sorted())
            )
            attach(YAMLNode(content: .scalar(YAMLScalar(text: "", isPlain: true)), span: mark), weight: 1, anchor: nil)
            return true
        }
        aliasWeight += target.weight
        guard aliasWeight <= Self.aliasBudget else {
            sink.report(
                FileRules.aliasBudget,
                at: mark,
                "aliases make more than \(Self.aliasBudget) nodes of this file"
            )
            return false
        }
        attach(target.node, weight: target.weight, anchor: nil)
        return true
    }

    /// Hands a finished node to the node that holds it.
    private mutating func attach(_ node: YAMLNode, weight: Int, anchor: String?) {
        nodes += 1
        if let anchor { anchors[anchor] = (node, weight) }
        guard let frame = stack.last else {
            root = node
            return
        }
        frame.weight += weight
        guard frame.isMapping else {
            frame.items.append(node)
            return
        }
        var next = Key.none
        switch frame.key {
        case .none: next = key(from: node, in: frame)
        case .text(_, isMerge: true): frame.merged += mergedEntries(node)
        case .text(let name, isMerge: false): frame.entries.append(YAMLEntry(key: name, value: node))
        case .dropped: break
        }
        frame.key = next
    }

    private mutating func key(from node: YAMLNode, in frame: Frame) -> Key {
        guard case .scalar(let scalar) = node.content else {
            sink.report(FileRules.complexKey, at: node.span, "a key must be text, found \(node.kindDescription)")
            return .dropped
        }
        if scalar.isPlain, scalar.text == "<<" { return .text(Located("<<", node.span), isMerge: true) }
        let key = Located(scalar.text, node.span)
        if let first = frame.keys.insert(key) {
            sink.report(
                FileRules.duplicateKey,
                at: node.span,
                "the key '\(scalar.text)' stands twice in this mapping",
                notes: [Diagnostic.Note(message: "first here", span: first)]
            )
            return .dropped
        }
        return .text(key, isMerge: false)
    }

    /// The keys that `<<` adds.
    private mutating func mergedEntries(_ node: YAMLNode) -> [YAMLEntry] {
        switch node.content {
        case .mapping(let entries): return entries
        case .sequence(let nodes):
            var entries: [YAMLEntry] = []
            for node in nodes { entries += mergedEntries(node) }
            return entries
        case .scalar(let scalar):
            sink.report(
                FileRules.mergeKey,
                at: node.span,
                "'<<' needs a mapping or a list of mappings, found \(scalar.kindDescription)"
            )
            return []
        }
    }

    /// After an error: keeps the metrics and label sets that were read whole, and drops the one it stands in.
    private mutating func abandonOpenNodes(before place: SourcePosition? = nil) {
        // Text at the root was not meant as such: what follows it, a colon mostly, should have made a key of it.
        if stack.isEmpty, case .scalar = root?.content { root = nil }
        while let frame = stack.popLast() {
            guard stack.count + 1 < Self.itemDepth else { continue }
            // An item that ended where the error stands may be cut short by it.
            if let place, let last = frame.items.last, last.span.end.line >= place.line { frame.items.removeLast() }
            let mark = span(frame.start, frame.start)
            attach(YAMLNode(content: frame.content, span: mark), weight: 1, anchor: nil)
        }
    }

    private mutating func checkDepth(_ mark: SourceSpan) -> Bool {
        guard stack.count > Self.depthLimit else { return true }
        sink.report(FileRules.depth, at: mark, "nodes nest more than \(Self.depthLimit) deep")
        return false
    }

    private mutating func checkTag(_ tag: String?, allowing allowed: String, at mark: SourceSpan) {
        guard let tag, tag != allowed, tag != "!" else { return }
        sink.report(FileRules.tag, at: mark, "the tag '\(tag)' is not used in definitions: remove it")
    }

    private mutating func span(_ start: Int, _ end: Int) -> SourceSpan {
        SourceSpan(
            source: source,
            start: lines.position(scalarOffset: start, near: &line),
            end: lines.position(scalarOffset: end, near: &line)
        )
    }
}

// MARK: - Errors

extension YAMLComposer {
    /// Reports what libyaml could not read, and says where.
    private mutating func report(_ failure: YAMLEventParser.Failure) -> SourcePosition {
        var position: SourcePosition
        if let offset = failure.scalarOffset {
            position = lines.position(scalarOffset: offset)
        } else {
            position = lines.position(byteOffset: failure.byteOffset)
        }
        let column = tabColumn(line: position.line)
        if column != nil || failure.problem.contains("tab character") {
            position.column = column ?? position.column
            sink.report(
                FileRules.tabIndent,
                at: SourceSpan(source: source, start: position, end: position),
                "a tab in the indentation: YAML indents with spaces"
            )
            return position
        }
        var notes: [Diagnostic.Note] = []
        if let context = failure.context, let offset = failure.contextScalarOffset {
            notes.append(Diagnostic.Note(message: context, span: span(offset, offset)))
        }
        sink.report(
            FileRules.syntax,
            at: SourceSpan(source: source, start: position, end: position),
            YAMLProblem.explanation(failure.problem),
            notes: notes.filter { $0.span.start != position }
        )
        return position
    }

    /// libyaml lets tabs through where they happen to do no harm; the next edit of such a line breaks it.
    private mutating func reportTabs() {
        guard lines.count > 0, lines.contains(UInt8(ascii: "\t")) else { return }
        for line in 1...lines.count where !contentLines.contains(line) {
            guard let column = tabColumn(line: line) else { continue }
            let position = SourcePosition(line: line, column: column)
            sink.report(
                FileRules.tabIndent,
                at: SourceSpan(source: source, start: position, end: position),
                "a tab in the indentation: YAML indents with spaces"
            )
        }
    }

    /// The column of the first tab in a line's indentation; `nil` in blank lines and comments.
    private func tabColumn(line: Int) -> Int? {
        let bytes = lines.line(line)
        let indentation = bytes.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard let tab = indentation.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
        let rest = bytes.dropFirst(indentation.count)
        guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
        return tab - bytes.startIndex + 1
    }
}
