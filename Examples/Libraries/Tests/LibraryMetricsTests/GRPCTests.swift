import GRPCCore
import GRPCNIOTransportHTTP2Posix
import LibraryMetrics
import MetricsRuntime
import Testing

@Suite("What gRPC records with interceptors", .timeLimit(.minutes(2)))
struct GRPCTests {
    @Test("Calls over a socket are in the scrape from both ends, by method and code")
    func calls() async throws {
        try await Scrape.with { scrape in
            try await withGRPCServer(
                transport: .http2NIOPosix(address: .ipv4(host: "127.0.0.1", port: 0), transportSecurity: .plaintext),
                services: [EchoService()],
                interceptors: [GRPCServerMetrics()]
            ) { server in
                let port = try #require(try await server.listeningAddress?.ipv4?.port)
                try await withGRPCClient(
                    transport: .http2NIOPosix(
                        target: .ipv4(address: "127.0.0.1", port: port),
                        transportSecurity: .plaintext
                    ),
                    interceptors: [GRPCClientMetrics()]
                ) { client in
                    @Sendable func echo(_ text: String, _ method: MethodDescriptor = EchoService.echo) async throws
                        -> String
                    {
                        try await client.unary(
                            request: ClientRequest(message: text),
                            descriptor: method,
                            serializer: EchoService.Text(),
                            deserializer: EchoService.Text(),
                            options: .defaults
                        ) { try $0.message }
                    }
                    let answer = try await echo("Hello.")
                    #expect(answer == "Hello.")
                    await #expect(throws: RPCError.self) { try await echo("") }
                    let unknown = MethodDescriptor(fullyQualifiedService: "test.Echo", method: "None")
                    await #expect(throws: RPCError.self) { try await echo("Hello.", unknown) }
                }
            }
            for side in ["server", "client"] {
                for code in ["OK", "invalidArgument"] {
                    let labels = "{grpc_code=\"\(code)\",grpc_method=\"Get\",grpc_service=\"test.Echo\"}"
                    #expect(try await scrape.value("grpc_\(side)_handling_seconds_count\(labels)") == 1)
                }
            }
            let text = scrape.text
            #expect(text.contains("# HELP grpc_server_handling_seconds Time from a call's beginning to the last "))
            #expect(text.contains("# TYPE grpc_server_handling_seconds histogram\n"))
            #expect(text.contains("# TYPE grpc_client_handling_seconds histogram\n"))
            let labels = #"grpc_code="OK",grpc_method="Get",grpc_service="test.Echo""#
            let bucket = "handling_seconds_bucket{\(labels),le=\"0.01\"}"
            #expect(text.contains("grpc_client_\(bucket)"), "a timer's own buckets")
            #expect(!text.contains("grpc_server_\(bucket)"), "the definition's buckets")
            // What a client makes up is a label of its own scrape, and none of the server's.
            let unknown = #"{grpc_code="unimplemented",grpc_method="None",grpc_service="test.Echo"} 1"#
            #expect(text.contains("grpc_client_handling_seconds_count\(unknown)\n"))
            #expect(!text.contains("grpc_server_handling_seconds_count\(unknown)\n"))
        }
    }
}
