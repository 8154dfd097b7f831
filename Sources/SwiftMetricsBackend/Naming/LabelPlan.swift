#if SwiftMetrics
    import MetricsRuntime

    /// How the dimensions of a call become the values of a family's labels.
    ///
    /// Made once for each list of dimension names that is used with a metric; binding values is then a matter of
    /// picking them. A class, so that handing one out of a table costs no more than a reference.
    final class LabelPlan: Sendable {
        /// Where the value of one label comes from.
        private enum Source: Sendable {
            /// The dimension at that place.
            case dimension(Int)
            /// Several dimensions whose names became one; their values are joined.
            case dimensions([Int])
            /// The label was not given. Prometheus takes an empty value for no label.
            case none
        }

        /// The names of the dimensions, in the order of the call.
        let names: [String]
        let family: _MetricFamilyHandle
        let facts: MetricFacts
        private let sources: [Source]
        private let hasOpenLabelsAlone: Bool

        /// A plan for the labels of that family.
        init(names: [String], merged: MergedDimensions, family: _MetricFamilyHandle, facts: MetricFacts) {
            self.names = names
            self.family = family
            self.facts = facts
            let labels = family._descriptor.labels
            hasOpenLabelsAlone = labels.allSatisfy { $0.values == nil }
            sources = labels.map { label in
                guard let places = merged.places[label.name] else { return .none }
                return places.count == 1 ? .dimension(places[0]) : .dimensions(places)
            }
        }

        func fits(_ dimensions: [(String, String)]) -> Bool {
            guard names.count == dimensions.count else { return false }
            for (name, dimension) in zip(names, dimensions) where name != dimension.0 { return false }
            return true
        }

        /// The series with the values of these dimensions, made if there is none.
        func series(_ dimensions: [(String, String)]) -> RecordedSeries {
            let handle: _SeriesHandle
            if sources.isEmpty {
                handle = family._child0(0)
            } else {
                let values = sources.map { source in
                    switch source {
                    case .dimension(let place): dimensions[place].1
                    case .dimensions(let places): places.map { dimensions[$0].1 }.joined(separator: ";")
                    case .none: ""
                    }
                }
                handle = hasOpenLabelsAlone ? family._childN(0, values) : family._child(values: values)
            }
            return RecordedSeries(family: family, handle: handle, metric: facts)
        }
    }

    /// Which dimensions of a call make up each label.
    struct MergedDimensions {
        /// The places of the dimensions by the name of their label. Those whose names became one stand in the order of
        /// the original names, so that the order of the call does not matter.
        let places: [String: [Int]]

        init(_ names: [String], reserved: Set<String>) {
            // Of a dimension that is given twice the last value holds.
            var last: [String: Int] = [:]
            for (place, name) in names.enumerated() { last[name] = place }
            var places: [String: [Int]] = [:]
            for (name, place) in last.sorted(by: { $0.key < $1.key }) {
                places[PrometheusNames.label(name, reserved: reserved), default: []].append(place)
            }
            self.places = places
        }
    }
#endif
