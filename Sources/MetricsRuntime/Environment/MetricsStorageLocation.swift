/// Where a process keeps the values of its metrics.
public enum MetricsStorageLocation: Sendable, Hashable {
    /// In files of that directory, shared with the other processes that use it. It need not exist yet.
    case directory(String)
    /// In memory that no other process sees.
    case memory
    /// A directory was wanted, but none can be named: values stay in memory, and preparing the registry fails with
    /// the problem.
    case unavailable(MetricsEnvironmentProblem)

    /// The location that the environment asks for.
    ///
    /// Looks at `PROMETHEUS_MULTIPROC_DIR` and `HOME` alone, so a mistake in a variable of the server does not keep
    /// an app from recording. Touches no file.
    ///
    /// - Parameter variables: The environment variables; those of this process where none are given.
    public init(variables: [String: String]? = nil) {
        let variables = variables ?? EnvironmentVariable.ofThisProcess()
        let home = variables[EnvironmentVariable.home.rawValue].flatMap { $0.isEmpty ? nil : $0 }
        guard let value = variables[EnvironmentVariable.multiprocDirectory.rawValue] else {
            self = Self.defaultDirectory(home: home)
            return
        }
        self = value.isEmpty ? .memory : Self.directory(named: value, home: home)
    }

    /// The directory, where values live in one.
    public var directory: String? {
        guard case .directory(let path) = self else { return nil }
        return path
    }

    /// The directory, for a program that cannot do without one.
    ///
    /// - Throws: An error that says why there is none.
    public func requireDirectory() throws(MetricsEnvironmentError) -> String {
        switch self {
        case .directory(let path): return path
        case .unavailable(let problem): throw MetricsEnvironmentError(problems: [problem])
        case .memory:
            let problem = MetricsEnvironmentProblem(
                .multiprocDirectory,
                value: "",
                reason: "is empty, so there is no directory to read",
                remedy: "name the directory that the processes of the app share"
            )
            throw MetricsEnvironmentError(problems: [problem])
        }
    }

    /// The name of the default directory in the user's home.
    static let defaultDirectoryName = ".gunicorn_prometheus"

    private static let remedy =
        "name a directory that every process of the app can write to, or set it to the empty text to keep the values "
        + "of each process in its own memory"

    private static func defaultDirectory(home: String?) -> Self {
        guard let home else {
            return .unavailable(
                MetricsEnvironmentProblem(
                    .multiprocDirectory,
                    value: nil,
                    reason: "is not set, and without HOME there is no default directory",
                    remedy: remedy
                )
            )
        }
        return directory(named: join(home, defaultDirectoryName), home: home)
    }

    private static func directory(named value: String, home: String?) -> Self {
        func unavailable(_ reason: String) -> Self {
            .unavailable(MetricsEnvironmentProblem(.multiprocDirectory, value: value, reason: reason, remedy: remedy))
        }
        // Checked here because what follows hands the path to the system, which would take it for another one.
        if value.unicodeScalars.contains("\0") { return unavailable("holds a NUL character") }
        if value.unicodeScalars.contains("\u{FFFD}") { return unavailable("holds bytes that are not UTF-8") }
        guard value == "~" || value.hasPrefix("~/") else { return .directory(value) }
        guard let home else { return unavailable("begins with the home directory, but HOME is not set") }
        return .directory(join(home, String(value.dropFirst(2))))
    }

    private static func join(_ parent: String, _ child: String) -> String {
        if child.isEmpty { return parent }
        return parent.hasSuffix("/") ? parent + child : parent + "/" + child
    }
}
