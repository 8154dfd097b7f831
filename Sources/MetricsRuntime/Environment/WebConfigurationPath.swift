/// Reads the path of the file that says who may scrape.
enum WebConfigurationPath {
    /// The path in a text; no path where there is no text.
    ///
    /// An empty text is a mistake and not plain HTTP for everybody: whoever set the variable wanted to keep some out.
    static func parse(_ text: String?) -> Result<String?, MetricsEnvironmentProblem> {
        guard let text else { return .success(nil) }
        func problem(_ reason: String) -> Result<String?, MetricsEnvironmentProblem> {
            .failure(
                MetricsEnvironmentProblem(
                    .webConfiguration,
                    value: text,
                    reason: reason,
                    remedy: "name a web.config file, or unset the variable for plain HTTP"
                )
            )
        }
        if text.trimmingBlanks().isEmpty { return problem("is empty") }
        if text.unicodeScalars.contains("\0") { return problem("holds a NUL character") }
        if text.unicodeScalars.contains("\u{FFFD}") { return problem("holds bytes that are not UTF-8") }
        return .success(text)
    }
}
