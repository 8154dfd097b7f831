internal import CMetricsSupport

/// The metrics of a process and where their values live.
///
/// Generated code goes to `MetricsRegistry.shared`, which prepares itself at first use: nothing happens when a module
/// is loaded. Tests give code a registry of its own with ``withIsolated(_:)``, or hand one to an instance of a generated
/// metric.
///
/// Every member may be called from any thread at any time. None but ``prepare()`` throws, and no update ever does.
public final class MetricsRegistry: Sendable {
    /// The registry of the process.
    ///
    /// Values live where `PROMETHEUS_MULTIPROC_DIR` says, `~/.gunicorn_prometheus` by default, unless
    /// ``bootstrap(storage:)`` said otherwise before.
    public static let shared = MetricsRegistry(location: nil)

    @TaskLocal static var isolated: MetricsRegistry?

    /// The registry that static calls of generated metrics go to here and now: the isolated one of this task, else
    /// ``shared``.
    public static var current: MetricsRegistry {
        metrics_detours() == 0 ? shared : isolated ?? shared
    }

    let state: RegistryState

    /// Creates a registry of its own: with its values in private memory, or in files of a directory.
    ///
    /// A directory is made, and a slot in it taken, with the first series or by ``prepare()``. When the registry goes,
    /// its slot is free for another process; kept children stay harmless. The memory of its series, about 200 bytes
    /// each, stays for the life of the process, so that a kept child never points nowhere.
    public convenience init(storage: MetricsStorageLocation = .memory) {
        self.init(location: storage)
    }

    private init(location: MetricsStorageLocation?) {
        state = StructureLock.withLock { RegistryState(location: location) }
    }

    deinit {
        state.close()
    }

    /// Says where the shared registry keeps its values, instead of the environment.
    ///
    /// - Returns: Whether it came in time: before the first series was made and before `prepare()`.
    @discardableResult
    public static func bootstrap(storage: MetricsStorageLocation) -> Bool {
        // Made first: that takes the same lock.
        let shared = shared
        return StructureLock.withLock { shared.state.configure(storage) }
    }

    /// Makes the multiprocess directory and takes a slot in it, as the first series would.
    ///
    /// Call it at start to learn of a directory that cannot be used; without the call it is logged once and values
    /// stay in memory. After `fork()`, call it in the child when only kept children are used there.
    ///
    /// - Throws: What is wrong with the directory and how to mend it.
    public func prepare() throws(MetricsStorageError) {
        try StructureLock.withLock { () throws(MetricsStorageError) in
            state.settleAfterFork()
            try state.prepare()
        }
    }

    /// The multiprocess directory, or `nil` where values live in private memory.
    public var directory: String? {
        StructureLock.withLock { state.directory }
    }

    /// Makes families for these metrics, and the series of those that have no labels, so that they are exposed as 0
    /// before anything happens.
    public func register(_ descriptors: [MetricDescriptor]) {
        for descriptor in descriptors {
            let family = StructureLock.withLock { state.family(for: descriptor) }
            guard descriptor.labels.isEmpty else { continue }
            let series = family.closedChild(0, initially: 0)
            // What an info states is true from the start.
            if descriptor.type == .info { InfoChild(series).set() }
        }
    }

    /// No API: the family of one definition of a generated file.
    public func _family(_ file: any _MetricDefinitions.Type, _ index: Int) -> _MetricFamilyHandle {
        let key = RegistryState.DefinitionKey(file: ObjectIdentifier(file), index: index)
        let family = StructureLock.withLock { () -> Family in
            state.settleAfterFork()
            // An index without a definition can only come from generated files of different runs.
            return state.family(for: key, in: file) ?? state.family(for: .unknown)
        }
        return _MetricFamilyHandle(core: family.core)
    }

    /// The family of a metric that no generated code describes; the same one for the same descriptor.
    package func family(for descriptor: MetricDescriptor) -> _MetricFamilyHandle {
        _MetricFamilyHandle(core: StructureLock.withLock { state.family(for: descriptor) }.core)
    }
}

extension MetricDescriptor {
    /// Stands in where generated files of different runs meet.
    ///
    /// Not exposed: it has no series but a stray one.
    fileprivate static let unknown = MetricDescriptor(
        name: "metrics_undefined",
        documentation: "A metric whose generated file is of another run of the generator",
        type: .unknown,
        labels: [Label(name: "never")]
    )

    /// Whether two descriptors can share a family, or families that differ in their labels alone.
    func isSameMetric(as other: MetricDescriptor, ignoringLabels: Bool = false) -> Bool {
        type == other.type && buckets == other.buckets && multiprocessMode == other.multiprocessMode
            && constantLabels == other.constantLabels
            && (ignoringLabels
                || labels.map(\.name) == other.labels.map(\.name)
                    && labels.map(\.values) == other.labels.map(\.values))
    }
}
