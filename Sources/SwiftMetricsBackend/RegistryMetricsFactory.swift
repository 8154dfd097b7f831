#if SwiftMetrics
    public import CoreMetrics
    public import MetricsRuntime

    /// The backend of swift-metrics that records into a `MetricsRegistry`.
    ///
    /// What libraries record through swift-metrics stands in the same files and the same scrape as the app's own
    /// metrics. Use it for the whole process, or for a task and what it starts:
    ///
    /// ```swift
    /// MetricsSystem.bootstrap(RegistryMetricsFactory())
    /// ```
    ///
    /// ```swift
    /// withMetricsFactory(RegistryMetricsFactory(registry: registry)) { Client() }
    /// ```
    ///
    /// Counters become counters, meters and gauges gauges, recorders that aggregate and timers histograms; timers in
    /// seconds. Names and dimensions become valid Prometheus names, dimensions become labels. Nothing that a library
    /// passes ends the process or breaks a scrape: what would make a value wrong is ignored and counted in
    /// `metrics_updates_refused_total`, what would make too many series goes to an overflow series and is counted in
    /// `metrics_series_folded_total`.
    ///
    /// Copies share everything. All members may be called from any thread at any time, also after a `fork()`. Making a
    /// metric costs a lock and a look-up; updating one that was made is an atomic operation.
    public struct RegistryMetricsFactory: MetricsFactory {
        private let registry: MetricsRegistry?
        private let catalog: MetricCatalog

        /// Creates a factory with the defaults of ``MetricsBackendConfiguration``.
        ///
        /// - Parameter registry: Where metrics are recorded; without one, in `MetricsRegistry/current` at the time
        ///   when a metric is made: the shared registry, or inside of `MetricsRegistry.withIsolated` that one's.
        public init(registry: MetricsRegistry? = nil) {
            self.registry = registry
            catalog = MetricCatalog(ResolvedConfiguration(MetricsBackendConfiguration()))
        }

        /// Creates a factory that knows more of some metrics than their libraries say.
        ///
        /// - Parameters:
        ///   - configuration: What is known of single labels, and what holds for all others.
        ///   - registry: Where metrics are recorded; without one, in `MetricsRegistry/current` at the time when a
        ///     metric is made.
        /// - Throws: Every mistake in the configuration, each with the label or key at fault and how to mend it.
        public init(
            configuration: MetricsBackendConfiguration,
            registry: MetricsRegistry? = nil
        ) throws(MetricsBackendConfigurationError) {
            let problems = configuration.problems
            guard problems.isEmpty else { throw MetricsBackendConfigurationError(problems: problems) }
            self.registry = registry
            catalog = MetricCatalog(ResolvedConfiguration(configuration))
        }

        private func series(_ kind: MetricKind, _ label: String, _ dimensions: [(String, String)]) -> RecordedSeries {
            catalog.series(MetricKey(kind: kind, label: label), dimensions, in: registry)
        }

        // MARK: Making

        /// A handler that adds to a counter. Negative amounts are ignored and counted.
        public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
            CounterRecorder(series(.counter, label, dimensions))
        }

        /// A handler that adds to a counter: the same one as ``makeCounter(label:dimensions:)`` with that label.
        ///
        /// Negative amounts, NaN and infinity are ignored and counted.
        public func makeFloatingPointCounter(
            label: String,
            dimensions: [(String, String)]
        ) -> any FloatingPointCounterHandler {
            CounterRecorder(series(.counter, label, dimensions))
        }

        /// A handler that sets a gauge and adds to it.
        public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
            gauge(label, dimensions)
        }

        /// A handler that observes values in a histogram, or sets a gauge where nothing is to be aggregated.
        public func makeRecorder(
            label: String,
            dimensions: [(String, String)],
            aggregate: Bool
        ) -> any RecorderHandler {
            guard aggregate else { return gauge(label, dimensions) }
            let series = series(.recorder, label, dimensions)
            return series.type == .summary
                ? ValueRecorder(series, SummaryChild(series.handle))
                : ValueRecorder(series, HistogramChild(series.handle))
        }

        /// A handler that observes durations in a histogram, in seconds. A negative duration counts as 0.
        public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
            let series = series(.timer, label, dimensions)
            return series.type == .summary
                ? DurationRecorder(series, SummaryChild(series.handle))
                : DurationRecorder(series, HistogramChild(series.handle))
        }

        private func gauge(_ label: String, _ dimensions: [(String, String)]) -> any MeterHandler & RecorderHandler {
            let series = series(.gauge, label, dimensions)
            return series.isMostRecent ? MostRecentGaugeRecorder(series) : GaugeRecorder(series)
        }

        // MARK: Destroying

        /// Removes the handler's series from expositions.
        ///
        /// Other handlers with the same label and dimensions record into nothing from then on; one that is made
        /// afterwards begins a new series.
        public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }

        /// Removes the handler's series from expositions; see ``destroyCounter(_:)``.
        public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }

        /// Removes the handler's series from expositions; see ``destroyCounter(_:)``.
        public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }

        /// Removes the handler's series from expositions; see ``destroyCounter(_:)``.
        public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }

        /// Removes the handler's series from expositions; see ``destroyCounter(_:)``.
        public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

        private func remove(_ handler: AnyObject) {
            (handler as? any SeriesHandler)?.series.remove()
        }
    }
#endif
