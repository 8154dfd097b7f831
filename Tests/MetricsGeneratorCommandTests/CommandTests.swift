import Foundation
import ProcessTesting
import Testing

/// Arguments, exit codes and streams of the executable.
@Suite(.blocking) struct CommandTests {
    private let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("generator-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder + "/Definitions", withIntermediateDirectories: true)
        try write("metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n", "worker.yaml")
    }

    private func write(_ text: String, _ name: String) throws {
        try text.write(toFile: "\(folder)/Definitions/\(name)", atomically: false, encoding: .utf8)
    }

    private func run(_ arguments: String...) throws -> GeneratorProcess.Result {
        try GeneratorProcess.run(arguments, in: folder)
    }

    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    @Test func withoutACommandItPrintsHelp() throws {
        defer { remove() }
        let result = try run()
        #expect(result.code == 0)
        #expect(result.output.contains("SUBCOMMANDS:"))
    }

    @Test func generateChecksAndGenerates() throws {
        defer { remove() }
        let stale = try run("generate", "--output", "Generated", "--check")
        #expect(stale.code == 2)
        #expect(stale.output.hasPrefix("--- /dev/null\n+++ Generated/GeneratedMetrics.swift\n"))
        #expect(stale.error.contains("run 'metrics-generator generate' and"))
        // A plugin's user never typed that.
        let command = "swift package generate-metrics"
        let asked = try run("generate", "--output", "Generated", "--check", "--writing-command", command)
        #expect(asked.error == "error: Generated is stale: run '\(command)' and commit what it writes\n")
        let generated = try run("generate", "--definitions", "Definitions", "--output", "Generated")
        #expect(generated.code == 0, "\(generated.error)")
        #expect(try run("generate", "--output", "Generated", "--check").code == 0)
        let named = try run("generate", "--output", "Named", "--registry", "AppMetrics")
        #expect(named.code == 0)
        #expect(FileManager.default.fileExists(atPath: folder + "/Named/AppMetrics.swift"))
    }

    @Test func finishedRunsAreRememberedWhereTheEnvironmentSays() throws {
        defer { remove() }
        func records(_ path: String) -> [String] {
            (try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + path)) ?? []
        }
        func run(_ environment: [String: String], _ arguments: String...) throws {
            let all = ["generate", "--output", "Generated"] + arguments
            let result = try GeneratorProcess.run(all, in: folder, environment: environment)
            #expect(result.code == 0 && result.error.isEmpty, "\(result.error)")
        }
        try FileManager.default.createDirectory(atPath: folder + "/home", withIntermediateDirectories: true)
        let elsewhere = ["XDG_CACHE_HOME": folder + "/xdg", "HOME": folder + "/home"]
        try run(elsewhere.merging(["METRICS_GENERATOR_CACHE": ""]) { $1 })
        try run(elsewhere.merging(["METRICS_GENERATOR_CACHE": folder + "/named"]) { $1 }, "--no-cache")
        #expect(records("named") + records("xdg") + records("home") == [])
        try run(elsewhere.merging(["METRICS_GENERATOR_CACHE": folder + "/named"]) { $1 })
        #expect(records("named").count == 1 && records("xdg") + records("home") == [])

