#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Takes signals on a thread that does nothing else, so that no code ever runs in a signal handler, where hardly
/// anything is allowed.
enum SignalThread {
    /// Takes the signals over for the whole process.
    ///
    /// Must come before the process has other threads: they would not have them blocked.
    static func start(_ signals: [Int32], _ body: @escaping @Sendable (Int32) -> Void) throws(SystemCallError) {
        for signal in signals {
            // The default of some, SIGCHLD above all, is to be ignored, which on some systems holds while blocked too.
            install(signal) { _ in }
        }
        let set = SignalSet(signals).set
        var blocked = set
        pthread_sigmask(SIG_BLOCK, &blocked, nil)

        try Thread.detach {
            var set = set
            var signal: Int32 = 0
            while sigwait(&set, &signal) == 0 { body(signal) }
        }
    }

    /// Lets signals pass without any effect.
    static func ignore(_ signals: [Int32]) {
        for signal in signals { install(signal, SIG_IGN) }
    }

    private static func install(_ signal: Int32, _ handler: (@convention(c) (Int32) -> Void)?) {
        var action = sigaction()
        #if canImport(Darwin)
            action.__sigaction_u.__sa_handler = handler
        #elseif canImport(Musl)
            action.__sa_handler.sa_handler = handler
        #else
            action.__sigaction_handler.sa_handler = handler
        #endif
        sigaction(signal, &action, nil)
    }
}
