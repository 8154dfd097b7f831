#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Which executable this process runs.
enum ProgramIdentity {
    /// What changes whenever the executable is built, installed or replaced; `nil` where it cannot be told.
    static func current() -> [UInt8]? {
        var status = stat()
        #if canImport(Darwin)
            var size: UInt32 = 0
            _ = _NSGetExecutablePath(nil, &size)
            var path: [CChar] = Array(repeating: 0, count: Int(size))
            guard _NSGetExecutablePath(&path, &size) == 0, stat(path, &status) == 0 else { return nil }
            let times = [status.st_mtimespec, status.st_ctimespec]
        #else
            guard stat("/proc/self/exe", &status) == 0 else { return nil }
            let times = [status.st_mtim, status.st_ctim]
        #endif
        var identity = "\(status.st_dev) \(status.st_ino) \(status.st_size)"
        for time in times { identity += " \(time.tv_sec).\(time.tv_nsec)" }
        return Array(identity.utf8)
    }
}
