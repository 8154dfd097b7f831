#if Redis
    import MetricsRuntime
    import Testing

    @testable import MetricsRedis

    @Suite("Publishing", .enabled(if: RedisServer.isPresent, RedisServer.absence))
    struct PublishingTests {
        @Test("what instances count is merged, and sums never fall when they leave")
        func mergesAndArchives() async throws {
            let server = try await RedisServer()
            let collector = RedisCollector(settings: server.settings)
            #expect(try await collector.text() == "")
            let first = Instance(server.settings)
            let second = Instance(server.settings)
            first.counter("requests_total", "a").inc(by: 3)
            second.counter("requests_total", "a").inc(by: 0.5)
            first.histogram("latency", "a").observe(2)
            second.histogram("latency", "a").observe(20)
            first.gauge("workers", .livesum, "a").set(1)
            second.gauge("workers", .livesum, "a").set(1)
            try await first.publisher.publish()
            try await second.publisher.publish()
            #expect(try await collector.value(#"requests_total{label="a"}"#) == 3.5)
            #expect(try await collector.value(#"workers{label="a"}"#) == 2)
            try await second.running {}
            #expect(try await collector.value(#"requests_total{label="a"}"#) == 3.5)
            #expect(try await collector.value(#"workers{label="a"}"#) == 1)
            #expect(try await collector.value(#"latency_bucket{label="a",le="10.0"}"#) == 1)
            #expect(try await collector.value(#"latency_count{label="a"}"#) == 2)
            #expect(try await collector.value(#"latency_sum{label="a"}"#) == 22)
            try await first.running {}
            #expect(try await collector.value(#"requests_total{label="a"}"#) == 3.5)
            #expect(try await collector.value(#"workers{label="a"}"#) == nil)
            // Beside the archive's: format, epoch, how many were archived, and for a while which two.
            let keys = try #require(try await server.command("KEYS", "*").elements).compactMap(\.text)
            #expect(keys.count { !$0.contains(":archive:") } == 5)
            #expect(keys.count <= 5 + 64)
        }

        @Test("only what changed is sent, in one round trip")
        func sendsChanges() async throws {
            let server = try await RedisServer()
            let instance = Instance(server.settings)
            for index in 0..<2500 { instance.counter("requests_total", "\(index)").inc() }
            try await instance.publisher.publish()
            let sets = try await server.calls("hset")
            let evals = try await server.calls("eval")
            #expect(evals == 3)
            for _ in 0..<10 {
                instance.counter("requests_total", "7").inc()
                try await instance.publisher.publish()
            }
            #expect(try await server.calls("eval") == evals + 10)
            #expect(try await server.calls("hset") <= sets + 30)
            let collector = RedisCollector(settings: server.settings)
            #expect(try await collector.value(#"requests_total{label="7"}"#) == 11)
        }

        @Test("a series that is removed is removed, and one that comes back begins anew")
        func removal() async throws {
            let server = try await RedisServer()
            let instance = Instance(server.settings)
            let collector = RedisCollector(settings: server.settings)
            let family = instance.registry.family(for: Instance.descriptor("requests_total", .counter))
            instance.counter("requests_total", "a").inc(by: 5)
            instance.counter("requests_total", "b").inc(by: 7)
            try await instance.publisher.publish()
            family._remove1(0, "a")
            try await instance.publisher.publish()
            #expect(try await collector.value(#"requests_total{label="a"}"#) == nil)
            #expect(try await collector.value(#"requests_total{label="b"}"#) == 7)
            instance.counter("requests_total", "a").inc(by: 2)
            try await instance.publisher.publish()
            #expect(try await collector.value(#"requests_total{label="a"}"#) == 2)
        }

        @Test("an instance that was taken for dead comes back, and nothing counts twice")
        func comesBack() async throws {
            let server = try await RedisServer()
            var settings = server.settings
            settings.lease = .milliseconds(100)
            let instance = Instance(settings)
            let collector = RedisCollector(settings: settings)
            let archivist = RedisArchivist(settings)
            for round in 1...3 {
                instance.counter("requests_total", "a").inc(by: 10)
                instance.gauge("total", .sum, "a").inc(by: 2)
                instance.gauge("each", .all, "a").set(Double(round))
                try await instance.publisher.publish()
                try await eventually("the lease ends and the instance is archived") {
                    try await archivist.reap() == 1 ? true : nil
                }
                #expect(try await collector.value(#"requests_total{label="a"}"#) == Double(10 * round))
                #expect(try await collector.value(#"total{label="a"}"#) == Double(2 * round))
            }
            instance.counter("requests_total", "a").inc()
            try await instance.publisher.publish()
            #expect(try await collector.value(#"requests_total{label="a"}"#) == 31)
            #expect(try await collector.value(#"total{label="a"}"#) == 6)
            // The dead start's gauge gives way to that of the living one.
            let each = try await collector.text().split(separator: "\n").filter { $0.hasPrefix("each{") }
            #expect(each.count == 1)
            #expect(each.first?.hasSuffix(" 3") == true)
        }

        @Test("a registry in files sends what this process counted, not what it found there")
        func inheritedValues() async throws {
            let server = try await RedisServer()
            let folder = try TestFolder()
            let settings = server.settings
            let descriptor = Instance.descriptor("requests_total", .counter)
            for round in 1...3 {
                let registry = MetricsRegistry(storage: .directory(folder.path))
                CounterChild(registry.family(for: descriptor)._child1(0, "a")).inc(by: 5)
                let publisher = RedisPublisher(registry: registry, settings: settings)
                let task = Task { try await publisher.run() }
                try await publisher.publish()
                task.cancel()
                try await task.value
                let collector = RedisCollector(settings: settings)
                #expect(try await collector.value(#"requests_total{label="a"}"#) == Double(5 * round))
                #expect(registry.directory == folder.path)
            }
        }

        @Test(
            "a prefix may hold any character, and shares nothing with another",
            arguments: [
                "gunicorn:prod", "}", "{", "{}a", "a}b{c", "*?[a]\\", " \n\r\0", "%7b", "ü📈",
            ]
        )
        func prefixes(prefix: String) async throws {
            // A node of a cluster, which refuses scripts over keys that do not hash alike.
            let server = try await RedisServer.clusterNode(hasAllSlots: true)
            var settings = server.settings
            settings.keyPrefix = prefix
            let instance = Instance(settings)
            let other = Instance(server.settings)
            instance.counter("requests_total", "a").inc(by: 3)
            other.counter("requests_total", "a").inc(by: 100)
            try await instance.publisher.publish()
            try await other.publisher.publish()
            #expect(try await RedisCollector(settings: settings).value(#"requests_total{label="a"}"#) == 3)
            // All keys of a prefix hash alike.
            let keys = try #require(try await server.command("KEYS", "*").elements).compactMap(\.text)
            var slots: [String: Set<Int64>] = [:]
            for key in keys where key.contains(":metrics:") {
                let slot = try #require(try await server.command("CLUSTER", "KEYSLOT", key).number)
                slots[key.hasPrefix("{gunicorn}:") ? "other" : "ours", default: []].insert(slot)
            }
            #expect(slots["ours"]?.count == 1)
            #expect(slots["other"]?.count == 1)
        }

        @Test("a format that is not known is refused by name, and left alone")
        func unknownFormat() async throws {
            let server = try await RedisServer()
            try await server.command("SET", "{gunicorn}:metrics:format", "9")
            let instance = Instance(server.settings)
            instance.counter("requests_total", "a").inc()
            for attempt in [
                { try await instance.publisher.publish() },
                { _ = try await RedisCollector(settings: server.settings).collect() },
            ] {
                let error = await #expect(throws: RedisError.self) { try await attempt() }
                #expect(error?.code == .format)
                #expect(error?.description.contains(#"version "9" in key "{gunicorn}:metrics:format""#) == true)
            }
            #expect(try await server.keyCount() == 1)
        }

        @Test("a filter shows one host's or one name's instances alone")
        func filters() async throws {
            let server = try await RedisServer()
            let instances = [("a", "1"), ("a", "2"), ("b/ %", "1")].map {
                Instance(server.settings, as: RedisInstance(host: $0.0, name: $0.1, start: "x"))
            }
            for (index, instance) in instances.enumerated() {
                instance.counter("requests_total").inc(by: [1, 10, 100][index])
                try await instance.publisher.publish()
            }
            func value(_ filter: RedisInstanceFilter) async throws -> Double? {
                var configuration = RedisCollectorConfiguration()
                configuration.filter = filter
                return try await RedisCollector(settings: server.settings, configuration: configuration)
                    .value(#"requests_total{label=""}"#)
            }
            #expect(try await value(.all) == 111)
            #expect(try await value(.instances(host: "a")) == 11)
            #expect(try await value(.instances(host: "b/ %")) == 100)
            #expect(try await value(.instances(name: "1")) == 101)
            #expect(try await value(.instances(host: "a", name: "2")) == 10)
            #expect(try await value(.instances(host: "c")) == nil)
        }

        @Test("reading everything at once gives the same")
        func transaction() async throws {
            let server = try await RedisServer()
            let (living, dead) = (Instance(server.settings), Instance(server.settings))
            for instance in [living, dead] {
                instance.counter("requests_total", "a").inc()
                instance.gauge("each", .all, "a").set(1)
                try await instance.publisher.publish()
            }
            try await dead.running {}
            let reader = RedisReader(
                link: RedisLink(server.settings),
                keys: RedisKeys(prefix: "gunicorn"),
                address: server.settings.address
            )
            let one = try #require(try await reader.read(.all, atOnce: false)).sources()
            let other = try #require(try await reader.read(.all, atOnce: true)).sources()
            #expect(one.count == 4)
            #expect(one.map(\.name) == other.map(\.name))
            #expect(one.map(\.bytes) == other.map(\.bytes))
        }

        @Test("collectors miss nothing and count nothing twice while instances come, die and are archived")
        func scrapesDuringArchiving() async throws {
            let server = try await RedisServer()
            let total = 60
            let done = Task {
                for _ in 0..<total {
                    let instance = Instance(server.settings)
                    instance.counter("requests_total", "a").inc()
                    try await instance.publisher.publish()
                    try await instance.running {}
                }
            }
            let collector = RedisCollector(settings: server.settings)
            var last = 0.0
            while last < Double(total) {
                let value = try await collector.value(#"requests_total{label="a"}"#) ?? 0
                #expect(value >= last)
                last = value
                if last > Double(total) { break }
            }
            try await done.value
            #expect(last == Double(total))
        }
    }
#endif
