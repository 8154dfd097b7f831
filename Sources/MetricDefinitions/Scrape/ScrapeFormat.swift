/// A text format of scrapes.
package enum ScrapeFormat: String, Sendable, CaseIterable {
    /// Text 0.0.4.
    case text
    /// OpenMetrics 1.0.
    case openMetrics = "openmetrics"

    /// The format's name in messages.
    package var title: String {
        switch self {
        case .text: "text 0.0.4"
        case .openMetrics: "OpenMetrics 1.0"
        }
    }

    /// OpenMetrics where a line says what only OpenMetrics says: `# EOF`, or a unit.
    package static func detect(_ bytes: [UInt8]) -> ScrapeFormat {
        let end = Array("# EOF".utf8)
        let unit = Array("# UNIT ".utf8)
        var start = 0
        while start < bytes.count {
            let lineEnd = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let line = bytes[start..<lineEnd]
            if line.elementsEqual(end) || line.starts(with: unit) { return .openMetrics }
            start = lineEnd + 1
        }
        return .text
    }
}
