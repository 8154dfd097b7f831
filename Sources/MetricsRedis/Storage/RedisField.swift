#if Redis
    import MetricsRuntime

    /// How entries of files stand in a hash.
    enum RedisField {
        /// The field that says that a page is there.
        static let marker: [UInt8] = [UInt8(ascii: "#")]

        /// The field of an entry: the kind of its file, a blank, and its key.
        static func name(_ series: ProcessSeries, key: [UInt8]) -> [UInt8] {
            let kind = series.mode.map { "\(series.kind.rawValue)_\($0.rawValue)" } ?? series.kind.rawValue
            return Array(kind.utf8) + [UInt8(ascii: " ")] + key
        }

        /// The kind of file and the key that a field says; `nil` where it is the marker, or nobody's.
        static func split(_ field: [UInt8]) -> (kind: ArraySlice<UInt8>, key: ArraySlice<UInt8>)? {
            guard let blank = field.firstIndex(of: UInt8(ascii: " ")), blank > 0 else { return nil }
            return (field[..<blank], field[(blank + 1)...])
        }

        /// An entry's value as text: the shortest that says the number exactly, and a timestamp that is not 0.
        static func text(value: Double, timestamp: Double) -> String {
            timestamp == 0 ? value.description : "\(value.description) \(timestamp.description)"
        }

        /// Reads an entry's value; `nil` where it is none.
        static func value(_ text: [UInt8]) -> (value: Double, timestamp: Double)? {
            guard let blank = text.firstIndex(of: UInt8(ascii: " ")) else {
                return Double(String(decoding: text, as: UTF8.self)).map { ($0, 0) }
            }
            guard let value = Double(String(decoding: text[..<blank], as: UTF8.self)),
                let timestamp = Double(String(decoding: text[(blank + 1)...], as: UTF8.self))
            else { return nil }
            return (value, timestamp)
        }
    }
#endif
