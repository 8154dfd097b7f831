import Foundation
import ProcessTesting
import Testing

/// `verify` as users run it: streams, formats and exit codes.
@Suite(.blocking) struct VerifyCommandTests {
    private static let scrape = "# HELP shop_jobs Jobs waiting\n# TYPE shop_jobs gauge\nshop_jobs 1\n"

    private let folder: CommandFolder

    init() throws {
        folder = try CommandFolder()
        try folder.write(
            "metrics:\n  - {name: shop_jobs, type: gauge, documentation: Jobs waiting}\n",
            "Definitions/shop.yaml"
        )
        try folder.write(Self.scrape, "scrape.txt")
    }

    @Test func whatAgreesExitsWith0() throws {
        let summary = "1 of 1 metrics are in the scrape (100 %), 0 families are not defined: no difference\n"
        let result = try folder.run("verify", "scrape.txt")
        #expect(result.code == 0, "\(result.error)")
        #expect(result.output == summary)
        #expect(result.error.isEmpty)
        for arguments in [
            ["verify", "-"], ["verify", "--definitions", "Definitions", "-"],
            ["verify", "-", "--definitions", "Definitions"], ["verify", "--definitions", "Definitions", "--", "-"],
        ] {
            #expect(try folder.run(arguments, standardInput: "scrape.txt").output == summary, "\(arguments)")
        }
    }

    @Test func whatDiffersExitsWith2AndShowsBothPlaces() throws {
        try folder.write(Self.scrape.replacing("gauge", with: "counter"), "scrape.txt")
        let result = try folder.run("verify", "scrape.txt")
        #expect(result.code == 2)
        #expect(
            result.output == """
                scrape.txt:2:18: error: 'shop_jobs' is defined as a gauge, and exposed as counter [verify-type]
                 2 | # TYPE shop_jobs counter
                   |                  ^~~~~~~
                Definitions/shop.yaml:2:12: note: 'shop_jobs' is defined here
                 2 |   - {name: shop_jobs, type: gauge, documentation: Jobs waiting}
                   |            ^~~~~~~~~
                1 of 1 metrics are in the scrape (100 %), 0 families are not defined: 1 difference

                """
        )
    }

    @Test func theOutcomeIsThereAsJSON() throws {
        try folder.write("shop_runs 1\n", "scrape.txt")
        let result = try folder.run("verify", "scrape.txt", "--format", "json")
        #expect(result.code == 2)
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any],
            "\(result.output)"
        )
        #expect(root["matches"] as? Bool == false)
        let coverage = try #require(root["coverage"] as? [String: Any])
        #expect(coverage["defined"] as? Int == 1)
        #expect(coverage["seen"] as? Int == 0)
        #expect(coverage["percent"] as? Int == 0)
        #expect(coverage["missing"] as? [String] == ["shop_jobs"])
        #expect(coverage["undeclared"] as? [String] == ["shop_runs"])
        let findings = try #require(root["findings"] as? [[String: Any]])
        #expect(Set(findings.compactMap { $0["rule"] as? String }) == ["verify-missing", "verify-undeclared"])
        #expect(
            findings.contains { $0["file"] as? String == "scrape.txt" && ($0["start"] as? [String: Int])?["line"] == 1 }
        )
    }

    @Test func familiesOfLibrariesCanBeLeftOut() throws {
        try folder.write(Self.scrape + "go_threads 1\nup 1\n", "scrape.txt")
        #expect(try folder.run("verify", "scrape.txt").code == 2)
        #expect(try folder.run("verify", "--ignore", "go_*", "--ignore", "up", "scrape.txt").code == 0)
    }

    @Test func whatCannotBeComparedHasCodesOfItsOwn() throws {
        try folder.write("shop_jobs\n", "broken.txt")
        #expect(try folder.run("verify", "broken.txt").code == 65)
        #expect(try folder.run("verify", "nowhere.txt").code == 66)
        #expect(try folder.run("verify", "scrape.txt", "--definitions", "nowhere").code == 66)
        #expect(try folder.run("verify").code == 64)
        try folder.write("metrics:\n  - {name: shop_jobs}\n", "Definitions/shop.yaml")
        #expect(try folder.run("verify", "scrape.txt").code == 1)
    }
}
