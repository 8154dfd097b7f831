import MetricsGeneratorCore
import ProcessTesting
import Testing

extension PackageFiles {
    /// Definitions of every type with every option.
    static let everyType = root + "/Tests/GeneratedCodeTests/Definitions"
}

extension TemporaryFolder {
    /// Writes an output into the folder `out`.
    func generate(
        _ target: String,
        from definitions: String = PackageFiles.root + "/Definitions",
        _ change: (inout GenerateRun) -> Void = { _ in }
    ) throws {
        var run = GenerateRun(definitions: [definitions], output: path("out"))
        run.target = target
        change(&run)
        let outcome = run.run()
        try #require(outcome.code == .success, "\(outcome.standardError)")
    }
}
