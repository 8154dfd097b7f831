/// A file to write: its name within the output folder, and its bytes.
package struct OutputFile: Sendable, Equatable {
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, text: String) {
        self.name = name
        bytes = Array(text.utf8)
    }

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// What must change in the output folder.
package struct OutputChange: Sendable, Equatable {
    package var name: String
    /// What stands there; `nil` where there is no file.
    package var old: [UInt8]?
    /// What is to stand there; `nil` where the file is stale.
    package var new: [UInt8]?

    package init(name: String, old: [UInt8]?, new: [UInt8]?) {
        self.name = name
        self.old = old
        self.new = new
    }

    /// What a command says after it made the changes to a folder.
    static func summary(of changes: [OutputChange], in folder: String) -> String {
        var text = ""
        for change in changes {
            text += "\(change.new == nil ? "removed" : "wrote") \(FileSystem.join(folder, change.name))\n"
        }
        return text.isEmpty ? "\(folder) is up to date\n" : text
    }
}
