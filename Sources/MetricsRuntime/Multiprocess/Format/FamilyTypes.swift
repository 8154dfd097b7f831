/// What Python's file format has no place for: true types and units of families, as lines of a side file.
///
/// `swift-0.types` stands beside the files of slot `swift-0`, for everybody to read; Python's client looks at `.db` files alone.
/// Each line says one thing, and the last one about a family counts:
///
///     TYPE build_info info
///     UNIT request_duration_seconds seconds
///
/// Families are named as in the keys of the files. What cannot be read is skipped: a line that another version wrote, or one
/// that was cut off when its writer died.
struct FamilyTypes: Equatable {
    /// The end of the names of such files.
    static let suffix: [UInt8] = Array(".types".utf8)
    /// Longer files than this are none that we wrote.
    static let mostBytes = 4 << 20

    /// The name of the file that stands beside those of an identity.
    static func fileName(identity: String) -> String { "\(identity).types" }

    /// Types that the format stores as gauges.
    private(set) var types: [String: MetricType] = [:]
    private(set) var units: [String: String] = [:]

    /// Takes the lines of a file in; what stands behind the last line feed is not complete and not looked at.
    mutating func read(_ bytes: [UInt8]) {
        guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return }
        for line in bytes[..<end].split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard words.count == 3, SampleText.isMetricName(words[1].utf8) else { continue }
            switch words[0] {
            case "TYPE":
                guard let type = MetricType(rawValue: words[2]), Self.isStoredAsGauge(type) else { continue }
                types[words[1]] = type
            case "UNIT":
                guard SampleText.isMetricName(words[2].utf8) else { continue }
                units[words[1]] = words[2]
            default: continue
            }
        }
    }

    /// The lines for a family; empty where the format says everything about it.
    static func lines(family: String, type: MetricType, unit: String) -> [String] {
        // A name that is spelled in another way in expositions could be that of two families.
        guard SampleText.isMetricName(family.utf8) else { return [] }
        var lines: [String] = []
        if isStoredAsGauge(type) { lines.append("TYPE \(family) \(type.rawValue)") }
        if SampleText.isMetricName(unit.utf8) { lines.append("UNIT \(family) \(unit)") }
        return lines
    }

    private static func isStoredAsGauge(_ type: MetricType) -> Bool {
        switch type {
        case .info, .stateset, .unknown: true
        case .counter, .gauge, .histogram, .summary: false
        }
    }
}
