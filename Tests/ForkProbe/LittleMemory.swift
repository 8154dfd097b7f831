import MetricsRuntime

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Scrapes a directory with hardly more memory than the process had before; more than that ends it.
enum LittleMemory {
    private static let most = 32 << 20

    static func collect(directory: String) {
        // Once without the limit: what every scrape needs is there afterwards.
        let empty = MultiprocessCollector(directory: directory + "/nowhere").collect()
        _ = ExpositionFormat.text.encode(empty)
        #if os(Linux)
            let size = rlim_t(addressSpace() + most)
            var limit = rlimit(rlim_cur: size, rlim_max: size)
            ForkProbe.check(setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, "the limit is not set")
        #endif
        let collector = MultiprocessCollector(directory: directory)
        var text = ""
        for _ in 0..<3 {
            text = String(decoding: ExpositionFormat.text.encode(collector.collect()), as: UTF8.self)
        }
        print(text)
    }

    /// The size of the process's address space, in bytes.
    private static func addressSpace() -> Int {
        let file = open("/proc/self/statm", O_RDONLY)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = read(file, &bytes, bytes.count)
        let pages = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).split(separator: " ").first
        guard let pages, let number = Int(pages) else {
            ForkProbe.fail("/proc/self/statm says nothing")
            return 0
        }
        return number * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
