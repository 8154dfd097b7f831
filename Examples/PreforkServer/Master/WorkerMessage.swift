/// What a worker says to the master, one byte each.
enum WorkerMessage: UInt8, Sendable {
    /// It answers requests from now on.
    case ready = 0x72
    /// Its loop turns.
    case heartbeat = 0x68
}
