import Foundation
import Testing

/// What `make run` and `make test` say on machines where something is missing: what it is, and what to do.
@Suite(.timeLimit(.minutes(2)))
struct NewcomerTests {
    /// What the script uses of every system.
    private static let tools = [
        "bash", "sh", "env", "dirname", "sed", "sort", "head", "grep", "tr", "cmp", "cp", "cat",
    ]

    /// Runs `scripts/install-tools` where nothing else is on the `PATH` than these programs, given as shell scripts.
    private func run(_ what: String, with programs: [String: String]) async throws -> ShellRun {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("bin"),
            withIntermediateDirectories: true
        )
        // A copy, so that no environment of Python in the package's folder is found.
        try folder.write(try PackageFiles.read("scripts/install-tools"), to: "package/scripts/install-tools")
        try folder.write(
            try PackageFiles.read("scripts/python-requirements.txt"),
            to: "package/scripts/python-requirements.txt"
        )
        var setUp = Self.tools.map { "ln -s \"$(command -v \($0))\" bin/\($0)\n" }.joined()
        for (name, script) in programs {
            try folder.write("#!/bin/sh\n\(script)\n", to: "bin/\(name)")
            setUp += "chmod +x bin/\(name)\n"
        }
        return try await ShellRun(
            setUp + "PATH=$PWD/bin exec bash package/scripts/install-tools \(what)",
            in: folder.url
        )
    }

    private static let swift = #"echo "Swift version 6.3.1 (swift-6.3.1-RELEASE)""#
    private static let root = "echo 0"
    /// Everything that a build needs is there.
    private static let complete = ["swift": swift, "id": root, "pkg-config": "exit 0", "curl": "exit 0"]

    @Test func nothingIsMissing() async throws {
        let run = try await run("build", with: Self.complete)
        #expect(run.code == 0)
        #expect(run.output.isEmpty)
    }

    @Test func noSwift() async throws {
        let run = try await run("build", with: [:])
        #expect(run.code == 1)
        #expect(
            run.output.contains(
                "Swift 6.2 or later is needed and there is none on the PATH; https://www.swift.org/install"
            )
        )
    }

    @Test(arguments: ["Swift version 5.10.1 (swift-5.10.1-RELEASE)", "Apple Swift version 6.1 (swiftlang-6.1)"])
    func oldSwift(_ version: String) async throws {
        let run = try await run("build", with: ["swift": "echo '\(version)'"])
        #expect(run.code == 1)
        #expect(run.output.contains("is too old, 6.2 or later is needed; https://www.swift.org/install"))
    }

    @Test func noPackageManager() async throws {
        let run = try await run("build", with: ["swift": Self.swift, "id": Self.root])
        #expect(run.code == 1)
        #expect(
            run.output.contains(
                "missing: pkg-config libyaml-dev zlib1g-dev libcrypt-dev curl. There is no apt-get here"
            )
        )
        #expect(run.output.contains("brew install libyaml pkg-config"))
    }

    @Test func noLibrary() async throws {
        var programs = Self.complete
        programs["pkg-config"] = "[ \"$2\" != yaml-0.1 ]"
        programs["apt-get"] = "echo \"apt-get $*\" >&2"
        let run = try await run("build", with: programs)
        #expect(run.code == 0)
        #expect(run.output.contains("installing with apt-get: libyaml-dev"))
        #expect(run.output.contains("apt-get install -qq -y --no-install-recommends libyaml-dev"))
    }

    @Test func noRights() async throws {
        var programs = Self.complete
        programs["curl"] = nil
        programs["id"] = "echo 1000"
        programs["apt-get"] = "exit 1"
        let run = try await run("build", with: programs)
        #expect(run.code == 1)
        #expect(run.output.contains("there is no sudo; run as root: apt-get install curl"))
    }

    @Test func noNetwork() async throws {
        var programs = Self.complete
        programs["curl"] = nil
        programs["apt-get"] = "echo 'Could not resolve deb.debian.org' >&2; exit 100"
        let run = try await run("build", with: programs)
        #expect(run.code == 1)
        #expect(run.output.contains("Could not resolve"))
        #expect(run.output.contains("apt-get could not install: curl."))
    }

    @Test func noPython() async throws {
        var programs = Self.complete
        for peer in ["prometheus", "promtool", "prometheus-pushgateway", "prometheus-node-exporter", "valgrind"] {
            programs[peer] = "exit 0"
        }
        let without = try await run("test", with: programs)
        #expect(without.code == 1)
        #expect(without.output.contains(" python3 python3-venv. There is no apt-get here"))
        // Debian's Python without the part that makes environments.
        programs["python3"] = "exit 1"
        let bare = try await run("test", with: programs)
        #expect(bare.output.contains(" python3-venv. There is no apt-get here"))
        #expect(!bare.output.contains(" python3 "))
    }

    @Test func unknownPurpose() async throws {
        let run = try await run("everything", with: Self.complete)
        #expect(run.code == 1)
        #expect(run.output.contains("scripts/install-tools build, or scripts/install-tools test"))
    }
}
