#if SwiftMetrics
    import MetricsRuntime

    extension MetricsRegistry {
        /// A scrape in text format 0.0.4.
        var scrape: String { String(decoding: ExpositionFormat.text.encode(collect()), as: UTF8.self) }

        /// The lines of a scrape that are samples.
        var samples: [String] {
            scrape.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
        }

        /// How many updates of a metric were ignored.
        func refusals(of metric: String) -> Double {
            collect().value("metrics_updates_refused_total{metric=\"\(metric)\"}") ?? 0
        }

        /// How many look-ups went to an overflow series.
        func folds(of metric: String) -> Double {
            collect().value("metrics_series_folded_total{metric=\"\(metric)\"}") ?? 0
        }
    }
#endif
