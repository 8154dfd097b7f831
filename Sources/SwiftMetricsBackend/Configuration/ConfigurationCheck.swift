#if SwiftMetrics
    import MetricsRuntime

    extension MetricsBackendConfiguration {
        typealias Problem = MetricsBackendConfigurationError.Problem

        /// Every mistake, in a fixed order.
        var problems: [Problem] {
            var problems: [Problem] = []
            problems += Self.problems(ofBuckets: timerBuckets, "timerBuckets")
            problems += Self.problems(ofBuckets: recorderBuckets, "recorderBuckets")
            problems += Self.problems(ofBound: maxSeries, "maxSeries")
            problems += Self.problems(ofBound: maxLabelSets, "maxLabelSets")
            for (label, options) in metrics.sorted(by: { $0.key < $1.key }) {
                let key = "metrics[\"\(label)\"]"
                if let name = options.name, !PrometheusNames.isMetricName(name) {
                    problems.append(
                        Problem(
                            key: key + ".name",
                            value: "'\(name)'",
                            reason: "it is no Prometheus name",
                            remedy: "use letters, digits and underscores, no digit in front"
                        )
                    )
                }
                if let buckets = options.buckets { problems += Self.problems(ofBuckets: buckets, key + ".buckets") }
                if let bound = options.maxSeries { problems += Self.problems(ofBound: bound, key + ".maxSeries") }
            }
            return problems + definitionProblems
        }

        private var definitionProblems: [Problem] {
            var problems: [Problem] = []
            var labels: [String: MetricDescriptor] = [:]
            for definition in definitions {
                let key = "definitions[\"\(definition.name)\"]"
                if definition.type == .histogram {
                    problems += Self.problems(ofBuckets: definition.buckets, key + ".buckets", mayBeEmpty: true)
                }
                guard let label = definition.swiftMetricsLabel else { continue }
                if let other = labels[label], other.type == definition.type {
                    problems.append(
                        Problem(
                            key: key + ".swiftMetricsLabel",
                            value: "'\(label)'",
                            reason: "the definition '\(other.name)' of the same type names that label too",
                            remedy: "name each label in one definition"
                        )
                    )
                }
                labels[label] = definition
            }
            return problems
        }

        private static func problems(ofBuckets buckets: [Double], _ key: String, mayBeEmpty: Bool = false) -> [Problem]
        {
            func problem(_ reason: String, _ remedy: String) -> [Problem] {
                [Problem(key: key, value: "\(buckets)", reason: reason, remedy: remedy)]
            }
            // An infinite bound at the end is what everybody has in any case.
            let finite = buckets.last == .infinity ? buckets.dropLast() : buckets[...]
            if finite.isEmpty, !mayBeEmpty { return problem("there is no finite bound", "name at least one") }
            if let wrong = finite.first(where: { !$0.isFinite }) {
                return problem("\(wrong) is no bound", "use finite numbers; +Inf is added at the end")
            }
            if let place = finite.indices.dropFirst().first(where: { finite[$0] <= finite[$0 - 1] }) {
                return problem(
                    "\(finite[place]) comes after \(finite[place - 1])",
                    "sort the bounds and leave out what is there twice"
                )
            }
            return []
        }

        private static func problems(ofBound bound: Int, _ key: String) -> [Problem] {
            guard bound < 1 else { return [] }
            return [
                Problem(
                    key: key,
                    value: "\(bound)",
                    reason: "nothing could be recorded",
                    remedy: "use 1 or more"
                )
            ]
        }
    }
#endif
