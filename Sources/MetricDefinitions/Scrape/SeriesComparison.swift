/// Compares the labels of a family's series with those of its definition.
struct SeriesComparison {
    /// What a label of the scrape is to the definition.
    private enum Role {
        /// It belongs to the type, or to the merge.
        case own
        case open
        case int
        case closed(Set<String>)
        case constant(String)
        case undeclared
    }

    /// What is wrong with a label, collected over all series.
    private struct Fault {
        var place: ByteRange
        var values: [String] = []
        var count = 0
    }

    private static let shownValues = 3

    private let metric: ResolvedMetric
    private let family: ScrapeFamily
    private let scrape: Scrape
    private var roles: [UInt32: Role] = [:]
    private var present: [String: Int] = [:]
    private var undeclared: [UInt32: Fault] = [:]
    private var wrongValues: [UInt32: Fault] = [:]

    init(_ metric: ResolvedMetric, _ family: ScrapeFamily, _ scrape: Scrape) {
        self.metric = metric
        self.family = family
        self.scrape = scrape
    }

    mutating func compare(_ notes: [Diagnostic.Note], into sink: inout DiagnosticSink) {
        var notOne: ScrapeSample?
        for sample in family.samples {
            if metric.type == .info, sample.value != 1, notOne == nil { notOne = sample }
            let own = ScrapeShape.ownLabel(of: sample, in: family)
            for label in scrape.labels(of: sample) {
                let name = scrape.name(of: label)
                if name != own { look(at: label, named: name) } else if name == family.name { lookAtState(label) }
            }
        }
        report(notes, into: &sink)
        if let notOne {
            let message = "'\(metric.name)' is an info, and its value is always 1"
            sink.report(VerifyRules.values, at: scrape.span(notOne.place), message, notes: notes)
        }
    }

    private mutating func look(at label: ScrapeLabel, named name: String) {
        let role: Role
        if let known = roles[label.name] {
            role = known
        } else {
            role = self.role(of: name)
            roles[label.name] = role
        }
        present[name, default: 0] += 1
        switch role {
        case .own, .open: break
        case .int:
            let value = scrape.value(of: label)
            if Int(value) == nil, value != "__overflow__" { add(value, label, to: &wrongValues) }
        case .closed(let values):
            let value = scrape.value(of: label)
            if !values.contains(value) { add(value, label, to: &wrongValues) }
        case .constant(let expected):
            let value = scrape.value(of: label)
            if value != expected { add(value, label, to: &wrongValues) }
        case .undeclared:
            // An empty value is an absent label.
            if label.value.start < label.value.end { add("", label, to: &undeclared) }
        }
    }

    private mutating func lookAtState(_ label: ScrapeLabel) {
        guard metric.type == .stateset else { return }
        let value = scrape.value(of: label)
        if !metric.states.contains(where: { $0.value == value }) { add(value, label, to: &wrongValues) }
    }

    private func add(_ value: String, _ label: ScrapeLabel, to faults: inout [UInt32: Fault]) {
        var fault = faults[label.name] ?? Fault(place: label.place)
        fault.count += 1
        if fault.values.count < Self.shownValues, !fault.values.contains(value) { fault.values.append(value) }
        faults[label.name] = fault
    }

    private func role(of name: String) -> Role {
        if let constant = metric.constantLabels.first(where: { $0.name == name }) { return .constant(constant.value) }
        if let label = metric.labels.first(where: { $0.name == name }) {
            switch label.kind {
            case .open(let isInt, _): return isInt ? .int : .open
            case .bool: return .closed(["false", "true"])
            case .closed(_, let values, _): return .closed(Set(values))
            }
        }
        if name == "pid", metric.type == .gauge, metric.multiprocessMode.addsProcessLabel { return .own }
        // Where the format has no state sets, the state is a label like others.
        if name == metric.name, metric.type == .stateset { return .closed(Set(metric.states.map(\.value))) }
        return .undeclared
    }

    private func report(_ notes: [Diagnostic.Note], into sink: inout DiagnosticSink) {
        for (number, fault) in undeclared.sorted(by: { $0.value.place.start < $1.value.place.start }) {
            let name = scrape.labelNames[Int(number)]
            let message = "'\(metric.name)' is defined without the label '\(name)', which \(Self.samples(fault.count))"
            sink.report(VerifyRules.labels, at: scrape.span(fault.place), message, notes: notes)
        }
        for (number, fault) in wrongValues.sorted(by: { $0.value.place.start < $1.value.place.start }) {
            let name = scrape.labelNames[Int(number)]
            let values = fault.values.map { "'\($0)'" }.joined(separator: ", ")
            let more = fault.count > fault.values.count ? ", …" : ""
            let message =
                "the label '\(name)' of '\(metric.name)' cannot be \(values)\(more): it is \(expectation(of: name))"
            sink.report(VerifyRules.values, at: scrape.span(fault.place), message, notes: notes)
        }
        let place = scrape.span(family.samples.first?.place ?? family.place)
        let defined = metric.labels.map(\.name) + metric.constantLabels.map(\.name)
        for name in defined where (present[name] ?? 0) == 0 {
            let message = "the series of '\(metric.name)' lack the label '\(name)'"
            sink.report(VerifyRules.labels, at: place, message, notes: notes)
        }
    }

    private func expectation(of name: String) -> String {
        if let constant = metric.constantLabels.first(where: { $0.name == name }) {
            return "always '\(constant.value)'"
        }
        let label = metric.labels.first { $0.name == name }
        if case .open = label?.kind { return "a whole number" }
        let values = label?.closedValues ?? metric.states.map(\.value)
        let shown = values.prefix(8).joined(separator: ", ")
        return "one of \(shown)\(values.count > 8 ? ", …" : "")"
    }

    private static func samples(_ count: Int) -> String { count == 1 ? "one sample has" : "\(count) samples have" }
}
