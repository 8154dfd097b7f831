#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The program under test, as the build has left it beside the tests.
enum BuiltProgram {
    /// The path of `PreforkServer`, or `nil` where it was not built.
    static let path: String? = {
        var folder = testExecutable
        // The tests lie in a bundle on some systems, so a few folders up are tried too.
        for _ in 0..<6 {
            guard let slash = folder.lastIndex(of: "/") else { return nil }
            folder = String(folder[..<slash])
            let candidate = "\(folder)/PreforkServer"
            if access(candidate, X_OK) == 0 { return candidate }
        }
        return nil
    }()

    private static var testExecutable: String {
        #if os(Linux)
            var buffer = [CChar](repeating: 0, count: 4096)
            let count = readlink("/proc/self/exe", &buffer, buffer.count)
            if count > 0 { return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) }
        #endif
        return CommandLine.arguments.first ?? ""
    }
}
