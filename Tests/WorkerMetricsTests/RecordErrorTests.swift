import Logging
import MetricsRuntime
import Testing
import WorkerMetrics

@Suite("Recording errors")
struct RecordErrorTests {
    private struct Oops: Error, CustomStringConvertible {
        var description: String { "oops" }
    }

    private let log = LogRecorder()

    @Test("counts into the metric, and tells the message to the log alone")
    func records() throws {
        MetricsRegistry.withIsolated { registry in
            recordError(
                worker: "worker_1",
                method: .get,
                endpoint: "/users/{id}",
                errorType: .timeoutError,
                message: "no answer from db-7",
                logger: log.logger
            )
            let snapshot = registry.collect()
            #expect(
                snapshot.value(
                    #"gunicorn_worker_error_handling_total{endpoint="/users/{id}",error_type="TimeoutError","#
                        + #"method="GET",worker_id="worker_1"}"#
                ) == 1
            )
            let text = snapshot.families.flatMap { family in family.values.indices.map { family.sample(at: $0) } }
            #expect(!text.contains { $0.contains("db-7") })
        }
        let entry = try #require(log.entries.first)
        #expect(log.entries.count == 1)
        #expect(entry.level == .error)
        #expect(entry.message == "no answer from db-7")
        #expect(
            entry.metadata == [
                "worker_id": "worker_1", "method": "GET", "endpoint": "/users/{id}", "error_type": "TimeoutError",
            ]
        )
    }

    @Test(
        "the method may come in any form",
        arguments: [
            ("GET", Method.get), ("DELETE", .delete), ("get", .other), ("BREW", .other), ("", .other),
            ("GET\r\nX: 1", .other),
        ]
    )
    func methods(_ text: String, _ method: Method) {
        MetricsRegistry.withIsolated { _ in
            recordError(
                worker: "w",
                method: text,
                endpoint: "/",
                errorType: .requestError,
                message: "",
                logger: log.logger
            )
            let value = WorkerErrorHandling.value(
                workerID: "w",
                method: method,
                endpoint: "/",
                errorType: .requestError
            )
            #expect(value == 1)
        }
    }

    @Test("counts methods that a client makes up as one, however many")
    func madeUpMethods() {
        let count = 100_000
        let silent = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
        MetricsRegistry.withIsolated { registry in
            for number in 0..<count {
                recordError(
                    worker: "w",
                    method: "M\(number)",
                    endpoint: "/",
                    errorType: .requestError,
                    message: "",
                    logger: silent
                )
            }
            let families = registry.collect().families.filter { $0.name == "gunicorn_worker_error_handling" }
            #expect(families.map(\.values) == [[Double(count)]])
        }
    }

    @Test("takes any error, and answers what it counted as")
    func anyError() {
        MetricsRegistry.withIsolated { _ in
            let type = recordError(Oops(), worker: "w", method: "POST", endpoint: "/", logger: log.logger)
            #expect(type == .requestError)
            let mapping = ErrorTypeMapping.standard.adding(Oops.self, as: .memoryError)
            let mapped = recordError(
                Oops(),
                worker: "w",
                method: "POST",
                endpoint: "/",
                mapping: mapping,
                logger: log.logger
            )
            #expect(mapped == .memoryError)
            func value(_ type: ErrorType) -> Double? {
                WorkerErrorHandling.value(workerID: "w", method: .post, endpoint: "/", errorType: type)
            }
            #expect(value(.requestError) == 1)
            #expect(value(.memoryError) == 1)
            #expect(value(.other) == nil)
        }
        #expect(log.entries.map(\.message) == ["oops", "oops"])
    }

    @Test("whatever the labels hold, nothing fails and the exposition stays whole")
    func hostileLabels() {
        MetricsRegistry.withIsolated { registry in
            recordError(
                worker: "a\"b\\c\nd",
                method: "\u{0}",
                endpoint: "}\n# TYPE x counter\n",
                errorType: .other,
                message: "\u{FFFD}",
                logger: log.logger
            )
            let text = String(decoding: ExpositionFormat.text.encode(registry.collect()), as: UTF8.self)
            let samples = text.split(separator: "\n").filter { $0.hasPrefix("gunicorn_worker_error_handling_total{") }
            #expect(samples.count == 1)
            #expect(!text.contains("\n# TYPE x counter"))
        }
    }

    @Test("without a logger the message still goes somewhere, and nothing fails")
    func defaultLogger() {
        MetricsRegistry.withIsolated { _ in
            let type = recordError(Oops(), worker: "w", method: "GET", endpoint: "/")
            #expect(type == .requestError)
        }
    }
}
