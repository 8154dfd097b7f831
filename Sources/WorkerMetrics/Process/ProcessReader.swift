/// Where the figures of the own process come from; tests put one of their own in its place.
///
/// A reader keeps nothing open and remembers nothing: what it reads belongs to the process that calls it, also where
/// that process was forked after the reader was made.
package protocol ProcessReader: Sendable {
    /// The memory that the process holds in RAM, in bytes.
    func residentBytes() throws(ProcessReadingError) -> UInt64
    /// The age and the processor time of the process.
    func times() throws(ProcessReadingError) -> ProcessTimes
}
