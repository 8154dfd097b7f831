#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Bucket bounds by name, and by rule.
package enum BucketPresets {
    /// What a histogram without `buckets` gets.
    package static let standard = "prometheus"

    private static let presets: KeyValuePairs<String, [Double]> = [
        // The defaults of Prometheus' Go client, and of its Python client, for seconds.
        "prometheus": [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        "python": [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
        // Seconds: web requests, work within a process, batch jobs.
        "web": [0.1, 0.5, 1, 2.5, 5, 10, 30, 60],
        "fast_ms": [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
        "slow": [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600],
        // Bytes: 1 KiB to 1 GiB.
        "bytes_pow4": [
            1024, 4096, 16384, 65536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864, 268_435_456, 1_073_741_824,
        ],
        // Counts.
        "count_pow2": [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    ]

    package static var names: [String] { presets.map(\.key) }

    /// Whether a preset's bounds are for seconds.
    static func areSeconds(_ preset: String) -> Bool {
        ["prometheus", "python", "web", "fast_ms", "slow"].contains(preset)
    }

    package static func bounds(of preset: String) -> [Double]? { presets.first { $0.key == preset }?.value }

    /// The bounds that a generator makes; its arguments were checked.
    package static func bounds(_ generator: BucketGenerator, _ arguments: [String: Double]) -> [Double] {
        let count = Int(min(max(arguments["count"] ?? 0, 0), Double(BucketRules.limit)))
        func argument(_ name: String) -> Double { arguments[name] ?? 0 }
        return (0..<count).map { index in
            switch generator {
            case .linear: return rounded(argument("start") + argument("width") * Double(index))
            case .exponential: return rounded(argument("start") * pow(argument("factor"), Double(index)))
            case .exponentialRange:
                if index == count - 1 { return argument("max") }
                let growth = argument("max") / argument("min")
                return rounded(argument("min") * pow(growth, Double(index) / Double(count - 1)))
            }
        }
    }

    /// To 14 significant digits, so that 0.1 + 2 × 0.1 is exposed as 0.3 and not as 0.30000000000000004.
    private static func rounded(_ bound: Double) -> Double {
        guard bound.isFinite, bound != 0 else { return bound }
        var buffer: [CChar] = Array(repeating: 0, count: 64)
        let length = withVaList([bound]) { vsnprintf(&buffer, buffer.count, "%.14g", $0) }
        let digits = String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return Double(digits) ?? bound
    }
}
