internal import ArgumentParser
internal import MetricDefinitions

/// The format of a scrape on the command line.
enum ScrapeFormatOption: String, ExpressibleByArgument, CaseIterable {
    case auto
    case text
    case openmetrics

    /// The format, or `nil` to go by what the scrape looks like.
    var format: ScrapeFormat? {
        switch self {
        case .auto: nil
        case .text: .text
        case .openmetrics: .openMetrics
        }
    }
}
