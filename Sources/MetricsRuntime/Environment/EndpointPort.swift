/// Reads the port of the endpoint.
package enum EndpointPort {
    /// The ports that a socket can be bound to; with 0 the system chooses one.
    package static let range = 0...65535

    private static let remedy = "give a whole number from 0 to 65535 (0 lets the system choose a free port)"

    /// The problem of a program that needs the port and has none.
    static let missing = MetricsEnvironmentProblem(.metricsPort, value: nil, reason: "is not set", remedy: remedy)

    /// The port in a text; no port where there is no text, unless one is required.
    ///
    /// Blanks around the number are fine, since files of environment variables have them; signs and other bases
    /// are not.
    static func parse(_ text: String?, required: Bool) -> Result<Int?, MetricsEnvironmentProblem> {
        guard let text else { return required ? .failure(missing) : .success(nil) }
        func problem(_ reason: String) -> Result<Int?, MetricsEnvironmentProblem> {
            .failure(MetricsEnvironmentProblem(.metricsPort, value: text, reason: reason, remedy: remedy))
        }
        let digits = text.trimmingBlanks()
        if digits.isEmpty { return problem("is empty") }
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return problem("is not a whole number")
        }
        guard let port = Int(digits), range.contains(port) else { return problem("is out of range") }
        return .success(port)
    }
}
