#if Redis
    import Logging
    import Synchronization

    /// Keeps what is logged.
    final class LogRecorder: Sendable {
        private let recorded = Mutex<[String]>([])

        var lines: [String] { recorded.withLock { $0 } }

        var logger: Logger {
            Logger(label: "test") { _ in Handler(recorder: self) }
        }

        private func append(_ line: String) { recorded.withLock { $0.append(line) } }

        private struct Handler: LogHandler {
            let recorder: LogRecorder
            var metadata: Logger.Metadata = [:]
            var logLevel = Logger.Level.trace

            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }

            // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
            func log(event: LogEvent) {
                recorder.append("\(event.level): \(event.message) \(event.metadata ?? [:])")
            }
        }
    }
#endif
