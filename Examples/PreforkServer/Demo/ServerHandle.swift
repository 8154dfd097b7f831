#if Server
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A server that was started as a process of its own, seen by whoever started it.
    ///
    /// The server stops by itself when this process ends, in whatever way.
    final class ServerHandle: Sendable {
        /// What the server has reported so far.
        struct State: Sendable {
            /// Where requests are answered.
            var application: ServerAddress?
            /// Where the metrics are served.
            var metrics: ServerAddress?
            /// The process that was last ready in each place.
            var ready: [String: pid_t] = [:]
            /// Every worker that was ever ready.
            var seen: Set<pid_t> = []
            /// Every end of a worker, in order.
            var ends: [(worker: String, pid: pid_t, status: WaitStatus)] = []
            /// Whether every place had a worker that answers when the server last said anything about it.
            var isSettled = false
            /// How often the server said so.
            var settledCount = 0
            /// How the server ended.
            var status: WaitStatus?
        }

        /// A condition that did not come true in time.
        struct TimedOut: Error, CustomStringConvertible {
            /// What was waited for.
            let what: String
            /// What was there instead.
            let state: String

            var description: String { "waited in vain for \(what); \(state)" }
        }

        /// The server's process.
        let pid: pid_t
        private let state = Mutex(State())
        private let input: Mutex<OwnedDescriptor?>

        /// Starts a server with ports that the system chooses.
        ///
        /// - Parameters:
        ///   - executable: The program.
        ///   - directory: Where the workers share their metrics.
        ///   - arguments: What stands behind `serve`.
        ///   - variables: Variables beside one's own and those of the endpoint.
        init(
            executable: String,
            directory: String,
            arguments: [String],
            variables: [String: String] = [:]
        ) throws(SystemCallError) {
            let (inputReading, inputWriting) = try OwnedDescriptor.pipe()
            let (outputReading, outputWriting) = try OwnedDescriptor.pipe()
            let defaults = [
                "PROMETHEUS_MULTIPROC_DIR": directory,
                "PROMETHEUS_METRICS_PORT": "0",
                "PROMETHEUS_BIND_ADDRESS": "127.0.0.1",
            ]
            pid = try ChildProcess.start(
                executable,
                arguments: ["PreforkServer", "serve", "--until-input-ends"] + arguments,
                environment: ProcessEnvironment.current().setting(defaults).setting(variables),
                descriptors: [STDIN_FILENO: inputReading, STDOUT_FILENO: outputWriting],
                ownGroup: true
            )
            input = Mutex(inputWriting)
            try Thread.detach { [self] in follow(outputReading) }
            try Thread.detach { [self] in awaitEnd() }
        }

        /// What the server has reported so far.
        var current: State { state.withLock { $0 } }

        /// Waits until the server has reported something.
        ///
        /// - Parameters:
        ///   - what: What is waited for, for the error.
        ///   - limit: How long.
        ///   - found: Answers with a value when it is there.
        @discardableResult
        func wait<Value>(
            for what: String,
            within limit: Duration = .seconds(120),
            _ found: (State) -> Value?
        ) async throws -> Value {
            let deadline = ContinuousClock.now + limit
            while true {
                let state = current
                if let value = found(state) { return value }
                // A server that has ended reports nothing more.
                guard ContinuousClock.now < deadline, state.status == nil else {
                    throw TimedOut(what: what, state: "\(state)")
                }
                try await Task.sleep(for: .milliseconds(10))
            }
        }

        /// Sends a signal to the server, unless it has ended.
        func signal(_ signal: Int32) {
            // Under the lock that the end is noted under, so that the id is never that of another process.
            state.withLock { state in
                if state.status == nil { _ = kill(pid, signal) }
            }
        }

        /// Lets the server finish what it has begun; kills it where it does not.
        @discardableResult
        func stop(within limit: Duration = .seconds(120)) async throws -> WaitStatus {
            signal(SIGTERM)
            do {
                return try await wait(for: "the end of the server", within: limit) { $0.status }
            } catch {
                signal(SIGKILL)
                throw error
            }
        }

        /// Lets the server find its input ended, as it would if this process were gone.
        func endInput() {
            input.withLock { $0 = nil }
        }

        private func follow(_ output: OwnedDescriptor) {
            var line: [UInt8] = []
            var buffer: [UInt8] = Array(repeating: 0, count: 4096)
            while true {
                let count = read(output.number, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                for byte in buffer[..<count] {
                    guard byte == UInt8(ascii: "\n") else {
                        line.append(byte)
                        continue
                    }
                    if let report = ServerReport(line: String(decoding: line, as: UTF8.self)) { note(report) }
                    line = []
                }
            }
        }

        /// Waits for the server's end, and collects it only under the lock that signals are sent under.
        private func awaitEnd() {
            var information = siginfo_t()
            while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            state.withLock { $0.status = ChildProcess.reap(pid) }
        }

        private func note(_ report: ServerReport) {
            state.withLock { state in
                switch report {
                case .application(let url): state.application = ServerAddress(url: url)
                case .metrics(let url): state.metrics = ServerAddress(url: url)
                case .ready(let worker, let pid):
                    state.ready[worker] = pid
                    state.seen.insert(pid)
                case .ended(let worker, let pid, let status):
                    state.ends.append((worker, pid, status))
                    state.isSettled = false
                case .settled:
                    state.isSettled = true
                    state.settledCount += 1
                case .stopping: state.isSettled = false
                }
            }
        }
    }
#endif
