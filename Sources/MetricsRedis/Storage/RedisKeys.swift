#if Redis
    /// The names of the keys of one app.
    ///
    /// They all begin with the prefix in braces, which is what a Redis Cluster hashes: all keys of an app are on one
    /// node, so that a script may use several of them.
    struct RedisKeys: Sendable {
        /// The version of what stands behind these keys.
        static let format = "1"

        private let root: String

        /// The keys for a prefix of any characters.
        init(prefix: String) {
            // With braces of its own a prefix would change what is hashed.
            let safe = Self.escaped(prefix) {
                $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "%")
            }
            root = "{\(safe)}:metrics:"
        }

        /// A text: the format's version.
        var format: String { root + "format" }
        /// A text that changes when Redis loses its data.
        var epoch: String { root + "epoch" }
        /// A hash: each instance that has data, with its number of pages, a blank, and the last batch's number.
        var instances: String { root + "instances" }
        /// Hashes: what dead instances left, merged. A field's SHA-1 says in which of them it is; the format fixes how many
        /// there are.
        var archives: [String] { (0..<64).map { root + "archive:\($0)" } }
        /// A text that expires: while it is there, somebody has looked for dead instances lately.
        var reaping: String { root + "reaping" }
        /// A number: how many instances were archived so far.
        var archivings: String { root + "archivings" }
        /// A hash: what entries cannot say about families: `TYPE name` or `UNIT name`, and the type or the unit.
        var types: String { root + "types" }
        /// A sorted set: dead instances with gauges of their own, by the time at which those expire.
        var remainsIndex: String { root + "remains" }

        /// A text that expires: there while the instance lives.
        func lease(_ instance: String) -> String { root + "lease:" + instance }
        /// A hash: a part of an instance's values.
        func page(_ instance: String, _ number: Int) -> String { root + "page:\(number):" + instance }
        /// A text that expires: the number of the last batch of an instance that was archived.
        func archived(_ instance: String) -> String { root + "archived:" + instance }
        /// A hash that expires: gauges of one dead instance, which are not merged with others.
        func remains(_ instance: String) -> String { root + "remains:" + instance }

        /// A text with some of its bytes as `%` and two hexadecimal digits.
        static func escaped(_ text: String, where isUnsafe: (UInt8) -> Bool) -> String {
            var bytes: [UInt8] = []
            for byte in text.utf8 {
                if isUnsafe(byte) {
                    bytes.append(UInt8(ascii: "%"))
                    let digits = String(byte, radix: 16)
                    bytes += Array((digits.count == 1 ? "0" + digits : digits).utf8)
                } else {
                    bytes.append(byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
#endif
