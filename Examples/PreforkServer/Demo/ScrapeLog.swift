#if Server
    import NIOHTTP1

    /// Scrapes a server again and again, and notes whatever does not add up.
    actor ScrapeLog {
        private let metrics: ServerAddress
        private let load: LoadGenerator
        private var last: Exposition?

        /// How many scrapes there were.
        private(set) var count = 0
        /// What did not add up, as sentences.
        private(set) var findings: [String] = []
        /// The text of the last scrape.
        private(set) var text = ""

        init(metrics: ServerAddress, load: LoadGenerator) {
            self.metrics = metrics
            self.load = load
        }

        /// Takes one scrape and checks it against the load and the scrape before.
        @discardableResult
        func scrape() async throws -> Exposition {
            let before = load.counts
            // What ended before this scrape began; another one may end meanwhile.
            let previous = last
            let response = try await HTTPConnection.request(metrics, .GET, "/metrics")
            let after = load.counts
            count += 1
            guard response.status == 200 else {
                findings.append("scrape \(count) was answered with status \(response.status)")
                return previous ?? Exposition()
            }
            let exposition = try Exposition(parsing: response.body)
            text = response.body

            // What was answered before the scrape began is counted in it; what it counts was sent before it ended.
            let counted = exposition.sum("gunicorn_worker_requests_total")
            if counted < Double(before.answered) {
                findings.append(
                    "scrape \(count): \(before.answered) requests were answered, only \(counted) are counted"
                )
            }
            if counted > Double(after.sent) {
                findings.append("scrape \(count): \(after.sent) requests were sent, but \(counted) are counted")
            }
            if let previous {
                findings += exposition.regressions(since: previous).map { "scrape \(count): \($0)" }
            }
            last = exposition
            return exposition
        }

        /// Scrapes until the task is cancelled.
        func run(every interval: Duration) async throws {
            while !Task.isCancelled {
                do {
                    try await scrape()
                } catch {
                    // A scrape that the cancellation cut off says nothing.
                    if Task.isCancelled { return }
                    throw error
                }
                do { try await Task.sleep(for: interval) } catch { return }
            }
        }
    }
#endif
