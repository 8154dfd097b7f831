#if Server
    import CZlib

    /// Unpacks what the endpoint packed.
    enum Gunzip {
        struct Damaged: Error {}

        /// The bytes of one whole gzip stream; fails where it is cut off or something follows it.
        static func unpack(_ bytes: [UInt8]) throws -> [UInt8] {
            var stream = z_stream()
            guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
                throw Damaged()
            }
            defer { inflateEnd(&stream) }
            var input = bytes
            var output: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 65_536)
            return try input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                while true {
                    let code = piece.withUnsafeMutableBufferPointer { piece in
                        stream.next_out = piece.baseAddress
                        stream.avail_out = uInt(piece.count)
                        return inflate(&stream, Z_NO_FLUSH)
                    }
                    output += piece[..<(piece.count - Int(stream.avail_out))]
                    if code == Z_STREAM_END { break }
                    guard code == Z_OK else { throw Damaged() }
                }
                guard stream.avail_in == 0 else { throw Damaged() }
                return output
            }
        }
    }
#endif
