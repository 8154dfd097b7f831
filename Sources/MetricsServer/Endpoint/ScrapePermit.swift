/// The right to one scrape, given back when nobody holds it any more.
///
/// Whatever keeps a scrape alive keeps it too: its body, which may be on its way to a slow client, and a collector that does
/// not end. So the number of permits bounds memory and threads.
final class ScrapePermit: Sendable {
    private let metrics: EndpointMetrics

    /// Takes a permit; `nil` where as many as there may be are taken.
    init?(_ metrics: EndpointMetrics, limit: Int) {
        guard metrics.begin(limit: limit) else { return nil }
        self.metrics = metrics
    }

    deinit {
        metrics.end()
    }
}
