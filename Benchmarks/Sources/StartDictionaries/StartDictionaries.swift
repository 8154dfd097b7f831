#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A program that fills four dictionaries: what the standard library alone takes of the memory of start-runtime, whose
/// registry finds its families by name, by type and by definition.
@main
struct StartDictionaries {
    private struct Key: Hashable {
        var name: String
        var number: Int
    }

    static func main() {
        // Values that the optimiser does not know.
        let name = CommandLine.arguments.first ?? ""
        var byName: [String: Int] = [:]
        byName[name] = 1
        var byPart: [Substring: [String]] = [:]
        byPart[name.prefix(2), default: []].append(name)
        var byType: [ObjectIdentifier: String] = [:]
        byType[ObjectIdentifier(StartDictionaries.self)] = name
        var byKey: [Key: [Int]] = [:]
        byKey[Key(name: name, number: byName.count)] = [byPart.count, byType.count]
        if CommandLine.arguments.count > byKey.count {
            // Not with print, which keeps what goes into a pipe.
            _ = write(1, "\n", 1)
            _ = readLine()
        }
    }
}
