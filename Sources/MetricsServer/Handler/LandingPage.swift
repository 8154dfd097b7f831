/// The page at `/`: says what runs here, and where its metrics are.
///
/// In the style of Prometheus' exporters: one column that fits a phone, links that a thumb hits, readable in a dark room, and
/// nothing in it from elsewhere.
struct LandingPage: Sendable {
    let response: MetricsResponse

    init(title: String, version: String?, metricsPath: String) {
        let title = Self.escaped(title)
        let version = version.map { "\n<p>Version \(Self.escaped($0))</p>" } ?? ""
        let page = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <style>
            body { font: 100%/1.5 system-ui, sans-serif; margin: 0; overflow-wrap: anywhere }
            header { background: #c2410c; color: #fff; padding: 1rem }
            header > *, main { max-width: 40rem; margin: 0 auto }
            h1 { font-size: 1.5rem; line-height: 1.25 }
            ul { list-style: none; margin: 0; padding: 1rem }
            a { display: block; padding: 0.75rem 0; border-bottom: 1px solid #8886; text-decoration: none }
            a span { text-decoration: underline }
            small { display: block; font-size: 0.875rem; opacity: 0.8; color: CanvasText }
            </style>
            </head>
            <body>
            <header>
            <h1>\(title)</h1>\(version)
            </header>
            <main>
            <ul>
            <li><a href="\(metricsPath)"><span>Metrics</span><small>Text, OpenMetrics or protobuf, as the client asks</small></a></li>
            <li><a href="/-/healthy"><span>Healthy</span><small>Whether this process answers</small></a></li>
            <li><a href="/-/ready"><span>Ready</span><small>Whether it can be scraped</small></a></li>
            </ul>
            </main>
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
