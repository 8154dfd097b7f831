import Foundation
import Testing

/// Test data of other projects, which lies beside the package where it is there at all.
enum SharedData {
    static let folder: String? = {
        if let named = ProcessInfo.processInfo.environment["METRICS_SHARED"], !named.isEmpty { return named }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.deletingLastPathComponent().appendingPathComponent("shared").path
        return FileManager.default.fileExists(atPath: folder + "/corpora") ? folder : nil
    }()

    static let isThere: Bool = folder != nil

    static let reason: Comment = "the corpora of other projects are not here (METRICS_SHARED names them)"

    /// The paths in a folder of the corpora, sorted; none where there are no corpora.
    static func paths(_ path: String) -> [String] {
        guard let folder else { return [] }
        let full = "\(folder)/corpora/\(path)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: full)) ?? []
        return names.filter { !$0.hasPrefix(".") && $0 != "README" }.sorted().map { "\(full)/\($0)" }
    }
}
