#if Redis
    /// A reply of Redis, in version 2 or 3 of its protocol.
    enum RESPValue: Sendable, Equatable {
        /// A short text, such as `OK`.
        case simple(String)
        /// A refusal: a code in capitals, then words.
        case error(String)
        case integer(Int64)
        /// Bytes of any kind.
        case bulk([UInt8])
        case null
        case array([RESPValue])
        /// Keys and values by turns.
        case map([RESPValue])
        case set([RESPValue])
        /// What nobody asked for.
        case push([RESPValue])
        case double(Double)
        case boolean(Bool)
        /// An integer of any size, in decimal digits.
        case bigNumber(String)
        /// Text behind the three letters of its format and a colon.
        case verbatim([UInt8])

        /// The elements of any kind of list; those of a map are keys and values by turns, as version 2 has them.
        var elements: [RESPValue]? {
            switch self {
            case .array(let elements), .map(let elements), .set(let elements), .push(let elements): elements
            case .simple, .error, .integer, .bulk, .null, .double, .boolean, .bigNumber, .verbatim: nil
            }
        }

        /// The bytes of a text of either kind.
        var bytes: [UInt8]? {
            switch self {
            case .bulk(let bytes): bytes
            case .simple(let text), .bigNumber(let text): Array(text.utf8)
            case .verbatim(let bytes): Array(bytes.dropFirst(4))
            case .error, .integer, .null, .array, .map, .set, .push, .double, .boolean: nil
            }
        }

        /// A text of either kind; `nil` where it is not UTF-8.
        var text: String? {
            bytes.flatMap { String(validating: $0, as: UTF8.self) }
        }

        /// A whole number, as such or as text.
        var number: Int64? {
            if case .integer(let number) = self { return number }
            return text.flatMap { Int64($0) }
        }

        /// The words of a refusal.
        var refusal: String? {
            if case .error(let text) = self { return text }
            return nil
        }
    }
#endif
