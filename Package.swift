// swift-tools-version: 6.1

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// The example without what a request records, for the benchmark that asks what recording costs.
let recording: [SwiftSetting] =
    Context.environment["PREFORK_WITHOUT_RECORDING"] == nil ? [] : [.define("WithoutRecording")]

let package = Package(
    name: "swift-metrics-generator",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "metrics-generator", targets: ["metrics-generator"]),
        .executable(name: "metrics-exporter", targets: ["metrics-exporter"]),
        .plugin(name: "MetricsGeneratorPlugin", targets: ["MetricsGeneratorPlugin"]),
        .plugin(name: "GenerateMetricsCommand", targets: ["GenerateMetricsCommand"]),
        .library(name: "MetricsRuntime", targets: ["MetricsRuntime"]),
        .library(name: "MetricsServer", targets: ["MetricsServer"]),
        .library(name: "MetricsRedis", targets: ["MetricsRedis"]),
        .library(name: "SwiftMetricsBackend", targets: ["SwiftMetricsBackend"]),
        .library(name: "WorkerMetrics", targets: ["WorkerMetrics"]),
    ],
    traits: [
        .trait(name: "Server", description: "The HTTP endpoint on SwiftNIO: MetricsServer and metrics-exporter serve."),
        .trait(
            name: "Redis",
            description: "Metrics of many hosts in Redis: MetricsRedis and metrics-exporter --redis-url."
        ),
        .trait(name: "SwiftMetrics", description: "What libraries record through swift-metrics: SwiftMetricsBackend."),
        .trait(
            name: "Configuration",
            description: "The settings of the environment from providers of apple/swift-configuration too."
        ),
        .default(enabledTraits: ["Server", "SwiftMetrics"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The one thing that both sides share.
        .target(name: "PackageVersion", swiftSettings: settings),

        // Generator side: bytes -> nodes -> definitions -> resolved model -> files.
        .systemLibrary(
            name: "CLibYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        .target(name: "MetricDefinitions", dependencies: ["CLibYAML"], swiftSettings: settings),
        .target(
            name: "MetricsGeneratorTemplates",
            path: "Templates",
            resources: [
                .embedInCode("grafana.mustache"),
                .embedInCode("markdown.mustache"),
                .embedInCode("python.mustache"),
                .embedInCode("rules.mustache"),
                .embedInCode("swift-definitions.mustache"),
                .embedInCode("swift-label-type.mustache"),
                .embedInCode("swift-metric.mustache"),
                .embedInCode("swift-operations.mustache"),
                .embedInCode("swift-operations-counter.mustache"),
                .embedInCode("swift-operations-gauge.mustache"),
                .embedInCode("swift-operations-info.mustache"),
                .embedInCode("swift-operations-mostrecent.mustache"),
                .embedInCode("swift-operations-observed.mustache"),
                .embedInCode("swift-operations-progress.mustache"),
                .embedInCode("swift-operations-stateset.mustache"),
                .embedInCode("swift-operations-timed.mustache"),
                .embedInCode("swift-operations-unknown.mustache"),
                .embedInCode("swift-operations-value.mustache"),
                .embedInCode("swift-registry.mustache"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "MetricsGeneratorCore",
            dependencies: [
                "MetricDefinitions",
                "MetricsGeneratorTemplates",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "metrics-generator",
            dependencies: [
                "MetricDefinitions",
                "MetricsGeneratorCore",
                "PackageVersion",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),

        .plugin(
            name: "MetricsGeneratorPlugin",
            capability: .buildTool(),
            dependencies: ["metrics-generator"]
        ),
        .plugin(
            name: "GenerateMetricsCommand",
            capability: .command(
                intent: .custom(
                    verb: "generate-metrics",
                    description: "Writes the Swift code of metric definitions into the package."
                ),
                permissions: [
                    .writeToPackageDirectory(reason: "The Swift code of metric definitions is written beside them.")
                ]
            ),
            dependencies: ["metrics-generator"]
        ),

        // Runtime side: what runs inside an app.
        .target(name: "CMetricsSupport"),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        // crypt_r of libxcrypt: bcrypt without cryptography of our own.
        .systemLibrary(name: "CCrypt", pkgConfig: "libcrypt", providers: [.apt(["libcrypt-dev"])]),
        .target(
            name: "MetricsRuntime",
            dependencies: [
                "CMetricsSupport",
                .product(
                    name: "Configuration",
                    package: "swift-configuration",
                    condition: .when(traits: ["Configuration"])
                ),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "MetricsServer",
            dependencies: [
                "MetricsRuntime",
                .target(name: "CCrypt", condition: .when(platforms: [.linux], traits: ["Server"])),
                .target(name: "CLibYAML", condition: .when(traits: ["Server"])),
                "CZlib",
                .product(name: "Logging", package: "swift-log"),
                .product(
                    name: "NIOConcurrencyHelpers",
                    package: "swift-nio",
                    condition: .when(traits: ["Server"])
                ),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["Server"])),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "MetricsRedis",
            dependencies: [
                "MetricsRuntime",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Redis"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Redis"])),
                .product(name: "NIOTLS", package: "swift-nio", condition: .when(traits: ["Redis"])),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["Redis"])),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Redis"])
                ),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "SwiftMetricsBackend",
            dependencies: [
                "MetricsRuntime",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics", condition: .when(traits: ["SwiftMetrics"])),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "WorkerMetrics",
            dependencies: [
                "MetricsRuntime",
                .product(name: "Logging", package: "swift-log"),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "metrics-exporter",
            dependencies: [
                "MetricsRuntime",
                "MetricsServer",
                .target(name: "MetricsRedis", condition: .when(traits: ["Redis"])),
                "PackageVersion",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
                .product(
                    name: "UnixSignals",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
            ],
            swiftSettings: settings
        ),

        .executableTarget(
            name: "PreforkServer",
            dependencies: [
                "MetricsRuntime",
                "MetricsServer",
                "WorkerMetrics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
            ],
            path: "Examples/PreforkServer",
            exclude: ["README.md"],
            swiftSettings: settings + recording
        ),
        // The metrics of an HTTP server on SwiftNIO alone.
        .executableTarget(
            name: "NIOServer",
            dependencies: [
                "MetricsRuntime",
                "MetricsServer",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
                .product(
                    name: "UnixSignals",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
            ],
            path: "Examples/NIOServer",
            exclude: ["Definitions", "README.md"],
            swiftSettings: settings
        ),

        // The Swift half of the fleet; the other half is Python's.
        .executableTarget(
            name: "FleetWorker",
            dependencies: [
                "MetricsRuntime",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
                .product(
                    name: "UnixSignals",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
            ],
            path: "Examples/Fleet/Worker",
            swiftSettings: settings
        ),

        .testTarget(
            name: "MetricDefinitionsTests",
            dependencies: ["MetricDefinitions", "ProcessTesting"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MetricsGeneratorCoreTests",
            dependencies: ["MetricDefinitions", "MetricsGeneratorCore", "ProcessTesting"],
            exclude: ["Peers/rules.test.yaml", "Peers/use_module.py"],
            swiftSettings: settings
        ),
        // What the generator makes of `Definitions`, committed, compiled and run.
        .testTarget(
            name: "GeneratedCodeTests",
            dependencies: ["MetricDefinitions", "MetricsGeneratorCore", "MetricsRuntime", "ProcessTesting"],
            exclude: ["Definitions", "Rejected"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MetricsGeneratorCommandTests",
            dependencies: ["MetricsGeneratorCore", "PreforkServer", "ProcessTesting", "metrics-generator"],
            swiftSettings: settings
        ),
        // Starts programs for tests, and lets tests wait for them without keeping others waiting.
        .target(name: "CProcessTesting", path: "Tests/CProcessTesting"),
        .target(
            name: "ProcessTesting",
            dependencies: ["CProcessTesting"],
            path: "Tests/ProcessTesting",
            swiftSettings: settings
        ),
        // fork() and death by signal are tested in processes of their own.
        .target(name: "CForkProbe", path: "Tests/CForkProbe"),
        .executableTarget(
            name: "ForkProbe",
            dependencies: ["CForkProbe", "MetricsRuntime"],
            path: "Tests/ForkProbe",
            swiftSettings: settings
        ),
        .testTarget(
            name: "MetricsRuntimeTests",
            dependencies: [
                "ForkProbe",
                // Its strict reader of scrapes is one more judge of what is exposed.
                "MetricDefinitions",
                "MetricsRuntime",
                "ProcessTesting",
                "WorkerMetrics",
                .product(
                    name: "Configuration",
                    package: "swift-configuration",
                    condition: .when(traits: ["Configuration"])
                ),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MetricsServerTests",
            dependencies: [
                "MetricsRuntime",
                "MetricsServer",
                .product(name: "Logging", package: "swift-log"),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
            ],
            swiftSettings: settings
        ),
        // Instances on other hosts are processes of their own.
        .executableTarget(
            name: "RedisProbe",
            dependencies: [
                "MetricsRuntime",
                .target(name: "MetricsRedis", condition: .when(traits: ["Redis"])),
            ],
            path: "Tests/RedisProbe",
            swiftSettings: settings
        ),
        .testTarget(
            name: "MetricsRedisTests",
            dependencies: [
                "MetricsRuntime",
                "MetricsServer",
                "RedisProbe",
                "metrics-exporter",
                .target(name: "MetricsRedis", condition: .when(traits: ["Redis"])),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Redis"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Redis"])),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Redis"])
                ),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SwiftMetricsBackendTests",
            dependencies: [
                "ProcessTesting",
                "MetricsRuntime",
                "SwiftMetricsBackend",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics", condition: .when(traits: ["SwiftMetrics"])),
                .product(name: "MetricsTestKit", package: "swift-metrics", condition: .when(traits: ["SwiftMetrics"])),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "WorkerMetricsTests",
            dependencies: [
                "MetricsRuntime",
                "WorkerMetrics",
                .product(name: "Logging", package: "swift-log"),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DocumentationTests",
            dependencies: [
                "MetricsRuntime",
                "MetricsServer",
                .target(name: "MetricsRedis", condition: .when(traits: ["Redis"])),
                "SwiftMetricsBackend",
                "WorkerMetrics",
                "PackageVersion",
                "metrics-exporter",
                "metrics-generator",
                .product(name: "Metrics", package: "swift-metrics", condition: .when(traits: ["SwiftMetrics"])),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MetricsExporterTests",
            dependencies: ["MetricsRuntime", "metrics-exporter"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "NIOServerTests",
            dependencies: [
                "MetricsRuntime",
                "NIOServer",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOEmbedded", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Server"])),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Server"])
                ),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PreforkServerTests",
            dependencies: [
                "MetricsRuntime",
                "PreforkServer",
                "WorkerMetrics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Server"])),
            ],
            swiftSettings: settings
        ),
    ]
)
