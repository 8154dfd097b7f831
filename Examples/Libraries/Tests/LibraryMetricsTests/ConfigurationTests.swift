import Configuration
import Foundation
import MetricsRuntime
import SystemPackage
import Testing

/// A library that records by itself, through the factory that the app has bootstrapped.
@Suite("What swift-configuration records", .timeLimit(.minutes(2)))
struct ConfigurationTests {
    @Test("Counters and gauges of a file that is read again come into the scrape")
    func reloading() async throws {
        let path = FilePath("\(NSTemporaryDirectory())library-metrics-\(UUID().uuidString).json")
        let url = URL(fileURLWithPath: path.string)
        try Data(#"{"port": 1}"#.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        try await Scrape.with { scrape in
            let provider = try await ReloadingFileProvider<JSONSnapshot>(
                filePath: path,
                pollInterval: .milliseconds(20)
            )
            let name = "reloadingfileprovider_jsonsnapshot_"
            #expect(try await scrape.value("\(name)_file_size_bytes") == 11)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await provider.run() }
                _ = try await scrape.value("\(name)_poll_ticks_total") { $0 >= 1 }
                // The time of the change tells the provider, so it must be another one.
                try Data(#"{"port": 8080}"#.utf8).write(to: url)
                let later = [FileAttributeKey.modificationDate: Date.distantFuture]
                try FileManager.default.setAttributes(later, ofItemAtPath: path.string)
                _ = try await scrape.value("\(name)_reloads_total") { $0 >= 1 }
                #expect(try await scrape.value("\(name)_file_size_bytes") { $0 == 14 } == 14)
                group.cancelAll()
            }
            let text = scrape.text
            #expect(text.contains("# TYPE \(name)_poll_ticks_total counter\n"))
            #expect(text.contains("# HELP \(name)_file_size_bytes Size of the configuration file\n"))
            #expect(text.contains("# TYPE \(name)_file_size_bytes gauge\n"))
        }
    }
}
