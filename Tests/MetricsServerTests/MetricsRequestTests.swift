import MetricsServer
import Testing

/// Targets as they stand in request lines.
@Suite struct MetricsRequestTests {
    @Test(
        arguments: [
            ("/metrics", "/metrics", nil), ("/metrics?", "/metrics", ""), ("/m?a=b?c", "/m", "a=b?c"), ("", "", nil),
            ("*", "*", nil), ("http://h/m?q", "/m", "q"), ("https://h:1/m", "/m", nil), ("HTTP://h", "/", nil),
            ("http://h?q", "/", "q"), ("ftp://h/m", "ftp://h/m", nil), ("/a/http://h/", "/a/http://h/", nil),
        ] as [(String, String, String?)]
    )
    func splitsTarget(target: String, path: String, query: String?) {
        let request = MetricsRequest(target: target)
        #expect(request.path == path)
        #expect(request.query == query)
    }

    @Test func headersAreFoundWhateverTheirCase() {
        let response = MetricsResponse(status: 200, headers: [("Content-type", "a"), ("content-TYPE", "b")], body: [])
        #expect(response.header("CONTENT-TYPE") == "a")
        #expect(response.header("Allow") == nil)
    }
}
