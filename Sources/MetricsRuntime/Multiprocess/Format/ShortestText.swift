/// Takes the text that the standard library writes for a double: its shortest digits, straight into given memory.
///
/// Where the standard library hands over ASCII there is no `String` on the way, and so no allocation.
struct ShortestText: TextOutputStream {
    /// Swift's longest text is `-2.2250738585072014e-308`.
    static let capacity = 24

    private let start: UnsafeMutablePointer<UInt8>
    private(set) var count = 0

    /// Writes the text of a finite number to memory with room for ``capacity`` bytes.
    static func write(_ value: Double, to start: UnsafeMutablePointer<UInt8>) -> Int {
        var text = ShortestText(start: start)
        value.write(to: &text)
        return text.count
    }

    private init(start: UnsafeMutablePointer<UInt8>) {
        self.start = start
    }

    mutating func write(_ string: String) {
        for byte in string.utf8.prefix(Self.capacity - count) {
            start[count] = byte
            count += 1
        }
    }

    mutating func _writeASCII(_ buffer: UnsafeBufferPointer<UInt8>) {
        guard let source = buffer.baseAddress else { return }
        let length = min(buffer.count, Self.capacity - count)
        (start + count).update(from: source, count: length)
        count += length
    }
}

/// A decimal number as its digits and the exponent of the first one: `1.25e-07` is 125 and -7.
struct DecimalDigits {
    /// ASCII digits; the first and the last are no zeros.
    let digits: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private(set) var exponent = 0

    /// Reads a text like `0.0125`, `12500.0` or `1.25e-07` of a number that isn't zero, and leaves its digits in place.
    init(readingInPlace text: UnsafeMutablePointer<UInt8>, count length: Int) {
        digits = text
        var pointSeen = false
        var shift = 0
        var index = 0
        while index < length {
            let byte = text[index]
            index += 1
            switch byte {
            case UInt8(ascii: "."): pointSeen = true
            case UInt8(ascii: "0") where count == 0:
                if pointSeen { shift -= 1 }
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits[count] = byte
                count += 1
                if !pointSeen { shift += 1 }
            default:
                let isNegative = text[index] == UInt8(ascii: "-")
                var power = 0
                while index + 1 < length {
                    index += 1
                    power = power * 10 + Int(text[index] & 0xf)
                }
                exponent = isNegative ? -power : power
                index = length
            }
        }
        exponent += shift - 1
        while count > 1, digits[count - 1] == UInt8(ascii: "0") { count -= 1 }
    }

    subscript(index: Int) -> UInt8 { digits[index] }
}
