#if Redis
    internal import CMetricsSupport

    /// One series of this process, wherever its values live, for those who mirror them elsewhere.
    ///
    /// Cells and series are never freed, so a value may be kept and read as often as wanted, from any thread: hence unchecked.
    package struct ProcessSeries: @unchecked Sendable {
        /// What tells the series from all others in this process, now and later.
        package let identity: UInt
        /// Which file the series would stand in.
        package let kind: MultiprocessFileName.Kind
        /// The mode of a gauge.
        package let mode: MultiprocessMode?

        private let family: Family
        private let handle: _SeriesHandle

        fileprivate init(_ handle: _SeriesHandle, family: Family) {
            identity = UInt(bitPattern: handle.record)
            self.family = family
            self.handle = handle
            switch family.fileKind.values {
            case .counter: (kind, mode) = (.counter, nil)
            case .histogram: (kind, mode) = (.histogram, nil)
            case .summary: (kind, mode) = (.summary, nil)
            case .gauge(let mode): (kind, self.mode) = (.gauge, mode)
            }
        }

        /// How many entries the series has: one, but for histograms and summaries.
        package var entryCount: Int { family.cellCount }

        /// The keys of the entries, as they stand in a file. Costs an encoding; they never change.
        package func keys() -> [[UInt8]] {
            StructureLock.withLock { family.keys(of: handle.record) }
        }

        /// The value of an entry as it is now, over all threads, and the timestamp of a gauge.
        package func value(at index: Int) -> (value: Double, timestamp: Double) {
            (handle.record._total(index), mode == nil ? 0 : handle.record.pointee.cell._timestamp)
        }

        /// What entries cannot say about the series' family, as lines of a side file; mostly none.
        package var typeLines: [String] {
            FamilyTypes.lines(
                family: family.names.familyName,
                type: family.descriptor.type,
                unit: family.descriptor.unit
            )
        }

        /// What the entries' values were when this process took them over from an earlier one, whose they are; `nil` where
        /// it began from nothing.
        package func inheritedValues() -> [Double]? {
            StructureLock.withLock { family.inherited(by: handle.record) }
        }
    }

    extension MetricsRegistry {
        /// All series of this process that are exposed, in private memory or in files, in a fixed order.
        package func processSeries() -> [ProcessSeries] {
            let families = StructureLock.withLock {
                state.settleAfterFork()
                return state.order.filter(\.isExposed).map { (family: $0, series: $0.series) }
            }
            return families.flatMap { family, series in series.map { ProcessSeries($0, family: family) } }
        }
    }

    /// The values of a series that an earlier process left in a file.
    struct InheritedValues {
        /// The values of its entries.
        let values: [Double]
        /// After which fork they were taken over: a forked child begins from nothing.
        let generation: UInt64

        /// Takes note of the values that cells have before anybody updates them.
        init(_ cells: some Sequence<_CellPointer>) {
            values = cells.map(\._value)
            generation = metrics_fork_generation()
        }
    }

    extension Family {
        /// The values that stood in an adopted series before; under the structure lock.
        fileprivate func inherited(by record: UnsafeMutablePointer<_SeriesRecord>) -> [Double]? {
            guard let inherited = inherited[UInt(bitPattern: record)],
                inherited.generation == metrics_fork_generation()
            else { return nil }
            return inherited.values
        }
    }
#endif
