import HTTPTypes
import Hummingbird
import MetricsServer

extension RouterMethods {
    /// Mounts the metrics at a path of this app's own router.
    ///
    /// Format, compression, names and limits are the handler's; this hands over what it needs of the request, and what it
    /// answers.
    @discardableResult
    func metrics(_ path: RouterPath, _ handler: MetricsHandler) -> Self {
        for method in [HTTPRequest.Method.get, .head] {
            on(path, method: method) { request, _ in
                let answer = await handler.exposition(
                    for: MetricsRequest(
                        method: request.method.rawValue,
                        target: request.head.path ?? "/",
                        accept: request.headers[values: .accept].joined(separator: ", "),
                        acceptEncoding: request.headers[values: .acceptEncoding].joined(separator: ", ")
                    )
                )
                var headers = HTTPFields()
                for (name, value) in answer.headers {
                    // Hummingbird tells the length by itself.
                    if let name = HTTPField.Name(name), name != .contentLength { headers[name] = value }
                }
                return Response(
                    status: HTTPResponse.Status(code: answer.status),
                    headers: headers,
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
                )
            }
        }
        return self
    }
}
