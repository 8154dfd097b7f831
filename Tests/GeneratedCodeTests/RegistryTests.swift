import MetricsRuntime
import Testing

/// Every metric can be given a registry, and tests that run at the same time never see each other's numbers.
@Suite struct RegistryTests {
    /// What a library does that is handed a registry.
    private struct Library {
        let visits: Visits
        let requests: DepotRequests
        let door: DepotDoor
        let pick: Pick
        let build: BuildInfoOfDepot

        init(registry: MetricsRegistry) {
            visits = Visits(registry: registry)
            requests = DepotRequests(registry: registry)
            door = DepotDoor(registry: registry)
            pick = Pick(registry: registry)
            build = BuildInfoOfDepot(registry: registry)
        }

        func work() {
            visits.inc()
            requests.labels(method: .head, path: "/", cached: false, status: 200).inc(by: 2)
            door.set(.open, zone: .north, room: "1")
            pick.time(workerID: "1") {}
            build.set(version: "3")
        }
    }

    @Test func instancesWorkInTheirRegistryAlone() {
        MetricsRegistry.withIsolated { other in
            let registry = MetricsRegistry()
            let library = Library(registry: registry)
            library.work()
            #expect(library.visits.value() == 1)
            #expect(library.requests.value(method: .head, path: "/", cached: false, status: 200) == 2)
            #expect(library.door.isOn(.open, zone: .north, room: "1") == true)
            #expect(library.door.isOn(.shut, zone: .north, room: "1") == false)
            #expect(library.pick.existing(workerID: "1")?.count == 1)
            #expect(library.build.isSet(version: "3"))
            #expect(Visits.value() == nil)
            #expect(other.collect().families.flatMap(\.values).isEmpty)
            #expect(Set(registry.collect().families.map(\.name)).count == 5)
            library.door.remove(zone: .north, room: "1")
            library.requests.remove(method: .head, path: "/", cached: false, status: 200)
            #expect(registry.collect().values(of: "depot_door").isEmpty)
            #expect(registry.collect().values(of: "depot_requests_total").isEmpty)
        }
    }

    @Test(arguments: 1...20)
    func staticCallsInParallelTestsAreApart(times: Int) async {
        await MetricsRegistry.withIsolated { registry in
            await withTaskGroup { group in
                for _ in 0..<times {
                    group.addTask {
                        Visits.inc()
                        Pick.observe(1, workerID: "same")
                    }
                }
            }
            #expect(Visits.value() == Double(times))
            #expect(Pick.existing(workerID: "same")?.count == Double(times))
            #expect(registry.collect().values(of: "depot_visits_total").map(\.value) == [Double(times)])
        }
    }
}
