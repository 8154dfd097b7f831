#if Redis
    import MetricsRuntime
    import Testing

    @testable import MetricsRedis

    /// What is sent after replies were lost, refused, or said that the instance was archived.
    @Suite("What Redis is known to have")
    struct InstanceMirrorTests {
        private let registry = MetricsRegistry(storage: .memory)
        private let identity = RedisInstance(host: "h", name: "1", start: "s")

        private func counter(_ name: String, _ label: String = "a") -> CounterChild {
            CounterChild(registry.family(for: Instance.descriptor(name, .counter))._child1(0, label))
        }

        /// The values that are to be sent, by the page they are in.
        private func values(_ mirror: InstanceMirror) -> [Int: [String]] {
            Dictionary(grouping: mirror.pending, by: \.page).mapValues { $0.flatMap { $0.values.map(\.text) } }
        }

        /// A mirror of which Redis took everything up to now.
        private func settled() throws -> InstanceMirror {
            var mirror = InstanceMirror(instance: identity)
            mirror.prepare(registry.processSeries())
            for batch in mirror.pending {
                let lostAll = mirror.took(batch, epoch: "e")
                #expect(!lostAll)
            }
            return mirror
        }

        @Test("after lost replies the same is sent again, however often, and then what changed since")
        func resends() throws {
            let requests = counter("requests_total")
            requests.inc()
            var mirror = try settled()
            requests.inc()
            mirror.prepare(registry.processSeries())
            let sent = mirror.pending
            for _ in 0..<1000 {
                mirror.lostReplies()
                requests.inc()
            }
            #expect(mirror.pending.map(\.sequence) == sent.map(\.sequence))
            #expect(values(mirror) == [0: ["2.0"]])
            for batch in mirror.pending {
                let lostAll = mirror.took(batch, epoch: "e")
                #expect(!lostAll)
            }
            mirror.prepare(registry.processSeries())
            #expect(values(mirror) == [0: ["1002.0"]])
        }

        @Test("an instance that was archived goes on with what came after the last batch that counted")
        func archivedInDoubt() throws {
            for wasTaken in [true, false] {
                let requests = counter("requests_total", "\(wasTaken)")
                requests.inc(by: 10)
                var mirror = try settled()
                requests.inc(by: 100)
                mirror.prepare(registry.processSeries())
                let inDoubt = try #require(mirror.pending.last)
                mirror.lostReplies()
                requests.inc(by: 1000)
                mirror.wasArchived(after: wasTaken ? inDoubt.sequence : inDoubt.sequence - 1)
                #expect(mirror.instance != identity)
                mirror.prepare(registry.processSeries())
                let texts = try #require(values(mirror)[0])
                #expect(texts.contains(wasTaken ? "1000.0" : "1100.0"))
            }
        }

        @Test("a batch that was never sent counts as not taken, whatever number was archived")
        func archivedBeforeSending() throws {
            counter("requests_total").inc(by: 5)
            var mirror = InstanceMirror(instance: identity)
            mirror.prepare(registry.processSeries())
            mirror.wasArchived(after: 1000)
            mirror.prepare(registry.processSeries())
            #expect(values(mirror) == [0: ["5.0"]])
        }

        @Test("where one batch of several is refused, the others count as taken")
        func refusedInPart() throws {
            for index in 0..<InstanceMirror.pageSize + 1 { counter("requests_total", "\(index)").inc() }
            var mirror = try settled()
            for index in 0..<InstanceMirror.pageSize + 1 { counter("requests_total", "\(index)").inc() }
            mirror.prepare(registry.processSeries())
            let (first, second) = (mirror.pending[0], mirror.pending[1])
            mirror.refused(first)
            let lostAll = mirror.took(second, epoch: "e")
            #expect(!lostAll)
            mirror.wasArchived(after: second.sequence)
            mirror.prepare(registry.processSeries())
            #expect(values(mirror)[0]?.allSatisfy { $0 == "1.0" } == true)
            #expect(values(mirror)[1] == ["0.0"])
        }

        @Test("a batch in doubt that Redis calls old is sent once more, and counts as archived")
        func oldInDoubt() throws {
            let requests = counter("requests_total")
            requests.inc()
            var mirror = try settled()
            requests.inc()
            mirror.prepare(registry.processSeries())
            let batch = try #require(mirror.pending.first)
            mirror.lostReplies()
            mirror.isOld(batch, last: batch.sequence)
            #expect(mirror.pending.isEmpty)
            mirror.prepare(registry.processSeries())
            #expect(values(mirror) == [0: ["2.0"]])
            mirror.wasArchived(after: batch.sequence)
            mirror.prepare(registry.processSeries())
            #expect(values(mirror) == [0: ["0.0"]])
        }

        @Test("numbers go beyond those that somebody else used under the same identity")
        func foreignNumbers() throws {
            counter("requests_total").inc()
            var mirror = InstanceMirror(instance: identity)
            mirror.prepare(registry.processSeries())
            mirror.isOld(try #require(mirror.pending.first), last: 500)
            mirror.prepare(registry.processSeries())
            #expect(mirror.pending.map(\.sequence) == [501])
            #expect(values(mirror) == [0: ["1.0"]])
        }

        @Test("a Redis that lost everything gets everything, also what it had archived of this process")
        func lostEverything() throws {
            let requests = counter("requests_total")
            requests.inc(by: 10)
            var mirror = try settled()
            mirror.wasArchived(after: 1)
            requests.inc(by: 5)
            mirror.prepare(registry.processSeries())
            #expect(values(mirror) == [0: ["5.0"]])
            for batch in mirror.pending {
                let lostAll = mirror.took(batch, epoch: "another")
                #expect(lostAll)
            }
            mirror.prepare(registry.processSeries())
            #expect(values(mirror) == [0: ["15.0"]])
        }
    }
#endif
