public import CMetricsSupport
public import Synchronization

/// No API: one static word for each generated metric: its family in the shared registry, once it is known.
///
/// A `static let` of it is laid out by the compiler, so that reading it costs a load and no call of `swift_once`.
@frozen public struct _MetricStorage: ~Copyable, Sendable {
    @usableFromInline let core: Atomic<UInt>

    /// No family yet.
    @_transparent
    public init() {
        core = Atomic(0)
    }

    /// The family in the registry that static calls go to.
    @inlinable @inline(__always)
    public func family(_ file: any _MetricDefinitions.Type, _ index: Int) -> _MetricFamilyHandle {
        if metrics_detours() == 0,
            let known = UnsafeMutablePointer<_FamilyCore>(bitPattern: core.load(ordering: .acquiring))
        {
            return _MetricFamilyHandle(core: known)
        }
        return findFamily(file, index)
    }

    @usableFromInline @inline(never)
    func findFamily(_ file: any _MetricDefinitions.Type, _ index: Int) -> _MetricFamilyHandle {
        let registry = MetricsRegistry.isolated ?? .shared
        let family = registry._family(file, index)
        if registry === MetricsRegistry.shared { core.store(UInt(bitPattern: family.core), ordering: .releasing) }
        return family
    }
}
