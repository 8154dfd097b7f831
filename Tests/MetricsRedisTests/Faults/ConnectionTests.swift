#if Redis
    import MetricsRuntime
    import NIOCore
    import NIOPosix
    import Testing

    @testable import MetricsRedis

    @Suite("Connections", .enabled(if: RedisServer.isPresent, RedisServer.absence))
    struct ConnectionTests {
        private func connect(_ settings: RedisSettings, within limit: Duration = .seconds(20)) async -> RedisError? {
            do throws(RedisError) {
                let connection = try await RedisConnector(settings: settings, limit: limit).connect(to: nil)
                var pipeline = RESPPipeline()
                pipeline.append("GET", "anything")
                let reply = try await connection.send(pipeline, within: limit).first
                connection.close()
                if let refusal = reply?.refusal { throw RedisError(refusal: refusal, server: settings.address) }
                return nil
            } catch {
                return error
            }
        }

        @Test("log in with a password, and say so where it is wrong or missing, without showing it")
        func password() async throws {
            let server = try await RedisServer(password: "s3cret word")
            #expect(await connect(server.settings) == nil)
            for wrong in ["wr0ng", nil] {
                var settings = server.settings
                settings.password = wrong.map(RedisSecret.init)
                let error = try #require(await connect(settings))
                #expect(error.code == .login)
                #expect(!"\(error)".contains("wr0ng"))
                var dumped = ""
                dump(settings, to: &dumped)
                #expect(!dumped.contains("wr0ng"))
                #expect(!"\(settings)".contains("wr0ng"))
            }
        }

        @Test("log in as a user, who needs no more than what the documentation lists")
        func user() async throws {
            let server = try await RedisServer()
            try await server.command(
                "ACL",
                "SETUSER",
                "writer",
                "on",
                ">pass",
                "~{gunicorn}:metrics:*",
                "-@all",
                "+auth",
                "+hello",
                "+select",
                "+client|setname",
                "+eval",
                "+get",
                "+set",
                "+del",
                "+exists",
                "+hget",
                "+hset",
                "+hdel",
                "+hmget",
                "+hgetall",
                "+hlen",
                "+incr",
                "+pexpire",
                "+zadd",
                "+zrem",
                "+zcard",
                "+zremrangebyscore",
                "+time"
            )
            try await server.command(
                "ACL",
                "SETUSER",
                "reader",
                "on",
                ">pass",
                "%R~{gunicorn}:metrics:*",
                "-@all",
                "+auth",
                "+hello",
                "+select",
                "+client|setname",
                "+get",
                "+exists",
                "+hgetall",
                "+zrange",
                "+multi",
                "+exec"
            )
            var settings = server.settings
            settings.user = "writer"
            settings.password = RedisSecret("pass")
            let instance = Instance(settings)
            instance.counter("requests_total", "a").inc()
            try await instance.publisher.publish()
            try await instance.running {}
            settings.user = "reader"
            let collector = RedisCollector(settings: settings)
            #expect(try await collector.value(#"requests_total{label="a"}"#) == 1)
            settings.password = RedisSecret("wrong")
            #expect(await connect(settings)?.code == .login)
        }

        @Test("choose a database")
        func database() async throws {
            let server = try await RedisServer()
            var settings = server.settings
            settings.database = 3
            let instance = Instance(settings)
            instance.counter("requests_total", "a").inc()
            try await instance.publisher.publish()
            #expect(try await server.keyCount() == 0)
            #expect(try await RedisCollector(settings: settings).value(#"requests_total{label="a"}"#) == 1)
            settings.database = 999
            #expect(await connect(settings)?.code == .refused)
        }

        @Test("go over Unix sockets")
        func unixSocket() async throws {
            let folder = try TestFolder()
            let socket = folder.path + "/r.sock"
            let server = try await RedisServer(["--unixsocket", socket], folder: folder)
            let settings = try RedisSettings(url: "unix://\(socket)?db=1")
            #expect(await connect(settings) == nil)
            _ = server
        }

        @Test("are encrypted, and only to a server whose certificate is right", .enabled(if: Certificates.isPresent))
        func encryption() async throws {
            let right = try await Certificates(name: "IP:127.0.0.1,DNS:localhost")
            let other = try await Certificates(name: "IP:127.0.0.1")
            let server = try await RedisServer(right.arguments, usesTLS: true)
            func settings(_ host: String, _ authority: String?, _ more: String = "") throws -> RedisSettings {
                let file = authority.map { "ssl_ca_certs=\($0)" } ?? ""
                return try RedisSettings(url: "rediss://\(host):\(server.port)/0?\(file)\(more)")
            }
            #expect(await connect(try settings("127.0.0.1", right.authority)) == nil)
            #expect(await connect(try settings("localhost", right.authority)) == nil)
            #expect(await connect(try settings("127.0.0.1", nil, "ssl_cert_reqs=none")) == nil)
            // Signed by somebody else; by nobody known; not TLS at all.
            for authority in [other.authority, nil] {
                let code = await connect(try settings("127.0.0.1", authority))?.code
                #expect(code == .tls)
            }
            let missing = await connect(try settings("127.0.0.1", "/does/not/exist.pem"))
            #expect(missing?.code == .configuration)
            #expect(missing?.description.contains("/does/not/exist.pem") == true)
            let plain = try await RedisServer()
            let toPlain = try RedisSettings(url: "rediss://127.0.0.1:\(plain.port)?ssl_ca_certs=\(right.authority)")
            // It waits for the rest of a command that never comes.
            let unanswered = await connect(toPlain, within: .milliseconds(200))
            #expect(unanswered?.code == .timeout || unanswered?.code == .tls)
            // The right authority, another name.
            let named = try await Certificates(name: "DNS:redis.example")
            let misnamed = try await RedisServer(named.arguments, usesTLS: true)
            for host in ["127.0.0.1", "localhost"] {
                let url = "rediss://\(host):\(misnamed.port)?ssl_ca_certs=\(named.authority)"
                #expect(await connect(try RedisSettings(url: url))?.code == .tls)
            }
        }

        @Test("show a certificate of their own where the server asks for one", .enabled(if: Certificates.isPresent))
        func clientCertificates() async throws {
            let ours = try await Certificates(name: "IP:127.0.0.1")
            let other = try await Certificates(name: "IP:127.0.0.1")
            let server = try await RedisServer(ours.arguments + ["--tls-auth-clients", "yes"], usesTLS: true)
            let url = "rediss://127.0.0.1:\(server.port)?ssl_ca_certs=\(ours.authority)"
            func certificate(_ made: Certificates) -> String {
                "&ssl_certfile=\(made.folder.path)/server.crt&ssl_keyfile=\(made.folder.path)/server.key"
            }
            #expect(await connect(try RedisSettings(url: url + certificate(ours))) == nil)
            for refused in [url, url + certificate(other)] {
                // With TLS 1.3 it may be told only after the handshake.
                let code = await connect(try RedisSettings(url: refused))?.code
                #expect(code == .tls || code == .closed)
            }
        }

        @Test("end in time where nobody answers, or somebody else does")
        func deadlines() async throws {
            // Accepts, and says nothing.
            let silent = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: 0).get()
            let port = try #require(silent.localAddress?.port)
            let settings = RedisSettings(address: .tcp(host: "127.0.0.1", port: port))
            #expect(await connect(settings, within: .milliseconds(100))?.code == .timeout)
            var encrypted = settings
            encrypted.tls = RedisSettings.TLS()
            let error = await connect(encrypted, within: .milliseconds(100))
            #expect(error?.code == .timeout || error?.code == .tls)
            try await silent.close()
            #expect(await connect(settings)?.code == .unreachable)
            #expect(await connect(RedisSettings(address: .unixSocket(path: "/does/not/exist")))?.code == .unreachable)

            let talkative = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 400 Bad Request\r\n\r\n"), promise: nil)
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            let talkativePort = try #require(talkative.localAddress?.port)
            #expect(
                await connect(RedisSettings(address: .tcp(host: "127.0.0.1", port: talkativePort)))?.code == .violation
            )
            try await talkative.close()
        }

        @Test(
            "say to which node of a cluster to go",
            arguments: [
                ("MOVED 3999 127.0.0.1:6381", "127.0.0.1:6381"), ("MOVED 1 ::1:7000", "[::1]:7000"),
                ("MOVED 1 :7000", nil), ("MOVED 1", nil), ("MOVED 1 host:99999", nil),
            ]
        )
        func redirections(refusal: String, node: String?) {
            #expect(RedisLink.node(in: refusal)?.description == node)
        }

        @Test("follow a cluster to the node that has the keys")
        func cluster() async throws {
            let nodes = [
                try await RedisServer.clusterNode(hasAllSlots: false),
                try await RedisServer.clusterNode(hasAllSlots: true),
            ]
            // A node's other port is that of its bus.
            let bus = try #require(try await nodes[1].command("CONFIG", "GET", "cluster-port").elements?.last?.text)
            try await nodes[0].command("CLUSTER", "MEET", "127.0.0.1", "\(nodes[1].port)", bus)
            let instance = Instance(nodes[0].settings)
            instance.counter("requests_total", "a").inc(by: 4)
            try await eventually("the cluster is ready and has the value") {
                try? await instance.publisher.publish()
                let value = try? await RedisCollector(settings: nodes[1].settings).value(#"requests_total{label="a"}"#)
                return value == 4 ? true : nil
            }
            let collector = RedisCollector(settings: nodes[0].settings)
            try await eventually("a collector gets there too") {
                (try? await collector.value(#"requests_total{label="a"}"#)) == 4 ? true : nil
            }
        }
    }
#endif
