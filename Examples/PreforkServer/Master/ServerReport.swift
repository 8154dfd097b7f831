#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the master says on standard output: one line for each thing that whoever started it may wait for.
///
/// The log goes to standard error, so that these lines can be read by a program.
enum ServerReport: Sendable, Hashable {
    /// Requests are answered at that address.
    case application(url: String)
    /// The metrics of all workers are served at that address.
    case metrics(url: String)
    /// A worker answers requests.
    case ready(worker: String, pid: pid_t)
    /// A worker has ended.
    case ended(worker: String, pid: pid_t, status: WaitStatus)
    /// Every worker answers requests, none is due to be replaced.
    case settled(workers: Int)
    /// The workers are told to finish.
    case stopping

    /// The line, without its end.
    var line: String {
        switch self {
        case .application(let url): "application \(url)"
        case .metrics(let url): "metrics \(url)"
        case .ready(let worker, let pid): "ready \(worker) pid \(pid)"
        case .ended(let worker, let pid, let status): "ended \(worker) pid \(pid) \(status)"
        case .settled(let workers): "settled \(workers) workers"
        case .stopping: "stopping"
        }
    }

    /// Reads a line that another process wrote; `nil` for one of another form.
    init?(line: some StringProtocol) {
        let words = line.split(separator: " ")
        switch words.first {
        case "application" where words.count == 2:
            self = .application(url: String(words[1]))
        case "metrics" where words.count == 2:
            self = .metrics(url: String(words[1]))
        case "ready" where words.count == 4:
            guard let pid = pid_t(words[3]) else { return nil }
            self = .ready(worker: String(words[1]), pid: pid)
        case "ended" where words.count > 4:
            guard let pid = pid_t(words[3]), let status = WaitStatus(description: words[4...].joined(separator: " "))
            else { return nil }
            self = .ended(worker: String(words[1]), pid: pid, status: status)
        case "settled" where words.count == 3:
            guard let workers = Int(words[1]) else { return nil }
            self = .settled(workers: workers)
        case "stopping":
            self = .stopping
        default:
            return nil
        }
    }

    /// Writes the line at once, in one piece.
    func print() {
        let bytes = Array((line + "\n").utf8)
        // Nobody reading is no reason to stop serving.
        _ = write(STDOUT_FILENO, bytes, bytes.count)
    }
}
