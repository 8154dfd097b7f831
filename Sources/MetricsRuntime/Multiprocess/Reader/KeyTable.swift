/// Every different key text that the files hold, and what it says.
///
/// A key is parsed when it is seen for the first time; after that it is a number that its bytes lead to.
final class KeyTable {
    /// What a key says: the name of its family, or what is wrong with it.
    struct Meaning {
        /// The family's name by number in ``FamilyTable``.
        var familyName: UInt32
        var failure: MultiprocessKeyFailure?
    }

    private(set) var texts = InternTable()
    private(set) var meanings: [Meaning] = []
    /// The key that followed this one when it was last seen: what to expect where nothing better is known.
    private var successors: [UInt32] = []
    private var scanner = MultiprocessKeyScanner()
    let families: FamilyTable

    init(families: FamilyTable) {
        self.families = families
    }

    var count: Int { texts.count }

    /// The number of the key with these bytes, which stand behind `predecessor` in their file.
    func number(of text: UnsafeRawBufferPointer, after predecessor: UInt32?) -> UInt32 {
        if let predecessor {
            let expected = successors[Int(predecessor)]
            if expected != .max, texts.matches(expected, text) { return expected }
        }
        let (number, isNew) = texts.intern(text)
        if isNew {
            meanings.append(parse(text))
            successors.append(.max)
        }
        if let predecessor { successors[Int(predecessor)] = number }
        return number
    }

    /// Reads a key again; only for keys without a failure.
    func withParts<Result>(of number: UInt32, _ body: (borrowing MultiprocessKeyScanner) -> Result) -> Result {
        // It parsed when it was new, and the bytes are the table's own.
        try? scanner.scan(texts[number])
        return body(scanner)
    }

    private func parse(_ text: UnsafeRawBufferPointer) -> Meaning {
        do {
            try scanner.scan(text)
            try checkExposedLabelNames()
            return Meaning(familyName: families.name(scanner.text[scanner.family]), failure: nil)
        } catch {
            return Meaning(familyName: .max, failure: error)
        }
    }

    /// Refuses labels that would come to one name in an exposition, because such a line fails the whole scrape.
    private func checkExposedLabelNames() throws(MultiprocessKeyFailure) {
        let names = scanner.labels.map { scanner.text[$0.name] }
        guard !names.allSatisfy(SampleText.isLabelName) else { return }
        var exposed: Set<[UInt8]> = []
        for name in names {
            var text: [UInt8] = []
            SampleText.appendLabelName(name, to: &text)
            guard !text.elementsEqual("__name__".utf8) else { throw .reservedLabelName }
            guard exposed.insert(text).inserted else { throw .collidingLabelNames }
        }
    }
}
