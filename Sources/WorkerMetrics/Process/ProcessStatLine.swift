/// The fields of `/proc/<pid>/stat` that the sampler uses.
///
/// The second field is the command in parentheses. It may hold spaces, parentheses and newlines, since a process names
/// itself freely, so the fields are counted from the last `)` of the line.
///
/// Source: proc_pid_stat(5).
package struct ProcessStatLine: Sendable, Hashable {
    /// The process id, field 1.
    package var processID: Int32
    /// The command without its parentheses, field 2.
    package var command: String
    /// One letter for the state, such as `R`, `S` or `Z`, field 3.
    package var state: Character
    /// Time in user mode in clock ticks, field 14.
    package var userTicks: UInt64
    /// Time in kernel mode in clock ticks, field 15.
    package var systemTicks: UInt64
    /// When the process started, in clock ticks since the system booted, field 22.
    package var startTicks: UInt64

    /// Reads the one line of a `stat` file.
    ///
    /// - Parameters:
    ///   - bytes: The content of the file; a newline at the end may be missing.
    ///   - source: The file's name, for the error.
    package init(parsing bytes: some BidirectionalCollection<UInt8>, source: String) throws(ProcessReadingError) {
        func malformed(_ reason: String) -> ProcessReadingError { .malformed(source: source, reason: reason) }

        guard let open = bytes.firstIndex(of: UInt8(ascii: "(")), let close = bytes.lastIndex(of: UInt8(ascii: ")")),
            open < close
        else { throw malformed("no command in parentheses") }
        guard let processID = Self.number(bytes[..<open].prefix { $0 != UInt8(ascii: " ") }, as: Int32.self) else {
            throw malformed("field 1 is not a process id")
        }

        let fields = bytes[bytes.index(after: close)...].split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        // The first field behind the command has the number 3.
        func field<Value: FixedWidthInteger>(
            _ number: Int,
            _ name: String,
            as: Value.Type
        ) throws(ProcessReadingError) -> Value {
            guard fields.indices.contains(number - 3) else { throw malformed("field \(number) (\(name)) is missing") }
            guard let value = Self.number(fields[number - 3], as: Value.self) else {
                throw malformed("field \(number) (\(name)) is not a number")
            }
            return value
        }

        guard let state = fields.first, state.count == 1, let letter = state.first else {
            throw malformed("field 3 (state) is not one letter")
        }
        self.processID = processID
        self.command = String(decoding: bytes[bytes.index(after: open)..<close], as: UTF8.self)
        self.state = Character(Unicode.Scalar(letter))
        self.userTicks = try field(14, "utime", as: UInt64.self)
        self.systemTicks = try field(15, "stime", as: UInt64.self)
        self.startTicks = try field(22, "starttime", as: UInt64.self)
    }

    private static func number<Value: FixedWidthInteger>(
        _ bytes: some Collection<UInt8>,
        as: Value.Type
    ) -> Value? {
        Value(String(decoding: bytes, as: UTF8.self))
    }
}
