import CProcessTesting
import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A program that a test started.
///
/// Unlike Foundation's `Process`, it hands nothing on but the three standard descriptors, no blocked signals either, and
/// its end is seen by asking for it: a descriptor that some other program inherited keeps nobody waiting.
///
/// Thread-safe. A program that nobody waited for is killed when this goes.
public final class ChildProgram: @unchecked Sendable {
    /// The system refused to start a program.
    public struct Failure: Error, CustomStringConvertible {
        /// What it refused, and why.
        public let description: String
    }

    /// The program's process id.
    public let pid: Int32

    /// Guards `status`.
    private let lock = NSLock()
    private var status: Int32?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: The executable.
    ///   - arguments: Its arguments, without its own name.
    ///   - environment: All its variables; this process's own if `nil`.
    ///   - input: What becomes its standard input; nothing to read if `nil`.
    ///   - output: What becomes its standard output; nowhere if `nil`.
    ///   - error: What becomes its standard error; this process's own if `nil`.
    public init(
        _ path: String,
        _ arguments: [String],
        environment: [String: String]? = nil,
        input: Int32? = nil,
        output: Int32? = nil,
        error: Int32? = nil
    ) throws {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        if let output {
            posix_spawn_file_actions_adddup2(&actions, output, 1)
        } else {
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        }
        if let error { posix_spawn_file_actions_adddup2(&actions, error, 2) }
        var flags = Int32(POSIX_SPAWN_SETSIGMASK)
        #if canImport(Darwin)
            flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
            if error == nil { posix_spawn_file_actions_addinherit_np(&actions, 2) }
        #else
            _ = process_testing_close_from(&actions, 3)
        #endif
        // Threads of task pools block signals, and a program would go on with that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let words = Self.strings([path] + arguments)
        let all = environment ?? ProcessInfo.processInfo.environment
        let variables = Self.strings(all.map { "\($0)=\($1)" })
        defer { for word in words + variables { free(word) } }
        var pid: pid_t = 0
        let result = posix_spawn(&pid, path, &actions, &attributes, words, variables)
        // A signal to a number that is no process's may go to all of them.
        guard result == 0, pid > 0 else {
            throw Failure(description: "cannot start \(path): \(String(cString: strerror(result)))")
        }
        self.pid = pid
    }

    deinit {
        kill()
    }

    /// Waits for its end.
    ///
    /// - Returns: Its exit status, or 128 and the number of the signal that ended it.
    @discardableResult
    public func wait() -> Int32 {
        lock.withLock {
            if let status { return status }
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            let signal = status & 0x7f
            let result = signal == 0 ? (status >> 8) & 0xff : 128 + signal
            self.status = result
            return result
        }
    }

    /// Ends it as an out-of-memory killer would, and waits for that; nothing where somebody waited for its end.
    ///
    /// Not while another thread waits.
    public func kill() {
        // Until somebody has waited for it, the number is its own.
        let isWaitedFor = lock.withLock { status != nil }
        guard !isWaitedFor else { return }
        signal(SIGKILL)
        wait()
    }

    private func signal(_ number: Int32) {
        #if canImport(Darwin)
            _ = Darwin.kill(pid, number)
        #elseif canImport(Glibc)
            _ = Glibc.kill(pid, number)
        #elseif canImport(Musl)
            _ = Musl.kill(pid, number)
        #endif
    }

    private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }
}
