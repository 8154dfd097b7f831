/// A part of a scrape's bytes.
package struct ByteRange: Sendable, Hashable {
    private var lower: UInt32
    private var upper: UInt32

    init(_ start: Int, _ end: Int) {
        lower = UInt32(truncatingIfNeeded: start)
        upper = UInt32(truncatingIfNeeded: max(start, end))
    }

    package var start: Int { Int(lower) }
    package var end: Int { Int(upper) }
}

/// What a scrape's metadata says a family is.
package enum ScrapeType: String, Sendable, CaseIterable {
    case counter
    case gauge
    case histogram
    case gaugeHistogram = "gaugehistogram"
    case summary
    case info
    case stateset
    /// Nothing is claimed: `untyped` in text 0.0.4.
    case unknown
}

/// One exposition as it was read.
///
/// Label values stay in the bytes that they came in, so that a scrape takes a small multiple of its own length.
package struct Scrape: Sendable {
    package let format: ScrapeFormat
    package let id: SourceID
    /// The bytes without a byte order mark.
    let bytes: [UInt8]
    private let lines: LineTable
    /// The families in the order of their first lines.
    package internal(set) var families: [ScrapeFamily] = []
    /// The names of labels by number.
    package internal(set) var labelNames: [String] = []
    /// The labels of all samples, one sample's after the other's.
    var labels: [ScrapeLabel] = []
    /// The number of samples in all families.
    package private(set) var sampleCount = 0

    init(format: ScrapeFormat, id: SourceID, bytes: [UInt8]) {
        self.format = format
        self.id = id
        self.bytes = bytes
        lines = LineTable(bytes: bytes)
    }

    /// The place of some bytes.
    package func span(_ range: ByteRange) -> SourceSpan {
        SourceSpan(
            source: id,
            start: lines.position(byteOffset: range.start),
            end: lines.position(byteOffset: range.end)
        )
    }

    mutating func append(_ sample: ScrapeSample, to family: Int) {
        families[family].samples.append(sample)
        sampleCount += 1
    }

    /// The labels of a sample, in the order of their numbers.
    package func labels(of sample: ScrapeSample) -> ArraySlice<ScrapeLabel> {
        labels[Int(sample.firstLabel)..<Int(sample.endOfLabels)]
    }

    /// The name of a label.
    package func name(of label: ScrapeLabel) -> String { labelNames[Int(label.name)] }

    /// The value of a label, escapes resolved.
    package func value(of label: ScrapeLabel) -> String {
        String(decoding: ScrapeEscapes.value(of: label, in: bytes), as: UTF8.self)
    }

    /// The value of the label of that name, or `nil`.
    package func value(of name: String, in sample: ScrapeSample) -> String? {
        labels(of: sample).first { self.name(of: $0) == name }.map(value)
    }
}

/// A family: metadata and samples that belong together.
package struct ScrapeFamily: Sendable {
    /// The name as metadata gives it: `foo_total` in text 0.0.4, `foo` in OpenMetrics.
    package let name: String
    /// Where the name stands first.
    package let place: ByteRange
    /// The type, where a `# TYPE` line gives one.
    package internal(set) var type: Located<ScrapeType>?
    package internal(set) var help: Located<String>?
    /// The unit, where it is not empty.
    package internal(set) var unit: Located<String>?
    package internal(set) var samples: [ScrapeSample] = []

    init(name: String, place: ByteRange) {
        self.name = name
        self.place = place
    }

    /// The type; `unknown` where none is given.
    package var resolvedType: ScrapeType { type?.value ?? .unknown }
}

/// What a sample's name adds to its family's.
package enum SamplePart: String, Sendable, CaseIterable {
    case value = ""
    case total = "_total"
    case created = "_created"
    case bucket = "_bucket"
    case count = "_count"
    case sum = "_sum"
    case gaugeCount = "_gcount"
    case gaugeSum = "_gsum"
    case info = "_info"
}

/// One sample.
package struct ScrapeSample: Sendable {
    package let part: SamplePart
    let firstLabel: UInt32
    let endOfLabels: UInt32
    package let value: Double
    /// Where the sample's name stands, or its braces.
    package let place: ByteRange
}

/// One label of a sample.
package struct ScrapeLabel: Sendable {
    /// The number of the name.
    let name: UInt32
    /// The value between its quotes.
    let value: ByteRange
    let isEscaped: Bool
    /// Where the name begins.
    let start: UInt32

    /// Where name and value stand.
    package var place: ByteRange { ByteRange(Int(start), value.end + 1) }
}
