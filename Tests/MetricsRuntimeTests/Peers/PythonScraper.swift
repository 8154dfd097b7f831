import Foundation
import ProcessTesting
import Testing

/// Python's own collector, scraping a directory again and again in a process of its own.
final class PythonScraper {
    private let program: ChildProgram
    private let input: DescriptorPipe
    private let output: DescriptorPipe

    /// Starts it; sums of the samples of those names are watched.
    init(_ directory: String, samples: [String]) throws {
        let python = try #require(PythonPeer.executable)
        (input, output) = (try DescriptorPipe(), try DescriptorPipe())
        program = try ChildProgram(
            python,
            ["-c", Self.script, directory] + samples,
            input: input.reading,
            output: output.writing
        )
        input.closeReading()
        output.closeWriting()
        // Its first scrape is done.
        _ = output.read(atMost: 1)
    }

    /// What happened: the number of scrapes, or what went wrong in one.
    func finish() -> (scrapes: Int, problem: String) {
        input.closeWriting()
        let text = String(decoding: output.readToEnd(), as: UTF8.self)
        program.wait()
        let lines = text.split(separator: "\n")
        return (lines.last.flatMap { Int($0) } ?? 0, lines.dropLast().joined(separator: "\n"))
    }

    private static let script = """
        import select, sys
        from prometheus_client import CollectorRegistry, multiprocess
        directory, names = sys.argv[1], sys.argv[2:]
        scrapes, last = 0, dict.fromkeys(names, -1.0)
        while True:
            try:
                families = multiprocess.MultiProcessCollector(CollectorRegistry(), path=directory).collect()
                totals = dict.fromkeys(names, 0.0)
                for sample in (s for f in families for s in f.samples if s.name in totals):
                    totals[sample.name] += sample.value
                for name in names:
                    if totals[name] < last[name]:
                        print("the sum of", name, "fell from", last[name], "to", totals[name])
                last = totals
            except Exception as error:
                print("EXCEPTION", type(error).__name__, error)
            scrapes += 1
            if scrapes == 1:
                sys.stdout.write(" ")
                sys.stdout.flush()
            if select.select([sys.stdin], [], [], 0)[0]:
                break
        print()
        print(scrapes)
        """
}
