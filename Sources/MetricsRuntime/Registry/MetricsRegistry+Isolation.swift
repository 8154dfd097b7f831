internal import CMetricsSupport

extension MetricsRegistry {
    /// Runs `body` with a registry of its own, to which static calls of generated metrics go meanwhile.
    ///
    /// Holds for `body` and the tasks that are created in it, so tests may run in parallel and never see each other's
    /// numbers. Code that keeps a child from before goes on in the registry that the child is of.
    public static func withIsolated<Result, Failure: Error>(
        _ body: (MetricsRegistry) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withIsolated(storage: .memory, body)
    }

    /// The same, with values in a place of the caller's choice.
    public static func withIsolated<Result, Failure: Error>(
        storage: MetricsStorageLocation,
        _ body: (MetricsRegistry) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let registry = MetricsRegistry(storage: storage)
        metrics_detour_begin()
        defer { metrics_detour_end() }
        // `withValue` rethrows any error; the type is put back here.
        let result: Swift.Result<Result, Failure> = $isolated.withValue(registry) {
            do throws(Failure) { return .success(try body(registry)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// The same for asynchronous code.
    public static func withIsolated<Result, Failure: Error>(
        storage: MetricsStorageLocation = .memory,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (MetricsRegistry) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        let registry = MetricsRegistry(storage: storage)
        metrics_detour_begin()
        defer { metrics_detour_end() }
        let result: Swift.Result<Result, Failure> = await $isolated.withValue(registry) {
            do throws(Failure) { return .success(try await body(registry)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
