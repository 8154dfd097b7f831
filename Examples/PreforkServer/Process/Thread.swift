#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Threads of the system, for work that blocks.
enum Thread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Runs something on a thread of its own, which ends with it.
    static func detach(_ body: @escaping @Sendable () -> Void) throws(SystemCallError) {
        let context = Unmanaged.passRetained(Body(body)).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
            let code = pthread_create(&thread, nil, { run($0) }, context)
            let identifier = thread
        #else
            var thread = pthread_t()
            let code = pthread_create(&thread, nil, { run($0) }, context)
            let identifier: pthread_t? = thread
        #endif
        guard code == 0, let identifier else {
            Unmanaged<Body>.fromOpaque(context).release()
            throw SystemCallError("start a thread", code: code)
        }
        pthread_detach(identifier)
    }

    private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }
}
