// `environ` is a variable of C, of which the importer cannot know that nobody writes it; this program never does.
#if canImport(Glibc)
    @preconcurrency import Glibc
#elseif canImport(Musl)
    @preconcurrency import Musl
#elseif canImport(Darwin)
    @preconcurrency import Darwin
#endif

/// The environment of a child: a copy of one's own with changes.
///
/// One's own is never changed.
struct ProcessEnvironment: Sendable, Hashable {
    /// Every variable by its name.
    var variables: [String: String]

    init(_ variables: [String: String] = [:]) {
        self.variables = variables
    }

    /// A copy of the environment of this process.
    static func current() -> ProcessEnvironment {
        var variables: [String: String] = [:]
        #if canImport(Darwin)
            var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = _NSGetEnviron().pointee
        #else
            var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        #endif
        while let text = entry?.pointee.map({ String(cString: $0) }) {
            if let equals = text.firstIndex(of: "="), equals != text.startIndex {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            entry = entry?.advanced(by: 1)
        }
        return ProcessEnvironment(variables)
    }

    /// This environment with other values for some variables.
    func setting(_ changes: [String: String]) -> ProcessEnvironment {
        ProcessEnvironment(variables.merging(changes) { $1 })
    }

    /// The variables as the system takes them, `NAME=value`, in the order of their names.
    var entries: [String] {
        variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
}
