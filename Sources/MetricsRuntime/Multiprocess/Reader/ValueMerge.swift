/// Merges the values of all files into their series, and series into the samples of a layout.
struct ValueMerge {
    let series: SeriesTable

    /// Takes the values of one file; files come in the order of their names.
    func add(_ file: SourceFile) {
        var start = 0
        for removed in file.removed {
            add(file, start..<removed)
            start = removed + 1
        }
        add(file, start..<file.count)
    }

    private func add(_ file: SourceFile, _ range: Range<Int>) {
        let numbers = file.series
        let found = file.values
        let stamps: UnsafeMutablePointer<Double>? = file.hasTimestamps ? file.timestamps : nil
        let values = series.values
        let states = series.states
        let operations = series.operations
        let timestamps = series.timestamps
        for index in range {
            let number = Int(numbers[index])
            let value = found[index]
            switch operations[number] {
            case .nothing: continue
            case .add: values[number] += value
            // A NaN that came first stays, one that comes later changes nothing: as Python's comparisons have it.
            case .minimum: if states[number] == .absent || value < values[number] { values[number] = value }
            case .maximum: if states[number] == .absent || value > values[number] { values[number] = value }
            case .replace: values[number] = value
            case .mostRecent:
                // Nothing was set where no stamp is above zero; of equal stamps the first counts.
                let stamp = stamps.map { $0[index] } ?? 0
                guard timestamps[number] < stamp else {
                    if states[number] == .absent { states[number] = .unset }
                    continue
                }
                timestamps[number] = stamp
                values[number] = value
            }
            states[number] = .present
        }
    }

    /// The families with their values.
    func snapshot(_ layout: Layout) -> MetricSnapshot {
        var snapshot = MetricSnapshot()
        snapshot.families.reserveCapacity(layout.families.count)
        for family in layout.families {
            if let complete = complete(family) ?? partial(family) { snapshot.families.append(complete) }
        }
        return snapshot
    }

    /// The family where all its series have a value: texts are shared, not copied.
    private func complete(_ family: Layout.Family) -> MetricFamily? {
        guard !family.outputs.isEmpty else { return nil }
        var isComplete = true
        let values = [Double](unsafeUninitializedCapacity: family.outputs.count) { buffer, count in
            var sum = 0.0
            for output in family.outputs {
                let number = Int(output.series)
                let value: Double
                switch output.source {
                case .series:
                    if series.states[number] != .present { isComplete = false }
                    value = series.values[number]
                case .bucket:
                    if series.states[number] != .present { isComplete = false }
                    sum += series.values[number]
                    value = sum
                case .count:
                    value = sum
                    sum = 0
                }
                buffer.initializeElement(at: count, to: value)
                count += 1
            }
        }
        guard isComplete else { return nil }
        var result = family.template
        result.values = values
        return result
    }

    /// The family without the series that have no value; `nil` where nothing of it is left.
    private func partial(_ family: Layout.Family) -> MetricFamily? {
        var result = MetricFamily(
            name: family.template.name,
            type: family.template.type,
            documentation: family.template.documentation,
            unit: family.template.unit
        )
        result.hasNegativeBounds = family.template.hasNegativeBounds
        var sum = 0.0
        var hasBuckets = false
        for (index, output) in family.outputs.enumerated() {
            let number = Int(output.series)
            if series.states[number] == .unset { result.isExposedWhenEmpty = true }
            var value = series.values[number]
            switch output.source {
            case .series:
                guard series.states[number] == .present else { continue }
            case .bucket:
                guard series.states[number] == .present else { continue }
                sum += value
                value = sum
                hasBuckets = true
            case .count:
                value = sum
                sum = 0
                guard hasBuckets else { continue }
                hasBuckets = false
            }
            result.append(sampleText: family.template.text(at: index), value: value)
        }
        return result.values.isEmpty && !result.isExposedWhenEmpty ? nil : result
    }
}
