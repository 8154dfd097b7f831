/// Changes to a folder that are made together: where one fails, all files are what they were.
///
/// Nothing is put in place before all new files are complete beside their targets and every old file has a second name.
/// What a kill leaves behind are such second files, whose names begin with a dot; each target is whole, old or new.
struct OutputTransaction {
    private struct Step {
        var target: String
        /// The complete new file; `nil` where the old one is to go.
        var staged: String?
        /// The old file under its second name; `nil` where there is none.
        var kept: String?
    }

    private let directory: String
    private var steps: [Step] = []

    init(in directory: String) { self.directory = directory }

    mutating func run(_ changes: [OutputChange]) throws(FileError) {
        var done = 0
        do throws(FileError) {
            for change in changes { try stage(change) }
            for step in steps {
                if let staged = step.staged {
                    try FileSystem.rename(staged, to: step.target)
                } else {
                    try FileSystem.remove(step.target)
                }
                done += 1
            }
        } catch {
            rollBack(steps.prefix(done))
            discard()
            throw error
        }
        discard()
    }

    private mutating func stage(_ change: OutputChange) throws(FileError) {
        var step = Step(target: FileSystem.join(directory, change.name))
        defer { steps.append(step) }
        if let new = change.new {
            let staged = temporaryName(change.name, "new")
            try FileSystem.write(new, to: staged)
            step.staged = staged
        }
        if let old = change.old {
            let kept = temporaryName(change.name, "old")
            try FileSystem.keep(step.target, as: kept, bytes: old)
            step.kept = kept
        }
    }

    /// Takes back what was done; what cannot be taken back stays under its second name, where it can be found.
    private mutating func rollBack(_ done: ArraySlice<Step>) {
        for index in done.indices.reversed() {
            if let kept = steps[index].kept {
                if (try? FileSystem.rename(kept, to: steps[index].target)) == nil { steps[index].kept = nil }
            } else {
                try? FileSystem.remove(steps[index].target)
            }
        }
    }

    /// Removes the second files.
    private func discard() {
        for step in steps {
            for name in [step.staged, step.kept].compactMap({ $0 }) { try? FileSystem.remove(name) }
        }
    }

    private func temporaryName(_ name: String, _ role: String) -> String {
        FileSystem.join(directory, ".\(name).\(FileSystem.processID).\(role)")
    }
}
