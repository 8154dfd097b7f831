#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Threads of the system's, which `fork()` is to leave behind.
enum Threads {
    private final class Body {
        let run: () -> Void

        init(_ run: @escaping () -> Void) { self.run = run }
    }

    /// Starts a thread.
    static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let result = pthread_create(
            &thread,
            nil,
            { context in
                #if canImport(Darwin)
                    Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                #else
                    if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
                #endif
                return nil
            },
            Unmanaged.passRetained(Body(body)).toOpaque()
        )
        ForkProbe.check(result == 0, "no thread: \(result)")
        #if canImport(Darwin)
            guard let thread else { exit(1) }
        #endif
        return thread
    }
}
