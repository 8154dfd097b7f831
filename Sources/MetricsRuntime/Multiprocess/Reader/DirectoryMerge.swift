/// Everything that a collector remembers between scrapes; used by one thread at a time.
///
/// A scrape lists the directory, reads every file, and merges the values. What it learns of keys, series and their
/// order stays, so that the next scrape compares keys and takes values.
final class DirectoryMerge {
    private let path: String
    private let isAlive: @Sendable (String) -> Bool

    private var families: FamilyTable
    private var keys: KeyTable
    private var series: SeriesTable
    private var resolver: SeriesResolver
    private var scanner: FileScanner
    /// All files that were there last time, in the order of their names, whether they counted or not.
    private var files: [SourceFile] = []
    /// What came from memory last time, in the order in which it was given.
    private var inMemory: [SourceFile] = []
    /// Those that counted.
    private var merged: [SourceFile] = []
    private var types = FamilyTypesReader()
    /// Whether a side file says something else than at the scrape before.
    private var typesHaveChanged = false
    private var layout = Layout()
    private var layoutNumber = 0
    /// Names of families that are spelled in two ways, with the file that brought the second.
    private var spellingCollisions: [(file: SourceFile, name: String)] = []
    /// Counts how often the meaning of the families changed; what was resolved before is void.
    private var generation = 1

    /// The faults so far.
    private(set) var log = FaultLog()

    /// As many keys and series of files that are gone are kept whatever the number of entries.
    private static let forgottenLimit = 10_000

    init(path: String, isAlive: @escaping @Sendable (String) -> Bool) {
        self.path = path
        self.isAlive = isAlive
        families = FamilyTable()
        keys = KeyTable(families: families)
        series = SeriesTable()
        resolver = SeriesResolver(keys: keys, families: families, series: series)
        scanner = FileScanner(keys: keys)
    }

    /// Reads and merges the directory as it is now, and files that are in memory behind it.
    ///
    /// - Parameters:
    ///   - additional: The files in memory.
    ///   - names: Files of the directory that do not count.
    func collect(with additional: [MultiprocessSource], leavingOut names: Set<String>) -> MetricSnapshot {
        log.beginScrape()
        return merge(scan(leavingOut: names) + scan(additional))
    }

    /// Merges files that are all in memory, and takes what they cannot say about families from elsewhere, too.
    func merge(_ sources: [MultiprocessSource], types: FamilyTypes) -> MetricSnapshot {
        log.beginScrape()
        typesHaveChanged = self.types.take(types)
        return merge(scan(sources))
    }

    private func merge(_ present: [SourceFile]) -> MetricSnapshot {
        let isSame =
            present.elementsEqual(merged, by: ===) && !present.contains(where: \.hasChanged) && !typesHaveChanged
        merged = present
        if !isSame { arrange() }
        reportRejected()

        series.reset()
        let values = ValueMerge(series: series)
        for file in merged { values.add(file) }
        let snapshot = values.snapshot(layout)
        forgetWhatIsGone()
        return snapshot
    }

    // MARK: Files

    /// Reads all files that count, and returns those that could be read.
    private func scan(leavingOut names: Set<String>) -> [SourceFile] {
        let listing: DirectoryListing
        do {
            listing = try DirectoryListing(path: path)
        } catch {
            // No directory yet is a directory without files.
            if !error.isMissing { log.record(.unreadableDirectory, file: path, detail: error.description) }
            files.removeAll()
            return []
        }
        typesHaveChanged = types.refresh(listing.typeFiles, in: listing.descriptor)
        findFiles(listing)
        var alive: [String: Bool] = [:]
        // The last file of each kind: other processes of the same program write the same keys.
        var models: [SourceFile] = []
        var present: [SourceFile] = []
        present.reserveCapacity(files.count)
        for file in files where names.isEmpty || !names.contains(file.text) {
            if file.meaning.mode?.isLive == true {
                let counts = alive[file.identity] ?? isAlive(file.identity)
                alive[file.identity] = counts
                if !counts { continue }
            }
            let model = models.firstIndex {
                $0.meaning.kind == file.meaning.kind && $0.meaning.mode == file.meaning.mode
            }
            switch scanner.scan(file, in: listing.descriptor, like: model.map { models[$0] }) {
            case .scanned:
                present.append(file)
                if let model { models[model] = file } else { models.append(file) }
                for (fault, offset) in file.damage { log.record(fault, file: file.text, offset: offset) }
            case .vanished: break
            case .unreadable(let fault, let code):
                log.record(fault, file: file.text, detail: ReadFailure(code: code).description)
            }
        }
        return present
    }

