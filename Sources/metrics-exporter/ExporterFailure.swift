import ArgumentParser
import MetricsRuntime

/// Ends the program with a message and an exit code of `sysexits.h`.
struct ExporterFailure: Error {
    let code: ExitCode
    let message: String

    /// A flag or an environment variable is wrong.
    static func usage(_ message: String) -> Self { Self(code: ExitCode(64), message: message) }
    /// There is nothing to read at the place that was named.
    static func noInput(_ message: String) -> Self { Self(code: ExitCode(66), message: message) }
    /// The endpoint cannot listen.
    static func unavailable(_ message: String) -> Self { Self(code: ExitCode(69), message: message) }
    /// The output cannot be written.
    static func output(_ message: String) -> Self { Self(code: ExitCode(74), message: message) }

    /// Runs a command's work; a failure is told on standard error, and its code ends the program.
    static func reported<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let error as MetricsEnvironmentError {
            throw ExporterFailure.usage(error.description).reported()
        } catch let failure as ExporterFailure {
            throw failure.reported()
        }
    }

    private func reported() -> ExitCode {
        let lines = message.split(separator: "\n").map { "error: \($0)\n" }
        // Where standard error is closed there is nobody to tell; the exit code says it all the same.
        try? StandardStream.error.write(Array(lines.joined().utf8))
        return code
    }
}
