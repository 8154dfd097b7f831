#if Configuration
    public import Configuration

    extension MetricsEnvironment {
        /// Reads and checks the same settings from providers of swift-configuration.
        ///
        /// A key is the variable's name in lower case, in parts: `prometheus.metrics.port` for `PROMETHEUS_METRICS_PORT`,
        /// `prometheus.multiproc.dir` for `PROMETHEUS_MULTIPROC_DIR`. So a provider of environment variables gives what the
        /// environment alone gives; providers in front of it, such as a file or the command line, come first.
        ///
        /// ```swift
        /// let configuration = ConfigReader(providers: [
        ///     try await FileProvider<JSONSnapshot>(filePath: "/etc/app.json"),
        ///     EnvironmentVariablesProvider(),
        /// ])
        /// let environment = try MetricsEnvironment(configuration: configuration, requiring: .server)
        /// MetricsRegistry.bootstrap(storage: environment.storage)
        /// ```
        ///
        /// `HOME`, the place of the default directory, is read from the environment.
        ///
        /// - Parameters:
        ///   - configuration: Where the settings come from, with the keys as above.
        ///   - requirements: What must be there, so that its lack is reported together with everything else.
        /// - Throws: One error with all problems, named as those of the environment variables are.
        public init(
            configuration: ConfigReader,
            requiring requirements: Requirements = []
        ) throws(MetricsEnvironmentError) {
            var variables = EnvironmentVariable.ofThisProcess().filter { $0.key == EnvironmentVariable.home.rawValue }
            for variable in EnvironmentVariable.allCases where variable != .home {
                variables[variable.rawValue] = Self.text(of: variable, in: configuration)
            }
            try self.init(variables: variables, requiring: requirements)
        }

        /// A setting as the text that the environment would have, whatever a provider has it as.
        private static func text(of variable: EnvironmentVariable, in configuration: ConfigReader) -> String? {
            let parts = variable.rawValue.lowercased().split(separator: "_").map(String.init)
            let key = ConfigKey(parts)
            // Whoever asks for a password says so, and it stays out of the reader's logs.
            let isSecret = variable == .redisPassword || variable == .redisURL
            // A file has numbers and truth values that are no texts; to ask for a text then gives nothing.
            return configuration.string(forKey: key, isSecret: isSecret)
                ?? configuration.int(forKey: key, isSecret: isSecret).map { String($0) }
                ?? configuration.double(forKey: key, isSecret: isSecret).map { "\($0)" }
                ?? configuration.bool(forKey: key, isSecret: isSecret).map { String($0) }
        }
    }
#endif
