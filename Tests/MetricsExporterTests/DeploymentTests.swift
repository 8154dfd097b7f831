import Foundation
import Testing

/// What the guide gives to copy: a unit of systemd and the file of a container.
@Suite struct DeploymentTests {
    private static let systemdAnalyze = Command.path(of: "systemd-analyze")

    private static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The guide's only block in that language.
    private func block(_ language: String) throws -> String {
        let guide = try String(
            contentsOf: Self.package.appendingPathComponent("Documentation/ExposingMetrics.md"),
            encoding: .utf8
        )
        let blocks = guide.matches(of: try Regex("(?s)```\(language)\n(.*?)```")).compactMap { $0.output[1].substring }
        try #require(blocks.count == 1)
        return String(blocks[0])
    }

    @Test(.enabled(if: systemdAnalyze != nil, "systemd-analyze is not on the PATH"))
    func systemdKnowsEveryLineOfTheUnit() async throws {
        let folder = try TemporaryFolder()
        // The program has to be there.
        let program = ExporterProcess.productsFolder.appendingPathComponent("metrics-exporter").path
        let unit = try block("ini").replacing("/usr/local/bin/metrics-exporter", with: program)
        try folder.write(Array(unit.utf8), as: "metrics-exporter.service")
        let command = "exec \"$0\" verify --man=no \"$1\" 2>&1"
        let path = try #require(Self.systemdAnalyze)
        let said = try await Command.output(
            "/bin/sh",
            ["-c", command, path, "\(folder.path)/metrics-exporter.service"]
        )
        // What it does not know it only warns of.
        #expect(!said.contains("metrics-exporter.service"), "\(said)")
    }

    /// A path that is not there keeps systemd from starting a unit, but for one behind a hyphen.
    @Test func theUnitStartsBeforeTheAppHasMadeTheDirectory() throws {
        let paths = try block("ini").matches(of: #/ReadWritePaths=(.+)/#).map { String($0.1) }
        #expect(paths == ["-/run/app/metrics"])
    }

    @Test func theUnitSetsWhatTheExporterNeeds() async throws {
        let folder = try TemporaryFolder()
        let lines = try block("ini").split(separator: "\n")
        let variables = lines.filter { $0.hasPrefix("Environment=") }.map {
            $0.dropFirst("Environment=".count).split(separator: "=", maxSplits: 1).map(String.init)
        }
        var environment = Dictionary(uniqueKeysWithValues: variables.map { ($0[0], $0[1]) })
        #expect(environment["PROMETHEUS_METRICS_PORT"] == "9464")
        environment["PROMETHEUS_METRICS_PORT"] = "0"
        environment["PROMETHEUS_MULTIPROC_DIR"] = folder.path
        let command = try #require(lines.first { $0.hasPrefix("ExecStart=") })
        let exporter = try ExporterProcess(
            command.split(separator: " ").dropFirst().map(String.init),
            environment: environment
        )
        _ = try await exporter.port()
    }

    /// There is no container engine here, so what can drift is compared with where it comes from.
    @Test func theContainerIsBuiltWithAVersionThatBuildsThePackage() throws {
        let file = try block("dockerfile")
        let script = try String(
            contentsOf: Self.package.appendingPathComponent("scripts/install-tools"),
            encoding: .utf8
        )
        let required = try #require(script.firstMatch(of: #/required_swift=([0-9.]+)/#)).1
        #expect(file.contains("FROM swift:\(required)-bookworm AS build\n"))
        // The libraries that a build needs are there when it builds, and what they are at run time when it runs.
        for library in ["libyaml-dev", "zlib1g-dev", "libcrypt-dev", "pkg-config"] {
            #expect(script.contains("echo \(library)"))
            #expect(file.contains(" \(library)"))
        }
        for line in file.split(separator: "\n") where !line.hasPrefix(" ") {
            let word = line.prefix { $0 != " " }
            #expect(
                ["FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "EXPOSE", "ENTRYPOINT"].contains(String(word)),
                "\(line)"
            )
        }
    }
}
