#if Server
    import Foundation
    import Logging
    import MetricsRuntime
    @testable import MetricsServer
    import Testing

    /// A server with a `web.config` file, and curl as its client.
    @Suite("Access", .enabled(if: Certificates.isPossible, "no openssl or curl on the PATH"))
    struct AccessControlTests {
        private static let tls = "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n"

        private func serve<Result: Sendable>(
            _ text: String,
            _ body: @escaping @Sendable (RunningServer, Certificates) async throws -> Result
        ) async throws -> Result {
            try await Certificates.with { certificates in
                let path = try certificates.write(text, to: "web.yml")
                let handler = MetricsHandler(logger: .silent) { .gauge() }
                return try await RunningServer.with(handler, configure: { $0.webConfigurationPath = path }) { server in
                    try await body(server, certificates)
                }
            }
        }

        private func status(
            _ server: RunningServer,
            _ certificates: Certificates,
            _ arguments: [String] = [],
            authority: String = "ca.pem"
        ) async throws -> (code: String, exit: Int32) {
            let url = "https://127.0.0.1:\(server.address.port)/metrics"
            let result = try await Program.curl(["--cacert", authority, url] + arguments, in: certificates.folder)
            return (String(result.output.split(separator: "\n").last ?? ""), result.status)
        }

        /// Fails where the status is another one; `000` stands for none.
        private func expect(
            _ code: String,
            _ server: RunningServer,
            _ certificates: Certificates,
            _ arguments: [String] = [],
            authority: String = "ca.pem",
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let found = try await status(server, certificates, arguments, authority: authority).code
            #expect(found == code, sourceLocation: sourceLocation)
        }

        @Test("TLS 1.2 and 1.3, and nothing else")
        func tls() async throws {
            try await serve(Self.tls) { server, certificates in
                try await expect("200", server, certificates)
                try await expect("200", server, certificates, ["--tlsv1.3"])
                try await expect("200", server, certificates, ["--tlsv1.2", "--tls-max", "1.2"])
                let old = try await status(server, certificates, ["--tlsv1.0", "--tls-max", "1.1"])
                #expect(old.code == "000" && old.exit != 0)
                // Plain HTTP is no request here, and the server goes on.
                let client = try server.client()
                try await client.send("GET /metrics HTTP/1.1\r\nHost: t\r\n\r\n")
                let rest = try await client.rest()
                #expect(!String(decoding: rest, as: UTF8.self).contains("200 OK"))
                try await expect("200", server, certificates)
            }
        }

        @Test("A version that is asked for is the only one")
        func versions() async throws {
            try await serve(Self.tls + "  min_version: TLS13\n") { server, certificates in
                try await expect("200", server, certificates)
                try await expect("000", server, certificates, ["--tls-max", "1.2"])
            }
        }

        @Test(
            "Clients' certificates are what the file wants them to be",
            arguments: [
                ("RequireAndVerifyClientCert", "ca.pem", false, true, false),
                ("VerifyClientCertIfGiven", "ca.pem", true, true, false),
                ("RequireAnyClientCert", nil, false, true, true), ("RequestClientCert", nil, true, true, true),
                ("NoClientCert", nil, true, true, true), ("RequireAndVerifyClientCert", nil, false, false, false),
            ] as [(String, String?, Bool, Bool, Bool)]
        )
        func clients(kind: String, authority: String?, without: Bool, ours: Bool, strangers: Bool) async throws {
            let section = "  client_auth_type: \(kind)\n" + (authority.map { "  client_ca_file: \($0)\n" } ?? "")
            try await serve(Self.tls + section) { server, certificates in
                try certificates.makeAuthority("other")
                try certificates.make("stranger", by: "other", names: "DNS:scraper.test", usage: "clientAuth")
                func isServed(_ name: String?) async throws -> Bool {
                    let arguments = name.map { ["--cert", "\($0).crt", "--key", "\($0).key"] } ?? []
                    return try await status(server, certificates, arguments).code == "200"
                }
                #expect(try await isServed(nil) == without)
                #expect(try await isServed("client") == ours)
                #expect(try await isServed("stranger") == strangers)
            }
        }

        @Test(
            "Of verified clients only those with a name that is allowed",
            arguments: ["scraper.test", "a@b.test", "bad"]
        )
        func names(name: String) async throws {
            let section = """
                  client_auth_type: RequireAndVerifyClientCert
                  client_ca_file: ca.pem
                  client_allowed_sans: ["other.test", "\(name)"]

                """
            try await serve(Self.tls + section) { server, certificates in
                let arguments = ["--cert", "client.crt", "--key", "client.key"]
                let isServed = try await status(server, certificates, arguments).code == "200"
                #expect(isServed == (name != "bad"))
            }
        }

        // A hash by its form; nobody's password is compared with it.
        private static let users =
            "basic_auth_users:\n  alice: $2b$04$CCCCCCCCCCCCCCCCCCCCC.uHCjUSPbNWLxUOOC5bEnkXiXNJGBKyy\n"

        @Test("Passwords", .enabled(if: PasswordCheck.isAvailable, "no bcrypt on this system"))
        func passwords() async throws {
            let hash = try #require(BcryptMaker.hash("fly", cost: 4))
            let headers = "http_server_config:\n  headers:\n    X-Frame-Options: deny\n"
            try await serve(headers + "basic_auth_users:\n  alice: \(hash)\n  b: \(hash)\n") { server, _ in
                func answer(_ credentials: String?, _ target: String = "/metrics") async throws -> MetricsResponse {
                    let client = try server.client()
                    let field = credentials.map { "Authorization: Basic \(Data($0.utf8).base64EncodedString())\r\n" }
                    try await client.send(
                        "GET \(target) HTTP/1.1\r\nHost: t\r\n\(field ?? "")Connection: close\r\n\r\n"
                    )
                    return try await client.response()
                }
                for _ in 0..<2 {
                    #expect(try await answer("alice:fly").status == 200)
                    #expect(try await answer("b:fly", "/").status == 200)
                    #expect(try await answer("alice:flx").status == 401)
                    #expect(try await answer("mallory:fly").status == 401)
                    #expect(try await answer("alicef:ly").status == 401)
                    #expect(try await answer("alice:fly\u{0}").status == 401)
                    #expect(try await answer("alice").status == 401)
                }
                for target in ["/metrics", "/", "/-/healthy", "/nothing"] {
                    let refused = try await answer(nil, target)
                    #expect(refused.status == 401)
                    #expect(refused.header("WWW-Authenticate") == "Basic")
                    #expect(refused.header("X-Frame-Options") == "deny")
                }
                #expect(try await answer("alice:fly").header("X-Frame-Options") == "deny")
            }
        }

        @Test("Who asks too often waits")
        func rate() async throws {
            try await serve("rate_limit:\n  interval: 1h\n  burst: 2\n") { server, _ in
                #expect(try await server.get("/metrics").status == 200)
                #expect(try await server.get("/-/healthy").status == 200)
                let refused = try await server.get("/metrics")
                #expect(refused.status == 429)
                #expect(refused.header("Retry-After") == "1")
            }
        }

        @Test("New certificates come into force, and a file that cannot be used does not")
        func reload() async throws {
            try await serve(Self.tls) { server, certificates in
                try await expect("200", server, certificates)
                try certificates.makeAuthority("new")
                try certificates.make("next", by: "new", names: "IP:127.0.0.1", usage: "serverAuth")
                try certificates.replace("server.key", by: "next.key")
                try certificates.replace("server.crt", by: "next.crt")
                try await expect("200", server, certificates, authority: "new.pem")
                try await expect("000", server, certificates)

                for broken in ["tls_server_config: nonsense\n", "a: [", "", "rate_limit: {interval: 1h}\n"] {
                    _ = try certificates.write(broken, to: "web.yml")
                    try await expect("200", server, certificates, authority: "new.pem")
                }
                _ = try certificates.write(Self.tls + "  min_version: TLS13\n", to: "web.yml")
                let old = try await status(server, certificates, ["--tls-max", "1.2"], authority: "new.pem")
                #expect(old.code == "000")
                try await expect("200", server, certificates, authority: "new.pem")
            }
        }

        @Test("A file that cannot be used keeps the server from starting")
        func start() async throws {
            await #expect(throws: WebConfigurationError.self) {
                try await serve("nonsense: true\n") { _, _ in }
            }
            // Passwords for everybody on the way to read.
            let handler = MetricsHandler(logger: .silent) { .gauge() }
            try await Certificates.with { certificates in
                let path = try certificates.write(Self.users, to: "web.yml")
                await #expect(throws: WebConfigurationError.self) {
                    try await RunningServer.with(
                        handler,
                        configure: {
                            $0.webConfigurationPath = path
                            $0.host = "0.0.0.0"
                        }
                    ) { _ in }
                }
            }
        }
    }

    extension Certificates {
        /// Puts one file in the place of another at once, as programs that renew certificates do.
        func replace(_ name: String, by other: String) throws {
            guard rename("\(folder)/\(other)", "\(folder)/\(name)") == 0 else {
                throw Program.Failure(description: "rename: errno \(errno)")
            }
        }
    }
#endif
