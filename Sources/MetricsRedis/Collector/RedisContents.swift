#if Redis
    import MetricsRuntime

    /// What was read from Redis, as the files of a directory would hold it.
    struct RedisContents {
        /// The entries of each file, by its name.
        private var entries: [String: [UInt8]] = [:]
        /// What entries cannot say about families, as lines of a side file.
        let types: [UInt8]

        /// Nothing yet but types and units, from the hash that holds them.
        init(types: RESPValue) {
            let words = types.elements ?? []
            let lines = stride(from: 0, to: words.count - 1, by: 2).compactMap { index -> String? in
                guard let field = words[index].text, let text = words[index + 1].text else { return nil }
                return "\(field) \(text)\n"
            }
            self.types = Array(lines.sorted().joined().utf8)
        }

        /// Adds the fields of a hash of one instance; those of the dead count as their mode says.
        mutating func add(_ hash: RESPValue, instance: String, isAlive: Bool) {
            guard let words = hash.elements else { return }
            // One file for each kind; a page has few kinds, and mostly one after the other.
            var kinds: [(kind: [UInt8], file: String?, bytes: [UInt8])] = []
            var last = 0
            for index in stride(from: 0, to: words.count - 1, by: 2) {
                guard case .bulk(let field) = words[index], case .bulk(let text) = words[index + 1],
                    let (kind, key) = RedisField.split(field), let value = RedisField.value(text)
                else { continue }
                if last >= kinds.count || !kinds[last].kind.elementsEqual(kind) {
                    if let known = kinds.firstIndex(where: { $0.kind.elementsEqual(kind) }) {
                        last = known
                    } else {
                        last = kinds.count
                        kinds.append((Array(kind), file(kind, instance, isAlive), []))
                    }
                }
                guard kinds[last].file != nil else { continue }
                MultiprocessEntry.append(
                    key: key,
                    value: value.value,
                    timestamp: value.timestamp,
                    to: &kinds[last].bytes
                )
            }
            for (_, file, bytes) in kinds {
                if let file { entries[file, default: []] += bytes }
            }
        }

        /// The name of the file; `nil` where there is no such kind, or it says nothing about the dead.
        private func file(_ kind: ArraySlice<UInt8>, _ instance: String, _ isAlive: Bool) -> String? {
            let name = "\(String(decoding: kind, as: UTF8.self))_\(instance).db"
            guard let meaning = MultiprocessFileName(Array(name.utf8)) else { return nil }
            return meaning.mode?.isLive == true && !isAlive ? nil : name
        }

        /// The files in the order of their names.
        func sources() -> [MultiprocessSource] {
            entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, entries in
                var bytes: [UInt8] = []
                bytes.reserveCapacity(entries.count + MultiprocessEntry.headerLength)
                MultiprocessEntry.appendHeader(used: MultiprocessEntry.headerLength + entries.count, to: &bytes)
                bytes += entries
                return MultiprocessSource(name: name, bytes: bytes)
            }
        }
    }
#endif
