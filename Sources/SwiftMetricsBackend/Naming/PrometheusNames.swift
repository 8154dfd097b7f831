#if SwiftMetrics
    /// Makes names that every version of Prometheus takes out of any text.
    enum PrometheusNames {
        /// `[a-zA-Z_][a-zA-Z0-9_]*`: each other character becomes an underscore, and a digit in front gets one.
        ///
        /// Colons too: they are for recording rules.
        static func sanitized(_ text: String) -> String {
            var name = ""
            name.reserveCapacity(text.utf8.count + 1)
            for character in text.unicodeScalars {
                switch character {
                case "a"..."z", "A"..."Z", "_": name.unicodeScalars.append(character)
                case "0"..."9":
                    if name.isEmpty { name.append("_") }
                    name.unicodeScalars.append(character)
                default: name.append("_")
                }
            }
            return name.isEmpty ? "unnamed" : name
        }

        /// Whether a text is such a name already; where somebody spells a metric's name out, it may have colons.
        static func isMetricName(_ text: String) -> Bool {
            !text.isEmpty && sanitized(text) == String(text.map { $0 == ":" ? "_" : $0 })
        }

        /// The name of a label, kept apart from those that have a meaning of their own.
        ///
        /// Those get `exported_` in front, as Prometheus does it with labels of a target.
        static func label(_ dimension: String, reserved: Set<String>) -> String {
            let name = sanitized(dimension)
            if name.hasPrefix("__") { return "exported" + name.dropFirst() }
            return reserved.contains(name) ? "exported_" + name : name
        }

        /// A short text that stands for a longer one, the same in every process: FNV-1a in hexadecimal digits.
        static func digest(_ text: String) -> String {
            var hash: UInt32 = 2_166_136_261
            for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
            let digits = String(hash, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }
    }
#endif
