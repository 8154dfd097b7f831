import AsyncHTTPClient
import Logging
import Metrics
import NIOCore

extension HTTPClient {
    /// Executes a request, and records how long it took until the answer's head was there, or until it failed.
    ///
    /// - Parameters:
    ///   - peer: Who is asked, under a name of your own: a URL has too many values for a label.
    ///   - timeout: How long the whole request may take.
    public func execute(
        _ request: HTTPClientRequest,
        peer: String,
        timeout: TimeAmount,
        logger: Logger? = nil
    ) async throws -> HTTPClientResponse {
        let start = ContinuousClock.now
        func record(_ outcome: (String, String)) {
            let dimensions = [("http_request_method", request.method.rawValue), ("peer", peer), outcome]
            Timer(label: "http.client.request.duration", dimensions: dimensions)
                .record(duration: ContinuousClock.now - start)
        }
        do {
            let response = try await execute(request, timeout: timeout, logger: logger)
            record(("http_response_status_code", String(response.status.code)))
            return response
        } catch {
            record(("error_type", (error as? HTTPClientError)?.shortDescription ?? String(describing: type(of: error))))
            throw error
        }
    }
}
