#if os(Linux) || os(Android)
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Android)
        import Android
    #endif

    /// Reads files of `/proc`, which have no size and are made while they are read.
    enum SmallFile {
        /// More than the kernel ever writes into `stat` or `statm`.
        private static let capacity = 4096

        /// The content of a file of at most 4096 bytes; what is beyond is left out.
        static func read(_ path: String) throws(ProcessReadingError) -> [UInt8] {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .failed(source: path, errno: errno) }
            defer { close(descriptor) }

            var failure: Int32 = 0
            let content = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, used in
                while used < buffer.count, let base = buffer.baseAddress {
                    let count = Self.read(descriptor, base + used, buffer.count - used)
                    guard count > 0 else {
                        if count < 0, errno == EINTR { continue }
                        if count < 0 { failure = errno }
                        return
                    }
                    used += count
                }
            }
            guard failure == 0 else { throw .failed(source: path, errno: failure) }
            return content
        }

        /// The system call, which the method of the same name hides.
        private static func read(_ descriptor: Int32, _ target: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
            #if canImport(Glibc)
                Glibc.read(descriptor, target, count)
            #elseif canImport(Musl)
                Musl.read(descriptor, target, count)
            #else
                Android.read(descriptor, target, count)
            #endif
        }
    }
#endif
