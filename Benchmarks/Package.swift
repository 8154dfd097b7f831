// swift-tools-version: 6.1

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let runtime: Target.Dependency = .product(name: "MetricsRuntime", package: "swift-metrics-generator")

let package = Package(
    name: "metrics-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-metrics-generator", path: "..", traits: []),
        // Without its traits: the interposers of the benchmark package would be measured too.
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        // What is measured.
        .target(name: "BenchmarkMetrics", dependencies: [runtime], swiftSettings: settings),
        .target(name: "HotPath", dependencies: ["BenchmarkMetrics", runtime], swiftSettings: settings),
        // What it is measured with.
        .target(name: "CAllocationCounter"),
        .target(name: "CCallgrind"),
        .target(
            name: "Measurement",
            dependencies: ["CAllocationCounter", .product(name: "Benchmark", package: "benchmark")],
            swiftSettings: settings
        ),
        // Programs that scripts measure from outside.
        .executableTarget(
            name: "hot-path-instructions",
            dependencies: ["CCallgrind", "HotPath", runtime],
            path: "Sources/HotPathInstructions",
            swiftSettings: settings
        ),
        .executableTarget(
            name: "endpoint-load",
            dependencies: ["BenchmarkMetrics", runtime],
            path: "Sources/EndpointLoad",
            swiftSettings: settings
        ),
        .executableTarget(name: "start-empty", path: "Sources/StartEmpty", swiftSettings: settings),
        .executableTarget(name: "start-dictionaries", path: "Sources/StartDictionaries", swiftSettings: settings),
        .executableTarget(
            name: "start-runtime",
            dependencies: ["BenchmarkMetrics", runtime],
            path: "Sources/StartRuntime",
            swiftSettings: settings
        ),
        // Benchmarks; the command plugin looks for them in this folder.
        .executableTarget(
            name: "HotPathBenchmarks",
            dependencies: [
                "HotPath", "Measurement", runtime, .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/HotPathBenchmarks",
            swiftSettings: settings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
        .executableTarget(
            name: "ScrapeBenchmarks",
            dependencies: [
                "BenchmarkMetrics", "Measurement", runtime, .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/ScrapeBenchmarks",
            swiftSettings: settings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ]
)
