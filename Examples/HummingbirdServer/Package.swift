// swift-tools-version: 6.1

import PackageDescription

// A package of its own: nobody who uses the metrics has to fetch or build Hummingbird.
let package = Package(
    name: "hummingbird-server",
    platforms: [.macOS(.v15)],
    dependencies: [
        // The app has a server already: without the trait Server the metrics bring none of their own.
        .package(name: "swift-metrics-generator", path: "../..", traits: ["SwiftMetrics"]),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    ],
    targets: [
        .executableTarget(
            name: "HummingbirdServer",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "MetricsRuntime", package: "swift-metrics-generator"),
                .product(name: "MetricsServer", package: "swift-metrics-generator"),
            ]
        ),
        // Not HummingbirdTesting: its HTTP client brings a TLS library that takes longer to build than everything else.
        .testTarget(
            name: "HummingbirdServerTests",
            dependencies: [
                "HummingbirdServer",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "SwiftMetricsBackend", package: "swift-metrics-generator"),
            ]
        ),
    ]
)