    private func scan(_ additional: [MultiprocessSource]) -> [SourceFile] {
        let known = inMemory
        inMemory = []
        for (index, source) in additional.enumerated() {
            guard let meaning = MultiprocessFileName(source.name) else { continue }
            let isKnown = index < known.count && known[index].name == source.name
            let file = isKnown ? known[index] : SourceFile(name: source.name, meaning: meaning)
            scanner.scan(file, bytes: source.bytes)
            inMemory.append(file)
        }
        return inMemory
    }

    /// Matches the directory's names with the files that are known.
    private func findFiles(_ listing: borrowing DirectoryListing) {
        let known = files
        var place = 0
        files.removeAll(keepingCapacity: true)
        for entry in listing.entries {
            let name = entry.name
            while place < known.count, known[place].name.lexicographicallyPrecedes(name) { place += 1 }
            guard entry.mayBeRegular else {
                log.record(.notRegularFile, file: String(decoding: name, as: UTF8.self))
                continue
            }
            let file: SourceFile
            if place < known.count, known[place].name == name {
                file = known[place]
            } else {
                guard let meaning = MultiprocessFileName(name) else {
                    log.record(.foreignName, file: String(decoding: name, as: UTF8.self))
                    continue
                }
                file = SourceFile(name: name, meaning: meaning)
            }
            files.append(file)
        }
    }

    // MARK: Layout

    /// Finds out anew what is exposed in which order.
    private func arrange() {
        layoutNumber += 1
        let order = arrangeFamilies()
        for file in merged where file.resolvedGeneration != generation {
            resolver.resolve(file)
            file.resolvedGeneration = generation
        }
        var builder = LayoutBuilder(keys: keys, families: families, series: series, number: layoutNumber)
        layout = builder.build(merged, order: order, reusing: layout, types: types.types)
    }

    /// Gives every family the type and help of its first file and the mode of its last; returns them in order.
    private func arrangeFamilies() -> [UInt32] {
        var order: [UInt32] = []
        spellingCollisions.removeAll()
        for file in merged {
            if file.hasChanged { file.findFamilies(keys) }
            for (name, key) in file.families {
                let number = families.familyOfName[Int(name)]
                if families.meet(number, named: name, key: key, in: file, layout: layoutNumber) {
                    order.append(number)
                } else if families.families[Int(number)].spelling != name {
                    spellingCollisions.append((file, families.spelling(name)))
                }
            }
        }
        if families.settle(order) {
            // Series keep what they are; families that mean something else need other ones.
            generation += 1
            layout = Layout()
            series = SeriesTable()
            resolver = SeriesResolver(keys: keys, families: families, series: series)
        }
        return order
    }

    /// Counts what was read but not used; what couldn't be read was counted at once.
    private func reportRejected() {
        for file in merged {
            for (fault, offset, key) in file.rejected {
                let detail = keys.meanings[Int(key)].failure?.description ?? ""
                log.record(fault, file: file.text, offset: offset, detail: detail)
            }
        }
        for (file, name) in spellingCollisions {
            log.record(.nameCollision, file: file.text, detail: name)
        }
        for (file, name) in layout.collisions {
            log.record(.nameCollision, file: file, detail: name)
        }
    }

    /// Begins anew when most of what is remembered belongs to files that are gone.
    private func forgetWhatIsGone() {
        let entries = merged.reduce(0) { $0 + $1.count }
        guard keys.count + series.count > 4 * entries + Self.forgottenLimit else { return }
        files = []
        inMemory = []
        merged = []
        layout = Layout()
        families = FamilyTable()
        keys = KeyTable(families: families)
        series = SeriesTable()
        resolver = SeriesResolver(keys: keys, families: families, series: series)
        scanner = FileScanner(keys: keys)
    }
}
