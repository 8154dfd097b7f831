#if Server
    import MetricsRuntime

    /// What `serve` is told by its variables, flags among them: they override the variables of the same meaning.
    struct ServeSettings {
        let environment: MetricsEnvironment
        /// Whether the exporter's own `process_*` metrics are exposed.
        let exposesProcess: Bool
        /// The least important log lines that are written.
        let logLevel: LogLevel

        /// Reads and checks the variables.
        ///
        /// - Throws: One error with all problems.
        init(variables: [String: String]) throws(MetricsEnvironmentError) {
            var problems: [MetricsEnvironmentProblem] = []
            exposesProcess = Self.truth(.processMetrics, in: variables, &problems) ?? false
            logLevel = Self.level(.logLevel, in: variables, &problems) ?? .info
            do {
                environment = try MetricsEnvironment(variables: variables, requiring: [.server, .sharedStorage])
            } catch {
                throw MetricsEnvironmentError(problems: error.problems + problems)
            }
            if !problems.isEmpty { throw MetricsEnvironmentError(problems: problems) }
        }

        private static func truth(
            _ variable: EnvironmentVariable,
            in variables: [String: String],
            _ problems: inout [MetricsEnvironmentProblem]
        ) -> Bool? {
            guard let text = variables[variable.rawValue] else { return nil }
            switch text.lowercased() {
            case "true", "yes", "on", "1": return true
            case "false", "no", "off", "0": return false
            default:
                let remedy = "set it to true or false, or unset it for false"
                problems.append(
                    MetricsEnvironmentProblem(
                        variable,
                        value: text,
                        reason: "is neither true nor false",
                        remedy: remedy
                    )
                )
                return nil
            }
        }

        private static func level(
            _ variable: EnvironmentVariable,
            in variables: [String: String],
            _ problems: inout [MetricsEnvironmentProblem]
        ) -> LogLevel? {
            guard let text = variables[variable.rawValue] else { return nil }
            if let level = LogLevel(rawValue: text.lowercased()) { return level }
            let levels = LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
            problems.append(
                MetricsEnvironmentProblem(
                    variable,
                    value: text,
                    reason: "is no log level",
                    remedy: "set it to one of \(levels)"
                )
            )
            return nil
        }
    }
#endif
