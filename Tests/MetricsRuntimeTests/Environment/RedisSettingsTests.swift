import MetricsRuntime
import Testing

@Suite("Settings of Redis")
struct RedisSettingsTests {
    private func settings(_ variables: [String: String]) throws -> RedisSettings? {
        try MetricsEnvironment(variables: variables.merging(["PROMETHEUS_MULTIPROC_DIR": ""]) { $1 }).redis
    }

    private func problems(_ variables: [String: String]) -> [String] {
        do throws(MetricsEnvironmentError) {
            _ = try MetricsEnvironment(variables: variables.merging(["PROMETHEUS_MULTIPROC_DIR": ""]) { $1 })
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test("Redis is off unless it is asked for, and its variables are nobody's business then")
    func off() throws {
        #expect(try settings([:]) == nil)
        #expect(try settings(["REDIS_PORT": "tcp://10.0.0.1:6379", "REDIS_TTL_SECONDS": "x"]) == nil)
        #expect(try settings(["REDIS_ENABLED": "off", "PROMETHEUS_REDIS_URL": "nonsense"]) == nil)
        #expect(try settings(["REDIS_ENABLED": "", "PROMETHEUS_REDIS_URL": ""]) == nil)
    }

    @Test("all variables count where it is on")
    func on() throws {
        #expect(try settings(["REDIS_ENABLED": " Yes "]) == RedisSettings())
        let settings = try #require(
            try settings([
                "REDIS_ENABLED": "1", "REDIS_HOST": "[::1]", "REDIS_PORT": "7000", "REDIS_DB": "3",
                "REDIS_PASSWORD": "p@:/", "REDIS_KEY_PREFIX": "a:{b} ", "REDIS_TTL_SECONDS": "30",
            ])
        )
        #expect(settings.address == .tcp(host: "::1", port: 7000))
        #expect(settings.address.description == "[::1]:7000")
        #expect(settings.database == 3)
        #expect(settings.password?.clearText == "p@:/")
        #expect(settings.keyPrefix == "a:{b} ")
        #expect(settings.lease == .seconds(30))
        #expect(try self.settings(["REDIS_ENABLED": "on", "REDIS_TTL_DISABLED": "true"])?.lease == nil)
        let byURL = try self.settings(["PROMETHEUS_REDIS_URL": "redis://h:1", "REDIS_HOST": "!", "REDIS_PASSWORD": "p"])
        let user = try self.settings(["PROMETHEUS_REDIS_URL": "redis://me@h:1", "REDIS_PASSWORD": "p"])
        #expect(user?.user == "me")
        #expect(user?.password?.clearText == "p")
        #expect(byURL == RedisSettings(address: .tcp(host: "h", port: 1), password: RedisSecret("p")))
    }

    @Test("every problem is reported at once, and no secret")
    func allProblems() {
        let found = problems([
            "REDIS_ENABLED": "true", "REDIS_HOST": "redis://h", "REDIS_PORT": "0", "REDIS_DB": "-1",
            "REDIS_KEY_PREFIX": "", "REDIS_TTL_SECONDS": "1.5", "REDIS_TTL_DISABLED": "perhaps",
        ])
        #expect(found.count == 6)
        for name in [
            "REDIS_HOST", "REDIS_PORT", "REDIS_DB", "REDIS_KEY_PREFIX", "REDIS_TTL_SECONDS", "REDIS_TTL_DISABLED",
        ] {
            #expect(found.contains { $0.hasPrefix(name + "=") })
        }
        let url = problems(["PROMETHEUS_REDIS_URL": "redis://user:s3cret@h:x"])
        #expect(url.count == 1)
        #expect(url.first?.contains("s3cret") == false)
    }

    @Test(
        "URLs are read",
        arguments: [
            ("redis://h", RedisSettings(address: .tcp(host: "h", port: 6379))),
            ("redis://", RedisSettings()),
            ("redis://h:1/2", RedisSettings(address: .tcp(host: "h", port: 1), database: 2)),
            ("redis://h?db=4", RedisSettings(address: .tcp(host: "h", port: 6379), database: 4)),
            (
                "redis://:p%40%3a%2F@h",
                RedisSettings(address: .tcp(host: "h", port: 6379), password: RedisSecret("p@:/"))
            ),
            ("redis://:a@b@h", RedisSettings(address: .tcp(host: "h", port: 6379), password: RedisSecret("a@b"))),
            (
                "REDISS://u:p@[::1]:1/0?ssl_ca_certs=/a%20b&ssl_certfile=c&ssl_keyfile=k&ssl_cert_reqs=none",
                RedisSettings(
                    address: .tcp(host: "::1", port: 1),
                    user: "u",
                    password: RedisSecret("p"),
                    tls: RedisSettings.TLS(
                        authoritiesFile: "/a b",
                        certificateFile: "c",
                        keyFile: "k",
                        verifiesServer: false
                    )
                )
            ),
            ("unix:///run/r.sock?db=1", RedisSettings(address: .unixSocket(path: "/run/r.sock"), database: 1)),
            ("unix://:p@/r", RedisSettings(address: .unixSocket(path: "/r"), password: RedisSecret("p"))),
        ]
    )
    func urls(url: String, settings: RedisSettings) throws {
        #expect(try RedisSettings(url: url) == settings)
    }

    @Test(
        "URLs that are none are refused without being quoted",
        arguments: [
            "", "s3cret", "http://s3cret", "redis:/s3cret", "redis://h:s3cret", "redis://h:0", "redis://h:65536",
            "redis://h/s3cret", "redis://h/-1", "redis://h?s3cret=1", "redis://h?db=s3cret", "redis://h#s3cret",
            "redis://s3cret@h", "redis://:%s3cret@h", "redis://:%ffs3cret@h", "redis://:%00s3cret@h",
            "redis://[::1/s3cret",
            "redis://[::1]s3cret", "redis://::1:s3cret", "redis://h?ssl_ca_certs=s3cret", "unix://s3cret/r", "unix://",
            "rediss://h?ssl_cert_reqs=s3cret", "rediss://h?ssl_certfile=s3cret", "rediss://h?ssl_keyfile=s3cret",
        ]
    )
    func noURLs(url: String) {
        let error = #expect(throws: RedisURLError.self) { try RedisSettings(url: url) }
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test("a password shows nowhere")
    func secrets() {
        let settings = RedisSettings(password: RedisSecret("s3cret"))
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(settings)", String(reflecting: settings), dumped] {
            #expect(!text.contains("s3cret"))
            #expect(text.contains("<redacted>") || text == dumped)
        }
    }
}
