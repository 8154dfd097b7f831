import Foundation
import Testing

/// Data of other clients that stands beside the package, where somebody put it there.
enum PeerData {
    /// The package's root folder.
    static let packageRoot: URL = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url
    }()

    /// The folder `../shared`, or the one that `METRICS_SHARED` names; `nil` where there is none.
    static let root: URL? = {
        let named = ProcessInfo.processInfo.environment["METRICS_SHARED"].map { URL(fileURLWithPath: $0) }
        let url = named ?? packageRoot.deletingLastPathComponent().appendingPathComponent("shared")
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }()

    static let isPresent = root != nil
    static let absence: Comment = "no folder ../shared beside the package and no METRICS_SHARED"

    /// The text of a file in that folder.
    static func text(_ path: String) throws -> String {
        let url = try #require(root).appendingPathComponent(path)
        return String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }

    /// The lines of a file in that folder, cut into columns at tabs.
    static func table(_ path: String) throws -> [[String]] {
        try text(path).split(separator: "\n").map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
