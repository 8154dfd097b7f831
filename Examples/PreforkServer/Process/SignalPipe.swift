#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Turns signals into bytes that can be waited for together with other input.
final class SignalPipe: Sendable {
    /// The end to read from: each byte is the number of a signal, or what ``post(_:)`` was given.
    let reading: OwnedDescriptor
    private let writing: OwnedDescriptor

    /// Takes the signals over.
    ///
    /// Must come before the process has other threads.
    init(_ signals: [Int32]) throws(SystemCallError) {
        (reading, writing) = try OwnedDescriptor.pipe()
        try reading.makeNonBlocking()
        try writing.makeNonBlocking()
        let writing = writing
        try SignalThread.start(signals) { signal in
            Self.post(UInt8(truncatingIfNeeded: signal), to: writing)
        }
    }

    /// Wakes the reader with a byte that is no signal's number.
    func post(_ byte: UInt8) {
        Self.post(byte, to: writing)
    }

    /// What has come since the last call, oldest first; empty where nothing has.
    func drain() -> [UInt8] {
        reading.drain().bytes
    }

    private static func post(_ byte: UInt8, to descriptor: OwnedDescriptor) {
        var byte = byte
        // A full pipe means that the reader has thousands of signals to read already: losing one more changes nothing.
        while write(descriptor.number, &byte, 1) < 0, errno == EINTR {}
    }
}
