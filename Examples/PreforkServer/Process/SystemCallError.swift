#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A system call that failed, with what it was meant to do.
struct SystemCallError: Error, Hashable, CustomStringConvertible {
    /// What could not be done, such as `listen on 127.0.0.1:8080`.
    let task: String
    /// The error number of the system.
    let code: Int32
    /// What to do about it, or an empty text.
    let remedy: String

    init(_ task: String, code: Int32 = errno, remedy: String = "") {
        self.task = task
        self.code = code
        self.remedy = remedy
    }

    var description: String {
        let reason = strerror(code).map { String(cString: $0) } ?? "errno \(code)"
        return "cannot \(task): \(reason)" + (remedy.isEmpty ? "" : "; \(remedy)")
    }

    /// Runs a call that answers -1 on failure, again while a signal interrupts it.
    static func check(_ task: @autoclosure () -> String, _ call: () -> Int32) throws(SystemCallError) -> Int32 {
        while true {
            let result = call()
            if result >= 0 { return result }
            let code = errno
            if code != EINTR { throw SystemCallError(task(), code: code) }
        }
    }
}
