import MetricsRuntime
import Testing

/// The API of generated metrics of every type, called as apps call it.
@Suite struct GeneratedAPITests {
    @Test func counters() {
        MetricsRegistry.withIsolated { registry in
            DepotRequests.inc(method: .get, path: "/a", cached: true, status: 200)
            DepotRequests.inc(by: 2.5, method: .get, path: "/a", cached: true, status: 200)
            DepotRequests.inc(by: -1, method: .get, path: "/a", cached: true, status: 200)
            DepotRequests.inc(by: .nan, method: .get, path: "/a", cached: true, status: 200)
            #expect(DepotRequests.value(method: .get, path: "/a", cached: true, status: 200) == 3.5)
            #expect(DepotRequests.value(method: .get, path: "/a", cached: false, status: 200) == nil)
            let child = DepotRequests.labels(method: .other, path: "/b", cached: false, status: -1)
            child.inc()
            #expect(
                registry.collect().labels(of: "depot_requests_total") == [
                    ["cached": "true", "method": "GET", "path": "/a", "status": "200"],
                    ["cached": "false", "method": "OTHER", "path": "/b", "status": "-1"],
                ]
            )
            DepotRequests.remove(method: .get, path: "/a", cached: true, status: 200)
            #expect(DepotRequests.value(method: .get, path: "/a", cached: true, status: 200) == nil)
        }
    }

    @Test func countersWithoutLabels() {
        MetricsRegistry.withIsolated { _ in
            #expect(Visits.value() == nil)
            Visits.inc()
            Visits.labels().inc(by: 2)
            #expect(Visits.value() == 3)
        }
    }

    @Test func gauges() async {
        await MetricsRegistry.withIsolated { registry in
            Temperature.set(20, zone: .north)
            Temperature.inc(by: 2, zone: .north)
            Temperature.dec(zone: .north)
            #expect(Temperature.value(zone: .north) == 21)
            #expect(registry.collect().labels(of: "depot_temperature_celsius") == [["building": "7", "zone": "N-1"]])
            Temperature.setToCurrentTime(zone: .south)
            #expect((Temperature.value(zone: .south) ?? 0) > 1_000_000_000)
            Workers.trackInProgress { #expect(Workers.value() == 1) }
            await Workers.trackInProgress {
                await Task.yield()
                #expect(Workers.value() == 1)
            }
            #expect(Workers.value() == 0)
        }
    }

    @Test func mostRecentGauges() {
        MetricsRegistry.withIsolated { _ in
            LastAuditTimestamp.set(5, zone: .north)
            #expect(LastAuditTimestamp.value(zone: .north) == 5)
            LastAuditTimestamp.setToCurrentTime(zone: .north)
            #expect((LastAuditTimestamp.value(zone: .north) ?? 0) > 1_000_000_000)
        }
    }

    private struct Refused: Error, Equatable {}

    @Test func histograms() async throws {
        try await MetricsRegistry.withIsolated { registry in
            Pick.observe(0.25, workerID: "1")
            Pick.observe(.milliseconds(1500), workerID: "1")
            Pick.observe(.seconds(-1), workerID: "1")
            let result: Int = Pick.time(workerID: "1") { 7 }
            #expect(result == 7)
            #expect(throws: Refused.self) { try Pick.time(workerID: "1") { () throws(Refused) in throw Refused() } }
            try await Pick.time(workerID: "1") { try await Task.sleep(for: .zero) }
            let series = try #require(Pick.existing(workerID: "1"))
            #expect(series.count == 6)
            #expect(series.sum >= 1.75)
            #expect(Pick.existing(workerID: "2") == nil)
            let snapshot = registry.collect()
            #expect(
                snapshot.values(of: "depot_pick_seconds_bucket").map(\.labels["le"]) == ["0.5", "1.0", "2.0", "+Inf"]
            )
            Parcel.observe(2000)
            #expect(snapshot.values(of: "depot_pick_seconds_count").map(\.value) == [6])
        }
    }

    @Test func summaries() {
        MetricsRegistry.withIsolated { registry in
            Wait.observe(2, gate: 3)
            Wait.observe(.seconds(1), gate: 3)
            #expect(Wait.existing(gate: 3)?.count == 2)
            #expect(Wait.existing(gate: 3)?.sum == 3)
            #expect(registry.collect().labels(of: "depot_wait_seconds_sum") == [["gate": "3"]])
        }
    }

    @Test func infos() {
        MetricsRegistry.withIsolated { registry in
            #expect(!BuildInfoOfDepot.isSet(version: "1"))
            BuildInfoOfDepot.set(version: "1")
            #expect(BuildInfoOfDepot.isSet(version: "1"))
            #expect(registry.collect().values(of: "depot_build_info").map(\.value) == [1])
            BuildInfoOfDepot.removeAll()
            BuildInfoOfDepot.labels(values: ["2"]).set()
            #expect(registry.collect().labels(of: "depot_build_info") == [["version": "2"]])
        }
    }

    @Test func stateSets() {
        MetricsRegistry.withIsolated { registry in
            #expect(DepotDoor.isOn(.open, zone: .south, room: "7") == nil)
            DepotDoor.set(.open, zone: .south, room: "7")
            DepotDoor.set(.halfOpen, zone: .south, room: "7")
            #expect(DepotDoor.isOn(.open, zone: .south, room: "7") == false)
            #expect(DepotDoor.isOn(.halfOpen, zone: .south, room: "7") == true)
            let samples = registry.collect().values(of: "depot_door")
            #expect(samples.map(\.labels["depot_door"]) == ["open", "half-open", "shut"])
            #expect(samples.map(\.value) == [0, 1, 0])
            DepotDoor.set(.shut, to: true, zone: .south, room: "7")
            #expect(DepotDoor.isOn(.halfOpen, zone: .south, room: "7") == true)
            let child = DepotDoor.labels(zone: .south, room: "7")
            child.set(.open)
            #expect(DepotDoor.State.allCases.map { child.isOn($0) } == [true, false, false])
            DepotDoor.labels(values: ["S 1", "7"]).set(.shut)
            #expect(DepotDoor.State.allCases.map { child.isOn($0) } == [false, false, true])
            DepotDoor.remove(zone: .south, room: "7")
            #expect(registry.collect().values(of: "depot_door").isEmpty)
            // Equal states are one type.
            Gate.set(DepotDoor.State.shut)
            #expect(Gate.isOn(.shut) == true)
        }
    }

    @Test func unknowns() {
        MetricsRegistry.withIsolated { _ in
            Meter.set(-4, serial: "x")
            #expect(Meter.value(serial: "x") == -4)
        }
    }

    @Test func closedSetsTakeAnyText() {
        #expect(Method("POST") == .post)
        #expect(Method("BREW") == .other)
        #expect(Method("BREW").value == "OTHER")
        #expect(Zone("S 1") == .south)
        #expect(Zone("east") == nil)
        #expect(Method.allCases.map(\.value) == Method.allValues)
    }

    @Test func equalClosedSetsAreOneType() {
        #expect(Origin.self == Zone.self && Destination.self == Zone.self)
        MetricsRegistry.withIsolated { registry in
            let places: [Zone] = [.north, .south]
            HiddenTransfers.inc(origin: places[0], destination: places[1])
            #expect(HiddenTransfers.value(origin: Origin.north, destination: Destination.south) == 1)
            let labels = registry.collect().labels(of: "hidden_transfers_total")
            #expect(labels == [["origin": "N-1", "destination": "S 1"]])
        }
    }

    @Test func genericCodeReadsWhatAMetricIs() {
        func describe(_ metric: (some Metric).Type) -> String {
            "\(metric.name) \(metric.labelNames) \(metric.documentation)"
        }
        #expect(describe(Wait.self) == "depot_wait_seconds [\"gate\"] Time at the gate")
        #expect(Wait.descriptor.type == .summary)
        #expect(Parcel.descriptor.buckets == [1024, 4096, 16384])
        #expect(HiddenRequests.labelNames == ["method"])
    }

    @Test func theRegistryListsEverything() {
        #expect(ShopMetrics.depot.map(\.name).contains("depot_order_count_total"))
        #expect(ShopMetrics.all.count == ShopMetrics.depot.count + ShopMetrics.hidden.count + ShopMetrics.shop.count)
        let registry = MetricsRegistry()
        ShopMetrics.register(in: registry)
        #expect(registry.collect().values(of: "depot_visits_total").map(\.value) == [0])
    }
}
