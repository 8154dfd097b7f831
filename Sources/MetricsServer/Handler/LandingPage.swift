/// The page at `/`: says what runs here, and where its metrics are.
struct LandingPage: Sendable {
    let response: MetricsResponse

    init(title: String, metricsPath: String) {
        let title = Self.escaped(title)
        let page = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>\(title)</title></head>
            <body>
            <h1>\(title)</h1>
            <p><a href="\(metricsPath)">Metrics</a></p>
            <p><a href="/-/healthy">Health</a></p>
            </body>
            </html>

            """
        response = .content(
            type: "text/html; charset=utf-8",
            Array(page.utf8),
            headers: [("X-Content-Type-Options", "nosniff")]
        )
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
