#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Starts other programs and collects how they ended.
enum ChildProcess {
    /// Starts a program with exactly the arguments, variables and descriptors that are given.
    ///
    /// - Parameters:
    ///   - path: The program's file.
    ///   - arguments: All arguments, the program's name as the first.
    ///   - environment: All variables.
    ///   - descriptors: What the child finds under which number, beside standard input, output and error, which it
    ///     shares unless they are named here.
    ///   - blockedSignals: Signals that wait until the child asks for them. All others have their default effect.
    ///   - ownGroup: Whether the child begins a process group, so that Ctrl-C in a terminal does not reach it.
    /// - Returns: The child's process id. It stays valid until ``reap(_:)`` has answered.
    static func start(
        _ path: String,
        arguments: [String],
        environment: ProcessEnvironment,
        descriptors: [Int32: OwnedDescriptor] = [:],
        blockedSignals: Set<Int32> = [],
        ownGroup: Bool = false
    ) throws(SystemCallError) -> pid_t {
        let task = "start \(path)"
        let actions = SpawnFileActions()
        for (number, descriptor) in descriptors.sorted(by: { $0.key < $1.key }) {
            try actions.duplicate(descriptor.number, to: number)
        }
        try actions.closeAll(from: max(STDERR_FILENO, descriptors.keys.max() ?? 0) + 1)
        let attributes = try SpawnAttributes(blockedSignals: blockedSignals, ownGroup: ownGroup)

        var pid: pid_t = 0
        let code = withCStrings(arguments) { arguments in
            withCStrings(environment.entries) { variables in
                posix_spawn(&pid, path, actions.pointer, attributes.pointer, arguments, variables)
            }
        }
        guard code == 0 else { throw SystemCallError(task, code: code) }
        // The descriptors must stay open until the child has its copies.
        withExtendedLifetime(descriptors) {}
        return pid
    }

    /// How a child ended, or `nil` while it lives.
    ///
    /// Answers once for each child; after that its id may be used anew.
    static func reap(_ pid: pid_t) -> WaitStatus? {
        var status: Int32 = 0
        while true {
            let result = waitpid(pid, &status, WNOHANG)
            if result == pid { return WaitStatus(status) }
            if result == 0 { return nil }
            // ECHILD: somebody else has collected it, so that nobody will ever know how it ended.
            if errno != EINTR { return .unknown }
        }
    }

    private static func withCStrings<Result>(
        _ strings: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: strings.count + 1)
        for (index, string) in strings.enumerated() {
            (copies + index).initialize(to: strdup(string))
        }
        (copies + strings.count).initialize(to: nil)
        defer {
            for index in strings.indices { free(copies[index]) }
            copies.deinitialize(count: strings.count + 1)
            copies.deallocate()
        }
        return body(copies)
    }
}
