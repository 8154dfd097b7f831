#if Server
    import Foundation
    import Logging
    import MetricsRuntime
    @testable import MetricsServer
    import Testing

    /// Opening the port: what is chosen, what is reported, and what is said when it fails.
    @Suite struct MetricsServerStartTests {
        private let handler = MetricsHandler(exposesItself: false) { MetricSnapshot() }

        private func startError(
            host: String,
            port: Int
        ) async throws -> MetricsServerError {
            let error = await #expect(throws: MetricsServerError.self) {
                try await RunningServer.with(handler) { configuration in
                    configuration.host = host
                    configuration.port = port
                } _: { _ in
                }
            }
            return try #require(error)
        }

        /// A service group describes its services whenever they come and go.
        @Test func aServiceGroupLogsOneLine() throws {
            let configuration = MetricsServerConfiguration(host: "127.0.0.1", port: 9464)
            let server = MetricsHTTPServer(configuration: configuration, handler: handler)
            #expect("\(server)" == "MetricsHTTPServer(127.0.0.1, port 9464)")
        }

        @Test func theChosenPortIsReported() async throws {
            try await RunningServer.with(handler) { server in
                #expect(server.address.host == "127.0.0.1")
                #expect((1...65535).contains(server.address.port))
                let response = try await server.get("/-/ready")
                #expect(response.status == 200)
            }
        }

        @Test(.enabled(if: hasIPv6, "this machine has no IPv6"), arguments: ["::1", "[::1]"])
        func listensOnIPv6(host: String) async throws {
            try await RunningServer.with(handler) {
                $0.host = host
            } _: { server in
                #expect(server.address.host == "::1")
                #expect(server.address.description == "[::1]:\(server.address.port)")
            }
        }

        @Test func aPortInUseIsSaidSo() async throws {
            try await RunningServer.with(handler) { server in
                let error = try await startError(host: "127.0.0.1", port: server.address.port)
                #expect(error.code == .portInUse)
                #expect(error.description.contains("127.0.0.1:\(server.address.port)"))
                #expect(error.description.contains("in use"))
            }
        }

        @Test func aPortCanBeOpenedAgainAtOnce() async throws {
            let port = try await RunningServer.with(handler) { server in
                // The server closes this connection first, which leaves the port in TIME_WAIT.
                let response = try await server.get("/metrics")
                #expect(response.status == 200)
                return server.address.port
            }
            try await RunningServer.with(handler) {
                $0.port = port
            } _: { server in
                #expect(server.address.port == port)
            }
        }

        @Test(
            arguments: [
                ("", 0, .invalidAddress), ("127.0.0.1:80", 0, .invalidAddress), ("a b", 0, .invalidAddress),
                ("a\u{0}b", 0, .invalidAddress), ("127.0.0.1", -1, .invalidPort), ("127.0.0.1", 65536, .invalidPort),
                ("127.0.0.1", .max, .invalidPort), ("no-such-host.invalid", 0, .unknownHost),
                ("fe80::1%no-such-zone", 0, .unknownHost),
                // An address that documentation reserves, so no machine has it.
                ("192.0.2.1", 0, .addressNotAvailable),
            ] as [(String, Int, MetricsServerError.Code)]
        )
        func aWrongAddressIsExplained(host: String, port: Int, code: MetricsServerError.Code) async throws {
            let error = try await startError(host: host, port: port)
            #expect(error.code == code)
            #expect(error.host == host)
            #expect(error.port == port)
            #expect(error.description.contains("give "))
        }

        @Test func everyMessageNamesThePlace() {
            for code in [MetricsServerError.Code.portInUse, .notPermitted, .addressNotAvailable, .unknownHost, .failed]
            {
                let error = MetricsServerError(code, host: "::1", port: 99, detail: "details")
                #expect(error.description.hasPrefix("cannot listen on [::1]:99: "))
            }
        }

        @Test func theEnvironmentNamesTheAddress() throws {
            let environment = try MetricsEnvironment(variables: [
                "PROMETHEUS_METRICS_PORT": "9464", "PROMETHEUS_BIND_ADDRESS": "127.0.0.1",
            ])
            let configuration = try MetricsServerConfiguration(environment: environment)
            #expect(configuration.host == "127.0.0.1")
            #expect(configuration.port == 9464)
            let empty = try MetricsEnvironment(variables: [:])
            #expect(throws: MetricsEnvironmentError.self) { try MetricsServerConfiguration(environment: empty) }
        }

        private static let hasIPv6 = FileManager.default.fileExists(atPath: "/proc/net/if_inet6")
    }
#endif
