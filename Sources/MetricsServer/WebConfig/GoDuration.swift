/// Durations as Go writes them: `1s`, `1m30s`, `1.5h`, `250ms`, `0`.
enum GoDuration {
    private static let units: [(name: String, nanoseconds: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
    ]

    /// The duration; `nil` where the text is none, or one below zero or beyond a hundred years.
    static func parse(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        var rest = text[...]
        var total = 0.0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard !number.isEmpty, let value = Double(number) else { return nil }
            rest = rest.dropFirst(number.count)
            let name = rest.prefix { !($0.isASCII && $0.isNumber) && $0 != "." }
            guard let unit = units.first(where: { $0.name == name }) else { return nil }
            rest = rest.dropFirst(name.count)
            total += value * unit.nanoseconds
        }
        guard total < 3.2e18 else { return nil }
        return .nanoseconds(Int64(total))
    }
}
