import GRPCCore
import Metrics

/// Records how long the calls of a gRPC client take to be accepted or refused, by service, method and code.
///
/// Give it to `GRPCClient(transport:interceptors:)`. Of a call that is answered by a stream, the rest of the stream is not part
/// of the time.
public struct GRPCClientMetrics: ClientInterceptor {
    /// Creates an interceptor; one does for all calls.
    public init() {}

    /// Records the call.
    public func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingClientRequest<Input>,
        context: ClientContext,
        next: (StreamingClientRequest<Input>, ClientContext) async throws -> StreamingClientResponse<Output>
    ) async throws -> StreamingClientResponse<Output> {
        let call = RecordedCall(label: "grpc.client.handling", context.descriptor)
        let response = try await call.recordingFailure { try await next(request, context) }
        switch response.accepted {
        case .failure(let error): call.end(error.code.description)
        case .success: call.end("OK")
        }
        return response
    }
}
