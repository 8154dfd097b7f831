/// What every generated metric is: a name, a help text, its labels and the family that holds its series.
///
/// Generic code is written over this protocol and its refinements; apps use the members of their generated types,
/// where a wrong label does not compile.
public protocol Metric: Sendable {
    /// No API: the family in the registry that a static call goes to.
    static var _family: _MetricFamilyHandle { get }
}

extension Metric {
    /// The full name as it is defined.
    public static var name: String { descriptor.name }

    /// The help text.
    public static var documentation: String { descriptor.documentation }

    /// The names of the labels, in the order of the Swift arguments.
    ///
    /// The label that holds the state of a state set is no argument.
    public static var labelNames: [String] {
        let descriptor = descriptor
        return descriptor.type == .stateset ? descriptor.labelNames.dropLast() : descriptor.labelNames
    }

    /// Everything that the definition says about this metric.
    public static var descriptor: MetricDescriptor { _family._descriptor }

    /// Removes the series with these label values, given in the order of `labelNames`.
    ///
    /// It is gone from the next exposition. Does nothing where there is no such series.
    public static func remove(values: [String]) { _family._remove(values: values) }

    /// Removes every series of this metric that the process made.
    public static func removeAll() { _family._removeAll() }
}

/// A metric that only goes up.
public protocol CounterMetric: Metric {}

extension CounterMetric {
    /// The child with these label values, given in the order of `labelNames`.
    ///
    /// A wrong number of values, or a value outside a closed set that has no `other`, gives a child that is not
    /// exposed, and is counted in `metrics_updates_refused_total`.
    public static func labels(values: [String]) -> CounterChild { CounterChild(_family._child(values: values)) }
}

/// A metric that goes up and down.
public protocol GaugeMetric: Metric {}

extension GaugeMetric {
    /// The child with these label values, given in the order of `labelNames`; see `CounterMetric.labels(values:)`.
    public static func labels(values: [String]) -> GaugeChild { GaugeChild(_family._child(values: values)) }
}

/// A gauge of which the value that was set last, over all processes, is exposed.
public protocol MostRecentGaugeMetric: Metric {}

extension MostRecentGaugeMetric {
    /// The child with these label values, given in the order of `labelNames`; see `CounterMetric.labels(values:)`.
    public static func labels(values: [String]) -> MostRecentGaugeChild {
        MostRecentGaugeChild(_family._child(values: values))
    }
}

/// A metric that counts observations in buckets.
public protocol HistogramMetric: Metric {}

extension HistogramMetric {
    /// The child with these label values, given in the order of `labelNames`; see `CounterMetric.labels(values:)`.
    public static func labels(values: [String]) -> HistogramChild { HistogramChild(_family._child(values: values)) }
}

/// A metric that counts observations and adds them up.
public protocol SummaryMetric: Metric {}

extension SummaryMetric {
    /// The child with these label values, given in the order of `labelNames`; see `CounterMetric.labels(values:)`.
    public static func labels(values: [String]) -> SummaryChild { SummaryChild(_family._child(values: values)) }
}

/// A value whose meaning nobody declared.
public protocol UnknownMetric: Metric {}

extension UnknownMetric {
    /// The child with these label values, given in the order of `labelNames`; see `CounterMetric.labels(values:)`.
    public static func labels(values: [String]) -> UnknownChild { UnknownChild(_family._child(values: values)) }
}

/// Facts about a process as labels; its value is always 1.
public protocol InfoMetric: Metric {}

extension InfoMetric {
    /// The child with these label values, given in the order of `labelNames`; see `CounterMetric.labels(values:)`.
    public static func labels(values: [String]) -> InfoChild { InfoChild(_family._child(values: values)) }
}

/// Some states, each on (1) or off (0).
public protocol StateSetMetric: Metric {
    /// The states.
    associatedtype State: ClosedLabel
}

extension StateSetMetric {
    /// The states for these label values, given in the order of `labelNames`; see `CounterMetric.labels(values:)`.
    public static func labels(values: [String]) -> StateSetChild<State> {
        var child = StateSetChild<State>()
        for state in State.allCases { child._append(_family._child(values: values + [state.value])) }
        return child
    }
}
