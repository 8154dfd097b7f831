import Foundation
import MetricDefinitions
import ProcessTesting
import Testing

/// Inputs changed at random: no reader may crash, and what it gives must hold together.
///
/// The seeds are those of the fuzzer (`scripts/fuzz`), which runs the same checks for longer. `LONG=1` takes a hundred
/// times as many inputs.
@Suite(.blocking) struct MutationTests {
    private static let isLong: Bool = ProcessInfo.processInfo.environment["LONG"] == "1"
    private static let rounds = isLong ? 20_000 : 200

    private static func seeds(_ folder: String, _ names: String...) throws -> [[UInt8]] {
        try names.map { try PackageFiles.read("Fuzzing/Seeds/\(folder)/\($0)") }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func definitionFilesGiveAModelOrErrors(seed: UInt64) throws {
        let words = [
            "- ", ": ", "{", "}", "[", "]", "\"", "'", "&a ", "*a", "<<: *a", "|\n", "\t", "---\n", "\r\n", "#",
            "!!str ",
            "name: ", "type: histogram", "labels: [", "values: ", "buckets: ", "\u{FEFF}", "\\x00", "? ", "null",
            "1e999",
        ]
        var mutator = Mutator(seed: seed, seeds: try Self.seeds("yaml", "types.yaml", "labels.yaml"), words: words)
        for _ in 0..<Self.rounds {
            let bytes = mutator.next()
            let result = DefinitionPipeline().run([SourceFile(path: "mutated.yaml", bytes: bytes)])
            #expect((result.model == nil) == result.report.hasErrors)
            #expect(result.text.isEmpty == result.report.diagnostics.isEmpty)
        }
    }

    @Test(arguments: ScrapeFormat.allCases, [1, 2, 3] as [UInt64])
    func scrapesThatCanBeReadCanBeImported(format: ScrapeFormat, seed: UInt64) throws {
        let words = [
            "{", "}", "\"", ",", "=", " ", "\\", "\n", "# ", "# EOF\n", "# TYPE a histogram\n", "# HELP a b\n",
            "# UNIT a_s s\n", "le=\"1\"", "le=\"+Inf\"", "quantile=\"1\"", "_total", "_bucket", "_sum", "_created",
            "NaN",
            "-1", "1e3", " 1", " # {a=\"b\"} 1", "\r", "\u{0}", "pid=\"1\"", "__name__",
        ]
        var mutator = Mutator(seed: seed, seeds: try Self.seeds(format.rawValue, "families.txt"), words: words)
        for _ in 0..<Self.rounds {
            let read = readScrape(mutator.next(), format)
            guard !read.report.hasErrors else {
                #expect(!read.text.isEmpty)
                continue
            }
            let definitions = ScrapeImporter.definitions(of: read.scrape).text
            let result = DefinitionPipeline().run([SourceFile(path: "imported.yaml", text: definitions)])
            let model = try #require(result.model, "\(definitions)\n\(result.text)")
            let verification = ScrapeVerifier.verify(read.scrape, against: model)
            #expect(verification.missing.isEmpty, "\(definitions)\n\(verification.findings.map(\.message))")
        }
    }
}
