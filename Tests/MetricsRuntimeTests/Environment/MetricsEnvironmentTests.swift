import Foundation
import MetricsRuntime
import Testing

/// The variables: what they mean when they are right, and what is said when they are wrong.
@Suite struct MetricsEnvironmentTests {
    @Test func readsTheThreeVariables() throws {
        let environment = try MetricsEnvironment(variables: [
            "PROMETHEUS_MULTIPROC_DIR": "/var/run/metrics",
            "PROMETHEUS_METRICS_PORT": "9464",
            "PROMETHEUS_BIND_ADDRESS": "127.0.0.1",
        ])
        #expect(environment.multiprocDirectory == "/var/run/metrics")
        #expect(environment.metricsPort == 9464)
        #expect(environment.bindAddress == "127.0.0.1")
        let server = try environment.requireServer()
        #expect(server.bindAddress == "127.0.0.1")
        #expect(server.port == 9464)
    }

    @Test func whatIsNotSetIsNoErrorUntilItIsRequired() throws {
        let environment = try MetricsEnvironment(variables: [:])
        #expect(environment.metricsPort == nil)
        #expect(environment.bindAddress == nil)
        #expect(environment.multiprocDirectory == nil)

        let error = #expect(throws: MetricsEnvironmentError.self) { try environment.requireServer() }
        #expect(error?.problems.map(\.variable) == ["PROMETHEUS_METRICS_PORT", "PROMETHEUS_BIND_ADDRESS"])
        #expect(error?.problems.allSatisfy { $0.value == nil } == true)
        #expect(error?.description.contains("PROMETHEUS_METRICS_PORT is not set; give a whole number") == true)
    }

    @Test func readsThePathOfTheWebConfiguration() throws {
        #expect(try MetricsEnvironment(variables: [:]).webConfigurationPath == nil)
        let name = "PROMETHEUS_WEB_CONFIG"
        #expect(try MetricsEnvironment(variables: [name: "/etc/web.yml"]).webConfigurationPath == "/etc/web.yml")
        // Somebody who sets it wants to keep others out; nothing that cannot be meant lets everybody in.
        for (text, reason) in [("", "is empty"), (" ", "is empty"), ("a\0b", "holds a NUL character")] {
            let error = #expect(throws: MetricsEnvironmentError.self) {
                try MetricsEnvironment(variables: [name: text])
            }
            #expect(error?.problems.map(\.variable) == [name])
            #expect(error?.problems.map(\.reason) == [reason])
        }
    }

    @Test func requiredDirectoryIsGivenOrExplained() throws {
        let named = try MetricsEnvironment(variables: ["PROMETHEUS_MULTIPROC_DIR": "d"])
        #expect(try named.requireDirectory() == "d")
        let inMemory = try MetricsEnvironment(variables: ["PROMETHEUS_MULTIPROC_DIR": ""])
        let error = #expect(throws: MetricsEnvironmentError.self) { try inMemory.requireDirectory() }
        #expect(error?.description.hasPrefix(#"PROMETHEUS_MULTIPROC_DIR="" is empty"#) == true)
        let homeless = try MetricsEnvironment(variables: [:])
        #expect(throws: MetricsEnvironmentError.self) { try homeless.requireDirectory() }
    }

    @Test(arguments: [("0", 0), ("65535", 65535), (" 9464\t", 9464), ("09464", 9464)])
    func acceptsPort(text: String, port: Int) throws {
        #expect(try MetricsEnvironment(variables: ["PROMETHEUS_METRICS_PORT": text]).metricsPort == port)
    }

    @Test(
        arguments: [
            ("", "is empty"), ("  ", "is empty"), ("abc", "is not a whole number"), ("-1", "is not a whole number"),
            ("+80", "is not a whole number"), ("80.0", "is not a whole number"), ("0x50", "is not a whole number"),
            ("٩٠", "is not a whole number"), ("65536", "is out of range"), ("99999999999999999999", "is out of range"),
        ]
    )
    func refusesPort(text: String, reason: String) throws {
        let error = #expect(throws: MetricsEnvironmentError.self) {
            try MetricsEnvironment(variables: ["PROMETHEUS_METRICS_PORT": text])
        }
        let problem = try #require(error?.problems.first)
        #expect(problem.variable == "PROMETHEUS_METRICS_PORT")
        #expect(problem.value == text)
        #expect(problem.reason == reason)
        #expect(problem.remedy.contains("0 to 65535"))
    }

    @Test(
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("::", "::"), ("::1", "::1"), ("[::1]", "::1"),
            ("fe80::1%eth0", "fe80::1%eth0"),
            ("localhost", "localhost"), (" 0.0.0.0 ", "0.0.0.0"), ("my-host.example", "my-host.example"),
        ]
    )
    func acceptsAddress(text: String, address: String) throws {
        #expect(try MetricsEnvironment(variables: ["PROMETHEUS_BIND_ADDRESS": text]).bindAddress == address)
    }

    @Test(
        arguments: [
            ("", "is empty"), (" ", "is empty"), ("127.0.0.1:9464", "has a port in it"),
            ("localhost:9464", "has a port in it"), ("[::1]:9464", "has a port in it"),
            ("http://localhost", "is a URL"), ("a b", "holds characters that no address has"),
            ("a\u{0}b", "holds characters that no address has"), ("ä", "holds characters that no address has"),
        ]
    )
    func refusesAddress(text: String, reason: String) throws {
        let error = #expect(throws: MetricsEnvironmentError.self) {
            try MetricsEnvironment(variables: ["PROMETHEUS_BIND_ADDRESS": text])
        }
        let problem = try #require(error?.problems.first)
        #expect(problem.variable == "PROMETHEUS_BIND_ADDRESS")
        #expect(problem.value == text)
        #expect(problem.reason == reason)
    }

    @Test func allProblemsAreReportedAtOnceInTheOrderOfTheTable() throws {
        let error = #expect(throws: MetricsEnvironmentError.self) {
            try MetricsEnvironment(
                variables: ["PROMETHEUS_METRICS_PORT": "70000", "PROMETHEUS_BIND_ADDRESS": ""],
                requiring: [.server, .directory]
            )
        }
        #expect(
            error?.problems.map(\.variable)
                == ["PROMETHEUS_MULTIPROC_DIR", "PROMETHEUS_METRICS_PORT", "PROMETHEUS_BIND_ADDRESS"]
        )
        #expect(error?.description.split(separator: "\n").count == 3)

        let other = #expect(throws: MetricsEnvironmentError.self) {
            try MetricsEnvironment(variables: ["HOME": "/h", "PROMETHEUS_BIND_ADDRESS": "a:1"], requiring: .server)
        }
        #expect(other?.problems.map(\.variable) == ["PROMETHEUS_METRICS_PORT", "PROMETHEUS_BIND_ADDRESS"])
    }

    @Test func aProblemIsOneLineWhateverTheValue() throws {
        let error = #expect(throws: MetricsEnvironmentError.self) {
            try MetricsEnvironment(variables: [
                "PROMETHEUS_METRICS_PORT": "9\n0" + String(repeating: "x", count: 100_000)
            ])
        }
        let text = try #require(error).description
        #expect(text.hasPrefix(#"PROMETHEUS_METRICS_PORT="9\n0xxx"#))
        #expect(!text.contains("\n"))
        #expect(text.count < 500)
    }

    @Test func readsThisProcess() throws {
        let variables = ProcessInfo.processInfo.environment
        #expect(MetricsStorageLocation() == MetricsStorageLocation(variables: variables))
    }
}
