/// Why a figure of the own process could not be read.
package enum ProcessReadingError: Error, Hashable, CustomStringConvertible {
    /// A system call failed; `source` is the file or the call at fault.
    case failed(source: String, errno: Int32)
    /// The source answered with something that is not in its documented form.
    case malformed(source: String, reason: String)

    package var description: String {
        switch self {
        case .failed(let source, let errno):
            "cannot read \(source): \(ErrorNumber(errno))"
                + (source.hasPrefix("/proc/") ? "; is /proc mounted and readable for this process?" : "")
        case .malformed(let source, let reason):
            "\(source) is not in its documented form: \(reason)"
        }
    }
}
