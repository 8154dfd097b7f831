#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A set of signals as the system has it.
struct SignalSet {
    var set: sigset_t

    init(_ signals: some Sequence<Int32>) {
        set = sigset_t()
        sigemptyset(&set)
        for signal in signals {
            sigaddset(&set, signal)
        }
    }

    /// The signals to which this program, or a library that it uses, gives another effect than the default.
    static let handled: [Int32] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD, SIGPIPE]
}
