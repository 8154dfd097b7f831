/// The bytes of a metric file as Python's client writes it, built here from its layout, without the reader's code.
struct PythonMetricFile {
    private var entries: [UInt8] = []

    /// Adds a sample; labels in the order of their names.
    mutating func add(
        family: String,
        sample: String,
        labels: [(String, String)] = [],
        help: String,
        value: Double
    ) {
        let pairs = labels.map { #""\#($0.0)": "\#($0.1)""# }.joined(separator: ", ")
        let key = Array(#"["\#(family)", "\#(sample)", {\#(pairs)}, "\#(help)"]"#.utf8)
        let padding = 8 - (key.count + 4) % 8
        append(Int32(key.count))
        entries += key + [UInt8](repeating: 0x20, count: padding)
        append(value.bitPattern)
        append(Double.zero.bitPattern)
    }

    var bytes: [UInt8] {
        var head = PythonMetricFile()
        head.append(Int32(8 + entries.count))
        head.append(Int32(0))
        let used = head.entries + entries
        // Files are a power of two in length, from 64 KiB on.
        var length = 65_536
        while length < used.count { length *= 2 }
        return used + [UInt8](repeating: 0, count: length - used.count)
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number) { entries += $0 }
    }
}

extension TemporaryFolder {
    /// Writes what two processes counted, and gives what an exposition of both says.
    func writeTwoWorkers() throws -> String {
        for (pid, value) in [(101, 3.0), (102, 4.5)] {
            var file = PythonMetricFile()
            file.add(
                family: "app_requests",
                sample: "app_requests_total",
                labels: [("path", "/")],
                help: "Requests",
                value: value
            )
            try write(file.bytes, as: "counter_\(pid).db")
        }
        return """
            # HELP app_requests_total Requests
            # TYPE app_requests_total counter
            app_requests_total{path="/"} 7.5

            """
    }
}
