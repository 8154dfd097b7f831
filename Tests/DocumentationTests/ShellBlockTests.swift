import Foundation
import Testing

/// Every command in the README and the guides can be typed: programs of the package are run, targets of make must be
/// there, and what cannot be run says so.
@Suite(.timeLimit(.minutes(10)))
struct ShellBlockTests {
    static let pages = MarkdownPage.all.filter { page in page.blocks.contains { $0.language == "sh" } }

    @Test(arguments: pages)
    func commandsCanBeTyped(_ page: MarkdownPage) async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: PackageFiles.root.appendingPathComponent("Definitions"),
            to: folder.url.appendingPathComponent("Definitions")
        )
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("metrics"),
            withIntermediateDirectories: true
        )
        for block in page.blocks {
            if let file = block.notes("file").first { try folder.write(block.text, to: file) }
            guard block.language == "sh", block.notes("not tested").isEmpty else { continue }
            for (offset, line) in block.lines.enumerated() {
                let command = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
                if command.isEmpty { continue }
                try await run(command, in: folder, at: "\(page.path):\(block.start + offset)")
            }
        }
    }

    private func run(_ command: String, in folder: TemporaryFolder, at place: String) async throws {
        // A folder of this machine in place of one that an app would have, and a port that nobody has.
        var line = command.replacing("/run/app/metrics", with: "metrics").replacing(
            "--multiproc-dir DIR",
            with: "--multiproc-dir metrics"
        )
        .replacing(#/--port \d+/#, with: "--port 0").replacing(#/_PORT=\d+/#, with: "_PORT=0")
        for prefix in ["swift run metrics-", ".build/release/metrics-"] {
            line = line.replacing(prefix, with: "metrics-")
        }
        var words = line.split(separator: " ")
        while words.first?.contains("=") == true { words.removeFirst() }
        switch words.first.map(String.init) {
        case "make":
            let run = try await ShellRun(
                "make --dry-run \(words.dropFirst().joined(separator: " "))",
                in: PackageFiles.root
            )
            #expect(run.code == 0, "\(place): \(run.output)")
        case "metrics-exporter" where words.dropFirst().first == "serve":
            let run = try await ShellRun(
                """
                export PROMETHEUS_MULTIPROC_DIR=metrics
                \(line) > served 2>&1 & server=$!
                until grep -q 'serving metrics' served; do kill -0 $server || break; sleep 0.1; done
                cat served; kill -KILL $server
                """,
                in: folder.url
            )
            #expect(run.output.contains("serving metrics"), "\(place): \(run.output)")
        case "metrics-generator", "metrics-exporter":
            let run = try await ShellRun(line, in: folder.url, variables: ["PROMETHEUS_MULTIPROC_DIR": "metrics"])
            #expect(run.code == 0, "\(place): \(command) ends with \(run.code): \(run.output)")
        case let script? where script.contains("/") || script == "swift":
            // Builds and long runs: the script must be there; what it does, others test.
            if script != "swift" {
                let path = PackageFiles.root.appendingPathComponent(script).path
                #expect(FileManager.default.isExecutableFile(atPath: path), "\(place): there is no \(script)")
            }
        default:
            Issue.record(
                "\(place): nothing is known of '\(command)'; say '<!-- not tested: … -->' before the block, and why"
            )
        }
    }

    @Test func thereAreCommands() { #expect(Self.pages.count > 3) }
}
