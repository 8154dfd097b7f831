/// The order of the samples within one family: groups together, timestamps rising, no point twice.
///
/// A group is what shares all labels but the one that tells its samples apart, `le` for instance.
struct OpenMetricsPoints {
    private var groups = ScrapeSeriesTable()
    private var series = ScrapeSeriesTable()
    /// The timestamp of the last sample of each series.
    private var seriesTimestamps: [ScrapeTimestamp?] = []
    private var group: Int?
    private var timestamp: ScrapeTimestamp?

    mutating func beginFamily() {
        group = nil
        timestamp = nil
    }

    /// Checks a sample's place among the others, and gives the number of its group.
    mutating func place(
        _ line: ScrapeSampleLine,
        _ part: SamplePart,
        _ type: ScrapeType,
        _ labels: (first: UInt32, end: UInt32),
        excluded: UInt32?,
        family: Int,
        in scrape: Scrape
    ) throws(ScrapeProblem) -> Int {
        // The labels of an info are its value: all of them are one group.
        let groupEnd = type == .info ? labels.first : labels.end
        let key = ScrapeSeriesTable.Key(first: labels.first, end: groupEnd, excluded: excluded, salt: family)
        let (number, isNew) = groups.insert(key, scrape)
        if let group, group != number, !isNew {
            throw ScrapeProblem(ScrapeRules.series, line.place, "the samples of one label set must stand together")
        }
        if group == number {
            if (timestamp == nil) != (line.timestamp == nil) {
                let message = "of the samples of one label set either all have a timestamp, or none"
                throw ScrapeProblem(ScrapeRules.series, line.timestampPlace, message)
            }
            if let timestamp, let next = line.timestamp, next < timestamp, type != .info {
                throw ScrapeProblem(ScrapeRules.series, line.timestampPlace, "the timestamp is before the last one")
            }
        }
        group = number
        timestamp = line.timestamp

        let salt = family * SamplePart.allCases.count + (SamplePart.allCases.firstIndex(of: part) ?? 0)
        let identity = ScrapeSeriesTable.Key(first: labels.first, end: labels.end, excluded: nil, salt: salt)
        let (point, isNewSeries) = series.insert(identity, scrape)
        guard !isNewSeries else {
            seriesTimestamps.append(line.timestamp)
            return number
        }
        // Timestamps may have been cut short, so that two points of a series share one.
        if line.timestamp == nil {
            throw ScrapeProblem(ScrapeRules.series, line.place, "the series stands twice")
        }
        seriesTimestamps[point] = line.timestamp
        return number
    }
}
