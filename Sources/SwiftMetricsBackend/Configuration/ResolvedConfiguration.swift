#if SwiftMetrics
    import Logging
    import MetricsRuntime

    /// A configuration that was checked, as look-ups want it.
    struct ResolvedConfiguration: Sendable {
        private let configuration: MetricsBackendConfiguration
        private let byLabel: [String: [MetricDescriptor]]
        private let byName: [String: MetricDescriptor]
        /// The name of the definition that has a name, those of samples included.
        private let definedNames: [String: String]

        init(_ configuration: MetricsBackendConfiguration) {
            self.configuration = configuration
            byLabel = Dictionary(grouping: configuration.definitions.filter { $0.swiftMetricsLabel != nil }) {
                $0.swiftMetricsLabel ?? ""
            }
            byName = Dictionary(
                configuration.definitions.map { ($0.name, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            definedNames = Dictionary(
                configuration.definitions.flatMap { definition in
                    definition.reservedNames.map { ($0, definition.name) }
                },
                uniquingKeysWith: { first, _ in first }
            )
        }

        /// The metric of a label under a name that no other metric of the registry has.
        func metric(_ key: MetricKey, in registry: MetricsRegistry) -> RecordedMetric {
            RecordedMetric(claimName(key, in: registry), maxLabelSets: configuration.maxLabelSets)
        }

        private func claimName(_ key: MetricKey, in registry: MetricsRegistry) -> MetricDescriptor {
            let options = configuration.metrics[key.label]
            let names = candidates(key, options)
            let definition = definition(key, names.plain)
            let wanted = definition ?? descriptor(key, named: names.plain, options)
            var taken: String?
            var attempt = 0
            while true {
                var descriptor = wanted
                if attempt > 0 { descriptor.name = names.fallback(attempt) }
                let isDefined = definition != nil && attempt == 0
                switch claim(descriptor, isDefined: isDefined, for: key, in: registry) {
                case .granted(let granted):
                    if let taken { report(key, wanted: wanted.name, taken: taken, name: granted.name) }
                    return granted
                case .taken(let owner, let isOtherType):
                    taken = taken ?? owner
                    // The kind tells a gauge from a histogram; what tells two labels apart is in the labels alone.
                    attempt += attempt == 0 && !isOtherType ? 2 : 1
                }
            }
        }

        /// The app may use what it defines only later, when nothing can be renamed any more: names of definitions are
        /// taken before they are in the registry.
        private func claim(
            _ descriptor: MetricDescriptor,
            isDefined: Bool,
            for key: MetricKey,
            in registry: MetricsRegistry
        ) -> MetricNameClaim {
            if !isDefined, let owner = descriptor.reservedNames.lazy.compactMap({ definedNames[$0] }).first {
                return .taken(by: "the definition '\(owner)'", isOtherType: true)
            }
            return registry.claim(descriptor, as: key.kind.types, for: key.description)
        }

        private func candidates(_ key: MetricKey, _ options: MetricOptions?) -> NameCandidates {
            if let name = options?.name { return NameCandidates(key, name: name) }
            return NameCandidates(key, timersEndInSeconds: configuration.timersEndInSeconds)
        }

        private func definition(_ key: MetricKey, _ name: String) -> MetricDescriptor? {
            if let named = byLabel[key.label]?.first(where: { key.kind.types.contains($0.type) }) { return named }
            guard let found = byName[name], key.kind.types.contains(found.type) else { return nil }
            return found
        }

        private func descriptor(_ key: MetricKey, named name: String, _ options: MetricOptions?) -> MetricDescriptor {
            var descriptor = MetricDescriptor(
                name: name,
                documentation: options?.documentation ?? "Recorded through swift-metrics as \(key)",
                type: .counter,
                maxSeries: options?.maxSeries ?? configuration.maxSeries
            )
            switch key.kind {
            case .counter: break
            case .gauge:
                descriptor.type = .gauge
                descriptor.multiprocessMode = options?.multiprocessMode ?? configuration.gaugeMode
            case .recorder:
                setBuckets(of: &descriptor, options, configuration.recorderBuckets)
            case .timer:
                setBuckets(of: &descriptor, options, configuration.timerBuckets)
                if name.hasSuffix("_seconds") { descriptor.unit = "seconds" }
            }
            return descriptor
        }

        private func setBuckets(of descriptor: inout MetricDescriptor, _ options: MetricOptions?, _ buckets: [Double]) {
            descriptor.type = options?.isSummary == true ? .summary : .histogram
            guard descriptor.type == .histogram else { return }
            descriptor.buckets = (options?.buckets ?? buckets).filter(\.isFinite)
        }

        private func report(_ key: MetricKey, wanted: String, taken: String, name: String) {
            Logger(label: "metrics").warning(
                """
                The swift-metrics \(key) would be exposed as '\(wanted)', but \(taken) has that name; it is exposed \
                as '\(name)'. Give one of them another name in MetricsBackendConfiguration.metrics.
                """
            )
        }
    }
#endif
