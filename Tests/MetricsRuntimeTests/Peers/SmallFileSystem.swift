import Foundation
import Testing

/// File systems of the tests' own that are soon full.
///
/// Mounting takes root.
enum SmallFileSystem {
    case tmpfs(options: String)
    case ext4(kibibytes: Int)
    /// A subvolume whose quota is so small; unlike quotas of users it holds for root too.
    case btrfsQuota(kibibytes: Int)

    /// Whether this process may mount at all: root of a container often may not.
    static let isMountable: Bool = {
        guard getuid() == 0 else { return false }
        return (try? SmallFileSystem.tmpfs(options: "size=64k").with { _ in true }) ?? false
    }()
    static let absence: Comment = "mounting a file system takes root"

    /// Whether ext4 can be made and mounted from an image.
    static let hasExt4: Bool = {
        guard isMountable, PeerProcess.find("mkfs.ext4") != nil else { return false }
        return (try? SmallFileSystem.ext4(kibibytes: 1024).with { _ in true }) ?? false
    }()
    static let ext4Absence: Comment = "takes root, mkfs.ext4 and a loop device"

    /// Whether btrfs can be made and mounted from an image, and keeps quotas.
    static let hasQuota: Bool = {
        guard isMountable, PeerProcess.find("mkfs.btrfs") != nil, PeerProcess.find("btrfs") != nil else { return false }
        return (try? SmallFileSystem.btrfsQuota(kibibytes: 256).with { _ in true }) ?? false
    }()
    static let quotaAbsence: Comment = "takes root, btrfs-progs, a kernel with btrfs and a loop device"

    /// Mounts the file system, gives `body` its path, and unmounts it.
    func with<Result>(_ body: (String) throws -> Result) throws -> Result {
        try TemporaryFolder.with { folder in
            let path = folder + "/mounted"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            var inside = path
            switch self {
            case .tmpfs(let options):
                try run("mount", ["-t", "tmpfs", "-o", options, "none", path])
            case .ext4(let kibibytes):
                let image = makeImage(in: folder, kibibytes: kibibytes)
                try run("mkfs.ext4", ["-q", "-F", "-m", "0", "-O", "^has_journal", image])
                try run("mount", ["-o", "loop", image, path])
            case .btrfsQuota:
                let image = makeImage(in: folder, kibibytes: 64 << 10)
                try run("mkfs.btrfs", ["-q", "--mixed", image])
                try run("mount", ["-o", "loop", image, path])
                inside = path + "/metrics"
            }
            defer { try? run("umount", ["-l", path]) }
            if case .btrfsQuota(let kibibytes) = self {
                try run("btrfs", ["quota", "enable", path])
                try run("btrfs", ["subvolume", "create", inside])
                try run("btrfs", ["qgroup", "limit", "\(kibibytes)K", inside])
            }
            return try body(inside)
        }
    }

    private func makeImage(in folder: String, kibibytes: Int) -> String {
        let image = folder + "/image"
        _ = FileManager.default.createFile(atPath: image, contents: nil)
        truncate(image, off_t(kibibytes * 1024))
        return image
    }

    /// Writes a file until there is no room left.
    static func fill(_ path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT, 0o600)
        defer { close(file) }
        for size in [1 << 16, 1 << 12, 1] {
            let block = [UInt8](repeating: 1, count: size)
            while write(file, block, size) == size {}
        }
    }

    private func run(_ name: String, _ arguments: [String]) throws {
        let output = try PeerProcess.run(try #require(PeerProcess.find(name)), arguments)
        try #require(output.status == 0, "\(name): \(output.standardError)")
    }
}
