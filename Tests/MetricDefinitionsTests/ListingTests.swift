import MetricDefinitions
import Testing

@Suite struct ListingTests {
    private let result = run(
        """
        label_sets:
          method: {documentation: How it was paid, values: [card, cash], other: other}
        metrics:
          - {name: shop_orders_total, type: counter, documentation: Orders paid, labels: [method, queue]}
          - name: shop_wait_seconds
            type: histogram
            documentation: Time in the queue
            unit: seconds
            labels: [method]
            buckets: [1, 2]
          - {name: shop_open, type: gauge, documentation: Orders not yet sent, labels: [{name: shelf, max_values: 9}]}
          - {name: shop_door, type: stateset, documentation: The front one, states: [open, shut]}
        """
    )

    @Test func table() throws {
        let model = try #require(result.model, "\(result.text)")
        #expect(
            MetricListing.table(model, sources: result.report.sources) == """
                NAME               TYPE       LABELS              SERIES  DEFINED AT
                shop_orders_total  counter    method{3} queue{*}  ≤10003  example.yaml:4:12
                shop_wait_seconds  histogram  method{3}           15      example.yaml:5:11
                shop_open          gauge      shelf{≤9}           ≤10     example.yaml:11:12
                shop_door          stateset   -                   2       example.yaml:12:12

                """
        )
    }

    @Test func jsonHasWhatWasDecided() throws {
        let model = try #require(result.model, "\(result.text)")
        guard case .array(let metrics) = MetricListing.json(model, sources: result.report.sources) else { return }
        #expect(
            metrics.last?.line == """
                {"name":"shop_door","type":"stateset","documentation":"The front one","swiftName":"ShopDoor",\
                "access":"public","labels":[],"states":["open","shut"],"maxSeries":10000,\
                "series":{"count":2,"isExact":true},"definedAt":{"file":"example.yaml","line":12,"column":12}}
                """
        )
    }
}
