extension LabelValue {
    /// The value of a text, from the two words that a `String` is, which needs no copy and no reference count.
    ///
    /// `nil` for a text whose bytes stand elsewhere (one bridged from Objective-C). Only where `readsStrings` holds. The
    /// caller keeps the text alive while the value is in use.
    @inline(__always)
    init?(_ text: String) {
        #if _pointerBitWidth(_64)
            let (low, high) = unsafeBitCast(text, to: (UInt64, UInt64).self)
            // The top bits: immortal, bridged (or ASCII where short), short, foreign.
            if high & 0x2000_0000_0000_0000 != 0 {
                self.init(short: low, high & 0x0FFF_FFFF_FFFF_FFFF)
                return
            }
            guard high & 0x7000_0000_0000_0000 == 0,
                let object = UnsafeRawPointer(bitPattern: UInt(high & 0x0FFF_FFFF_FFFF_FFFF))
            else { return nil }
            self.init(object + Self.bytesInObject, count: Int(low & 0x0000_FFFF_FFFF_FFFF))
        #else
            return nil
        #endif
    }

    /// Where the bytes of a long text begin in its object.
    private static let bytesInObject = 32

    /// Whether a `String` is laid out as `init(_:)` takes it to be: looked at once, with texts of each form.
    ///
    /// Without it labels are copied: slower, and right on every platform.
    static let readsStrings: Bool = {
        #if _pointerBitWidth(_64) && _endian(little)
            let native = String(repeating: "native ", count: 5)
            let texts = [
                "", "a", "sevenAB", "eightABC", "fifteen bytes..", "sixteen bytes...", "é", "日本語", "short é text",
                "a literal of more than fifteen bytes", "ein längerer Text mit einem Umlaut", native, native + "é",
                String(native.prefix(3)), String(native.prefix(20)),
            ]
            return texts.allSatisfy(isRead)
        #else
            return false
        #endif
    }()

    private static func isRead(_ text: String) -> Bool {
        guard MemoryLayout<String>.size == 16, let value = LabelValue(unverified: text) else { return false }
        return text.utf8.withContiguousStorageIfAvailable { bytes in
            guard value.count == bytes.count else { return false }
            // Bytes are read through an address of ours only where it is the right one.
            if let start = value.start { return start == UnsafeRawPointer(bytes.baseAddress) }
            return value.withBytes { $0.elementsEqual(bytes) }
        } ?? false
    }

    /// The same as `init(_:)`, but without reading memory through an address that may be wrong.
    private init?(unverified text: String) {
        #if _pointerBitWidth(_64)
            let (low, high) = unsafeBitCast(text, to: (UInt64, UInt64).self)
            let isLong = high & 0x2000_0000_0000_0000 == 0
            guard !isLong || low & 0x0000_FFFF_FFFF_FFFF > UInt64(Self.longestShort) else { return nil }
        #endif
        self.init(text)
    }
}
