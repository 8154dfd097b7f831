public import Benchmark
internal import CAllocationCounter

/// Registers benchmarks that report their own figures: what is measured and what it is compared with, in turns.
///
/// A figure goes into the benchmark's histogram as a whole number of 10^-3 of its unit; the name of the metric says the
/// row and the unit. scripts/rows.py reads them by these names: in the export, a benchmark without samples has those of
/// the one before, so the row must stand in the metric's own name.
public enum Row {
    /// How the row of that name is measured.
    public static func configuration(
        _ row: String,
        _ figures: [Figure],
        iterations: Int,
        seconds: Int = 4
    ) -> Benchmark.Configuration {
        Benchmark.Configuration(
            // The export of all samples wants the throughput too.
            metrics: [.throughput] + figures.map { $0.metric(row) },
            warmupIterations: 1,
            maxDuration: .seconds(seconds),
            maxIterations: iterations
        )
    }

    /// A figure of a row.
    public enum Figure: String, CaseIterable {
        /// Nanoseconds of one operation, x 1000.
        case subject = "subject ns/1000"
        /// Nanoseconds of what it is compared with, x 1000.
        case reference = "reference ns/1000"
        /// The ratio of the two in one turn, x 1000.
        case ratio = "ratio/1000"
        /// Allocations in one turn.
        case allocations = "allocations"
        /// Bytes of each, x 1000.
        case bytes = "bytes/1000"

        /// The benchmark package's name for it in a row.
        public func metric(_ row: String) -> BenchmarkMetric {
            .custom("\(row)|\(rawValue)", polarity: .prefersSmaller, useScalingFactor: false)
        }
    }

    /// Runs both loops once for each measurement, the one that goes first changing each time.
    public static func compare(
        _ benchmark: Benchmark,
        operations: Int,
        reference: (Int) -> Void,
        subject: (Int) -> Void
    ) {
        var referenceTime = 0
        var subjectTime = 0
        var allocations = 0
        func runReference() {
            let start = Clock.threadNanoseconds
            reference(operations)
            referenceTime = Clock.threadNanoseconds - start
        }
        func runSubject() {
            let allocationsBefore = allocation_count()
            let start = Clock.threadNanoseconds
            subject(operations)
            subjectTime = Clock.threadNanoseconds - start
            allocations = Int(allocation_count() - allocationsBefore)
        }
        if benchmark.currentIteration.isMultiple(of: 2) {
            runReference()
            runSubject()
        } else {
            runSubject()
            runReference()
        }
        benchmark.measurement(Figure.allocations.metric(benchmark.name), allocations)
        record(benchmark, operations: operations, reference: referenceTime, subject: subjectTime)
    }

    /// Records what one turn took, in nanoseconds.
    public static func record(_ benchmark: Benchmark, operations: Int, reference: Int, subject: Int) {
        benchmark.measurement(Figure.subject.metric(benchmark.name), subject * 1000 / operations)
        benchmark.measurement(Figure.reference.metric(benchmark.name), reference * 1000 / operations)
        benchmark.measurement(Figure.ratio.metric(benchmark.name), subject * 1000 / max(1, reference))
        finish(benchmark)
    }

    /// Ends a turn that measured by itself.
    ///
    /// Nothing is left for the package to measure, and its own throughput says nothing; but the export leaves out
    /// rows whose throughput is under one a second.
    public static func finish(_ benchmark: Benchmark) {
        benchmark.startMeasurement()
        benchmark.stopMeasurement()
    }
}
