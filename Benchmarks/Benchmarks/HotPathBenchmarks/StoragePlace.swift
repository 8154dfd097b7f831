import MetricsRuntime

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where values live while they are measured.
enum StoragePlace: String, CaseIterable {
    case memory
    case files

    /// Makes the shared registry keep its values there; whether it does.
    ///
    /// Only the first call in a process has a say.
    func use() -> Bool {
        // Made first: making it and bootstrapping it take the same lock.
        _ = MetricsRegistry.shared
        switch self {
        case .memory:
            MetricsRegistry.bootstrap(storage: .memory)
            return MetricsRegistry.shared.directory == nil
        case .files:
            MetricsRegistry.bootstrap(storage: .directory(Self.folder))
            // A directory that cannot be used is no error for updates; here it would measure the wrong thing.
            guard (try? MetricsRegistry.shared.prepare()) != nil else { return false }
            return MetricsRegistry.shared.directory == Self.folder
        }
    }

    /// A folder of this process.
    ///
    /// The script that starts all benchmarks gives them a temporary folder that it removes afterwards.
    static let folder: String = {
        let parent = getenv("METRICS_BENCHMARK_FOLDER").map { String(cString: $0) } ?? "/tmp"
        return "\(parent)/hot-path-\(getpid())"
    }()
}
