import Foundation
import MetricsRuntime
import MetricsServer
import Testing

/// The page at `/` as people see it: in a browser, on a phone and on a desk.
@Suite("The landing page in a browser", .timeLimit(.minutes(3)))
struct LandingPageTests {
    private static let browser = ["chromium", "chromium-browser", "google-chrome"].lazy.compactMap(path).first

    /// What a script in the page finds out about its layout, in CSS pixels.
    private struct Layout: Decodable {
        /// How wide the window is, and how wide what is in it.
        var window: Double
        var content: Double
        var links: [String]
        /// The lowest link: a thumb needs 44.
        var lowestLink: Double
        /// The smallest text.
        var smallestText: Double
    }

    @Test(
        "It fits the window, its links are easy to hit, its text is easy to read",
        .enabled(if: browser != nil, "no chromium on the PATH"),
        arguments: [360, 390, 1280]
    )
    func layout(width: Int) async throws {
        let title = "metrics-exporter <of> " + String(repeating: "something-with-a-long-name", count: 6)
        let handler = MetricsHandler(title: title, version: "1.2.3", logger: .silent) { .gauge() }
        let page = await handler.respond(to: MetricsRequest(target: "/"))
        let script = """
            <script>
            const boxes = [...document.links].map(link => link.getBoundingClientRect());
            const texts = [...document.body.querySelectorAll('*')].filter(one => one.innerText);
            parent.document.title = JSON.stringify({
                window: innerWidth, content: document.documentElement.scrollWidth,
                links: [...document.links].map(link => link.getAttribute('href')),
                lowestLink: Math.min(...boxes.map(box => box.height)),
                smallestText: Math.min(...texts.map(one => parseFloat(getComputedStyle(one).fontSize))),
            });
            </script>
            """
        let layout = try await show(String(decoding: page.body, as: UTF8.self) + script, width: width)
        #expect(layout.content <= layout.window)
        #expect(layout.window == Double(width))
        #expect(layout.links == ["/metrics", "/-/healthy", "/-/ready"])
        #expect(layout.lowestLink >= 44)
        #expect(layout.smallestText >= 14)
    }

    /// Opens a page and gives the layout that its script put into its title.
    private func show(_ page: String, width: Int) async throws -> Layout {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("landing-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("page.html")
        // In a frame, since a window of a browser cannot be as narrow as a phone.
        let quoted = page.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        let frame = #"<iframe style="width: \#(width)px; height: 800px; border: 0" srcdoc="\#(quoted)"></iframe>"#
        try Data("<!DOCTYPE html><title>no report</title>\(frame)".utf8).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.browser))
        process.arguments = [
            // Without a sandbox, since it has none in containers; the page is our own.
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--user-data-dir=\(folder.path)/profile", "--dump-dom", file.absoluteString,
        ]
        let output = folder.appendingPathComponent("dom")
        try Data().write(to: output)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        await withCheckedContinuation { continuation in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume() }
        }
        let dom = String(decoding: try Data(contentsOf: output), as: UTF8.self)
        let report = try #require(dom.firstMatch(of: #/<title>(\{.*?\})<\/title>/#), "\(dom.prefix(300))")
        return try JSONDecoder().decode(Layout.self, from: Data(report.1.utf8))
    }

    private static func path(of program: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
