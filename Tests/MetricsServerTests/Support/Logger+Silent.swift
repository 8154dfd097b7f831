import Logging

extension Logger {
    /// A logger that logs nothing.
    static let silent = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
}
