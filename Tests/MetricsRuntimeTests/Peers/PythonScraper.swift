import Foundation
import Testing

/// Python's own collector, scraping a directory again and again in a process of its own.
final class PythonScraper {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// Starts it; sums of the samples of that name are watched.
    init(_ directory: String, sample: String) throws {
        process.executableURL = URL(fileURLWithPath: try #require(PythonPeer.executable))
        process.arguments = ["-c", Self.script, directory, sample]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // Its first scrape is done.
        _ = output.fileHandleForReading.availableData
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// What happened: the number of scrapes, or what went wrong in one.
    func finish() -> (scrapes: Int, problem: String) {
        // A byte rather than the end of the pipe, which another process may hold open.
        input.fileHandleForWriting.write(Data("x".utf8))
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let lines = text.split(separator: "\n")
        return (lines.last.flatMap { Int($0) } ?? 0, lines.dropLast().joined(separator: "\n"))
    }

    private static let script = """
        import select, sys
        from prometheus_client import CollectorRegistry, multiprocess
        directory, name = sys.argv[1:]
        scrapes, last = 0, -1.0
        while True:
            try:
                families = multiprocess.MultiProcessCollector(CollectorRegistry(), path=directory).collect()
                total = sum(s.value for f in families for s in f.samples if s.name == name)
                if total < last:
                    print("the sum fell from", last, "to", total)
                last = total
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
