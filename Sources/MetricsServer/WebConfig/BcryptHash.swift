/// bcrypt hashes as they stand in a configuration: `$2y$10$` and 53 characters.
enum BcryptHash {
    /// A higher cost keeps a processor busy for minutes with every guess that somebody sends.
    private static let mostCost = 20

    /// What is wrong with a text as a hash, or `nil`.
    static func fault(in text: String) -> String? {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty, ["2a", "2b", "2y"].contains(parts[1]), parts[3].utf8.count == 53,
            parts[3].utf8.allSatisfy(isDigit), parts[2].utf8.count == 2, let cost = Int(parts[2]), cost >= 4
        else {
            return "this is no bcrypt hash; make one with htpasswd -nBC 10 \"\" (what follows the colon)"
        }
        guard cost <= mostCost else {
            return "a cost of \(cost) takes minutes for each request; make a hash with one from 10 to \(mostCost)"
        }
        return nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
