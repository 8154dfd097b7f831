import Foundation
import Testing

/// Directories that Python's client wrote: the exporter prints what Python's own collector printed.
@Suite(.timeLimit(.minutes(10))) struct PythonFixtureTests {
    private static let fixtures: [String] = {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let shared = ProcessInfo.processInfo.environment["METRICS_SHARED"] ?? "\(root.path)/../shared"
        let folder = "\(shared)/fixtures/multiprocess"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { "\(folder)/\($0)" }.filter { path in
            guard let expected = try? String(contentsOfFile: "\(path)/expected_sorted.txt", encoding: .utf8) else {
                return false
            }
            // Where Python's collector fails, there is nothing to compare with.
            return !expected.hasPrefix("EXCEPTION")
        }
    }()

    @Test(.enabled(if: !fixtures.isEmpty, "there is no folder of shared fixtures"), arguments: fixtures)
    func printsWhatPythonPrints(folder: String) async throws {
        let run = try await ExporterProcess.run(["dump", "--multiproc-dir", folder])
        #expect(run.exitCode == 0)
        let expected = try String(contentsOfFile: "\(folder)/expected_sorted.txt", encoding: .utf8)
        #expect(Self.samples(run.output) == Self.samples(expected))
    }

    /// Every sample with its value as a number: how a number is written is the format's business.
    ///
    /// As text again, so that NaN equals NaN; adding zero takes the sign of a negative zero away.
    private static func samples(_ exposition: String) -> [String: String] {
        var samples: [String: String] = [:]
        for line in exposition.split(separator: "\n") where !line.hasPrefix("#") {
            guard let blank = line.lastIndex(of: " ") else { continue }
            let value = Double(line[line.index(after: blank)...])
            samples[String(line[..<blank])] = value.map { "\($0 + 0)" } ?? "no number"
        }
        return samples
    }
}
