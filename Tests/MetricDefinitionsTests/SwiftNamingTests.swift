import MetricDefinitions
import Testing

/// Names in generated Swift.
@Suite struct SwiftNamingTests {
    @Test(arguments: [
        ("worker_requests", "WorkerRequests"), ("worker_cpu", "WorkerCPU"), ("http_url_ids", "HTTPURLIDs"),
        ("httpRequests", "HTTPRequests"), ("XMLHttpRequest", "XMLHTTPRequest"), ("a__b_", "AB"), ("2xx", "_2xx"),
        ("v1_2", "V1_2"), ("urls", "URLs"), ("", ""), ("日本", ""),
    ])
    func upperCamel(text: String, name: String) {
        #expect(SwiftCase.upperCamel(text) == name)
    }

    @Test(arguments: [
        ("worker_id", "workerID"), ("id", "id"), ("URLPath", "urlPath"), ("RequestError", "requestError"),
        ("CPUError", "cpuError"), ("GET", "get"), ("max_requests", "maxRequests"), ("HTTP/1.1", "http1_1"),
        ("half-open", "halfOpen"), ("userIDs", "userIDs"), ("404", "_404"),
    ])
    func lowerCamel(text: String, name: String) {
        #expect(SwiftCase.lowerCamel(text) == name)
    }

    /// The class names of the system that the definitions were taken from.
    static let seed: KeyValuePairs<String, String> = [
        "gunicorn_worker_requests_total": "WorkerRequests",
        "gunicorn_worker_request_duration_seconds": "WorkerRequestDuration",
        "gunicorn_worker_memory_bytes": "WorkerMemory",
        "gunicorn_worker_cpu_percent": "WorkerCPU",
        "gunicorn_worker_uptime_seconds": "WorkerUptime",
        "gunicorn_worker_failed_requests_total": "WorkerFailedRequests",
        "gunicorn_worker_error_handling_total": "WorkerErrorHandling",
        "gunicorn_worker_state": "WorkerState",
        "gunicorn_worker_request_size_bytes": "WorkerRequestSize",
        "gunicorn_worker_response_size_bytes": "WorkerResponseSize",
        "gunicorn_worker_restart_total": "WorkerRestartReason",
        "gunicorn_worker_restart_count_total": "WorkerRestartCount",
        "gunicorn_master_worker_restart_total": "MasterWorkerRestarts",
        "gunicorn_master_worker_restart_count_total": "MasterWorkerRestartCount",
    ]

    @Test func theCommittedDefinitionsHaveTheSeedsNames() throws {
        let sources = try ["worker.yaml", "master.yaml"].map { name in
            SourceFile(path: name, bytes: try PackageFiles.read("Definitions/\(name)"))
        }
        let result = DefinitionPipeline().run(sources)
        #expect(result.rules.isEmpty, "\(result.text)")
        let model = try #require(result.model)
        let names = Dictionary(uniqueKeysWithValues: model.metrics.map { ($0.name, $0.swiftName) })
        #expect(names == Dictionary(uniqueKeysWithValues: Self.seed.map { ($0.key, $0.value) }))
        // Twelve by rule, two by 'swift_name'.
        let named = sources.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
            .split(separator: "\n").filter { $0.contains("swift_name:") }
        #expect(named.count == 2)
    }

    @Test func equalInlineSetsShareATypeAndOthersAreNamedForTheirMetric() throws {
        func metric(_ name: String, _ values: String) -> String {
            "  - {name: \(name), type: counter, documentation: X, labels: [{name: kind, values: [\(values)]}]}\n"
        }
        let same = try #require(run("metrics:\n" + metric("a_total", "x, y") + metric("b_total", "x, y")).model)
        #expect(same.files[0].labelTypes.map(\.swiftName) == ["Kind"])
        let other = try #require(run("metrics:\n" + metric("a_total", "x, y") + metric("b_total", "x")).model)
        #expect(other.files[0].labelTypes.map(\.swiftName) == ["AKind", "BKind"])
    }

    /// What Swift makes of such members, or the registry has itself.
    @Test(arguments: ["all.yaml", "register.yaml", "Self.yaml"])
    func filesThatAreNoMembersOfTheRegistry(name: String) {
        let result = run([name: counter()])
        #expect(result.places == ["1:1 swift-name-invalid"])
        #expect(result.text.contains("the file's name '\(name)' gives no member for the registry: rename the file"))
    }

    @Test func equalSetsOfSeveralLabelsAreOneTypeWithSeveralNames() throws {
        func metric(_ name: String, _ label: String, _ values: String = "values: [north, south]") -> String {
            "metrics:\n  - {name: \(name), type: counter, documentation: X, labels: [{name: \(label), \(values)}]}\n"
        }
        let result = run([
            "a.yaml": "access: internal\nlabel_sets:\n  way: {values: [north, south]}\n",
            "b.yaml": metric("b_total", "path"),
            "c.yaml": "access: internal\n" + metric("c_total", "road"),
            // Another case, another value for what is outside: each a set of its own. In another order they are one.
            "d.yaml": metric("d_total", "street", "values: {up: north, south: south}"),
            "e.yaml": metric("e_total", "lane", "values: [north, south], other: none"),
            "f.yaml": metric("f_total", "track", "values: [south, north]"),
        ])
        let types = try #require(result.model, "\(result.text)").files.flatMap(\.labelTypes)
        #expect(types.map(\.swiftName) == ["Way", "Path", "Road", "Street", "Lane", "Track"])
        #expect(types.map(\.original) == [nil, "Way", "Way", nil, nil, "Way"])
        // What one of them shows, all that it names must.
        #expect(types.map(\.access) == [.public, .public, .internal, .public, .public, .public])
        #expect(types[1].cases.map(\.swiftName) == ["north", "south"])
        // The values of a label stand in the order of the cases, whose indexes they have.
        let track = try #require(result.model?.metrics.last?.labels.first)
        #expect(track.closedValues == ["north", "south"])
    }

    @Test func aLabelSetServesAllFilesAndIsAsVisibleAsItsUsers() throws {
        let result = run([
            "a.yaml": "access: internal\nlabel_sets:\n  result: {values: [ok, failed]}\n",
            "b.yaml": "metrics:\n  - {name: b_total, type: counter, documentation: B, labels: [result]}\n",
        ])
        let model = try #require(result.model, "\(result.text)")
        let type = try #require(model.files[0].labelTypes.first)
        // A type that everybody uses is not hidden.
        #expect(type.swiftName == "ResultLabel")
        #expect(type.access == .public)
        #expect(model.files[1].labelTypes.isEmpty)
    }
}
