extension MetricsRegistry {
    /// Everything that this registry exposes now.
    ///
    /// Where values live in a directory, the merge of all its processes; else this process's own values. Families are
    /// in a fixed order. May be called while other threads update and make series; takes no time from them.
    public func collect() -> MetricSnapshot {
        let (collector, families, faults) = StructureLock.withLock {
            state.settleAfterFork()
            state.repairBeforeScrape()
            return (state.collector(), state.order, state.storageFaults)
        }
        var snapshot: MetricSnapshot
        if let collector {
            snapshot = collector.collect(with: families.compactMap(\.unstoredEntries))
        } else {
            snapshot = MetricSnapshot(families: families.map(\.snapshot).sorted { $0.name < $1.name })
        }
        if !faults.isEmpty {
            var family = MetricFamily(
                name: "metrics_storage_faults",
                type: .counter,
                documentation: "Attempts to use the multiprocess directory that failed, by what was attempted"
            )
            for fault in faults {
                family.append(
                    sampleName: "metrics_storage_faults_total",
                    labels: [(name: "operation", value: fault.operation)],
                    value: fault.count
                )
            }
            snapshot.families.append(family)
        }
        return snapshot
    }
}

extension Family {
    /// The family's own values, for a registry in private memory.
    var snapshot: MetricFamily {
        var family = MetricFamily(
            name: names.exposedFamilyName,
            type: descriptor.type,
            documentation: descriptor.documentation,
            unit: descriptor.unit
        )
        let samples = names.samples
        for handle in exposedSeries {
            let labels = labels(of: handle.record)
            let cells = cells(of: handle.record)
            switch descriptor.type {
            case .histogram:
                appendHistogram(samples, labels: labels, cells: cells, to: &family)
            case .counter, .gauge, .summary, .info, .stateset, .unknown:
                if fileKind.hasTimestamps, cells[0]._timestamp <= 0 { continue }
                for (sample, cell) in zip(samples, cells) {
                    family.append(
                        sampleName: sample.name,
                        labels: SeriesText.insert(nil, into: labels),
                        value: cell._value
                    )
                }
            }
        }
        return family
    }

    /// Buckets as they add up, then sum and count.
    ///
    /// The count is that of the last bucket, so the two always agree.
    private func appendHistogram(
        _ samples: [SeriesText.Sample],
        labels: [SeriesText.Label],
        cells: [_CellPointer],
        to family: inout MetricFamily
    ) {
        var count = 0.0
        for (sample, cell) in zip(samples, cells).dropFirst() {
            count += cell._value
            family.append(
                sampleName: sample.name,
                labels: SeriesText.insert(sample.bound, into: labels),
                value: count
            )
        }
        let plain = SeriesText.insert(nil, into: labels)
        family.append(sampleName: samples[0].name, labels: plain, value: cells[0]._value)
        family.append(sampleName: names.familyName + "_count", labels: plain, value: count)
    }

    /// The bytes of a file with the series that are in no file, because there was no room; `nil` where all are.
    var unstoredEntries: MultiprocessSource? {
        let unstored = exposedSeries.filter { !$0.record.pointee.isStored }
        guard !unstored.isEmpty, let identity = StructureLock.withLock({ slotIdentity }) else { return nil }
        var image = FileImage()
        for handle in unstored {
            for (key, cell) in zip(keys(of: handle.record), cells(of: handle.record)) {
                image.append(key: key, value: EntryValue(value: cell._value, timestamp: cell._timestamp))
            }
        }
        return MultiprocessSource(name: fileKind.fileName(identity: identity), bytes: image.bytes)
    }

    /// The series of an exposed family; a copy that stays as it is.
    private var exposedSeries: [_SeriesHandle] {
        isExposed ? StructureLock.withLock { series } : []
    }
}
