#if Configuration
    import Configuration
    import MetricsRuntime
    import Testing

    @Suite("Settings from swift-configuration")
    struct ConfigurationTests {
        private func reader(_ values: [AbsoluteConfigKey: ConfigValue]) -> ConfigReader {
            ConfigReader(provider: InMemoryProvider(values: values))
        }

        @Test("Keys are the variables' names; a number may be one")
        func keys() throws {
            let environment = try MetricsEnvironment(
                configuration: reader([
                    "prometheus.multiproc.dir": "/var/run/metrics", "prometheus.metrics.port": 9464,
                    "prometheus.bind.address": "::1", "prometheus.web.config": "/etc/web.yml",
                ]),
                requiring: [.server, .directory]
            )
            #expect(environment.multiprocDirectory == "/var/run/metrics")
            #expect(environment.metricsPort == 9464)
            #expect(environment.bindAddress == "::1")
            #expect(environment.webConfigurationPath == "/etc/web.yml")
        }

        @Test("A provider of variables gives what the variables alone give")
        func variables() throws {
            let variables = [
                "PROMETHEUS_MULTIPROC_DIR": "d", "PROMETHEUS_METRICS_PORT": " 80 ",
                "PROMETHEUS_BIND_ADDRESS": "127.0.0.1",
            ]
            let provider = EnvironmentVariablesProvider(environmentVariables: variables)
            let environment = try MetricsEnvironment(configuration: ConfigReader(provider: provider))
            #expect(environment == (try MetricsEnvironment(variables: variables)))
        }

        @Test("The first provider that has a key counts")
        func order() throws {
            let environment = try MetricsEnvironment(
                configuration: ConfigReader(providers: [
                    InMemoryProvider(values: ["prometheus.metrics.port": 1]),
                    EnvironmentVariablesProvider(environmentVariables: [
                        "PROMETHEUS_METRICS_PORT": "2", "PROMETHEUS_BIND_ADDRESS": "localhost",
                    ]),
                ])
            )
            #expect(environment.metricsPort == 1)
            #expect(environment.bindAddress == "localhost")
        }

        @Test("Problems are named as those of the variables, all at once")
        func problems() throws {
            for port: ConfigValue in ["abc", 80.5, true] {
                let error = #expect(throws: MetricsEnvironmentError.self) {
                    try MetricsEnvironment(
                        configuration: reader(["prometheus.metrics.port": port]),
                        requiring: [.server]
                    )
                }
                #expect(
                    error?.problems.map(\.variable) == ["PROMETHEUS_METRICS_PORT", "PROMETHEUS_BIND_ADDRESS"],
                    "\(port)"
                )
                #expect(error?.problems.first?.reason == "is not a whole number", "\(port)")
            }
        }
    }
#endif
