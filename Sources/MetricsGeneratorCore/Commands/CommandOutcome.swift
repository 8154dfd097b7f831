/// What a command gave: what it prints, and the code that it exits with.
package struct CommandOutcome: Sendable, Equatable {
    /// The generator's exit codes.
    package enum Code: Int32, Sendable {
        case success = 0
        /// The definitions, or the templates, are wrong.
        case invalid = 1
        /// A check found a difference.
        case different = 2
        /// What was asked for does not exist.
        case usage = 64
        /// A scrape cannot be read.
        case badData = 65
        /// The input is missing.
        case noInput = 66
        /// The output cannot be written.
        case cannotWrite = 74
    }

    package var code: Code
    package var standardOutput = ""
    package var standardError = ""

    package init(_ code: Code, standardOutput: String = "", standardError: String = "") {
        self.code = code
        self.standardOutput = standardOutput
        self.standardError = standardError
    }

    /// Prints what there is to print; the code to exit with, which is another one where that fails.
    package func print() -> Code {
        var (code, errors) = (code, standardError)
        do throws(FileError) {
            try FileSystem.print(standardOutput)
        } catch {
            code = .cannotWrite
            errors += "error: \(error)\n"
        }
        // Nobody could be told that standard error takes nothing.
        try? FileSystem.print(errors, toStandardError: true)
        return code
    }
}
