#if Redis
    import Foundation

    /// A folder that is removed with its last reference.
    final class TestFolder: Sendable {
        let path: String

        init() throws {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("redis-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            path = folder.path
        }

        deinit {
            try? FileManager.default.removeItem(atPath: path)
        }
    }
#endif
