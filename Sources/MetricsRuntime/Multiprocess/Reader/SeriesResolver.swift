/// Finds the series that an entry belongs to, from its key and from the file that it stands in.
final class SeriesResolver {
    private let keys: KeyTable
    private let families: FamilyTable
    private let series: SeriesTable
    /// The series of each key in files of anything but gauges; `.max` where nobody has asked.
    private var seriesOfKey: [UInt32] = []
    /// The series of each key in files of gauges, where it's the same for every process; `.max` where it isn't.
    private var gaugeOfKey: [UInt32] = []
    /// The texts of keys in gauges with a series for each process, cut where the process' identity stands.
    private var templates: [Template?] = []
    private var text: [UInt8] = []

    private struct Template {
        /// The sample's name and its labels as far as the quote in front of the identity.
        let head: [UInt8]
        /// The rest, from the quote behind it.
        let tail: [UInt8]
        /// Where the labels begin.
        let labels: Int
    }

    init(keys: KeyTable, families: FamilyTable, series: SeriesTable) {
        self.keys = keys
        self.families = families
        self.series = series
    }

    /// Fills in the series of all entries of a file.
    func resolve(_ file: SourceFile) {
        let missing = keys.count - seriesOfKey.count
        if missing > 0 {
            seriesOfKey.append(contentsOf: repeatElement(.max, count: missing))
            gaugeOfKey.append(contentsOf: repeatElement(.max, count: missing))
            templates.append(contentsOf: repeatElement(nil, count: missing))
        }
        var rejected: [(fault: MultiprocessFault, index: Int)] = []
        let isGauge = file.meaning.kind == .gauge
        for index in 0..<file.count {
            let key = file.keys[index]
            let number = isGauge ? gauge(key, in: file) : sample(key)
            if number == 0 { rejected.append((rejection(key), index)) }
            file.series[index] = number
        }
        file.reject(rejected, keys)
    }

    private func rejection(_ key: UInt32) -> MultiprocessFault {
        switch keys.meanings[Int(key)].failure {
        case nil: .badBucket
        case .collidingLabelNames: .nameCollision
        case .invalidUTF8, .malformed, .wrongShape, .notText, .emptyName, .reservedLabelName: .badKey
        }
    }

    // MARK: One key

    /// The series of an entry in a file of anything but gauges; 0 for none.
    private func sample(_ key: UInt32) -> UInt32 {
        let known = seriesOfKey[Int(key)]
        if known != .max { return known }
        let number = newSample(key)
        seriesOfKey[Int(key)] = number
        return number
    }

    private func newSample(_ key: UInt32) -> UInt32 {
        let meaning = keys.meanings[Int(key)]
        guard meaning.failure == nil else { return 0 }
        let family = families.family(of: meaning)
        switch families.families[Int(family)].merge {
        case .sum, .perProcess: return plainSeries(key, family, dropsPID: false)
        case .histogram: return histogramSeries(key, family)
        case .gaugeSum, .minimum, .maximum, .mostRecent: return plainSeries(key, family, dropsPID: true)
        }
    }

    /// The series of an entry in a file of gauges; 0 for none.
    private func gauge(_ key: UInt32, in file: SourceFile) -> UInt32 {
        let known = gaugeOfKey[Int(key)]
        if known != .max { return known }
        let meaning = keys.meanings[Int(key)]
        guard meaning.failure == nil else { return 0 }
        let family = families.family(of: meaning)
        switch families.families[Int(family)].merge {
        case .gaugeSum, .minimum, .maximum, .mostRecent:
            let number = plainSeries(key, family, dropsPID: true)
            gaugeOfKey[Int(key)] = number
            return number
        case .sum, .histogram, .perProcess: return processSeries(key, family, file)
        }
    }

    private func plainSeries(_ key: UInt32, _ family: UInt32, dropsPID: Bool) -> UInt32 {
        keys.withParts(of: key) { parts in
            text.removeAll(keepingCapacity: true)
            SampleText.appendMetricName(parts.text[parts.sample], to: &text)
            let labels = text.count
            LabelText.append(parts, without: dropsPID ? LabelText.pid : nil, adding: nil, to: &text)
            return renderedSeries(family, labels: labels)
        }
    }

