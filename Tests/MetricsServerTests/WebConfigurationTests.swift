#if Server
    import Foundation
    import Logging
    @testable import MetricsServer
    import Testing

    /// What a `web.config` file may say.
    @Suite("web.config", .enabled(if: Certificates.isPossible, "no openssl or curl on the PATH"))
    struct WebConfigurationTests {
        private static let tls = "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n"

        private func read(
            _ text: String,
            _ certificates: Certificates,
            isLocal: Bool = true
        ) throws -> WebConfiguration {
            let path = try certificates.write(text, to: "\(UUID().uuidString).yml")
            return try WebConfigurationReader.read(path, isLocal: isLocal)
        }

        @Test(
            "exporter-toolkit's samples are judged as there",
            .enabled(if: PeerFolder.root != nil, "no folder ../shared beside the package and no METRICS_SHARED")
        )
        func corpus() async throws {
            let root = try #require(PeerFolder.root) + "/corpora/exporter-toolkit-webconfig"
            try await Certificates.with { certificates in
                for authority in ["client_selfsigned", "client2_selfsigned"] {
                    try certificates.makeAuthority(authority)
                }
                func samples(_ kind: String) throws -> [(name: String, text: String)] {
                    try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(kind)").sorted().map { name in
                        let data = FileManager.default.contents(atPath: "\(root)/\(kind)/\(name)") ?? Data()
                        return (name, String(decoding: data, as: UTF8.self))
                    }
                }
                let good = try samples("good")
                for (name, text) in good {
                    #expect(throws: Never.self, "\(name)") { try read(text, certificates) }
                }
                let bad = try samples("bad")
                #expect(good.count >= 8 && bad.count >= 11)
                for (name, text) in bad {
                    // Names of clients are looked at when one connects.
                    if name == "web_config_auth_client_san.bad.yaml" {
                        #expect(throws: Never.self) { try read(text, certificates) }
                        continue
                    }
                    // The same text stands among the good ones, under another name.
                    let isAmongGood = good.contains { sample in
                        sample.text.split(separator: "\n") == text.split(separator: "\n")
                    }
                    if isAmongGood { continue }
                    #expect(throws: WebConfigurationError.self, "\(name)") { try read(text, certificates) }
                }
            }
        }

        @Test("What is wrong is told with its place, its key and how to mend it")
        func messages() async throws {
            let hash = "$2y$04$" + String(repeating: "a", count: 53)
            try await Certificates.with { certificates in
                let readable = "\(certificates.folder)/readable.key"
                try FileManager.default.copyItem(atPath: "\(certificates.folder)/server.key", toPath: readable)
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: readable)
                let cases: [(text: String, line: Int, key: String, word: String)] = [
                    ("tls_server_config:\n  cert_fil: x\n", 2, "tls_server_config.cert_fil", "there is no such key"),
                    ("basic_auth_user: {}\n", 1, "basic_auth_user", "there is no such key"),
                    (
                        "tls_server_config:\n  key_file: server.key\n", 2, "tls_server_config",
                        "cert_file or cert is missing"
                    ),
                    (
                        "tls_server_config:\n  cert_file: server.crt\n", 2, "tls_server_config",
                        "key_file or key is missing"
                    ),
                    (
                        "tls_server_config:\n  cert_file: no.crt\n  key_file: server.key\n", 2,
                        "tls_server_config.cert_file", "cannot be read: No such file"
                    ),
                    (
                        "tls_server_config:\n  cert_file: server.key\n  key_file: server.key\n", 2,
                        "tls_server_config.cert_file", "no certificate"
                    ),
                    (
                        "tls_server_config:\n  cert_file: server.crt\n  key_file: client.key\n", 2, "tls_server_config",
                        "do not fit together"
                    ),
                    (
                        "tls_server_config:\n  cert_file: server.crt\n  key_file: readable.key\n", 3,
                        "tls_server_config.key_file", "chmod o-r"
                    ),
                    (Self.tls + "  min_version: TLS10\n", 4, "tls_server_config.min_version", "not safe"),
                    (
                        Self.tls + "  min_version: TLS13\n  max_version: TLS12\n", 5, "tls_server_config.max_version",
                        "below"
                    ),
                    (
                        Self.tls + "  client_auth_type: Maybe\n", 4, "tls_server_config.client_auth_type",
                        "RequireAndVerifyClientCert"
                    ),
                    (
                        Self.tls + "  client_ca_file: ca.pem\n", 4, "tls_server_config.client_ca_file",
                        "set client_auth_type"
                    ),
                    (
                        Self.tls + "  client_auth_type: RequireAnyClientCert\n  client_allowed_sans: [a]\n", 5,
                        "tls_server_config.client_allowed_sans", "not verified"
                    ),
                    (
                        Self.tls + "  curve_preferences: [CurveP257]\n", 4, "tls_server_config.curve_preferences[0]",
                        "X25519"
                    ),
                    (
                        Self.tls + "  cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]\n", 4,
                        "tls_server_config.cipher_suites[0]", "safe"
                    ),
                    (
                        "http_server_config:\n  headers:\n    X-Frame-Options: foo\n", 3,
                        "http_server_config.headers.X-Frame-Options", "deny, sameorigin"
                    ),
                    (
                        "http_server_config:\n  headers:\n    X-XSS-Protection: \"a\\r\\nB: c\"\n", 3,
                        "http_server_config.headers.X-XSS-Protection", "characters"
                    ),
                    ("basic_auth_users:\n  a: secret\n", 2, "basic_auth_users.a", "no bcrypt hash"),
                    (
                        "basic_auth_users:\n  a: \(hash.replacing("$04$", with: "$31$"))\n", 2, "basic_auth_users.a",
                        "minutes"
                    ),
                    ("rate_limit:\n  interval: soon\n", 2, "rate_limit.interval", "no duration"),
                    ("rate_limit:\n  burst: -1\n", 2, "rate_limit.burst", "whole number"),
                    ("a: [\n", 2, "", "no YAML"),
                    ("rate_limit: {burst: 1, burst: 2}\n", 1, "rate_limit", "second time"),
                    ("{}\n---\n{}\n", 2, "", "second document"),
                    ("rate_limit: x\n", 1, "rate_limit", "keys and values"),
                ]
                for sample in cases {
                    do {
                        _ = try read(sample.text, certificates)
                        Issue.record("accepted: \(sample.text)")
                    } catch let error as WebConfigurationError {
                        #expect(error.line == sample.line, "\(error)")
                        #expect(error.key == sample.key, "\(error)")
                        #expect(error.reason.contains(sample.word), "\(error)")
                        #expect(error.description.hasPrefix(error.path))
                    }
                }
                // Passwords over plain HTTP are for this machine alone.
                let users = "basic_auth_users:\n  a: \(hash)\n"
                #expect(throws: Never.self) { try read(users, certificates, isLocal: true) }
                #expect(throws: WebConfigurationError.self) { try read(users, certificates, isLocal: false) }
                #expect(throws: Never.self) { try read(Self.tls + users, certificates, isLocal: false) }
            }
        }

        @Test("Aliases that go round, and bytes that are no YAML, are errors and nothing else")
        func hostile() async throws {
            try await Certificates.with { certificates in
                for text in ["&a {tls_server_config: *a}", "&a [*a]", "\u{0}", "%", "? : ?", "- - - - - - - - - -"] {
                    #expect(throws: WebConfigurationError.self, "\(text)") { try read(text, certificates) }
                }
                #expect(throws: Never.self) { try read("", certificates) }
                #expect(throws: Never.self) { try read("# nothing\n", certificates) }
            }
        }

        @Test(
            "Go's durations",
            arguments: [
                ("0", .zero), ("1s", .seconds(1)), ("1m30s", .seconds(90)), ("1.5h", .seconds(5400)),
                ("250ms", .milliseconds(250)), ("1", nil), ("s", nil), ("", nil), ("-1s", nil), ("1s x", nil),
                ("1e3s", nil),
            ] as [(String, Duration?)]
        )
        func durations(text: String, duration: Duration?) {
            #expect(GoDuration.parse(text) == duration)
        }

        @Test(
            "Credentials",
            arguments: [
                ("Basic YTpi", "a", "b"), ("basic YTpi", "a", "b"), ("Basic YTo=", "a", ""), ("Basic Og==", "", ""),
                ("Basic YTpiOmM=", "a", "b:c"), ("Basic YTpi=", nil, ""), ("Basic YQ==", nil, ""), ("Basic", nil, ""),
                ("Bearer YTpi", nil, ""), ("Basic Y*pi", nil, ""), ("Basic YTpi=YTpi", nil, ""),
                ("Basic /zo=", nil, ""),
            ] as [(String, String?, String)]
        )
        func credentials(header: String, user: String?, password: String) {
            let found = BasicCredentials(header)
            #expect(found?.user == user)
            if user != nil { #expect(found?.password == Array(password.utf8)) }
        }

        @Test("bcrypt, by the system's library", .enabled(if: PasswordCheck.isAvailable, "no bcrypt on this system"))
        func bcrypt() {
            // A vector of the algorithm's own tests.
            let hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
            #expect(PasswordCheck.compare(Array("U*U".utf8), with: hash))
            #expect(!PasswordCheck.compare(Array("U*V".utf8), with: hash))
            #expect(!PasswordCheck.compare([], with: hash))
            #expect(!PasswordCheck.compare(Array("U*U\u{0}x".utf8), with: hash))
            #expect(!PasswordCheck.compare(Array("U*U".utf8), with: "*0"))
            let long = "$2y$04$CCCCCCCCCCCCCCCCCCCCC."
            #expect(!PasswordCheck.compare(Array(repeating: 97, count: 73), with: long))
        }

        @Test("Rates", arguments: [0, 1, 3])
        func rates(burst: Int) {
            let start = ContinuousClock.now
            let limiter = RateLimiter(WebConfiguration.RateLimit(interval: .seconds(1), burst: burst), now: start)
            for _ in 0..<burst { #expect(limiter.admits(at: start)) }
            #expect(!limiter.admits(at: start))
            #expect(!limiter.admits(at: start + .milliseconds(500)))
            #expect(limiter.admits(at: start + .seconds(2)) == (burst > 0))
            // A clock that goes back gives nothing away.
            #expect(!limiter.admits(at: start) || burst > 1)
        }
    }

    /// Data of other programs that stands beside the package, where somebody put it there.
    enum PeerFolder {
        static let root: String? = {
            var url = URL(fileURLWithPath: #filePath)
            for _ in 0..<4 { url.deleteLastPathComponent() }
            let path =
                ProcessInfo.processInfo.environment["METRICS_SHARED"] ?? url.appendingPathComponent("shared").path
            return FileManager.default.fileExists(atPath: path) ? path : nil
        }()
    }
#endif
