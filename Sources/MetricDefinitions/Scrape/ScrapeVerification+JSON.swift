extension ScrapeVerification {
    /// The outcome as JSON, one object: whether the two agree, what was covered, and what differs.
    package func json(_ report: DiagnosticReport) -> String {
        let coverage: JSONValue = .members([
            "defined": .int(defined),
            "seen": .int(seen),
            "percent": .int(percent),
            "ignored": .int(ignored),
            "missing": .strings(missing),
            "undeclared": .strings(undeclared),
        ])
        let findings = report.diagnostics.map { JSONDiagnostics.object($0, in: report) }
        let root: JSONValue = .members([
            "matches": .bool(findings.isEmpty), "coverage": coverage, "findings": .array(findings),
        ])
        return root.pretty
    }
}
