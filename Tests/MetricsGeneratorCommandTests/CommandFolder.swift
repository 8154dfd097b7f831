import Foundation

/// A temporary folder in which the generator is run.
final class CommandFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("generator-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path + "/Definitions", withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, _ name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
    }

    func run(_ arguments: String..., standardInput: String? = nil) throws -> GeneratorProcess.Result {
        try run(arguments, standardInput: standardInput)
    }

    func run(_ arguments: [String], standardInput: String? = nil) throws -> GeneratorProcess.Result {
        try GeneratorProcess.run(arguments, in: path, standardInput: standardInput)
    }
}
