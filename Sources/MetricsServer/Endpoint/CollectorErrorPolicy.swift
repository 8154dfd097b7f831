/// What becomes of a scrape when something that collects throws an error.
public enum CollectorErrorPolicy: Sendable, Hashable {
    /// The scrape is answered with status 500. A gap in a graph is seen; numbers that are missing among others are not.
    case failScrape
    /// What the others collect is served. Status 500 is answered only where nothing is left. Errors are logged and counted
    /// in `metrics_scrape_failures_total`.
    case serveTheRest
}
