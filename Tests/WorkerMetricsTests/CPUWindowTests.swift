import Testing
import WorkerMetrics

@Suite("Processor usage over windows")
struct CPUWindowTests {
    private func times(_ age: Double, _ processor: Double) -> ProcessTimes {
        ProcessTimes(age: .seconds(age), processorTime: .seconds(processor))
    }

    @Test("the first percentage is the mean since the process started")
    func first() {
        var window = CPUWindow(minimum: .seconds(1))
        #expect(window.percent(at: times(4, 1)) == 25)
    }

    @Test("each following one is the mean since the one before")
    func following() {
        var window = CPUWindow(minimum: .seconds(1))
        _ = window.percent(at: times(4, 1))
        #expect(window.percent(at: times(14, 1)) == 0)
        #expect(window.percent(at: times(24, 6)) == 50)
        #expect(window.percent(at: times(34, 26)) == 200)
    }

    @Test("a short window gives none and stays open")
    func short() {
        var window = CPUWindow(minimum: .seconds(1))
        #expect(window.percent(at: times(0.01, 0.01)) == nil)
        #expect(window.remaining(at: .seconds(0.01)) == .seconds(0.99))
        #expect(window.percent(at: times(2, 1)) == 50)
        #expect(window.percent(at: times(2.5, 1.5)) == nil)
        #expect(window.remaining(at: .seconds(2.5)) == .seconds(0.5))
        #expect(window.percent(at: times(4, 1.5)) == 25)
        #expect(window.remaining(at: .seconds(60)) == .zero)
    }

    @Test("figures that went back belong to another process and begin anew")
    func forked() {
        var window = CPUWindow(minimum: .seconds(1))
        _ = window.percent(at: times(100, 90))
        #expect(window.remaining(at: .seconds(0.5)) == .seconds(0.5))
        #expect(window.percent(at: times(2, 1)) == 50)
        #expect(window.percent(at: times(3, 0.5)) == 0.5 / 3 * 100)
    }

    @Test("without a minimum, a window of no length still gives none")
    func noMinimum() {
        var window = CPUWindow(minimum: .zero)
        #expect(window.percent(at: times(0, 0)) == nil)
        #expect(window.percent(at: times(1, 1)) == 100)
        #expect(window.percent(at: times(1, 1)) == nil)
    }
}
