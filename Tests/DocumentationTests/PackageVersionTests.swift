import Foundation
import PackageVersion
import Testing

/// The version stands in one place, and everything else says the same.
@Suite struct PackageVersionTests {
    @Test(arguments: ["metrics-generator", "metrics-exporter"])
    func programsPrintIt(_ program: String) async throws {
        let run = try await ShellRun("\(program) --version", in: PackageFiles.root)
        #expect(run.code == 0)
        #expect(run.output == packageVersion + "\n")
    }

    @Test func itIsSemantic() throws {
        #expect(packageVersion.wholeMatch(of: #/\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?/#) != nil)
    }

    @Test func whatUsersCopyNamesIt() throws {
        for path in ["README.md", "Documentation/GettingStarted.md"] {
            let text = try PackageFiles.read(path)
            #expect(text.contains("from: \"\(packageVersion)\""), "\(path)")
        }
    }

    @Test func theOldestSwiftIsTheSameEverywhere() throws {
        let tools = try PackageFiles.read("scripts/install-tools")
        let oldest = try #require(tools.firstMatch(of: #/required_swift=(\d+\.\d+)/#)).1
        for path in ["README.md", "CONTRIBUTING.md", "Documentation/GettingStarted.md"] {
            #expect(try PackageFiles.read(path).contains("Swift \(oldest) or later"), "\(path)")
        }
        #expect(try PackageFiles.read("Documentation/ExposingMetrics.md").contains("FROM swift:\(oldest)-"))
        #expect(try PackageFiles.read(".spi.yml").contains("swift_version: \"\(oldest)\""))
    }
}
