import Foundation
import Hummingbird
import Logging
import MetricsRuntime
import NIOCore
import Testing

@testable import HummingbirdServer

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The app on a port of the system's choice, and a client that asks it.
@Suite("Metrics in a Hummingbird app")
struct MetricsRouteTests {
    private func with(_ body: @escaping @Sendable (_ url: String) async throws -> Void) async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: App.makeRouter(registry: MetricsRegistry(storage: .memory)),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            let port = try #require(await ports.first { _ in true })
            try await body("http://127.0.0.1:\(port)")
            group.cancelAll()
        }
    }

    private func get(
        _ url: String,
        method: String = "GET",
        _ headers: [String: String] = [:]
    ) async throws -> (status: Int, headers: (String) -> String?, text: String) {
        var request = URLRequest(url: try #require(URL(string: url)))
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let answer = try #require(response as? HTTPURLResponse)
        return (answer.statusCode, { answer.value(forHTTPHeaderField: $0) }, String(decoding: data, as: UTF8.self))
    }

    @Test func servesTheMetricsInTheFormatThatIsAskedFor() async throws {
        try await with { url in
            let text = try await get("\(url)/metrics", ["Accept": "text/plain"])
            #expect(text.status == 200)
            #expect(text.headers("Content-Type")?.hasPrefix("text/plain; version=0.0.4") == true)
            #expect(text.text.contains("\napp_uptime_seconds "))

            let strict = try await get(
                "\(url)/metrics?name%5B%5D=app_uptime_seconds",
                ["Accept": "application/openmetrics-text;version=1.0.0"]
            )
            #expect(strict.headers("Content-Type")?.hasPrefix("application/openmetrics-text") == true)
            #expect(strict.text.hasPrefix("# HELP app_uptime_seconds"))
            #expect(strict.text.hasSuffix("# EOF\n"))
            #expect(!strict.text.contains("process_"))
        }
    }

    @Test func compressesWhereTheClientWantsIt() async throws {
        try await with { url in
            let packed = try await get("\(url)/metrics", ["Accept-Encoding": "gzip"])
            #expect(packed.headers("Content-Encoding") == "gzip")
            let head = try await get("\(url)/metrics", method: "HEAD")
            #expect(head.status == 200)
            #expect(head.text.isEmpty)
            #expect(try await get("\(url)/hello").text == "Hello.")
        }
    }
}
