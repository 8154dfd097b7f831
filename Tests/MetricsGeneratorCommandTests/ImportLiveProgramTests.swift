import Foundation
import ProcessTesting
import Testing

/// The scrapes of real programs: imported, generated, and verified against what was imported.
@Suite(.blocking, .timeLimit(.minutes(10))) struct ImportLiveProgramTests {
    @Test(.enabled(if: LiveProgram.isThere("prometheus"), "prometheus is not on the PATH"))
    func prometheus() throws {
        let folder = try CommandFolder()
        try folder.write("scrape_configs: []\n", "prometheus.yml")
        try check(
            "prometheus",
            ["--config.file=\(folder.path)/prometheus.yml", "--storage.tsdb.path=\(folder.path)/data"],
            in: folder
        )
    }

    @Test(
        .enabled(if: LiveProgram.isThere("prometheus-pushgateway"), "prometheus-pushgateway is not on the PATH")
    )
    func pushgateway() throws { try check("prometheus-pushgateway", [], in: try CommandFolder()) }

    @Test(
        .enabled(if: LiveProgram.isThere("prometheus-node-exporter"), "prometheus-node-exporter is not on the PATH")
    )
    func nodeExporter() throws { try check("prometheus-node-exporter", [], in: try CommandFolder()) }

    private func check(_ name: String, _ arguments: [String], in folder: CommandFolder) throws {
        let program = try LiveProgram(name, arguments + ["--web.listen-address=127.0.0.1:0"], in: folder.path)
        defer { program.stop() }
        let scrape = try program.scrape()
        try folder.write(scrape, "scrape.txt")

        let imported = try folder.run("import", "scrape.txt")
        #expect(imported.code == 0, "\(imported.error)")
        try folder.write(imported.output, "Definitions/app.yaml")
        let generated = try folder.run("generate", "--output", "Generated")
        #expect(generated.code == 0, "\(generated.error)")
        let verified = try folder.run("verify", "scrape.txt")
        #expect(verified.code == 0, "\(verified.output)\(verified.error)")
        // Each family of the scrape is defined: nothing was left out to make it agree.
        let families = scrape.split(separator: "\n").count { $0.hasPrefix("# TYPE ") }
        #expect(families > 20)
        #expect(imported.output.split(separator: "\n").count { $0.hasPrefix("  - name: ") } == families)
    }
}
