#if Server
    import MetricsRuntime

    /// Lets one request pass each interval, and some more at once after a pause: a bucket of tokens.
    final class RateLimiter: Sendable {
        private let limit: WebConfiguration.RateLimit
        private let lock = Lock()
        private nonisolated(unsafe) var tokens: Double
        private nonisolated(unsafe) var last: ContinuousClock.Instant

        init(_ limit: WebConfiguration.RateLimit, now: ContinuousClock.Instant = .now) {
            self.limit = limit
            tokens = Double(limit.burst)
            last = now
        }

        /// Whether a request may pass now.
        func admits(at now: ContinuousClock.Instant = .now) -> Bool {
            lock.withLock {
                let gained = max(0, (now - last) / limit.interval)
                last = max(last, now)
                tokens = min(Double(limit.burst), tokens + gained)
                guard tokens >= 1 else { return false }
                tokens -= 1
                return true
            }
        }
    }
#endif
