internal import MetricDefinitions

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// What the terminal can show.
enum Terminal {
    /// Colours on a terminal; none where `NO_COLOR` is set to anything, or the terminal is a dumb one.
    static var outputStyle: TextStyle { style(of: STDOUT_FILENO) }

    /// The same for what goes to standard error.
    static var errorStyle: TextStyle { style(of: STDERR_FILENO) }

    private static func style(of descriptor: Int32) -> TextStyle {
        let isWanted = (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
        return isWanted && isatty(descriptor) == 1 ? .colored : .plain
    }

    /// A variable of the environment.
    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
