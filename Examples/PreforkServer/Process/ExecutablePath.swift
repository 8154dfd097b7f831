#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the program that is running lies.
enum ExecutablePath {
    /// A path that starts the program once more.
    ///
    /// On Linux it names the running file itself, also where an update has put another one in its place: a master and
    /// its workers are always of one version, and an update takes effect when the master is started anew.
    static func current() throws(SystemCallError) -> String {
        #if canImport(Darwin)
            var size: UInt32 = 0
            _ = _NSGetExecutablePath(nil, &size)
            var succeeded = false
            let path = String(unsafeUninitializedCapacity: Int(size)) { buffer in
                buffer.withMemoryRebound(to: CChar.self) { characters in
                    succeeded = _NSGetExecutablePath(characters.baseAddress, &size) == 0
                    return characters.firstIndex(of: 0) ?? 0
                }
            }
            guard succeeded else { throw SystemCallError("find the path of this program", code: ENOENT) }
            return path
        #else
            return "/proc/self/exe"
        #endif
    }
}
