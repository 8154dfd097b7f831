#if Server
    import Foundation
    import ProcessTesting
    import Testing

    /// The example under load exposes what `Definitions/` says: the gauges of each process with the label that merging
    /// adds, and the runtime's own families besides.
    @Suite(.blocking, .timeLimit(.minutes(10))) struct VerifyExampleTests {
        @Test func theExamplesScrapeAgreesWithItsDefinitions() throws {
            let folder = try CommandFolder()
            let demo = try GeneratorProcess.run(["demo", "--once"], of: "PreforkServer", in: folder.path)
            #expect(demo.code == 0, "\(demo.output)\(demo.error)")
            // What it prints besides are comments.
            try folder.write(demo.output, "scrape.txt")
            let definitions = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appendingPathComponent("Definitions").path
            let result = try folder.run("verify", "scrape.txt", "--definitions", definitions)
            #expect(result.code == 0, "\(result.output)\(result.error)")
            #expect(result.output.hasPrefix("14 of 14 metrics are in the scrape (100 %)"), "\(result.output)")
        }
    }
#endif
