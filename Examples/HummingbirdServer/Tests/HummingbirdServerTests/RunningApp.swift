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
struct RunningApp: Sendable {
    /// What the app records into, and exposes: a registry of its own.
    let registry: MetricsRegistry
    private let url: String

    /// Runs an app with these routes as long as the body does.
    static func with(
        router: @Sendable (MetricsRegistry) -> Router<BasicRequestContext> = { App.makeRouter(registry: $0) },
        _ body: @escaping @Sendable (RunningApp) async throws -> Void
    ) async throws {
        try await MetricsRegistry.withIsolated { registry async throws in
            try await run(router(registry), registry, body)
        }
    }

    private static func run(
        _ router: Router<BasicRequestContext>,
        _ registry: MetricsRegistry,
        _ body: @escaping @Sendable (RunningApp) async throws -> Void
    ) async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            let port = try #require(await ports.first { _ in true })
            try await body(RunningApp(registry: registry, url: "http://127.0.0.1:\(port)"))
            group.cancelAll()
        }
    }

    /// The answer to one request.
    func get(
        _ target: String,
        method: String = "GET",
        body: String? = nil,
        _ headers: [String: String] = [:]
    ) async throws -> (status: Int, headers: (String) -> String?, text: String) {
        var request = URLRequest(url: try #require(URL(string: url + target)))
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let answer = try #require(response as? HTTPURLResponse)
        return (answer.statusCode, { answer.value(forHTTPHeaderField: $0) }, String(decoding: data, as: UTF8.self))
    }
}
