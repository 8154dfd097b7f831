#if Redis
    /// Why bytes are no reply of Redis.
    struct RESPViolation: Error, Equatable, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }

    /// Takes replies out of a stream of bytes, which may be cut anywhere.
    ///
    /// What was taken is never read again, so a long reply costs no more for coming in small pieces. What the other
    /// side claims about lengths reserves no memory; what it sends is bounded.
    struct RESPParser {
        /// How much a reply may hold.
        struct Limits {
            /// Lists within lists.
            var depth = 16
            /// The bytes of a line: a number, a short text or a refusal.
            var lineLength = 64 * 1024
            /// The bytes of one text.
            var bulkLength = 64 * 1024 * 1024
            /// The bytes of one reply.
            var replyLength = 512 * 1024 * 1024
            /// The values in one reply.
            var elements = 8_000_000
        }

        /// A list that is not complete yet.
        private struct Frame {
            var kind: Kind
            var missing: Int
            var elements: [RESPValue] = []

            enum Kind { case array, map, set, push, attribute }

            /// The list; `nil` for attributes, which are about the reply behind them.
            var value: RESPValue? {
                switch kind {
                case .array: .array(elements)
                case .map: .map(elements)
                case .set: .set(elements)
                case .push: .push(elements)
                case .attribute: nil
                }
            }
        }

        private enum Step {
            /// The bytes end in the middle of something.
            case needsMore
            case value(RESPValue)
            /// A list begins, or an attribute that does not count ended.
            case goOn
        }

        private enum Text { case bulk, error, verbatim }

        private let limits: Limits
        /// What came; everything before `position` was taken.
        private var bytes: [UInt8] = []
        private var position = 0
        private var stack: [Frame] = []
        /// A text whose length is known and whose bytes are not all there.
        private var awaited: (kind: Text, length: Int)?
        private var length = 0
        private var count = 0

        init(limits: Limits = Limits()) {
            self.limits = limits
        }

        /// Whether the last bytes ended in the middle of a reply.
        var isInsideReply: Bool { !stack.isEmpty || awaited != nil || position < bytes.count }

        /// Takes over bytes that came.
        mutating func append(_ new: some Collection<UInt8>) {
            // Moves what is left only after so much that moving it costs little beside reading what was before it.
            if position > bytes.count / 2 {
                bytes.removeFirst(position)
                position = 0
            }
            bytes.append(contentsOf: new)
        }

        /// Takes the next whole reply; `nil` where its end has not come yet.
        mutating func next() throws(RESPViolation) -> RESPValue? {
            while true {
                let before = position
                let step = try takeElement()
                length += position - before
                guard length <= limits.replyLength else { throw RESPViolation("a reply is too long") }
                switch step {
                case .needsMore: return nil
                case .goOn: continue
                case .value(let value):
                    if let reply = close(value) {
                        length = 0
                        count = 0
                        return reply
                    }
                }
            }
        }

        /// Puts a value into the list that it belongs to; the reply, where that completes it.
        private mutating func close(_ value: RESPValue) -> RESPValue? {
            var value = value
            while let last = stack.indices.last {
                stack[last].elements.append(value)
                stack[last].missing -= 1
                guard stack[last].missing == 0 else { return nil }
                guard let list = stack.removeLast().value else { return nil }
                value = list
            }
            return value
        }

        private mutating func takeElement() throws(RESPViolation) -> Step {
            if let awaited { return try takeText(awaited.kind, awaited.length) }
            guard let line = try takeLine() else { return .needsMore }
            count += 1
            guard count <= limits.elements else { throw RESPViolation("a reply has too many elements") }
            guard let type = line.first else { throw RESPViolation("an empty line stands in the place of a reply") }
            let rest = line.dropFirst()
            switch type {
            case UInt8(ascii: "+"): return .value(.simple(String(decoding: rest, as: UTF8.self)))
            case UInt8(ascii: "-"): return .value(.error(String(decoding: rest, as: UTF8.self)))
            case UInt8(ascii: ":"): return .value(.integer(try Self.integer(rest)))
            case UInt8(ascii: "$"): return try beginText(.bulk, rest)
            case UInt8(ascii: "!"): return try beginText(.error, rest)
            case UInt8(ascii: "="): return try beginText(.verbatim, rest)
            case UInt8(ascii: "*"): return try beginList(.array, rest)
            case UInt8(ascii: "%"): return try beginList(.map, rest)
            case UInt8(ascii: "~"): return try beginList(.set, rest)
            case UInt8(ascii: ">"): return try beginList(.push, rest)
            case UInt8(ascii: "|"): return try beginList(.attribute, rest)
            case UInt8(ascii: "_"):
                guard rest.isEmpty else { throw RESPViolation("a null has a value") }
                return .value(.null)
            case UInt8(ascii: "#"):
                guard rest.count == 1, rest.first == UInt8(ascii: "t") || rest.first == UInt8(ascii: "f") else {
                    throw RESPViolation("a boolean is neither t nor f")
                }
                return .value(.boolean(rest.first == UInt8(ascii: "t")))
            case UInt8(ascii: ","):
                guard let number = Double(String(decoding: rest, as: UTF8.self)) else {
                    throw RESPViolation("a double is no number")
                }
                return .value(.double(number))
            case UInt8(ascii: "("):
                let digits = rest.first == UInt8(ascii: "-") ? rest.dropFirst() : rest
                guard !digits.isEmpty, digits.allSatisfy(Self.isDigit) else {
                    throw RESPViolation("a big number is no number")
                }
                return .value(.bigNumber(String(decoding: rest, as: UTF8.self)))
            default:
                throw RESPViolation("byte \(type) begins no kind of reply")
            }
        }

        /// The bytes up to the next line end, which is taken too.
        private mutating func takeLine() throws(RESPViolation) -> ArraySlice<UInt8>? {
            let view = bytes[position...]
            guard let end = view.prefix(limits.lineLength + 1).firstIndex(of: UInt8(ascii: "\r")) else {
                guard view.count <= limits.lineLength else { throw RESPViolation("a line does not end") }
                return nil
            }
            guard end + 1 < view.endIndex else { return nil }
            guard view[end + 1] == UInt8(ascii: "\n") else { throw RESPViolation("a carriage return stands alone") }
            let line = view[..<end]
            guard !line.contains(UInt8(ascii: "\n")) else { throw RESPViolation("a line feed stands alone") }
            position = end + 2
            return line
        }

        private mutating func beginText(_ kind: Text, _ digits: ArraySlice<UInt8>) throws(RESPViolation) -> Step {
            let length = try Self.integer(digits)
            if length == -1, kind == .bulk { return .value(.null) }
            guard (0...Int64(limits.bulkLength)).contains(length) else {
                throw RESPViolation("a text cannot be \(length) bytes long")
            }
            return try takeText(kind, Int(length))
        }

        private mutating func takeText(_ kind: Text, _ length: Int) throws(RESPViolation) -> Step {
            guard bytes.count - position >= length + 2 else {
                awaited = (kind, length)
                return .needsMore
            }
            awaited = nil
            let end = position + length
            guard bytes[end] == UInt8(ascii: "\r"), bytes[end + 1] == UInt8(ascii: "\n") else {
                throw RESPViolation("a text does not end where its length says")
            }
            let text = bytes[position..<end]
            position = end + 2
            switch kind {
            case .bulk: return .value(.bulk(Array(text)))
            case .error: return .value(.error(String(decoding: text, as: UTF8.self)))
            case .verbatim:
                guard text.count >= 4, text[text.startIndex + 3] == UInt8(ascii: ":") else {
                    throw RESPViolation("a verbatim text does not name its format")
                }
                return .value(.verbatim(Array(text)))
            }
        }

        private mutating func beginList(_ kind: Frame.Kind, _ digits: ArraySlice<UInt8>) throws(RESPViolation) -> Step {
            let count = try Self.integer(digits)
            if count == -1, kind == .array { return .value(.null) }
            let size = kind == .map || kind == .attribute ? 2 : 1
            guard (0...Int64(limits.elements / size)).contains(count) else {
                throw RESPViolation("a list cannot have \(count) elements")
            }
            guard stack.count < limits.depth else { throw RESPViolation("lists are nested too deeply") }
            var frame = Frame(kind: kind, missing: Int(count) * size)
            guard frame.missing > 0 else { return frame.value.map(Step.value) ?? .goOn }
            // What is claimed may never come.
            frame.elements.reserveCapacity(min(frame.missing, 4096))
            stack.append(frame)
            return .goOn
        }

        private static func isDigit(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }

        private static func integer(_ text: ArraySlice<UInt8>) throws(RESPViolation) -> Int64 {
            let isNegative = text.first == UInt8(ascii: "-")
            let digits = isNegative ? text.dropFirst() : text
            var number: Int64 = 0
            var isTooLarge = digits.isEmpty
            for digit in digits {
                guard isDigit(digit) else { throw RESPViolation("a number has something else than digits") }
                let tens = number.multipliedReportingOverflow(by: 10)
                let value = Int64(digit - UInt8(ascii: "0"))
                // Below zero there is one number more.
                let sum =
                    isNegative
                    ? tens.partialValue.subtractingReportingOverflow(value)
                    : tens.partialValue.addingReportingOverflow(value)
                isTooLarge = isTooLarge || tens.overflow || sum.overflow
                number = sum.partialValue
            }
            guard !isTooLarge else { throw RESPViolation("a number is none, or too large") }
            return number
        }
    }
#endif