        func runUnnamed(_ variables: String) throws {
            let line = "unset METRICS_GENERATOR_CACHE; \(variables) metrics-generator generate --output Generated"
            let result = try GeneratorProcess.runShell(line, in: folder)
            #expect(result.code == 0 && result.error.isEmpty, "\(result.error)")
        }
        try runUnnamed("XDG_CACHE_HOME='\(folder)/xdg' HOME='\(folder)/home'")
        #expect(records("xdg") == ["metrics-generator"] && records("home") == [])
        try runUnnamed("XDG_CACHE_HOME= HOME='\(folder)/home'")
        #expect(records("home/.cache/metrics-generator").count == 1)
        try runUnnamed("XDG_CACHE_HOME=relative HOME='\(folder)/nobody'")
        #expect(records("relative") == [] && !FileManager.default.fileExists(atPath: folder + "/nobody"))
    }

    /// Two definitions for one output: their runs share a record, which none takes for its own.
    @Test func runsAtOnceShareWhatIsRemembered() throws {
        defer { remove() }
        let line = """
            export METRICS_GENERATOR_CACHE="$PWD/cache"
            mkdir other; sed s/shop_/other_/ Definitions/worker.yaml >other/worker.yaml
            for turn in 1 2 3 4 5 6; do
                for definitions in Definitions other; do
                    metrics-generator generate --definitions $definitions --output Generated --check >/dev/null &
                    metrics-generator generate --definitions $definitions --output Generated-$definitions >/dev/null &
                done
                wait
                metrics-generator generate --definitions Definitions --output Generated || exit 10
                grep -q shop_ Generated/worker.swift || exit 11
                metrics-generator generate --definitions other --output Generated || exit 12
                grep -q other_ Generated/worker.swift || exit 13
                metrics-generator generate --definitions other --output Generated-other --check || exit 14
            done
            """
        let result = try GeneratorProcess.runShell(line, in: folder)
        #expect(result.code == 0, "\(result.code): \(result.error)")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
    func outputThatCannotBeWrittenIsAnError() throws {
        defer { remove() }
        let commands = [
            "list", "list --json", "schema", "explain --all", "explain too-many-labels", "validate",
            "templates context", "diff Definitions Definitions", "generate --output Generated",
        ]
        for command in commands {
            let result = try GeneratorProcess.runShell("metrics-generator \(command) > /dev/full", in: folder)
            #expect(result.code == 74, "\(command)")
            #expect(result.error == "error: cannot write standard output: No space left on device\n", "\(command)")
        }
        // Who reads no further wants no more.
        let piped = try GeneratorProcess.runShell("metrics-generator schema | head -n 1", in: folder)
        #expect(piped.code == 0 && piped.error.isEmpty, "\(piped.error)")
    }

    /// A plugin is not asked again when its settings change.
    @Test func aBuildPlannedByOtherSettingsEnds() throws {
        defer { remove() }
        let settings = folder + "/settings.json"
        let planned = [
            "generate", "--output", "Generated", "--planned-settings", settings, "--planned-settings-text={\n}\n",
        ]
        try "{\n}\n".write(toFile: settings, atomically: false, encoding: .utf8)
        let same = try GeneratorProcess.run(planned, in: folder)
        #expect(same.code == 0, "\(same.error)")
        try "{ }\n".write(toFile: settings, atomically: false, encoding: .utf8)
        let other = try GeneratorProcess.run(planned, in: folder)
        #expect(other.code == 1)
        let message = "the settings have changed since the build was planned: run 'touch Package.swift' and build again"
        #expect(other.error == "\(settings):1:1: error: \(message)\n")
        try FileManager.default.removeItem(atPath: settings)
        #expect(try GeneratorProcess.run(planned, in: folder).code == 1)
    }

    @Test func validatePrintsDiagnostics() throws {
        defer { remove() }
        #expect(try run("validate").output == "no problems in 1 file\n")
        try write("metrics:\n  - {name: shop_x, type: conter, documentation: X}\n", "broken.yaml")
        let result = try run("validate", "--format", "text")
        #expect(result.code == 1)
        #expect(result.output.hasPrefix("Definitions/broken.yaml:2:26: error: unknown metric type 'conter'"))
        #expect(try run("validate", "--definitions", "Definitions/worker.yaml").code == 0)
        try write("# nothing\n", "broken.yaml")
        #expect(try run("validate").code == 0)
        #expect(try run("validate", "--strict").code == 1)
    }

    @Test func wrongUsageMissingInputAndUnwritableOutputHaveCodesOfTheirOwn() throws {
        defer { remove() }
        #expect(try run("generate").code == 64)
        #expect(try run("generate", "--output", "").code == 64)
        #expect(try run("generate", "--output", "Generated", "--registry", "Not a type").code == 64)
        #expect(try run("generate", "--output", "Generated", "--registry", "String").code == 64)
        #expect(try run("explode").code == 64)
        let missing = try run("validate", "--definitions", "nowhere")
        #expect(missing.code == 66)
        #expect(
            missing.error == "error: no definitions: nowhere does not exist; name a folder or file with --definitions\n"
        )
        #expect(try run("generate", "--output", "Definitions/worker.yaml/out").code == 74)
    }

    @Test func validateSpeaksToPrograms() throws {
        defer { remove() }
        try write("metrics:\n  - {name: shop_x, type: conter, documentation: Text}\n", "broken.yaml")
        let json = try run("validate", "--format", "json")
        #expect(json.code == 1)
        #expect(json.output.hasPrefix("{\"rule\":\"unknown-value\",\"severity\":\"error\","))
        #expect(
            try run("validate", "--format", "github").output.hasPrefix("::error file=Definitions/broken.yaml,line=2,")
        )
        #expect(try run("validate", "--format", "sarif").output.contains("\"version\": \"2.1.0\""))
        #expect(try run("validate", "--format", "xml").code == 64)
    }

    /// A terminal of util-linux; both streams of what runs in it are one.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "there is no /usr/bin/script"))
    func coloursAreForTerminals() throws {
        defer { remove() }
        try write("metrics:\n  - {name: shop_x, type: conter, documentation: Text}\n", "broken.yaml")
        let colored = "\u{1B}[1;31merror:\u{1B}[0m"
        for command in ["validate", "generate --output Generated", "list", "templates context"] {
            let line = "TERM=xterm script -qec 'metrics-generator \(command)' /dev/null </dev/null"
            let shown = try GeneratorProcess.runShell("unset NO_COLOR; " + line, in: folder)
            #expect(shown.output.contains(colored), "\(command): \(shown.output)")
            let plain = try GeneratorProcess.runShell("export NO_COLOR=1; " + line, in: folder)
            #expect(plain.output.contains("error: unknown metric type") && !plain.output.contains("\u{1B}"))
            let piped = try GeneratorProcess.runShell(
                "unset NO_COLOR; metrics-generator \(command) 2>&1 | cat",
                in: folder
            )
            #expect(piped.output.contains("error: unknown metric type") && !piped.output.contains("\u{1B}"))
        }
    }

    @Test func profileAndPedantic() throws {
        defer { remove() }
        try write("metrics:\n  - {name: shop_x, type: counter, documentation: Text, labels: [queue]}\n", "worker.yaml")
        let promlint = try run("validate", "--profile", "promlint")
        #expect(promlint.code == 0)
        #expect(promlint.output.contains("shop_x counter metrics should have \"_total\" suffix [promlint]"))
        #expect(try run("validate", "--profile", "promlint", "--strict").code == 1)
        #expect(try !run("validate").output.contains("[dynamic-label-without-limit]"))
        #expect(try run("validate", "--pedantic").output.contains("[dynamic-label-without-limit]"))
    }

    @Test func listPrintsTheResolvedMetrics() throws {
        defer { remove() }
        #expect(
            try run("list").output.contains("shop_jobs_total  counter  -       1       Definitions/worker.yaml:2:12")
        )
        let json = try run("list", "--json")
        let metrics = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(metrics?.first?["swiftName"] as? String == "ShopJobs")
        try write("metrics: 1\n", "worker.yaml")
        #expect(try run("list").code == 1)
        #expect(try run("list", "--definitions", "nowhere").code == 66)
    }

    @Test func diffSaysWhatBreaks() throws {
        defer { remove() }
        try write("metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Work done}\n", "new.yaml")
        let docs = try run("diff", "Definitions/worker.yaml", "Definitions/worker.yaml")
        #expect(docs.code == 0)
        #expect(docs.output == "no changes\n")
        try write("metrics:\n  - {name: shop_jobs_total, type: unknown, documentation: Jobs done}\n", "worker2.yaml")
        let breaking = try run("diff", "Definitions/worker.yaml", "Definitions/worker2.yaml")
        #expect(breaking.code == 2)
        #expect(breaking.output.contains("~ type: counter -> unknown"))
        #expect(try run("diff", "Definitions/worker.yaml", "nowhere").code == 66)
        #expect(try run("diff", "Definitions/worker.yaml").code == 64)
    }

    @Test func explainAndSchema() throws {
        defer { remove() }
        #expect(try run("explain", "base-unit").output.hasPrefix("base-unit (warning): "))
        let unknown = try run("explain", "base-uni")
        #expect(unknown.code == 64)
        #expect(unknown.error.contains("did you mean 'base-unit'?"))
        #expect(try run("explain").code == 64)
        #expect(try run("explain", "--all").output.contains("series-budget"))
        let schema = try run("schema")
        #expect(try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) is [String: Any])
    }

    @Test func initWritesACleanFileOnce() throws {
        defer { remove() }
        let first = try run("init", "New/deep/shop.yaml", "--namespace", "shop")
        #expect(first.output == "wrote New/deep/shop.yaml\n")
        #expect(try run("validate", "--strict", "--pedantic", "--definitions", "New").code == 0)
        let again = try run("init", "New/deep/shop.yaml")
        #expect(again.code == 74)
        #expect(again.error == "error: New/deep/shop.yaml is there already: name another file\n")
        #expect(try run("init", "x.yaml", "--namespace", "My Shop").code == 64)
        #expect(try run("init", "x.txt").code == 64)
        #expect(try run("init").output == "wrote Definitions/metrics.yaml\n")
        #expect(try run("generate", "--output", "Generated").code == 0)
    }
}
