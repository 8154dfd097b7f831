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

@Suite("The decisions of the master")
struct WorkerPoolTests {
    private static let settings: WorkerPool.Settings = {
        var settings = WorkerPool.Settings(workers: 2)
        settings.heartbeatTimeout = .seconds(30)
        settings.drainTimeout = .seconds(20)
        return settings
    }()

    /// A pool with a ready worker in each place: processes 101 and 102.
    private func settledPool() -> WorkerPool {
        var pool = WorkerPool(settings: Self.settings)
        for command in pool.tick(at: .zero) {
            guard case .start(let worker) = command else { continue }
            pool.started(worker, pid: pid_t(100 + worker), at: .zero)
        }
        for pid in pool.processes.keys.sorted() { _ = pool.ready(pid, at: .zero) }
        return pool
    }

    private func count(_ worker: Int, _ status: WaitStatus, _ asked: WorkerPool.Asked) -> WorkerPool.Command {
        .count(WorkerRestart(worker: worker, status: status, asked: asked))
    }

    @Test("it starts a worker in every place, once")
    func start() {
        var pool = WorkerPool(settings: Self.settings)
        #expect(!pool.isSettled)
        #expect(pool.nextDeadline == .zero)
        #expect(pool.tick(at: .zero) == [.start(worker: 1), .start(worker: 2)])
        #expect(pool.tick(at: .zero) == [])
        pool.started(1, pid: 101, at: .zero)
        pool.started(2, pid: 102, at: .zero)
        #expect(pool.ready(101, at: .zero) == [])
        #expect(!pool.isSettled)
        #expect(pool.ready(102, at: .zero) == [])
        #expect(pool.isSettled)
    }

    @Test("a worker that was killed is counted once and replaced at once")
    func killed() {
        var pool = settledPool()
        #expect(pool.ended(101, status: .signalled(SIGKILL), at: .seconds(5)) == [count(1, .signalled(9), .nothing)])
        #expect(pool.ended(101, status: .signalled(SIGKILL), at: .seconds(5)) == [])
        #expect(!pool.isSettled)
        #expect(pool.tick(at: .seconds(5)) == [.start(worker: 1)])
        pool.started(1, pid: 201, at: .seconds(5))
        #expect(pool.ready(201, at: .seconds(5)) == [])
        #expect(pool.isSettled)
    }

    @Test("a worker that goes on ending is started after longer and longer pauses")
    func crashLoop() {
        var pool = settledPool()
        var now = Duration.seconds(1)
        var pid: pid_t = 101
        var pauses: [Double] = []
        for round in 1...5 {
            _ = pool.ended(pid, status: .exited(1), at: now)
            let due = pool.nextDeadline ?? now
            pauses.append((due - now) / .milliseconds(1))
            now = due
            #expect(pool.tick(at: now) == [.start(worker: 1)])
            pid = pid_t(200 + round)
            pool.started(1, pid: pid, at: now)
        }
        #expect(pauses == [0, 100, 200, 400, 800])
    }

    @Test("a process that cannot be started is tried again after a pause")
    func failedStart() {
        var pool = settledPool()
        _ = pool.ended(101, status: .exited(1), at: .seconds(1))
        #expect(pool.tick(at: .seconds(1)) == [.start(worker: 1)])
        pool.failedToStart(1, at: .seconds(1))
        #expect(pool.tick(at: .seconds(1)) == [])
        #expect(pool.nextDeadline == .seconds(1) + .milliseconds(100))
        #expect(pool.tick(at: .seconds(2)) == [.start(worker: 1)])
    }

    @Test("a silent worker is killed once, counted as a time-out and replaced")
    func silence() {
        var pool = settledPool()
        pool.heard(102, at: .seconds(10))
        #expect(pool.nextDeadline == .seconds(30))
        #expect(pool.tick(at: .seconds(29)) == [])
        #expect(pool.tick(at: .seconds(30)) == [.signal(pid: 101, signal: SIGKILL)])
        #expect(pool.tick(at: .seconds(31)) == [])
        #expect(pool.nextDeadline == .seconds(40))
        let ended = pool.ended(101, status: .signalled(SIGKILL), at: .seconds(31))
        #expect(ended == [count(1, .signalled(9), .killAfterSilence)])
        #expect(pool.tick(at: .seconds(31)) == [.start(worker: 1)])
    }

