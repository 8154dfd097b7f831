internal import BenchmarkMetrics
internal import MetricsRuntime

extension HotPathRow {
    static let atomicAdd = "bare atomic add on the same cell"
    static let plainStore = "plain store to the same cell"
    static let keptCounter = "kept counter"

    /// Updates of children that the caller keeps.
    static let kept: [HotPathRow] = [
        HotPathRow("kept counter inc", reference: atomicAdd) {
            (Floor.add(Plain._family._child0(0).record.pointee.cell), increments(Plain.labels()))
        },
        HotPathRow("kept gauge set", reference: plainStore) {
            let child = Level.labels()
            return (
                Floor.store(Level._family._child0(0).record.pointee.cell),
                { count in
                    for index in 0..<count { child.set(Double(index)) }
                }
            )
        },
        HotPathRow("kept mostrecent gauge set", reference: plainStore) {
            let child = Newest.labels()
            return (
                Floor.store(Newest._family._child0(0).record.pointee.cell),
                { count in
                    for index in 0..<count { child.set(Double(index)) }
                }
            )
        },
        HotPathRow("kept histogram observe, 10 buckets", reference: keptCounter) {
            (increments(Plain.labels()), observations(Latency.labels()))
        },
    ]

    /// Increments of one child.
    static func increments(_ child: CounterChild) -> Loop {
        { count in
            for _ in 0..<count { child.inc() }
        }
    }

    /// Increments of the children in turns.
    static func increments(_ first: CounterChild, _ second: CounterChild, _ third: CounterChild, _ fourth: CounterChild)
        -> Loop
    {
        { count in
            for _ in 0..<count / group {
                first.inc()
                second.inc()
                third.inc()
                fourth.inc()
            }
        }
    }

    /// Observations in an order that no branch predictor can learn.
    static func observations(_ child: HistogramChild) -> Loop {
        let values = unpredictableValues
        return { count in
            values.withUnsafeBufferPointer { values in
                for index in 0..<count { child.observe(values[index & (unpredictableCount - 1)]) }
            }
        }
    }

    private static let unpredictableCount = 4096

    /// Values over all buckets of the histogram, the same in every run.
    private static var unpredictableValues: [Double] {
        var state: UInt64 = 0x2545_F491_4F6C_DD1D
        let bounds = [0.001, 0.007, 0.02, 0.04, 0.08, 0.2, 0.4, 0.8, 2, 4, 9]
        return (0..<unpredictableCount).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return bounds[Int(state >> 33) % bounds.count]
        }
    }
}
