import HTTPTypes
import Hummingbird
import NIOCore

/// Records every request: by method, route template and class of status, with the requests in flight, durations and sizes.
///
/// Add it first, so that it sees what the other middlewares answer:
///
/// ```swift
/// let router = Router()
/// router.add(middleware: HTTPMetricsMiddleware())
/// ```
///
/// A request ends when the last byte of its answer is written, or when it is clear that nothing will be.
struct HTTPMetricsMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        // The path would be a series for each thing that somebody makes up.
        let record = RequestRecord(method: request.method.rawValue, route: context.endpointPath ?? "unmatched")
        var response: Response
        do {
            response = try await next(Self.counting(request, record), context)
        } catch let error as any HTTPResponseError {
            // What the router makes of it would pass by here.
            response = try error.response(from: request, context: context)
        } catch {
            record.answered(status: 500)
            record.end()
            throw error
        }
        record.answered(status: response.status.code)
        let body = response.body
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            // Ends with an error too: the client is gone.
            defer { record.end() }
            try await body.write(
                writer.map { part in
                    record.sent(part.readableBytes)
                    return part
                }
            )
        }
        return response
    }

    /// The request with a body whose bytes are counted as they come.
    private static func counting(_ request: Request, _ record: RequestRecord) -> Request {
        let headers = request.headers
        guard headers[.contentLength].map({ $0 != "0" }) ?? (headers[.transferEncoding] != nil) else { return request }
        let body = request.body.map { part in
            record.received(part.readableBytes)
            return part
        }
        return Request(head: request.head, body: RequestBody(asyncSequence: body))
    }
}
