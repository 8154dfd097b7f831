/// Words that Swift's API guidelines write in one case: `ID`, never `Id`.
enum Acronyms {
    private static let words: Set<String> = [
        "acl", "api", "arp", "ascii", "aws", "cdn", "cidr", "cors", "cpu", "crc", "css", "csv", "db", "dhcp", "dns",
        "eof", "fd", "ftp", "gc", "gid", "gpu", "grpc", "html", "http", "https", "icmp", "id", "imap", "io", "ip",
        "ipc", "json", "jvm", "jwt", "lru", "mac", "mtu", "nat", "ntp", "os", "pid", "qps", "ram", "rpc", "rps", "rss",
        "rtt", "sdk", "sha", "smtp", "sql", "ssd", "ssh", "ssl", "tcp", "tls", "ttl", "udp", "ui", "uid", "uri", "url",
        "utf", "uuid", "vm", "wal", "xml", "yaml",
    ]

    /// The word in upper case where it is an acronym or the plural of one (`urls` gives `URLs`).
    static func spelling(of lowercasedWord: String) -> String? {
        if words.contains(lowercasedWord) { return lowercasedWord.uppercased() }
        guard lowercasedWord.utf8.last == UInt8(ascii: "s") else { return nil }
        let singular = String(lowercasedWord.dropLast())
        return words.contains(singular) ? singular.uppercased() + "s" : nil
    }
}
