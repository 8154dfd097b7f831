// swift-tools-version: 6.1

import PackageDescription

// A package of its own: nobody who uses the metrics has to fetch or build gRPC.
let package = Package(
    name: "library-metrics",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-metrics-generator", path: "../..", traits: ["SwiftMetrics"]),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["JSON", "Reloading"]),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        .target(
            name: "LibraryMetrics",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsRuntime", package: "swift-metrics-generator"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "LibraryMetricsTests",
            dependencies: [
                "LibraryMetrics",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "SwiftMetricsBackend", package: "swift-metrics-generator"),
            ]
        ),
    ]
)
