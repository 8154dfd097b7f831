/// One thing that a scrape left out, and where it stands.
public struct MultiprocessFaultReport: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public var fault: MultiprocessFault
    /// The file's name within the directory, or the directory's path.
    public var file: String
    /// The offset in the file, where there is one.
    public var offset: Int?
    /// More words, such as what the operating system said; may be empty.
    public var detail: String

    package init(fault: MultiprocessFault, file: String, offset: Int? = nil, detail: String = "") {
        self.fault = fault
        self.file = file
        self.offset = offset
        self.detail = detail
    }

    /// What is wrong, where, and how to mend it, in one line.
    public var description: String {
        let place = offset.map { "\(file), byte \($0)" } ?? file
        let detail = detail.isEmpty ? "" : " (\(detail))"
        return "\(place): \(reason)\(detail); \(remedy)"
    }

    private var reason: String {
        switch fault {
        case .unreadableDirectory: "the directory can't be listed"
        case .foreignName: "the name isn't <type>_<identity>.db or gauge_<mode>_<identity>.db"
        case .notRegularFile: "this isn't a regular file"
        case .unreadableFile: "the file can't be read"
        case .tooShort: "the file is shorter than its header"
        case .badHeader: "the header is damaged"
        case .truncated: "the file ends before what its header says is used"
        case .badEntry: "the entry's length can't be"
        case .badKey: "the entry's key can't be read"
        case .keyTooLong: "the entry's key is longer than a mebibyte"
        case .badBucket: "the bucket's le isn't a number"
        case .nameCollision: "two names are exposed as one"
        }
    }

    private var remedy: String {
        switch fault {
        case .unreadableDirectory, .unreadableFile: "let this process read it"
        case .foreignName, .notRegularFile: "keep other files out of the directory"
        case .tooShort, .badHeader, .truncated, .badEntry:
            "everything in front of it is served; remove the file when no process uses it any more"
        case .badKey, .keyTooLong, .badBucket: "the entry is left out; find out who writes it"
        case .nameCollision: "rename one of the two"
        }
    }
}
