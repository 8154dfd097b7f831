// swift-tools-version: 6.1

import PackageDescription

// An app as users have it: it depends on the package from outside and takes what it needs of it, no traits.
// METRICS_PACKAGE names the package: a folder, or with METRICS_PACKAGE_VERSION a repository.
let location = Context.environment["METRICS_PACKAGE"] ?? "../../.."
let version = Context.environment["METRICS_PACKAGE_VERSION"].flatMap { Version($0) }
let metrics: Package.Dependency =
    version.map { .package(url: location, exact: $0, traits: []) }
    ?? .package(name: "swift-metrics-generator", path: location, traits: [])

let package = Package(
    name: "App",
    platforms: [.macOS(.v15)],
    dependencies: [metrics],
    targets: [
        // Code made while building, of definitions in the target's folder.
        .executableTarget(
            name: "Shop",
            dependencies: [.product(name: "MetricsRuntime", package: "swift-metrics-generator")],
            plugins: [.plugin(name: "MetricsGeneratorPlugin", package: "swift-metrics-generator")]
        ),
        // Code that the command plugin writes, of definitions that the target's settings name.
        .executableTarget(
            name: "Depot",
            dependencies: [.product(name: "MetricsRuntime", package: "swift-metrics-generator")],
            exclude: ["metrics-generator.json"]
        ),
    ]
)
