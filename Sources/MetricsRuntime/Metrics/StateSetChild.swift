/// The states of a state set for one choice of its labels. Keep it where the same labels switch often.
///
/// Every state is a series of its own with the value 1 (on) or 0 (off); over all processes, what was switched last is
/// exposed. One switch is one store for each state: a scrape in between may see two states on, and never sees none.
/// Copies are the same series; any thread may use it at any time, for the life of the process.
public struct StateSetChild<State: ClosedLabel>: Sendable {
    /// The series in the order of the states' indexes.
    private var series: [MostRecentGaugeChild] = []

    /// No API: without series; generated code appends one for each state.
    public init() {}

    /// No API: appends the series of the next state.
    public mutating func _append(_ handle: _SeriesHandle) { series.append(MostRecentGaugeChild(handle)) }

    /// Switches one state on, and all others off.
    public func set(_ state: State) {
        set(state, to: true)
        for index in series.indices where index != Int(state.index) { series[index].set(0) }
    }

    /// Switches one state on or off, and leaves the others as they are.
    public func set(_ state: State, to isOn: Bool) {
        guard Int(state.index) < series.count else { return }
        series[Int(state.index)].set(isOn ? 1 : 0)
    }

    /// Whether this process has a state switched on.
    public func isOn(_ state: State) -> Bool {
        Int(state.index) < series.count && series[Int(state.index)].value == 1
    }
}
