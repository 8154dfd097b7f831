import Testing
import WorkerMetrics

@testable import PreforkServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("How a worker ended")
struct WaitStatusTests {
    @Test(
        "a wait status is read as the system writes it",
        arguments: [
            (Int32(0x0000), WaitStatus.exited(0)), (0x0100, .exited(1)), (0x4E00, .exited(78)), (0xFF00, .exited(255)),
            (0x0009, .signalled(9)), (0x000F, .signalled(15)),
            // With memory dumped.
            (0x008B, .signalled(11)), (0x0086, .signalled(6)),
        ]
    )
    func statuses(_ status: Int32, _ expected: WaitStatus) {
        #expect(WaitStatus(status) == expected)
    }

    @Test(
        "the text is read back as it was written",
        arguments: [WaitStatus.exited(0), .exited(255), .signalled(9), .unknown]
    )
    func text(_ status: WaitStatus) {
        #expect(WaitStatus(description: status.description) == status)
    }

    @Test(
        "an end that nobody asked for has its reason from the status",
        arguments: [
            (WaitStatus.exited(0), Reason.exit, RestartType.graceful), (.exited(1), .exit, .forced),
            (.unknown, .exit, .forced), (.signalled(SIGKILL), .kill, .forced), (.signalled(SIGTERM), .term, .forced),
            (.signalled(SIGINT), .int, .forced), (.signalled(SIGQUIT), .quit, .forced),
            (.signalled(SIGABRT), .abort, .forced), (.signalled(SIGHUP), .hup, .forced),
            (.signalled(SIGUSR1), .usr1, .forced), (.signalled(SIGUSR2), .usr2, .forced),
            (.signalled(SIGSEGV), .signal, .forced), (.signalled(SIGILL), .signal, .forced),
        ]
    )
    func unasked(_ status: WaitStatus, _ reason: Reason, _ type: RestartType) {
        let restart = WorkerRestart(worker: 1, status: status, asked: .nothing)
        #expect(restart.reason == reason)
        #expect(restart.type == type)
    }

    @Test("an end that the master brought about has the master's reason")
    func asked() {
        func restart(_ status: WaitStatus, _ asked: WorkerPool.Asked) -> (Reason, RestartType) {
            let restart = WorkerRestart(worker: 1, status: status, asked: asked)
            return (restart.reason, restart.type)
        }
        #expect(restart(.signalled(SIGKILL), .killAfterSilence) == (.timeout, .forced))
        #expect(restart(.exited(0), .drain) == (.reload, .graceful))
        #expect(restart(.exited(1), .drain) == (.reload, .forced))
        #expect(restart(.signalled(SIGKILL), .killAfterDrain) == (.reload, .forced))
    }
}
