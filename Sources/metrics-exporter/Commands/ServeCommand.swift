#if Server
    import ArgumentParser
    import Logging
    import MetricsRuntime
    import MetricsServer
    import ServiceLifecycle
    import UnixSignals

    /// `metrics-exporter serve`: the endpoint of a directory.
    struct ServeCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve",
            abstract: "Serves the merged metrics of a directory or a Redis at /metrics until SIGTERM or SIGINT.",
            discussion: """
                Needs no flags where PROMETHEUS_MULTIPROC_DIR (or PROMETHEUS_REDIS_URL), PROMETHEUS_METRICS_PORT and \
                PROMETHEUS_BIND_ADDRESS are set; each flag has its variable, and overrides it. The directory need not \
                exist yet. Logs go to standard error.

                Without --web-config anybody who reaches the address reads the metrics: listen on 127.0.0.1, or keep \
                strangers away from the network.
                """
        )

        @OptionGroup var directoryOptions: DirectoryOptions
        @OptionGroup var redisOptions: RedisOptions

        @Option(
            help: ArgumentHelp(
                "The IP address or host name to listen on.",
                discussion: "Without it: PROMETHEUS_BIND_ADDRESS.",
                valueName: "address"
            )
        )
        var bindAddress: String?

        @Option(
            help: ArgumentHelp(
                "The port, 0 to 65535; with 0 the system chooses one, which is logged.",
                discussion: "Without it: PROMETHEUS_METRICS_PORT."
            )
        )
        var port: Int?

        @Option(
            name: .customLong("web-config"),
            help: ArgumentHelp(
                "A web.config file: TLS, client certificates, passwords, headers.",
                discussion: """
                    As Prometheus' exporter-toolkit defines it. Without it: PROMETHEUS_WEB_CONFIG, and without that plain \
                    HTTP for everybody.
                    """,
                valueName: "file"
            )
        )
        var webConfiguration: String?

        @Flag(
            inversion: .prefixedNo,
            help: ArgumentHelp(
                "Expose this process' own process_* metrics too; they say nothing about the app's.",
                discussion: "Without it: PROMETHEUS_PROCESS_METRICS, and without that no."
            )
        )
        var processMetrics: Bool?

        @Option(
            help: ArgumentHelp(
                "The least important log lines that are written.",
                discussion: "Without it: PROMETHEUS_LOG_LEVEL, and without that info."
            )
        )
        var logLevel: LogLevel?

        func validate() throws {
            if redisOptions.redisURL != nil, directoryOptions.directory != nil {
                throw ValidationError("--redis-url and --multiproc-dir exclude each other; read the one or the other")
            }
            if webConfiguration?.isEmpty == true {
                throw ValidationError("--web-config is empty; name a file, or leave the flag out for plain HTTP")
            }
            if let bindAddress, let fault = EndpointAddress.fault(in: bindAddress) {
                throw ValidationError(
                    "--bind-address \(bindAddress.debugDescription) \(fault); give an IP address or host name without a "
                        + "port, such as 127.0.0.1"
                )
            }
            if let port, !EndpointPort.range.contains(port) {
                throw ValidationError("--port \(port) is out of range; give a whole number from 0 to 65535")
            }
        }

        func run() async throws {
            try await ExporterFailure.reported {
                let settings = try ServeSettings(variables: variables())
                let environment = settings.environment
                let level = settings.logLevel.level
                LoggingSystem.bootstrap { label in
                    var handler = StreamLogHandler.standardError(label: label)
                    handler.logLevel = level
                    return handler
                }
                let logger = Logger(label: "metrics-exporter")
                let source = try source(environment, logger)
                let log = ServeLog(logger)
                var collectors: [any MetricCollector] = [source.skippedEntries]
                if settings.exposesProcess { collectors.append(ProcessCollector()) }
                let handler = MetricsHandler(
                    title: "metrics-exporter",
                    version: MetricsExporter.configuration.version,
                    logger: logger,
                    collectors: collectors
                ) {
                    let (snapshot, faults) = try await source.collect()
                    log.report(faults)
                    return snapshot
                }
                let server = MetricsHTTPServer(
                    configuration: try MetricsServerConfiguration(environment: environment),
                    handler: handler,
                    logger: logger
                )
                let group = ServiceGroup(
                    services: [server],
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: logger
                )
                do {
                    try await group.run()
                } catch let error as MetricsServerError {
                    throw ExporterFailure.unavailable(error.description)
                } catch let error as WebConfigurationError {
                    throw ExporterFailure.usage(error.description)
                }
            }
        }

        /// The Redis, where one is asked for, or else the directory.
        private func source(_ environment: MetricsEnvironment, _ logger: Logger) throws -> MetricSource {
            if let redis = environment.redis {
                let source = try redisOptions.source(redis)
                if redisOptions.showsPassword {
                    logger.warning("others can see the password in --redis-url; keep it in REDIS_PASSWORD")
                }
                logger.info(
                    "reading metrics",
                    metadata: ["redis": "\(redis.address)", "prefix": "\(redis.keyPrefix)"]
                )
                return source
            }
            if let flag = redisOptions.flagForRedisAlone {
                throw ExporterFailure.usage("\(flag) is for a Redis; name it with --redis-url or PROMETHEUS_REDIS_URL")
            }
            let directory = try environment.requireDirectory()
            report(DirectoryState(ofPath: directory), of: directory, to: logger)
            let collector = MultiprocessCollector(directory: directory)
            return MetricSource(skippedEntries: SkippedEntriesCollector(collector: collector)) {
                (collector.collect(), collector.lastFaults)
            }
        }

        /// The environment's variables, with those that the flags override replaced.
        private func variables() -> [String: String] {
            var variables = directoryOptions.overlaid(on: EnvironmentVariable.ofThisProcess())
            variables = redisOptions.overlaid(on: variables, directoryFlag: directoryOptions.directory)
            if let bindAddress { variables[EnvironmentVariable.bindAddress.rawValue] = bindAddress }
            if let port { variables[EnvironmentVariable.metricsPort.rawValue] = String(port) }
            if let webConfiguration { variables[EnvironmentVariable.webConfiguration.rawValue] = webConfiguration }
            if let processMetrics { variables[EnvironmentVariable.processMetrics.rawValue] = String(processMetrics) }
            if let logLevel { variables[EnvironmentVariable.logLevel.rawValue] = logLevel.rawValue }
            return variables
        }

        /// A directory that is not there is no failure: the exporter often starts before the app that makes it.
        private func report(_ state: DirectoryState, of directory: String, to logger: Logger) {
            switch state {
            case .readable:
                logger.info("reading metrics", metadata: ["directory": "\(directory)"])
            case .missing:
                logger.warning("the directory does not exist yet", metadata: ["directory": "\(directory)"])
            case .unusable(let reason):
                logger.error(
                    "the directory cannot be read",
                    metadata: ["directory": "\(directory)", "reason": "\(reason)"]
                )
            }
        }
    }
#endif
