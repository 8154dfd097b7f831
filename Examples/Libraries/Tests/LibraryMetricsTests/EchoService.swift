import GRPCCore

/// A service without protobuf: it answers a text with itself, and refuses an empty one.
struct EchoService: RegistrableRPCService {
    static let echo = MethodDescriptor(fullyQualifiedService: "test.Echo", method: "Get")

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerHandler(forMethod: Self.echo, deserializer: Text(), serializer: Text()) { request, _ in
            let text = try await ServerRequest(stream: request).message
            guard !text.isEmpty else { throw RPCError(code: .invalidArgument, message: "No text.") }
            return StreamingServerResponse(single: ServerResponse(message: text))
        }
    }

    struct Text: MessageSerializer, MessageDeserializer {
        func serialize<Bytes: GRPCContiguousBytes>(_ message: String) -> Bytes { Bytes(message.utf8) }

        func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) -> String {
            bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        }
    }
}
