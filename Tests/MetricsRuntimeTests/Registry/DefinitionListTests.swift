import MetricsRuntime
import Testing

@Suite("Definitions as text")
struct DefinitionListTests {
    enum Text: _MetricDefinitions {
        static func define(_ list: inout _MetricDefinitionList) {
            list.add(
                """
                set Method
                value GET
                value a\\\\b \\n c
                counter text_requests_total
                help Requests, all of them
                max_series 10
                swift_metrics_label http.requests
                closed method Method
                bounded path 5
                bool cached
                constant team one two
                gauge text_level
                help Level
                mode livemax
                label zone
                histogram text_seconds
                help Time
                unit seconds
                buckets 0.5 1 2.5
                stateset text_door
                help Door
                label room
                state open
                state half open
                word of a newer generator
                """
            )
        }
    }

    enum Calls: _MetricDefinitions {
        static func define(_ list: inout _MetricDefinitionList) {
            list.counter("text_requests_total", "Requests, all of them", unit: "", maxSeries: 10)
            list.swiftMetricsLabel("http.requests")
            list.closedLabel("method", ["GET", "a\\b \n c"])
            list.label("path", maxValues: 5)
            list.closedLabel("cached", ["false", "true"])
            list.constantLabel("team", "one two")
            list.gauge("text_level", "Level", unit: "", mode: .livemax, maxSeries: 10_000)
            list.label("zone")
            list.histogram("text_seconds", "Time", unit: "seconds", buckets: [0.5, 1, 2.5], maxSeries: 10_000)
            list.stateset("text_door", "Door", states: ["open", "half open"], maxSeries: 10_000)
            list.label("room")
        }
    }

    @Test("Text says the same as calls")
    func textIsCalls() {
        let text = _MetricDefinitionList.descriptors(Text.self)
        #expect(text.count == 4)
        #expect(text == _MetricDefinitionList.descriptors(Calls.self))
    }

    enum Broken: _MetricDefinitions {
        static func define(_ list: inout _MetricDefinitionList) {
            list.add(
                "help of nothing\nlabel x\nstate y\nvalue z\n\ncounter\ncounter broken\nbounded a\nbuckets x\nmode y"
            )
        }
    }

    @Test("What no generator writes does no harm")
    func brokenText() {
        #expect(_MetricDefinitionList.descriptors(Broken.self).map(\.name) == ["", "broken"])
    }
}
