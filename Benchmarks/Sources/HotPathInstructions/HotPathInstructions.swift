internal import CCallgrind
internal import HotPath
internal import MetricsRuntime

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Runs every row of the hot path so often that counting its instructions says what one operation takes.
///
/// To be run under `valgrind --tool=callgrind`; scripts/check_instructions.py does, and reads what comes out.
@main
struct HotPathInstructions {
    /// How many operations a row does; the script divides by it.
    static let operations = 1000

    static func main() {
        guard callgrind_is_built_in(), callgrind_is_running() else {
            print(
                callgrind_is_built_in()
                    ? "run this under valgrind --tool=callgrind"
                    : "built without valgrind/callgrind.h: install valgrind and build again"
            )
            exit(69)
        }
        // Made first: making it and bootstrapping it take the same lock.
        _ = MetricsRegistry.shared
        MetricsRegistry.bootstrap(storage: .memory)
        print("operations \(operations)")
        for row in HotPathRow.all {
            let (reference, subject) = row.prepare()
            count(row.name + " | reference", reference)
            count(row.name, subject)
        }
        let series = NewSeries(turn: 0, count: operations)
        NewSeries(turn: 1, count: HotPathRow.group).make(HotPathRow.group)
        callgrind_begin()
        series.make(operations)
        callgrind_end("a new series")
    }

    private static func count(_ name: String, _ loop: HotPathRow.Loop) {
        // Series are made and symbols are bound before anything counts.
        loop(HotPathRow.group)
        callgrind_begin()
        loop(operations)
        callgrind_end(name)
    }
}
