#if Redis
    import MetricsRuntime
    import Testing

    @testable import MetricsRedis

    @Suite("Outages", .enabled(if: RedisServer.isPresent, RedisServer.absence))
    struct OutageTests {
        private static let sample = #"requests_total{label="a"}"#

        private func failures(of instance: Instance) -> [String] {
            instance.registry.collect().families.filter { $0.name == "metrics_redis_failures" }.map(\.name)
        }

        @Test("a Redis that is killed and comes back empty gets everything again; one line is logged")
        func killedAndRestartedEmpty() async throws {
            let server = try await RedisServer()
            let instance = Instance(server.settings)
            let collector = RedisCollector(settings: server.settings)
            let counter = instance.counter("requests_total", "a")
            try await instance.running {
                for round in 1...3 {
                    counter.inc(by: 10)
                    try await eventually("Redis has it") {
                        (try? await collector.value(Self.sample)) == Double(10 * round) ? true : nil
                    }
                    try await server.kill()
                    try await eventually("the failure is noticed") {
                        instance.log.lines.count { $0.hasPrefix("error") } == round ? true : nil
                    }
                    let error = await #expect(throws: RedisError.self) { try await collector.collect() }
                    #expect(error?.code == .closed || error?.code == .unreachable)
                    #expect(!failures(of: instance).isEmpty)
                    try await server.start()
                    try await eventually("Redis has everything again") {
                        (try? await collector.value(Self.sample)) == Double(10 * round) ? true : nil
                    }
                    try await eventually("the recovery is logged") {
                        instance.log.lines.count == 2 * round ? true : nil
                    }
                }
            }
        }

        @Test("a Redis that comes back with what it had saved some time ago is brought up to date")
        func restartedWithOldData() async throws {
            let server = try await RedisServer(["--dbfilename", "old.rdb"])
            let instance = Instance(server.settings)
            let dead = Instance(server.settings)
            dead.counter("requests_total", "a").inc(by: 1000)
            try await dead.publisher.publish()
            try await dead.running {}
            let counter = instance.counter("requests_total", "a")
            counter.inc()
            try await instance.publisher.publish()
            try await server.command("SAVE")
            for index in 0..<1200 {
                counter.inc()
                instance.counter("other_total", "\(index)").inc()
                try await instance.publisher.publish()
                if index > 3 { break }
            }
            try await server.kill()
            try await server.start()
            let collector = RedisCollector(settings: server.settings)
            #expect(try await collector.value(Self.sample) == 1001)
            try await eventually("it is up to date") {
                try? await instance.publisher.publish()
                return try await collector.value(Self.sample) == 1006 ? true : nil
            }
            #expect(try await collector.value(#"other_total{label="4"}"#) == 1)
        }

        @Test("a Redis that saves what it gets has archives after a restart, too")
        func restartedWithItsData() async throws {
            let server = try await RedisServer(["--appendonly", "yes", "--appendfsync", "always"])
            let dead = Instance(server.settings)
            dead.counter("requests_total", "a").inc(by: 1000)
            try await dead.running {}
            let instance = Instance(server.settings)
            let collector = RedisCollector(settings: server.settings)
            let counter = instance.counter("requests_total", "a")
            try await instance.running {
                for round in 1...2 {
                    counter.inc()
                    try await server.kill()
                    counter.inc()
                    try await server.start()
                    try await eventually("everything is there again") {
                        (try? await collector.value(Self.sample)) == Double(1000 + 2 * round) ? true : nil
                    }
                }
            }
            #expect(try await collector.value(Self.sample) == 1004)
        }

        @Test("after a connection is made nobody is called dead before the living had time to come back")
        func patience() async throws {
            let server = try await RedisServer()
            var settings = server.settings
            settings.lease = .milliseconds(20)
            let dead = Instance(settings)
            dead.counter("requests_total", "a").inc()
            try await dead.publisher.publish()
            let keys = RedisKeys(prefix: settings.keyPrefix)
            let waiting = Instance(settings) { $0.longestPause = .seconds(3600) }
            try await waiting.running {
                try await eventually("twenty rounds passed") {
                    let entry = try await server.command("HGET", keys.instances, "\(waiting.publisher.instance)").text
                    let last = entry?.split(separator: " ").last.flatMap { Int($0) } ?? 0
                    return last > 20 ? true : nil
                }
                #expect(try await server.command("EXISTS", keys.lease("\(dead.publisher.instance)")) == .integer(0))
                #expect(try await server.command("HLEN", keys.instances) == .integer(2))
            }
            let reaping = Instance(settings)
            try await reaping.running {
                try await eventually("one that waits less archives it") { () -> Bool? in
                    let isThere = try await server.command("HEXISTS", keys.instances, "\(dead.publisher.instance)")
                    return isThere == .integer(0) ? true : nil
                }
            }
        }

        @Test("a page that was evicted is sent again")
        func evicted() async throws {
            let server = try await RedisServer()
            let instance = Instance(server.settings)
            let collector = RedisCollector(settings: server.settings)
            for label in ["a", "b"] { instance.counter("requests_total", label).inc() }
            try await instance.publisher.publish()
            try await server.command("DEL", RedisKeys(prefix: "gunicorn").page("\(instance.publisher.instance)", 0))
            #expect(try await collector.value(Self.sample) == nil)
            instance.counter("requests_total", "b").inc()
            try await instance.publisher.publish()
            #expect(try await collector.value(Self.sample) == 1)
        }

        @Test("a Redis at its maxmemory changes nothing, and takes everything as soon as it has room")
        func full() async throws {
            let server = try await RedisServer()
            let instance = Instance(server.settings)
            let collector = RedisCollector(settings: server.settings)
            let counter = instance.counter("requests_total", "a")
            counter.inc()
            try await instance.publisher.publish()
            try await server.command("CONFIG", "SET", "maxmemory", "1")
            counter.inc()
            for index in 0..<100 { instance.counter("other_total", "\(index)").inc() }
            let error = await #expect(throws: RedisError.self) { try await instance.publisher.publish() }
            #expect(error?.code == .full)
            #expect(try await collector.value(Self.sample) == 1)
            #expect(instance.log.lines.count == 1)
            try await server.command("CONFIG", "SET", "maxmemory", "0")
            try await instance.publisher.publish()
            #expect(try await collector.value(Self.sample) == 2)
            #expect(try await collector.value(#"other_total{label="99"}"#) == 1)
            // Archiving frees memory, and so goes on without any.
            try await server.command("CONFIG", "SET", "maxmemory", "1")
            try await instance.running {}
            #expect(try await collector.value(Self.sample) == 2)
            #expect(try await server.command("HLEN", RedisKeys(prefix: "gunicorn").instances) == .integer(0))
        }

        @Test("a Redis that does not answer for a while gets everything afterwards, and nothing twice")
        func paused() async throws {
            let server = try await RedisServer()
            let instance = Instance(server.settings) { $0.commandTimeout = .milliseconds(100) }
            let collector = RedisCollector(settings: server.settings)
            let counter = instance.counter("requests_total", "a")
            counter.inc()
            try await instance.publisher.publish()
            try await server.command("CLIENT", "PAUSE", "1500", "ALL")
            counter.inc(by: 5)
            var codes: Set<String> = []
            for _ in 0..<5 {
                do throws(RedisError) { try await instance.publisher.publish() } catch { codes.insert("\(error.code)") }
                counter.inc()
            }
            #expect(codes.contains("timeout"))
            #expect(instance.log.lines.count { $0.hasPrefix("error") } == 1)
            try await eventually("Redis answers again") {
                do throws(RedisError) { try await instance.publisher.publish() } catch { return nil as Bool? }
                return true
            }
            // Whatever arrived late was of no effect.
            #expect(try await collector.value(Self.sample) == 11)
            try await instance.publisher.publish()
            #expect(try await collector.value(Self.sample) == 11)
        }

        @Test("an instance that was cut off while it was archived sends no more than what it counted since")
        func archivedWhileCutOff() async throws {
            let server = try await RedisServer()
            var settings = server.settings
            settings.lease = .milliseconds(50)
            let instance = Instance(settings) { $0.commandTimeout = .milliseconds(100) }
            let counter = instance.counter("requests_total", "a")
            counter.inc(by: 10)
            try await instance.publisher.publish()
            // The reply to this batch never comes, but Redis takes it later.
            try await server.command("CLIENT", "PAUSE", "400", "ALL")
            counter.inc(by: 100)
            let error = await #expect(throws: RedisError.self) { try await instance.publisher.publish() }
            #expect(error?.code == .timeout)
            let archivist = RedisArchivist(settings)
            try await eventually("the instance is archived") { try await archivist.reap() == 1 ? true : nil }
            let collector = RedisCollector(settings: settings)
            let archived = try #require(try await collector.value(Self.sample))
            #expect(archived == 10 || archived == 110)
            counter.inc(by: 1000)
            try await eventually("it comes back") {
                do throws(RedisError) { try await instance.publisher.publish() } catch { return nil as Bool? }
                return true
            }
            #expect(try await collector.value(Self.sample) == 1110)
        }

        /// One that waited for Redis would run into the time limit: nobody ends the pause.
        @Test("shutting down ends in time where Redis is gone", .timeLimit(.minutes(5)))
        func shutdownWithoutRedis() async throws {
            let server = try await RedisServer()
            let instance = Instance(server.settings) { $0.shutdownTimeout = .milliseconds(300) }
            instance.counter("requests_total", "a").inc()
            try await instance.publisher.publish()
            try await server.command("CLIENT", "PAUSE", "3600000", "ALL")
            instance.counter("requests_total", "a").inc()
            try await instance.running {}
            try await server.kill()
        }

        @Test("10^6 updates through kills, pauses and a full Redis: exact totals for those alive")
        func millionUpdates() async throws {
            let server = try await RedisServer()
            let instances = (0..<4).map { _ in Instance(server.settings) { $0.commandTimeout = .milliseconds(200) } }
            let runs = instances.map { instance in Task { try await instance.publisher.run() } }
            let perInstance = 250_000
            let writers = Task {
                await withTaskGroup(of: Void.self) { group in
                    for instance in instances {
                        group.addTask {
                            let counter = instance.counter("requests_total", "a")
                            let histogram = instance.histogram("latency", "a")
                            for index in 0..<perInstance {
                                counter.inc()
                                if index % 100 == 0 {
                                    histogram.observe(Double(index % 20))
                                    await Task.yield()
                                }
                            }
                        }
                    }
                }
            }
            let collector = RedisCollector(settings: server.settings)
            for round in 0..<3 {
                switch round {
                case 0: try await server.command("CLIENT", "PAUSE", "300", "ALL")
                case 1: try await server.command("CONFIG", "SET", "maxmemory", "1")
                default:
                    try await server.kill()
                    try await server.start()
                }
                try await eventually("updates and rounds go on") {
                    instances.allSatisfy { $0.counter("requests_total", "a").value > Double(round) } ? true : nil
                }
                if round == 1 { try await server.command("CONFIG", "SET", "maxmemory", "0") }
            }
            await writers.value
            try await server.kill()
            try await server.start()
            let total = Double(perInstance * instances.count)
            try await eventually("the total is exact") {
                (try? await collector.value(Self.sample)) == total ? true : nil
            }
            try await eventually("the histograms are, too") {
                (try? await collector.value(#"latency_count{label="a"}"#)) == total / 100 ? true : nil
            }
            for run in runs { run.cancel() }
            for run in runs { try await run.value }
            #expect(try await collector.value(Self.sample) == total)
        }
    }
#endif
