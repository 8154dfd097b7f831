import Benchmark
import HotPath
import Measurement
import MetricsRuntime

/// The slowest of a thousand updates while another thread scrapes, beside the same while nobody does.
///
/// Each update is timed on its own, so all figures hold the price of reading the clock; the counter has a thousand
/// other series around it, which the scrape reads and writes out.
enum ScrapeInterferenceBenchmark {
    // Short, so that there are turns in which nobody takes a processor away.
    private static let updates = 50_000

    static func register(_ place: StoragePlace) {
        register("p99.9 of an update during scrapes (\(place.rawValue))", place) {
            guard let quiet = SlowUpdates.quiet(updates, lookup()),
                let busy = SlowUpdates.disturbed(updates, lookup(), by: scrape)
            else { return nil }
            return (quiet, busy.nanoseconds)
        }
        register("p99.9 of an update during 100 scrapes a second (\(place.rawValue))", place) {
            // Long enough for three scrapes.
            guard let quiet = SlowUpdates.quiet(20 * updates, lookup()),
                let busy = SlowUpdates.disturbed(
                    20 * updates,
                    lookup(),
                    pauses: true,
                    by: {
                        scrape()
                        Clock.sleep(microseconds: 10_000)
                    }
                )
            else { return nil }
            return (quiet, busy.nanoseconds)
        }
        // The floor of the first row: what one load of the updater's cache line costs the next update, without anything
        // of ours.
        register("p99.9 of an update during scrapes, beside a bare add (\(place.rawValue))", place) {
            let cell = BareCell()
            guard let scrapes = SlowUpdates.disturbed(updates, lookup(), by: scrape),
                let loads = SlowUpdates.disturbed(
                    updates,
                    cell.add,
                    by: {
                        cell.read()
                        Clock.spin(nanoseconds: scrapes.interval)
                    }
                )
            else { return nil }
            return (loads.nanoseconds, scrapes.nanoseconds)
        }
    }

    private static func register(
        _ name: String,
        _ place: StoragePlace,
        _ measure: @escaping @Sendable () -> (reference: Int, subject: Int)?
    ) {
        Benchmark(
            name,
            configuration: Row.configuration(name, [.subject, .reference, .ratio], iterations: 200, seconds: 6)
        ) { benchmark in
            guard place.use() else {
                benchmark.error("the shared registry does not keep its values in \(place.rawValue)")
                return
            }
            if benchmark.currentIteration == 0 { NewSeries(turn: 0, count: 1000).make(1000) }
            guard let (reference, subject) = measure() else { return }
            Row.record(benchmark, operations: 1, reference: reference, subject: subject)
        }
    }

    private static func lookup() -> HotPathRow.Loop { ContendedRow.lookup.loop() }

    @Sendable private static func scrape() {
        _ = ExpositionFormat.text.encode(MetricsRegistry.shared.collect())
    }
}
