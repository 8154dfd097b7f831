import ArgumentParser
import MetricsRuntime

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The directory that a command reads.
struct DirectoryOptions: ParsableArguments {
    @Option(
        name: .customLong("multiproc-dir"),
        help: ArgumentHelp(
            "The directory of the app's metric files.",
            discussion: "Without it: PROMETHEUS_MULTIPROC_DIR, and without that ~/.gunicorn_prometheus.",
            valueName: "dir"
        )
    )
    var directory: String?

    func validate() throws {
        if directory?.isEmpty == true {
            throw ValidationError("--multiproc-dir is empty; name the directory that the processes of the app share")
        }
    }

    /// The environment's variables, with those that the flags override replaced.
    func overlaid(on variables: [String: String]) -> [String: String] {
        var variables = variables
        if let directory { variables[EnvironmentVariable.multiprocDirectory.rawValue] = directory }
        return variables
    }

    /// The path of the directory, which must be there, for commands that look at it once.
    func requireReadable() throws -> String {
        let variables = overlaid(on: EnvironmentVariable.ofThisProcess())
        let directory = try MetricsStorageLocation(variables: variables).requireDirectory()
        switch DirectoryState(ofPath: directory) {
        case .readable: return directory
        case .missing:
            throw ExporterFailure.noInput(
                "the directory '\(directory)' does not exist; name the one that the app writes to with "
                    + "--multiproc-dir or PROMETHEUS_MULTIPROC_DIR"
            )
        case .unusable(let reason):
            throw ExporterFailure.noInput("the directory '\(directory)' cannot be read: \(reason)")
        }
    }
}

/// What stands at the path of a directory.
enum DirectoryState {
    case readable
    case missing
    /// Something is there, but it cannot be read as a directory; the text says why.
    case unusable(String)

    init(ofPath path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            self = errno == ENOENT ? .missing : .unusable(StandardStream.WriteError(code: errno).description)
            return
        }
        if status.st_mode & S_IFMT != S_IFDIR {
            self = .unusable("it is not a directory")
        } else if access(path, R_OK | X_OK) != 0 {
            self = .unusable(StandardStream.WriteError(code: errno).description)
        } else {
            self = .readable
        }
    }
}
