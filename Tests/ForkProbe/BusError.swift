import MetricsRuntime

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A store to a page that is gone, in memory that is not the runtime's.
enum BusError {
    /// With a handler that was there before the runtime's.
    static func runHandled(directory: String) {
        var action = sigaction()
        #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = { _ in
                _ = write(1, "handled\n", 8)
                _exit(0)
            }
        #else
            action.__sigaction_handler.sa_handler = { _ in
                _ = write(1, "handled\n", 8)
                _exit(0)
            }
        #endif
        sigaction(SIGBUS, &action, nil)
        run(directory: directory)
    }

    static func run(directory: String) {
        let registry = ForkProbe.registry(directory)
        CounterChild(registry.family(for: ProbeMetrics.counter)._child1(0, "k")).inc()
        let file = open(directory + "/foreign", O_RDWR | O_CREAT, 0o600)
        ftruncate(file, 4096)
        let page = mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
        ftruncate(file, 0)
        page?.storeBytes(of: 1, as: UInt8.self)
        ForkProbe.fail("the store went through")
    }
}
