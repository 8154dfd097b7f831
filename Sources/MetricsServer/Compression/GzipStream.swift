import CZlib

/// Compresses a body piece by piece in gzip's format, with the system's zlib.
///
/// zlib itself rather than swift-nio-extras' channel handler around it, so that apps that mount the endpoint in another
/// server get the same bodies.
final class GzipStream: BodyCompressor {
    /// zlib could not go on; it has run out of memory.
    struct Failure: Error, CustomStringConvertible {
        let code: Int32
        var description: String { "zlib failed with code \(code)" }
    }

    /// The level: most of what the best one saves, at a fraction of its time. Expositions repeat themselves a lot.
    private static let level: Int32 = 3
    private static let outputLength = 32 * 1024

    // zlib keeps a pointer to it, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var output = [UInt8](repeating: 0, count: GzipStream.outputLength)

    init() throws(Failure) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let result = metrics_gzip_begin(stream, Self.level)
        guard result == Z_OK else {
            // Nothing is there to be ended in `deinit` then, which runs all the same and may.
            throw Failure(code: result)
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Takes bytes in and appends what zlib gives for them; `isLast` ends the stream.
    func compress(_ bytes: [UInt8], isLast: Bool, to result: inout [UInt8]) throws(Failure) {
        var input = bytes
        let code = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                Self.run(stream, input, output, isLast: isLast, &result)
            }
        }
        if let code { throw Failure(code: code) }
    }

    /// Runs zlib until it has taken all input and given all output; the code of a failure.
    private static func run(
        _ stream: UnsafeMutablePointer<z_stream>,
        _ input: UnsafeMutableBufferPointer<UInt8>,
        _ output: UnsafeMutableBufferPointer<UInt8>,
        isLast: Bool,
        _ result: inout [UInt8]
    ) -> Int32? {
        guard let outputStart = output.baseAddress else { return Z_BUF_ERROR }
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = uInt(truncatingIfNeeded: input.count)
        repeat {
            stream.pointee.next_out = outputStart
            stream.pointee.avail_out = uInt(truncatingIfNeeded: output.count)
            let code = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
            // Z_BUF_ERROR says that there was nothing to do.
            guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { return code }
            let length = output.count - Int(stream.pointee.avail_out)
            result.append(contentsOf: UnsafeBufferPointer(start: outputStart, count: length))
        } while stream.pointee.avail_out == 0
        return nil
    }
}