    /// A series for each process: the label `pid` is the file's identity, whatever the entry says.
    private func processSeries(_ key: UInt32, _ family: UInt32, _ file: SourceFile) -> UInt32 {
        let template = templates[Int(key)] ?? makeTemplate(key)
        text.removeAll(keepingCapacity: true)
        text.append(contentsOf: template.head)
        text.append(contentsOf: file.identityLabel)
        text.append(contentsOf: template.tail)
        return renderedSeries(family, labels: template.labels)
    }

    private func makeTemplate(_ key: UInt32) -> Template {
        let template = keys.withParts(of: key) { parts in
            var text: [UInt8] = []
            SampleText.appendMetricName(parts.text[parts.sample], to: &text)
            let labels = text.count
            let place = LabelText.append(parts, without: LabelText.pid, adding: LabelText.pid, to: &text)
            return Template(head: Array(text[..<place]), tail: Array(text[place...]), labels: labels)
        }
        templates[Int(key)] = template
        return template
    }

    /// A bucket, or another sample of a histogram; 0 for a bucket whose bound is no number.
    private func histogramSeries(_ key: UInt32, _ family: UInt32) -> UInt32 {
        let bound = keys.withParts(of: key) { parts -> Double?? in
            guard let label = parts.labels.first(where: { parts.text[$0.name].elementsEqual(LabelText.le) }) else {
                return nil
            }
            return .some(BucketBound.parse(parts.text[label.value]))
        }
        switch bound {
        case nil: return plainSeries(key, family, dropsPID: false)
        case .some(nil): return 0
        case .some(let bound?): return bucketSeries(key, family, bound)
        }
    }

    private func bucketSeries(_ key: UInt32, _ family: UInt32, _ bound: Double) -> UInt32 {
        let name = Array(families.families[Int(family)].name.utf8)
        return keys.withParts(of: key) { parts in
            text.removeAll(keepingCapacity: true)
            LabelText.append(parts, without: LabelText.le, adding: nil, to: &text)
            let group = series.group(family: family, labels: text[...])
            if series.countOfGroup[Int(group)] == 0 {
                let count = name + "_count".utf8 + text
                series.setCount(
                    series.number(family: family, text: count, operation: .add) {
                        SeriesTable.Series(family: family, group: group, role: .sample, suffix: nil)
                    },
                    ofGroup: group
                )
            }
            text.removeAll(keepingCapacity: true)
            text.append(contentsOf: name)
            text.append(contentsOf: "_bucket".utf8)
            let place = LabelText.append(parts, without: LabelText.le, adding: LabelText.le, to: &text)
            var boundText: [UInt8] = []
            // Both zeros are one bound.
            FloatText.append(bound + 0, .python, to: &boundText)
            text.insert(contentsOf: boundText, at: place)
            return series.number(family: family, text: text, operation: .add) {
                SeriesTable.Series(family: family, group: group, role: .bucket(bound: bound), suffix: nil)
            }
        }
    }

    // MARK: Series

    /// The series of the text that was made last, whose labels begin at that index.
    private func renderedSeries(_ family: UInt32, labels: Int) -> UInt32 {
        series.number(family: family, text: text, operation: operation(family)) {
            let belongs = families.families[Int(family)]
            // Counters and gauges have one sample for each set of labels.
            let isGrouped = belongs.kind != .counter && belongs.kind != .gauge
            let name = text[..<labels]
            let ending = name.starts(with: belongs.name.utf8) ? name.dropFirst(belongs.name.utf8.count) : []
            return SeriesTable.Series(
                family: family,
                group: isGrouped ? series.group(family: family, labels: text[labels...]) : 0,
                role: .sample,
                suffix: SeriesTable.Suffix(rawValue: String(decoding: ending, as: UTF8.self))
            )
        }
    }

    private func operation(_ family: UInt32) -> SeriesTable.Operation {
        switch families.families[Int(family)].merge {
        case .sum, .histogram, .gaugeSum: .add
        case .minimum: .minimum
        case .maximum: .maximum
        case .mostRecent: .mostRecent
        case .perProcess: .replace
        }
    }
}