    @Test("a worker that never becomes ready is silent too")
    func neverReady() {
        var pool = WorkerPool(settings: Self.settings)
        _ = pool.tick(at: .zero)
        pool.started(1, pid: 101, at: .zero)
        pool.started(2, pid: 102, at: .zero)
        #expect(pool.tick(at: .seconds(30)).count == 2)
    }

    @Test("a master that slept forgives the silence it could not hear")
    func forgiveness() {
        var pool = settledPool()
        pool.forgiveSilence(at: .seconds(100))
        #expect(pool.tick(at: .seconds(100)) == [])
        #expect(pool.nextDeadline == .seconds(130))
    }

    @Test("a reload drains a worker only when its successor is ready")
    func reload() {
        var pool = settledPool()
        pool.reload(at: .seconds(1))
        #expect(!pool.isSettled)
        #expect(pool.tick(at: .seconds(1)) == [.start(worker: 1), .start(worker: 2)])
        pool.started(1, pid: 201, at: .seconds(1))
        pool.started(2, pid: 202, at: .seconds(1))
        #expect(pool.tick(at: .seconds(1)) == [])

        #expect(pool.ready(201, at: .seconds(2)) == [.signal(pid: 101, signal: SIGTERM)])
        #expect(pool.ready(202, at: .seconds(2)) == [.signal(pid: 102, signal: SIGTERM)])
        #expect(pool.isSettled)
        #expect(pool.ended(101, status: .exited(0), at: .seconds(3)) == [count(1, .exited(0), .drain)])
        #expect(pool.ended(102, status: .exited(0), at: .seconds(3)) == [count(2, .exited(0), .drain)])
        #expect(pool.tick(at: .seconds(3)) == [])
        #expect(pool.isSettled)
    }

    @Test("a worker that does not finish in time is killed, and still counts as reloaded")
    func lateDrain() {
        var pool = settledPool()
        pool.reload(at: .seconds(1))
        _ = pool.tick(at: .seconds(1))
        pool.started(1, pid: 201, at: .seconds(1))
        pool.started(2, pid: 202, at: .seconds(1))
        _ = pool.ready(201, at: .seconds(2))
        for pid in pool.processes.keys { pool.heard(pid, at: .seconds(20)) }
        #expect(pool.nextDeadline == .seconds(22))
        #expect(pool.tick(at: .seconds(22)) == [.signal(pid: 101, signal: SIGKILL)])
        #expect(pool.tick(at: .seconds(23)) == [])
        let ended = pool.ended(101, status: .signalled(SIGKILL), at: .seconds(23))
        #expect(ended == [count(1, .signalled(9), .killAfterDrain)])
    }

    @Test("successors that do not start leave the old workers at work")
    func brokenReload() {
        var pool = settledPool()
        pool.reload(at: .seconds(1))
        _ = pool.tick(at: .seconds(1))
        pool.started(1, pid: 201, at: .seconds(1))
        pool.started(2, pid: 202, at: .seconds(1))
        #expect(pool.ended(201, status: .exited(70), at: .seconds(1)) == [count(1, .exited(70), .nothing)])
        #expect(pool.processes[101]?.asked == WorkerPool.Asked.nothing)
        #expect(pool.tick(at: .seconds(1)) == [.start(worker: 1)])
        pool.started(1, pid: 203, at: .seconds(1))
        _ = pool.ended(203, status: .exited(70), at: .seconds(1))
        // The second in a row waits.
        #expect(pool.tick(at: .seconds(1)) == [])
        #expect(pool.tick(at: .seconds(2)) == [.start(worker: 1)])
    }

    @Test("where the old worker dies during a reload, its successor has the place")
    func deathDuringReload() {
        var pool = settledPool()
        pool.reload(at: .seconds(1))
        _ = pool.tick(at: .seconds(1))
        pool.started(1, pid: 201, at: .seconds(1))
        pool.started(2, pid: 202, at: .seconds(1))
        #expect(pool.ended(101, status: .signalled(SIGSEGV), at: .seconds(2)) == [count(1, .signalled(11), .nothing)])
        #expect(pool.tick(at: .seconds(2)) == [])
        #expect(pool.ready(201, at: .seconds(3)) == [])
    }

