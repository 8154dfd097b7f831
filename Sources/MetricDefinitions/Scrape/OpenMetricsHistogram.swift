/// What the samples of one histogram, or gauge histogram, must be to each other.
struct OpenMetricsHistogram {
    private var group: Int?
    private var timestamp: ScrapeTimestamp?
    private var lastBound: Double?
    private var lastValue = 0.0
    private var count: Double?
    private var hasSum = false
    private var hasGaugeSum = false
    private var hasNegativeBound = false
    private var hasNegativeGaugeSum = false
    /// Whether a line was refused, so that nothing can be said of the whole.
    var isDamaged = false

    /// Whether a sample belongs to another histogram than those before it.
    func isEnded(by line: ScrapeSampleLine, group: Int) -> Bool { self.group != group || timestamp != line.timestamp }

    /// Adds a sample of a group.
    mutating func add(
        _ line: ScrapeSampleLine,
        _ part: SamplePart,
        group: Int,
        bound: Double
    ) throws(ScrapeProblem) {
        self.group = group
        timestamp = line.timestamp
        switch part {
        case .bucket:
            if bound < 0 { hasNegativeBound = true }
            if let lastBound, bound <= lastBound {
                throw ScrapeProblem(ScrapeRules.histogram, line.place, "buckets must come in the order of their bounds")
            }
            if line.value < lastValue {
                let message = "a bucket counts what those before it count, and cannot count less"
                throw ScrapeProblem(ScrapeRules.histogram, line.valuePlace, message)
            }
            lastBound = bound
            lastValue = line.value
        case .count, .gaugeCount: count = line.value
        case .sum: hasSum = true
        case .gaugeSum:
            hasGaugeSum = true
            if line.value < 0 { hasNegativeGaugeSum = true }
        case .value, .total, .created, .info: break
        }
    }

    /// Ends the histogram that is being read, if there is one, and gives what is wrong with it.
    mutating func finish(_ place: ByteRange) -> ScrapeProblem? {
        let ended = self
        self = OpenMetricsHistogram()
        isDamaged = ended.isDamaged
        guard ended.group != nil, !ended.isDamaged, let problem = ended.problem else { return nil }
        return ScrapeProblem(ScrapeRules.histogram, place, problem)
    }

    private var problem: String? {
        if lastBound != .infinity { return "the histogram has no bucket +Inf, or another after it" }
        if let count, count != lastValue { return "the histogram's count is not that of its bucket +Inf" }
        if hasSum, count == nil { return "the histogram has a sum, and no count" }
        if hasGaugeSum, count == nil { return "the gauge histogram has a sum, and no count" }
        if count != nil, !hasSum, !hasGaugeSum { return "the histogram has a count, and no sum" }
        if hasNegativeBound, hasSum { return "a histogram with a negative bound can have no sum" }
        if !hasNegativeBound, hasNegativeGaugeSum {
            return "a gauge histogram without a negative bound cannot have a negative sum"
        }
        return nil
    }
}
