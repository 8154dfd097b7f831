internal import BenchmarkMetrics
internal import MetricsRuntime

extension HotPathRow {
    static let keptOfSameSeries = "kept children of the same series"

    /// Static calls of metrics without open labels.
    static let closed: [HotPathRow] = [
        HotPathRow("static call, no labels", reference: keptOfSameSeries) {
            (
                increments(Plain.labels()),
                { count in
                    for _ in 0..<count { Plain.inc() }
                }
            )
        },
        HotPathRow("static call, 1 closed label", reference: keptOfSameSeries) {
            let methods = opaque([Method.get, .post, .delete, .patch])
            let (first, second, third, fourth) = (methods[0], methods[1], methods[2], methods[3])
            return (
                increments(
                    OneClosed.labels(method: first),
                    OneClosed.labels(method: second),
                    OneClosed.labels(method: third),
                    OneClosed.labels(method: fourth)
                ),
                { count in
                    for _ in 0..<count / group {
                        OneClosed.inc(method: first)
                        OneClosed.inc(method: second)
                        OneClosed.inc(method: third)
                        OneClosed.inc(method: fourth)
                    }
                }
            )
        },
        HotPathRow("static call, 2 closed labels", reference: keptOfSameSeries) {
            let methods = opaque([Method.get, .post, .delete, .patch])
            let (first, second, third, fourth) = (methods[0], methods[1], methods[2], methods[3])
            let outcome = opaque([Outcome.success, .failure])[0]
            return (
                increments(
                    TwoClosed.labels(method: first, outcome: outcome),
                    TwoClosed.labels(method: second, outcome: outcome),
                    TwoClosed.labels(method: third, outcome: outcome),
                    TwoClosed.labels(method: fourth, outcome: outcome)
                ),
                { count in
                    for _ in 0..<count / group {
                        TwoClosed.inc(method: first, outcome: outcome)
                        TwoClosed.inc(method: second, outcome: outcome)
                        TwoClosed.inc(method: third, outcome: outcome)
                        TwoClosed.inc(method: fourth, outcome: outcome)
                    }
                }
            )
        },
        HotPathRow("static call, 3 closed labels", reference: keptOfSameSeries) {
            let methods = opaque([Method.get, .post, .delete, .patch])
            let (first, second, third, fourth) = (methods[0], methods[1], methods[2], methods[3])
            let outcome = opaque([Outcome.success, .failure])[0]
            let tier = opaque([Tier.paid, .staff])[0]
            return (
                increments(
                    ThreeClosed.labels(method: first, outcome: outcome, tier: tier),
                    ThreeClosed.labels(method: second, outcome: outcome, tier: tier),
                    ThreeClosed.labels(method: third, outcome: outcome, tier: tier),
                    ThreeClosed.labels(method: fourth, outcome: outcome, tier: tier)
                ),
                { count in
                    for _ in 0..<count / group {
                        ThreeClosed.inc(method: first, outcome: outcome, tier: tier)
                        ThreeClosed.inc(method: second, outcome: outcome, tier: tier)
                        ThreeClosed.inc(method: third, outcome: outcome, tier: tier)
                        ThreeClosed.inc(method: fourth, outcome: outcome, tier: tier)
                    }
                }
            )
        },
    ]

    /// The same values, of which the optimiser knows nothing: label values come from outside in an app.
    @inline(never)
    static func opaque<Value>(_ values: [Value]) -> [Value] { values }
}
