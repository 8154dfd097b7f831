import Testing
import WorkerMetrics

@Suite("The line of /proc/<pid>/stat")
struct ProcessStatLineTests {
    private func line(command: String) -> String {
        "4711 (\(command)) S 1 4711 4711 0 -1 4194304 102 0 0 0 123 456 7 8 20 0 3 0 121933 3133440 382 0 0\n"
    }

    private func parse(_ text: String) throws -> ProcessStatLine {
        try ProcessStatLine(parsing: Array(text.utf8), source: "stat")
    }

    @Test(
        "fields are counted behind the last parenthesis",
        arguments: [
            "server", "a b", "a) R 9 9", "((a b ) ( c d) )", ") S 1 2 3", "line\nbreak", "", "ünïcode",
        ]
    )
    func command(_ command: String) throws {
        let stat = try parse(line(command: command))
        #expect(stat.processID == 4711)
        #expect(stat.command == command)
        #expect(stat.state == "S")
        #expect(stat.userTicks == 123)
        #expect(stat.systemTicks == 456)
        #expect(stat.startTicks == 121_933)
    }

    @Test("a missing newline at the end is fine")
    func noNewline() throws {
        #expect(try parse(String(line(command: "x").dropLast())).systemTicks == 456)
    }

    @Test(
        "what is not such a line is refused with the field at fault",
        arguments: [
            ("", "no command in parentheses"),
            ("4711 server S 1", "no command in parentheses"),
            (")( S 1", "no command in parentheses"),
            ("x (server) S 1", "field 1 is not a process id"),
            ("4711 (server) Sleeping 1", "field 3 (state) is not one letter"),
            ("4711 (server)", "field 3 (state) is not one letter"),
            ("4711 (server) S 1 2 3", "field 14 (utime) is missing"),
            ("4711 (server) S 1 1 1 0 -1 1 1 0 0 0 1 x 7 8 20 0 3 0 9 9 9", "field 15 (stime) is not a number"),
            ("4711 (server) S 1 1 1 0 -1 1 1 0 0 0 -1 4 7 8 20 0 3 0 9 9 9", "field 14 (utime) is not a number"),
            ("4711 (server) S 1 1 1 0 -1 1 1 0 0 0 1 4 7 8 20 0 3 0", "field 22 (starttime) is missing"),
        ]
    )
    func malformed(_ text: String, _ reason: String) {
        #expect(throws: ProcessReadingError.malformed(source: "stat", reason: reason)) { try parse(text) }
    }

    @Test("the error names the file and the field")
    func errorText() {
        let error = ProcessReadingError.malformed(source: "/proc/self/stat", reason: "field 14 (utime) is missing")
        #expect("\(error)".contains("/proc/self/stat"))
        #expect("\(error)".contains("field 14 (utime)"))
        let failed = ProcessReadingError.failed(source: "/proc/self/statm", errno: 2)
        #expect("\(failed)".hasPrefix("cannot read /proc/self/statm: No such file or directory (errno 2)"))
    }

    @Test(
        "the fixtures of the Python client",
        .enabled(if: SharedData.bytes("corpora/procfs-fixtures/README") != nil, "no shared data beside the package"),
        arguments: [
            ("26231", "vim", UInt64(1677), UInt64(44), UInt64(82_375)),
            ("584", "(a b ) ( c d) ", 0, 0, 10_839_175),
        ]
    )
    func fixtures(_ pid: String, _ command: String, _ user: UInt64, _ system: UInt64, _ start: UInt64) throws {
        let path = "corpora/procfs-fixtures/client_python/proc/\(pid)/stat"
        let stat = try ProcessStatLine(parsing: #require(SharedData.bytes(path)), source: path)
        #expect(stat.command == command)
        #expect(stat.state == "R")
        #expect(stat.userTicks == user)
        #expect(stat.systemTicks == system)
        #expect(stat.startTicks == start)
    }
}
