struct MultiprocessSource { let name: String; let bytes: [UInt8] }
public final class MultiprocessCollector: Sendable {
    init(directory: String, liveness: @escaping @Sendable (String) -> Bool) {}
    func collect(additional: [MultiprocessSource]) -> MetricSnapshot { MetricSnapshot() }
}
extension MetricFamily {
    mutating func append(sampleName: String, labels: [(name: String, value: String)], value: Double) {
        sampleText.append(contentsOf: sampleName.utf8)
        if !labels.isEmpty { sampleText.append(contentsOf: ("{" + labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",") + "}").utf8) }
        sampleEnds.append(sampleText.count); values.append(value)
    }
}
