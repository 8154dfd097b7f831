/// What the type of its family asks of one sample.
struct OpenMetricsSampleCheck {
    private let line: ScrapeSampleLine
    private let part: SamplePart
    private let type: ScrapeType
    private let familyName: String

    init(_ line: ScrapeSampleLine, _ part: SamplePart, _ type: ScrapeType, familyName: String) {
        self.line = line
        self.part = part
        self.type = type
        self.familyName = familyName
    }

    func check(_ bytes: [UInt8]) throws(ScrapeProblem) {
        try checkLabels(bytes)
        try checkValue()
        guard let exemplar = line.exemplar else { return }
        guard part == .bucket || (type == .counter && part == .total) else {
            throw ScrapeProblem(
                ScrapeRules.exemplar,
                exemplar.place,
                "only buckets and totals of counters have exemplars"
            )
        }
    }

    private func checkLabels(_ bytes: [UInt8]) throws(ScrapeProblem) {
        if part == .bucket {
            let bound = try label("le", "a bucket", bytes)
            let number = ScrapeNumber.value(bound.text)
            guard let number, !number.isNaN, number.isFinite || bound.text.elementsEqual("+Inf".utf8) else {
                throw ScrapeProblem(ScrapeRules.sample, bound.place, "'le' must be a decimal number or +Inf")
            }
        }
        if type == .summary, part == .value {
            let quantile = try label("quantile", "a quantile of a summary", bytes)
            guard let number = ScrapeNumber.value(quantile.text), (0...1).contains(number) else {
                throw ScrapeProblem(ScrapeRules.sample, quantile.place, "'quantile' must be a number from 0 to 1")
            }
        }
        if type == .stateset { _ = try label(familyName, "a state", bytes) }
    }

    private func label(
        _ name: String,
        _ subject: String,
        _ bytes: [UInt8]
    ) throws(ScrapeProblem) -> (text: ArraySlice<UInt8>, place: ByteRange) {
        guard let label = line.labels.first(where: { $0.name == name }) else {
            throw ScrapeProblem(ScrapeRules.sample, line.place, "\(subject) needs the label '\(name)'")
        }
        let raw = bytes[label.value.start..<label.value.end]
        let text = label.isEscaped ? ScrapeEscapes.resolve(raw)[...] : raw
        return (text, ByteRange(label.start, label.value.end + 1))
    }

    private func checkValue() throws(ScrapeProblem) {
        let value = line.value
        var problem: String?
        switch (type, part) {
        case (.stateset, _): if value != 0, value != 1 { problem = "a state is 0 or 1" }
        case (.info, _): if value != 1 { problem = "an info is 1" }
        case (.summary, .value): if value < 0 { problem = "a quantile's value is not negative" }
        default: break
        }
        switch part {
        case .bucket, .count, .gaugeCount:
            // An infinity is no integer either.
            if value != value.rounded() || !value.isFinite { problem = "a count is a whole number" }
            if value < 0 { problem = "a count is not negative" }
        case .total, .sum:
            if value.isNaN { problem = "a counter is a number" }
            if value < 0 { problem = "a counter is not negative" }
        case .gaugeSum: if value.isNaN { problem = "a sum is a number" }
        case .value, .created, .info: break
        }
        if let problem { throw ScrapeProblem(ScrapeRules.sample, line.valuePlace, problem) }
    }
}
