import GRPCCore
import Metrics

/// One call of gRPC, from its beginning to its end.
struct RecordedCall: Sendable {
    private let label: String
    private let method: MethodDescriptor
    private let start = ContinuousClock.now

    init(label: String, _ method: MethodDescriptor) {
        self.label = label
        self.method = method
    }

    func end(_ code: String) {
        let dimensions = [
            ("grpc_service", method.service.fullyQualifiedService), ("grpc_method", method.method), ("grpc_code", code),
        ]
        Timer(label: label, dimensions: dimensions).record(duration: ContinuousClock.now - start)
    }

    /// Runs a part of the call; where it throws, the call is over.
    func recordingFailure<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch {
            switch error {
            case let error as RPCError: end(error.code.description)
            case let error as any RPCErrorConvertible: end(error.rpcErrorCode.description)
            case is CancellationError: end("cancelled")
            default: end("unknown")
            }
            throw error
        }
    }
}
