#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Starts worker processes: this program once more, with the command `worker`.
struct WorkerLauncher: Sendable {
    /// The descriptor under which a worker finds the listening socket.
    static let socketDescriptor: Int32 = 3
    /// The descriptor under which a worker finds its link to the master.
    static let linkDescriptor: Int32 = 4

    /// The socket that the workers accept connections from.
    ///
    /// The master opens it and every worker inherits it, so there is one queue of connections for all. With a socket
    /// for each worker (`SO_REUSEPORT`) there would be one queue for each, and what waits in the queue of a worker that
    /// is replaced or killed is reset; here it is accepted by the next worker. It also gives every worker the same
    /// port where the system chooses one.
    let socket: OwnedDescriptor
    /// The variables that workers get.
    let environment: ProcessEnvironment
    /// The arguments behind the command and the worker's number.
    let arguments: [String]

    /// Refuses connections from now on, for all workers; what waits is cut off.
    func stopListening() {
        shutdown(socket.number, Int32(SHUT_RDWR))
    }

    /// Starts a worker.
    ///
    /// - Returns: Its process id, and the master's end of the link: what the worker says can be read from it, and it
    ///   reads as ended when the worker has ended. The worker sees the same of the master.
    func start(_ worker: Int) throws(SystemCallError) -> (pid: pid_t, link: OwnedDescriptor) {
        let (ours, theirs) = try OwnedDescriptor.socketPair()
        try ours.makeNonBlocking()
        let pid = try ChildProcess.start(
            ExecutablePath.current(),
            arguments: ["PreforkServer", "worker", "--number", "\(worker)"] + arguments,
            environment: environment,
            descriptors: [Self.socketDescriptor: socket, Self.linkDescriptor: theirs],
            // So that a worker that is told to finish while it starts does so, and does not die of it.
            blockedSignals: [SIGTERM]
        )
        return (pid, ours)
    }
}
