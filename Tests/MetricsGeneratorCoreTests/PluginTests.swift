import Foundation
import ProcessTesting
import Testing

/// The plugins in a package of their own, as users have it.
///
/// Builds the generator and the runtime anew, which takes minutes: `METRICS_PLUGIN_TESTS=1` or `LONG=1` runs them.
/// One after the other: each build takes all processors, and two of them twice the memory.
@Suite(.blocking, .serialized) struct PluginTests {
    private static let isAsked: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return environment["METRICS_PLUGIN_TESTS"] == "1" || environment["LONG"] == "1"
    }()
    private static let reason: Comment = "METRICS_PLUGIN_TESTS=1 builds the packages of the plugins' tests"

    private let folder: TemporaryFolder
    private let swift: String

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            atPath: PackageFiles.root + "/Tests/PluginFixtures/App",
            toPath: folder.path("App")
        )
        swift = try #require(Program.find("swift"))
    }

    private func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Program.Result {
        let package = ["METRICS_PACKAGE": PackageFiles.root]
        return try Program.run(
            swift,
            arguments,
            environment: package.merging(environment) { $1 },
            in: folder.path("App")
        )
    }

    private func build() throws -> Program.Result {
        try leaveSecondOfGeneratedCode()
        return try run(["build", "--product", "Shop"])
    }

    /// On Linux swiftc tells two states of a file apart by whole seconds: code that is generated again within the second
    /// of the last time is taken for compiled, and the link fails.
    private func leaveSecondOfGeneratedCode() throws {
        let generated = "App/.build/plugins/outputs/app/Shop/destination/MetricsGeneratorPlugin/Generated"
        let times = try folder.names(generated).compactMap { name in
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("\(generated)/\(name)"))
            return attributes[.modificationDate] as? Date
        }
        guard let newest = times.max() else { return }
        let second = newest.timeIntervalSince1970.rounded(.down)
        while Date.now.timeIntervalSince1970.rounded(.down) == second { usleep(10_000) }
    }

    /// A build that has to succeed; what it printed says why it did not.
    private func expectBuild(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let result = try build()
        try #require(result.code == 0, "\(result.output.suffix(4000))", sourceLocation: sourceLocation)
    }

    private func program(_ name: String) throws -> String {
        try Program.run(folder.path("App/.build/debug/\(name)"), []).output
    }

    @Test(.enabled(if: PluginTests.isAsked, PluginTests.reason))
    func theBuildFollowsTheDefinitions() throws {
        let orders = "App/Sources/Shop/Definitions/orders.yaml"
        let text = try folder.read(orders)
        try expectBuild()
        #expect(try program("Shop") == "shop_orders_total 1.0\n")

        let again = try build()
        #expect(again.code == 0 && !again.output.contains("Compiling"), "\(again.output)")

        // A comment changes no byte of the code, so nothing is compiled.
        try folder.write("# Orders.\n" + text, to: orders)
        let comment = try build()
        #expect(comment.code == 0 && !comment.output.contains("Compiling Shop"), "\(comment.output)")

        try folder.write(text.replacingOccurrences(of: "shop_orders_total", with: "shop_big_orders_total"), to: orders)
        let edited = try build()
        #expect(edited.code != 0 && edited.output.contains("cannot find 'Orders' in scope"), "\(edited.output)")
        try folder.write(text.replacingOccurrences(of: "documentation: O", with: "documentation: All o"), to: orders)
        try expectBuild()

        try folder.write(
            "metrics:\n  - {name: till_sales_total, type: counter, documentation: Sales at the till}\n",
            to: "App/Sources/Shop/Definitions/till.yaml"
        )
        try expectBuild()
        #expect(try program("Shop") == "shop_orders_total till_sales_total 1.0\n")
        try FileManager.default.removeItem(atPath: folder.path("App/Sources/Shop/Definitions/till.yaml"))
        try expectBuild()
        #expect(try program("Shop") == "shop_orders_total 1.0\n")

        // A folder of other definitions, by a link as the generator follows it.
        try folder.write(
            "metrics:\n  - {name: till_sales_total, type: counter, documentation: Sales at the till}\n",
            to: "Shared/Tills/till.yaml"
        )
        let link = folder.path("App/Sources/Shop/Definitions/shared")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path("Shared"))
        try expectBuild()
        #expect(try program("Shop") == "shop_orders_total till_sales_total 1.0\n")
        try FileManager.default.removeItem(atPath: link)
        try expectBuild()

        // Settings come in, change, and are seen.
        let settings = "App/Sources/Shop/metrics-generator.json"
        try folder.write(#"{"registry": "GeneratedMetrics"}"#, to: settings)
        try expectBuild()
        try folder.write(#"{"registry": "GeneratedMetrics", "output": "Elsewhere"}"#, to: settings)
        let changed = try build()
        #expect(changed.code != 0 && changed.output.contains("run 'touch Package.swift'"), "\(changed.output)")
        let manifest = try folder.read("App/Package.swift")
        try folder.write(manifest, to: "App/Package.swift")
        try expectBuild()
        try FileManager.default.removeItem(atPath: folder.path(settings))
        try expectBuild()

        try folder.write(text.replacingOccurrences(of: "counter", with: "conter"), to: orders)
        let broken = try build()
        #expect(broken.code != 0)
        #expect(broken.output.contains("Definitions/orders.yaml:4:11: error: unknown metric type 'conter'"))
    }

    @Test(.enabled(if: PluginTests.isAsked, PluginTests.reason))
    func theCommandWritesAndChecks() throws {
        // From a repository, as users depend on the package: its last commit, under a version of its own.
        let git = try #require(Program.find("git"))
        let clone = try Program.run(
            git,
            ["clone", "--quiet", PackageFiles.root, folder.path("metrics/swift-metrics-generator")]
        )
        try #require(clone.code == 0, "\(clone.output)")
        let repository = folder.path("metrics/swift-metrics-generator")
        let tag = try Program.run(git, ["-C", repository, "tag", "9.9.9"])
        try #require(tag.code == 0, "\(tag.output)")
        let package = ["METRICS_PACKAGE": repository, "METRICS_PACKAGE_VERSION": "9.9.9"]
        let command = ["package", "--allow-writing-to-package-directory", "generate-metrics", "--target", "Depot"]

        let stale = try run(command + ["--check"], package)
        #expect(stale.code != 0 && stale.output.contains("+++ "), "\(stale.output.suffix(4000))")
        #expect(stale.output.contains("is stale: run 'swift package generate-metrics --target Depot' and commit"))
        let written = try run(command, package)
        try #require(written.code == 0, "\(written.output.suffix(4000))")
        #expect(folder.names("App/Sources/Depot/Generated") == ["DepotMetrics.swift", "parcels.swift"])
        #expect(try run(command + ["--check"], package).code == 0)
        let build = try run(["build", "--product", "Depot"], package)
        try #require(build.code == 0, "\(build.output.suffix(4000))")
        #expect(try program("Depot") == "depot_parcels 3.0\n")

        try folder.write("metrics: [{name: depot_parcels, type: gage}]\n", to: "App/Metrics/parcels.yaml")
        let broken = try run(command, package)
        #expect(broken.code != 0)
        #expect(
            broken.output.contains("Metrics/parcels.yaml:1:39: error: unknown metric type 'gage'"),
            "\(broken.output)"
        )
        #expect(folder.names("App/Sources/Depot/Generated") == ["DepotMetrics.swift", "parcels.swift"])
        let unknown = try run(command.dropLast() + ["Nowhere"], package)
        #expect(unknown.output.contains("there is no target 'Nowhere'"), "\(unknown.output)")
    }
}
