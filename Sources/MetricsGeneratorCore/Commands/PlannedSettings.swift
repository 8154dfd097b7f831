/// The settings of a target as they were when a build was planned.
///
/// The package manager asks a build tool plugin once what is to be run, and not again when a file changes that the plugin
/// read for its answer: the generator would go on with the settings of then, and nobody would know.
package struct PlannedSettings: Sendable {
    private let path: String
    private let text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// What is wrong where the file says something else now; `nil` where it does not.
    package func check() -> CommandOutcome? {
        let now = try? FileSystem.read(path)
        guard now != Array(text.utf8) else { return nil }
        let message = "the settings have changed since the build was planned: run 'touch Package.swift' and build again"
        return CommandOutcome(.invalid, standardError: "\(path):1:1: error: \(message)\n")
    }
}
