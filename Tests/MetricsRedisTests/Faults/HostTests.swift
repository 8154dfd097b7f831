#if Redis
    import MetricsRuntime
    import Testing

    @testable import MetricsRedis

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// Instances in processes of their own.
    @Suite("Instances elsewhere", .enabled(if: RedisServer.isPresent, RedisServer.absence))
    struct HostTests {
        private static let probe = Program.product("RedisProbe")

        /// Waits until a probe says that it published; its process id and its identity.
        private func ready(_ program: Program) async throws -> (pid: String, instance: String) {
            try await eventually("the probe is ready") {
                try #require(program.exitCode == nil, "\(program.output)")
                return program.output.firstMatch(of: /ready (\d+) (.+)\n/).map { (String($0.1), String($0.2)) }
            }
        }

        @Test("killed without a word count on: sums stay, live gauges go with the lease, keys are tidied up")
        func killed() async throws {
            let server = try await RedisServer()
            let url = "redis://127.0.0.1:\(server.port)"
            var settings = server.settings
            settings.lease = .seconds(1)
            let collector = RedisCollector(settings: settings)
            let survivor = Instance(settings)
            survivor.counter("requests_total", "a").inc()
            try await survivor.running {
                for round in 1...2 {
                    let program = try Program(Self.probe, ["count", url, "gunicorn", "1", "10"])
                    _ = try await ready(program)
                    #expect(try await collector.value("probe_total") == Double(10 * round))
                    #expect(try await collector.text().contains("probe_alive{"))
                    program.send(SIGKILL)
                    try await program.end()
                    try await eventually("the dead one's gauge goes") {
                        let text = try await collector.text()
                        #expect(text.contains("probe_total \(10 * round)\n"))
                        return text.contains("probe_alive{") ? nil : true
                    }
                }
                try await eventually("the living one archives the dead") {
                    try await server.command("HLEN", "{gunicorn}:metrics:instances").number == 1 ? true : nil
                }
                #expect(try await collector.value("probe_total") == 20)
            }
        }

        @Test("take leave when they are told to end")
        func leaves() async throws {
            let server = try await RedisServer()
            let program = try Program(
                Self.probe,
                ["count", "redis://127.0.0.1:\(server.port)", "gunicorn", "300", "10"]
            )
            _ = try await ready(program)
            program.closeInput()
            #expect(try await program.end() == 0)
            #expect(try await server.command("HLEN", "{gunicorn}:metrics:instances").number == 0)
            #expect(try await RedisCollector(settings: server.settings).value("probe_total") == 10)
        }

        @Test(
            "on two hosts with the same process id are two",
            .enabled(if: NetworkNamespaces.arePossible, "needs root, ip and unshare")
        )
        func twoHosts() async throws {
            try await NetworkNamespaces.two { network in try await twoHosts(in: network) }
        }

        private func twoHosts(in network: NetworkNamespaces) async throws {
            let server = try await RedisServer(["--protected-mode", "no"], bind: "0.0.0.0")
            let programs = try network.names.enumerated().map { index, name in
                // A process-id namespace for each: the probe is process 1 in both.
                try Program(
                    "ip",
                    [
                        "netns", "exec", name, "unshare", "--pid", "--fork", "--kill-child", Self.probe, "count",
                        "redis://\(network.gateways[index]):\(server.port)", "gunicorn", "60", "\(100 + index)",
                    ]
                )
            }
            var identities: [(pid: String, instance: String)] = []
            for program in programs { identities.append(try await ready(program)) }
            #expect(identities.map(\.pid) == ["1", "1"])
            #expect(Set(identities.map(\.instance)).count == 2)
            let collector = RedisCollector(settings: server.settings)
            #expect(try await collector.value("probe_total") == 201)
            #expect(try await collector.text().split(separator: "\n").count { $0.hasPrefix("probe_alive{") } == 2)
            for program in programs { program.closeInput() }
            for program in programs { try await program.end() }
            #expect(try await collector.value("probe_total") == 201)
        }
    }

    /// Two hosts on this machine, each linked with it.
    struct NetworkNamespaces {
        static let arePossible = geteuid() == 0 && Program.find("ip") != nil && Program.find("unshare") != nil

        let names: [String]
        /// This machine's address as each host sees it.
        let gateways: [String]
        private let guests: [String]

        /// Makes two hosts, and removes them whatever becomes of the body.
        static func two(_ body: (NetworkNamespaces) async throws -> Void) async throws {
            let network = NetworkNamespaces()
            let result: Result<Void, any Error>
            do {
                try await network.make()
                result = .success(try await body(network))
            } catch {
                result = .failure(error)
            }
            for name in network.names { _ = try? await Program.run("ip", ["netns", "del", name]) }
            try result.get()
        }

        private init() {
            let tag = String(UInt32.random(in: 0..<1 << 20), radix: 36)
            names = (0..<2).map { "mr\(tag)\($0)" }
            // Out of 198.18.0.0/15, which is set aside for measurements of networks; so many that two runs rarely meet.
            let subnet = "198.\(Int.random(in: 18...19)).\(Int.random(in: 0...255))"
            let block = Int.random(in: 0..<63)
            gateways = (0..<2).map { "\(subnet).\(4 * (block + $0) + 1)" }
            guests = (0..<2).map { "\(subnet).\(4 * (block + $0) + 2)" }
        }

        private func make() async throws {
            for (index, name) in names.enumerated() {
                let (outside, inside) = ("\(name)o", "\(name)i")
                for words in [
                    "netns add \(name)", "link add \(outside) type veth peer name \(inside)",
                    "link set \(inside) netns \(name)", "addr add \(gateways[index])/30 dev \(outside)",
                    "link set \(outside) up", "-n \(name) addr add \(guests[index])/30 dev \(inside)",
                    "-n \(name) link set \(inside) up", "-n \(name) link set lo up",
                ] {
                    try await Program.run("ip", words.split(separator: " ").map { String($0) })
                }
            }
        }
    }
#endif