    @Test("a second reload during the first replaces the successors too")
    func reloadTwice() {
        var pool = settledPool()
        pool.reload(at: .seconds(1))
        _ = pool.tick(at: .seconds(1))
        pool.started(1, pid: 201, at: .seconds(1))
        pool.started(2, pid: 202, at: .seconds(1))
        pool.reload(at: .seconds(2))
        #expect(pool.tick(at: .seconds(2)) == [])
        #expect(pool.ready(201, at: .seconds(3)) == [.signal(pid: 101, signal: SIGTERM)])
        #expect(pool.tick(at: .seconds(3)) == [.start(worker: 1)])
        pool.started(1, pid: 301, at: .seconds(3))
        #expect(pool.ready(301, at: .seconds(4)) == [.signal(pid: 201, signal: SIGTERM)])
        #expect(pool.processes[301]?.asked == WorkerPool.Asked.nothing)
    }

    @Test("a reload does not wait for a pause to end")
    func reloadDuringPause() {
        var pool = settledPool()
        _ = pool.ended(101, status: .exited(1), at: .seconds(1))
        _ = pool.tick(at: .seconds(1))
        pool.started(1, pid: 201, at: .seconds(1))
        _ = pool.ended(201, status: .exited(1), at: .seconds(1))
        #expect(!pool.tick(at: .seconds(1)).contains(.start(worker: 1)))
        pool.reload(at: .seconds(1))
        #expect(pool.tick(at: .seconds(1)).contains(.start(worker: 1)))
    }

    @Test("stopping drains all, replaces none and counts nothing")
    func stop() {
        var pool = settledPool()
        #expect(
            pool.stop(at: .seconds(1)) == [.signal(pid: 101, signal: SIGTERM), .signal(pid: 102, signal: SIGTERM)]
        )
        #expect(pool.stop(at: .seconds(1)) == [])
        #expect(!pool.isSettled)
        #expect(pool.ended(101, status: .exited(0), at: .seconds(2)) == [])
        #expect(!pool.isFinished)
        #expect(pool.ended(102, status: .signalled(SIGSEGV), at: .seconds(2)) == [])
        #expect(pool.isFinished)
        #expect(pool.tick(at: .seconds(2)) == [])
        pool.reload(at: .seconds(3))
        #expect(pool.tick(at: .seconds(3)) == [])
    }

    @Test("stopping kills what does not finish in time, or at once where that is asked")
    func stopByForce() {
        var pool = settledPool()
        _ = pool.stop(at: .seconds(1))
        #expect(pool.nextDeadline == .seconds(21))
        #expect(pool.tick(at: .seconds(21)).count == 2)
        #expect(pool.kill() == [.signal(pid: 101, signal: SIGKILL), .signal(pid: 102, signal: SIGKILL)])
        #expect(pool.nextDeadline == nil)
    }

    @Test("a reload that a stop overtakes still counts the workers that it had replaced")
    func stopDuringReload() {
        var pool = settledPool()
        pool.reload(at: .seconds(1))
        _ = pool.tick(at: .seconds(1))
        pool.started(1, pid: 201, at: .seconds(1))
        pool.started(2, pid: 202, at: .seconds(1))
        _ = pool.ready(201, at: .seconds(2))
        #expect(
            pool.stop(at: .seconds(3))
                == [102, 201, 202].map { WorkerPool.Command.signal(pid: $0, signal: SIGTERM) }
        )
        #expect(pool.ended(101, status: .exited(0), at: .seconds(4)) == [count(1, .exited(0), .drain)])
        #expect(pool.ended(201, status: .exited(0), at: .seconds(4)) == [])
    }

    @Test("messages of processes that are unknown or gone change nothing")
    func strangers() {
        var pool = settledPool()
        pool.heard(999, at: .seconds(1))
        #expect(pool.ready(999, at: .seconds(1)) == [])
        #expect(pool.ended(999, status: .exited(0), at: .seconds(1)) == [])
        #expect(pool.isSettled)
    }
}
