import Foundation

/// Files of the package that tests look at.
enum PackageFiles {
    static func read(_ path: String, from file: String = #filePath) throws -> [UInt8] {
        let root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return Array(try Data(contentsOf: root.appendingPathComponent(path)))
    }
}
