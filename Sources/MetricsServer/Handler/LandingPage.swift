/// The page at `/`: says what runs here, and where its metrics are.
///
/// One column that fits a phone, readable in a dark room, and nothing in it from elsewhere.
struct LandingPage: Sendable {
    let response: MetricsResponse

    init(title: String, metricsPath: String) {
        let title = Self.escaped(title)
        let page = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <style>
            body { font: 100%/1.5 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
            h1 { font-size: 1.5rem }
            li { padding: 0.5rem 0 }
            </style>
            </head>
            <body>
            <h1>\(title)</h1>
            <ul>
            <li><a href="\(metricsPath)">Metrics</a> for Prometheus</li>
            <li><a href="/-/healthy">Health</a> and <a href="/-/ready">readiness</a></li>
            </ul>
            </body>
            </html>

            """
        response = .content(
            type: "text/html; charset=utf-8",
            Array(page.utf8),
            headers: [
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
            ]
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
