import GRPCCore
import Metrics

/// Records how long calls of a gRPC server take and how they end, by service, method and code.
///
/// Give it to `GRPCServer(transport:services:interceptors:)`. The server calls it for methods that it knows and no others, so
/// clients cannot make up values of labels.
public struct GRPCServerMetrics: ServerInterceptor {
    /// Creates an interceptor; one does for all calls.
    public init() {}

    /// Records the call.
    public func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>,
        context: ServerContext,
        next: @Sendable (StreamingServerRequest<Input>, ServerContext) async throws -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        let call = RecordedCall(label: "grpc.server.handling", context.descriptor)
        var response = try await call.recordingFailure { try await next(request, context) }
        switch response.accepted {
        case .failure(let error): call.end(error.code.description)
        case .success(var contents):
            // The call ends when its last message is written.
            contents.producer = { [producer = contents.producer] writer in
                let trailers = try await call.recordingFailure { try await producer(writer) }
                call.end("OK")
                return trailers
            }
            response.accepted = .success(contents)
        }
        return response
    }
}
