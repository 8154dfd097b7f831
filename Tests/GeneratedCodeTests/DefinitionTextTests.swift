import Foundation
import MetricDefinitions
import MetricsGeneratorCore
import MetricsRuntime
import Testing

/// What generated code registers is what its definitions say, through the text that it holds them in.
@Suite struct DefinitionTextTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path

    private func model() throws -> ResolvedModel {
        let sources = try DefinitionSources.read([Self.folder + "/Definitions"])
        return try #require(DefinitionPipeline(registryName: "ShopMetrics").run(sources).model)
    }

    @Test func everyDefinitionArrivesWhole() throws {
        let defined = try model().metrics
        let registered = ShopMetrics.all
        #expect(registered.map(\.name) == defined.map(\.name))
        for (metric, descriptor) in zip(defined, registered) {
            #expect(descriptor.documentation == metric.documentation)
            #expect(descriptor.type.rawValue == metric.type.rawValue)
            #expect(descriptor.unit == metric.unit)
            #expect(descriptor.buckets == metric.buckets)
            #expect(descriptor.maxSeries == metric.maxSeries)
            #expect(descriptor.swiftMetricsLabel == metric.swiftMetricsLabel)
            if metric.type == .gauge {
                #expect(descriptor.multiprocessMode.rawValue == metric.multiprocessMode.rawValue)
            }
            let constants = metric.constantLabels.map { ($0.name, $0.value) }
            #expect(descriptor.constantLabels == Dictionary(constants) { first, _ in first })
            var labels = metric.labels.map { label in
                MetricDescriptor.Label(name: label.name, values: label.closedValues, maxValues: label.maxValues)
            }
            if metric.type == .stateset {
                labels.append(MetricDescriptor.Label(name: metric.name, values: metric.states.map(\.value)))
            }
            #expect(descriptor.labels == labels, "\(metric.name)")
        }
    }

    /// The goldens hold what is hard to write down.
    @Test func theyHoldOddText() throws {
        let odd = try #require(ShopMetrics.all.first { $0.name == "depot_odd_text" })
        #expect(odd.documentation.hasPrefix("Says \"no\" to C:\\new,\n\\(x), tabs\t, \u{A0} and 50 %;"))
        #expect(odd.documentation.hasSuffix(".  Two blanks, and one at the end: "))
        #expect(odd.labels.first?.values == ["a\\b", "\"", "a\nb", "a "])
        #expect(ShopMetrics.all.first { $0.name == "depot_visits_total" }?.swiftMetricsLabel == "depot.visits")
    }

    @Test func namesAreThoseOfTheDefinition() {
        #expect(DepotRequests.name == "depot_requests_total")
        #expect(DepotRequests.documentation == "Requests")
        #expect(DepotRequests.labelNames == ["method", "path", "cached", "status"])
        // The state of a state set is a label, and no argument.
        #expect(DepotDoor.labelNames == ["zone", "room"])
        #expect(DepotDoor.descriptor.labelNames == ["zone", "room", "depot_door"])
        #expect(Method.allValues == ["GET", "HEAD", "POST", "OTHER"])
    }

    /// Naming a metric makes no series of it.
    @Test func askingForANameExposesNothing() {
        MetricsRegistry.withIsolated { registry in
            #expect(Visits.name == "depot_visits_total")
            #expect(registry.collect().families.flatMap(\.values).isEmpty)
        }
    }
}

extension ResolvedLabel {
    fileprivate var maxValues: Int? {
        if case .open(_, let maxValues) = kind { maxValues } else { nil }
    }
}
