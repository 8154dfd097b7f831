public import Testing

/// Lets tests block: they run on threads of their own instead of the few that all tasks of the process share.
///
/// A test that waits for another program, or computes for seconds, would otherwise keep everybody else's tests waiting,
/// those with deadlines too: there are as many shared threads as cores.
public struct BlockingTests: SuiteTrait, TestTrait, TestScoping {
    /// Holds for the tests of suites within a suite too.
    public let isRecursive = true

    /// Runs a test on those threads.
    public func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(BlockingThreads.shared) { try await function() }
    }
}

extension Trait where Self == BlockingTests {
    /// The test, or each test of the suite, may block the thread that it runs on.
    public static var blocking: Self { BlockingTests() }
}
