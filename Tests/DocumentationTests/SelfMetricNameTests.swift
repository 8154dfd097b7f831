import Foundation
import Testing

/// What the pages and the comments say that the package counts about itself, it does count.
@Suite struct SelfMetricNameTests {
    @Test func everyNameIsReal() throws {
        let sources = try Self.swiftFiles().map { try String(contentsOf: $0, encoding: .utf8) }
        let pages = MarkdownPage.all.map(\.text) + sources
        var real: Set<Substring> = []
        for source in sources {
            for match in source.matches(of: #/"(metrics_[a-z_]+)"/#) { real.insert(match.1) }
        }
        var named: Set<Substring> = []
        for page in pages {
            for match in page.matches(of: #/metrics_[a-z_]+(?:_total|_seconds|_bytes|_in_flight)\b/#) {
                named.insert(match.0)
            }
        }
        #expect(named.count > 5)
        for name in named {
            let family = name.hasSuffix("_total") ? name.dropLast("_total".count) : name
            #expect(real.contains(name) || real.contains(family), "nothing exposes \(name)")
        }
    }

    private static func swiftFiles() throws -> [URL] {
        let folder = PackageFiles.root.appendingPathComponent("Sources")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return try #require(files).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }
}
