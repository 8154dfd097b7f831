/// Reads the address that the endpoint listens on.
package enum EndpointAddress {
    private static let remedy =
        "give an IP address or host name without a port, such as 127.0.0.1 (this machine alone), 0.0.0.0 or :: "
        + "(every network)"

    /// The problem of a program that needs the address and has none.
    static let missing = MetricsEnvironmentProblem(.bindAddress, value: nil, reason: "is not set", remedy: remedy)

    /// The address in a text; no address where there is no text, unless one is required.
    ///
    /// Brackets around an IPv6 address are dropped. Whether the machine has such an address shows when a socket is bound to it.
    static func parse(_ text: String?, required: Bool) -> Result<String?, MetricsEnvironmentProblem> {
        guard let text else { return required ? .failure(missing) : .success(nil) }
        if let reason = fault(in: text) {
            return .failure(MetricsEnvironmentProblem(.bindAddress, value: text, reason: reason, remedy: remedy))
        }
        return .success(withoutBrackets(text))
    }

    /// What keeps a text from being an address, or `nil`; for an address from elsewhere, a command line say.
    package static func fault(in text: String) -> String? {
        let address = withoutBrackets(text)
        if address.isEmpty { return "is empty" }
        if address.contains("://") { return "is a URL" }
        let colons = address.utf8.count { $0 == UInt8(ascii: ":") }
        let bracketed = text.trimmingBlanks().hasPrefix("[")
        if colons == 1 || (bracketed && address.contains("]")) { return "has a port in it" }
        guard address.utf8.allSatisfy(isAddressByte) else { return "holds characters that no address has" }
        return nil
    }

    /// The address as sockets take it: without blanks around it, and without the brackets that URLs put around IPv6.
    package static func withoutBrackets(_ text: String) -> String {
        let address = text.trimmingBlanks()
        guard address.hasPrefix("["), address.hasSuffix("]") else { return String(address) }
        return String(address.dropFirst().dropLast())
    }

    /// Letters, digits and the punctuation of host names, IPv4, IPv6 and its zones (`fe80::1%eth0`).
    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "%"):
            true
        default: false
        }
    }
}

extension String {
    /// The text without the ASCII blanks at its ends.
    func trimmingBlanks() -> Substring {
        func isBlank(_ character: Character) -> Bool { character.isASCII && character.isWhitespace }
        let head = drop(while: isBlank)
        guard let last = head.lastIndex(where: { !isBlank($0) }) else { return head.prefix(0) }
        return head[...last]
    }
}
