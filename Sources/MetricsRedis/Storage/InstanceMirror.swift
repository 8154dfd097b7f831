#if Redis
    import MetricsRuntime

    /// What Redis has of this process's values, as far as is known, and so what has to be sent.
    ///
    /// Values are sent as they are, not as differences, so sending one twice changes nothing. Each batch carries a number
    /// that rises. Batches whose replies were lost are sent again just as they were, before anything new: Redis says
    /// whether it took them already. So at most one set of batches is in doubt at a time, and when an instance was taken
    /// for dead and archived, it is known to the last batch what was archived of it.
    struct InstanceMirror {
        /// Changes in one page: what one script call takes.
        struct Batch {
            let sequence: Int64
            /// The last batch that Redis must have; 0 where it may have none.
            let known: Int64
            let page: Int
            let replacesPage: Bool
            /// What entries cannot say about families.
            var types: [TypeLine] = []
            var deletions: [[UInt8]] = []
            var values: [(field: [UInt8], text: String)] = []
            fileprivate var sent: [Sent] = []
        }

        /// A line of a side file: `TYPE name` or `UNIT name`, and the type or the unit.
        struct TypeLine: Hashable {
            let field: String
            let text: String

            init?(_ line: String) {
                guard let blank = line.lastIndex(of: " ") else { return nil }
                field = String(line[..<blank])
                text = String(line[line.index(after: blank)...])
            }
        }

        /// A value that a batch carries.
        fileprivate struct Sent {
            let series: UInt
            let index: Int
            let value: Value
        }

        /// A value and a timestamp by their bits, so that equality means what it says for NaN and zeros.
        fileprivate struct Value: Equatable {
            let value: UInt64
            let timestamp: UInt64

            init(_ pair: (value: Double, timestamp: Double)) {
                value = pair.value.bitPattern
                timestamp = pair.timestamp.bitPattern
            }
        }

        private struct Series {
            let fields: [[UInt8]]
            let page: Int
            /// Whether the values add up over instances, so that what was archived of them must not be sent again.
            let addsUp: Bool
            /// What an earlier process had counted in the same cells.
            let inherited: [Double]?
            /// What does not count as this instance's: inherited, or archived under an earlier start.
            var baseline: [Double]
            /// What Redis has; `nil` where that is not known.
            var known: [Value?]
            /// The last values that Redis surely took.
            var taken: [Double]
            /// In which round the series was last there.
            var round: Int
        }

        private struct Page {
            var fieldCount = 0
            /// Whether Redis is to forget what it has of the page.
            var isUnknown = true
            var deletions: Set<[UInt8]> = []
        }

        /// Enough to be quick, few enough for Redis to answer others in between: about a millisecond.
        static let pageSize = 1000

        /// Who sends.
        private(set) var instance: RedisInstance
        /// The start before, whose gauges this one replaces.
        private(set) var superseded: RedisInstance?
        /// Which data of Redis batches went to.
        private(set) var epoch: String?

        private let original: RedisInstance
        private var starts = 0
        private var sequence: Int64 = 0
        private var acknowledged: Int64 = 0
        private var series: [UInt: Series] = [:]
        private var pages: [Page] = [Page()]
        private var types: Set<TypeLine> = []
        private var knownTypes: Set<TypeLine> = []
        private var round = 0
        /// What was made to be sent, and is neither taken nor refused, in the order of numbers.
        private(set) var pending: [Batch] = []
        /// Whether what is pending was sent before, and Redis may have taken it.
        private(set) var isInDoubt = false

        init(instance: RedisInstance) {
            self.instance = instance
            original = instance
        }

        /// How many pages there are.
        var pageCount: Int { pages.count }

        // MARK: Sending

        /// Makes ``pending`` what has to be sent for Redis to have these series as they are now; at least one batch, which
        /// says that the instance lives.
        mutating func prepare(_ current: [ProcessSeries]) {
            round += 1
            var batches: [Int: Batch] = [:]
            for item in current {
                if series[item.identity] == nil { adopt(item) }
                guard let index = series.index(forKey: item.identity) else { continue }
                series.values[index].round = round
                let page = series.values[index].page
                for entry in 0..<item.entryCount {
                    let now = item.value(at: entry)
                    let value = Value(now)
                    if !pages[page].isUnknown, series.values[index].known[entry] == value { continue }
                    let sent = now.value - series.values[index].baseline[entry]
                    let field = series.values[index].fields[entry]
                    if batches[page] == nil { batches[page] = begin(page) }
                    batches[page]?.values.append((field, RedisField.text(value: sent, timestamp: now.timestamp)))
                    batches[page]?.sent.append(Sent(series: item.identity, index: entry, value: value))
                }
            }
            forgetRemoved()
            for page in pages.indices where pages[page].isUnknown || !pages[page].deletions.isEmpty {
                if batches[page] == nil { batches[page] = begin(page) }
                if !pages[page].isUnknown { batches[page]?.deletions = Array(pages[page].deletions) }
            }
            let newTypes = types.subtracting(knownTypes)
            if batches.isEmpty || !newTypes.isEmpty, batches[0] == nil { batches[0] = begin(0) }
            batches[0]?.types = Array(newTypes)
            isInDoubt = false
            // Numbers rise in the order of sending.
            pending = batches.values.sorted { $0.page < $1.page }.map { batch in
                sequence += 1
                var numbered = Batch(
                    sequence: sequence,
                    known: batch.known,
                    page: batch.page,
                    replacesPage: batch.replacesPage
                )
                numbered.types = batch.types
                numbered.deletions = batch.deletions
                numbered.values = batch.values
                numbered.sent = batch.sent
                return numbered
            }
        }

        private func begin(_ page: Int) -> Batch {
            Batch(sequence: 0, known: acknowledged, page: page, replacesPage: pages[page].isUnknown)
        }

        private mutating func adopt(_ item: ProcessSeries) {
            types.formUnion(item.typeLines.compactMap(TypeLine.init))
            let fields = item.keys().map { RedisField.name(item, key: $0) }
            let addsUp =
                switch item.kind {
                case .counter, .histogram, .summary: true
                case .gauge: item.mode == .sum
                case .gaugehistogram, .info, .stateset, .unknown, .untyped: false
                }
            let page: Int
            // A page that is sent as a whole must not be in the way of what is known of it.
            if let free = pages.firstIndex(where: {
                $0.fieldCount == 0 || $0.fieldCount + fields.count <= Self.pageSize
            }) {
                page = free
            } else {
                page = pages.count
                pages.append(Page())
            }
            pages[page].fieldCount += fields.count
            for field in fields { pages[page].deletions.remove(field) }
            let inherited = addsUp ? item.inheritedValues() : nil
            let zeros = [Double](repeating: 0, count: fields.count)
            series[item.identity] = Series(
                fields: fields,
                page: page,
                addsUp: addsUp,
                inherited: inherited,
                baseline: inherited ?? zeros,
                known: fields.map { _ in nil },
                taken: inherited ?? zeros,
                round: round
            )
        }

        private mutating func forgetRemoved() {
            for (identity, item) in series where item.round != round {
                series[identity] = nil
                pages[item.page].fieldCount -= item.fields.count
                pages[item.page].deletions.formUnion(item.fields)
            }
        }

        // MARK: Replies

        /// The pending batches were sent and no reply came: Redis may have taken them, or may yet.
        mutating func lostReplies() {
            isInDoubt = true
        }

        /// Redis took a batch.
        ///
        /// - Returns: Whether Redis lost its data since the last batch, so that everything must be sent again.
        mutating func took(_ batch: Batch, epoch: String) -> Bool {
            if let known = self.epoch, known != epoch {
                beginAnew(epoch: epoch)
                return true
            }
            self.epoch = epoch
            acknowledged = max(acknowledged, batch.sequence)
            pages[batch.page].isUnknown = false
            pages[batch.page].deletions.subtract(batch.deletions)
            if batch.replacesPage { pages[batch.page].deletions = [] }
            for sent in batch.sent { series[sent.series]?.known[sent.index] = sent.value }
            noteTaken(batch)
            knownTypes.formUnion(batch.types)
            superseded = nil
            pending.removeAll { $0.sequence == batch.sequence }
            return false
        }

        /// Redis refused a batch as a whole: its values have to be sent again, as they are then.
        mutating func refused(_ batch: Batch) {
            pending.removeAll { $0.sequence == batch.sequence }
        }

        /// Redis says that it has this batch, or one with a higher number.
        ///
        /// Where this batch was in doubt, Redis took it, or a later one of the same set and refused this one: so it counts
        /// as taken, but is sent again. Else somebody else uses this identity.
        mutating func isOld(_ batch: Batch, last: Int64) {
            guard isInDoubt, last <= sequence else { return isStale(last: last) }
            acknowledged = max(acknowledged, batch.sequence)
            for sent in batch.sent { series[sent.series]?.known[sent.index] = nil }
            noteTaken(batch)
            pending.removeAll { $0.sequence == batch.sequence }
        }

        /// Redis has fewer batches than it had: it came back with what it had saved at some time.
        mutating func isStale(last: Int64) {
            acknowledged = 0
            sequence = max(sequence, last)
            forgetPages()
        }

        /// Redis has nothing of this instance any more.
        ///
        /// - Parameter epoch: Which data Redis has; empty where it has none at all.
        mutating func isEmpty(epoch: String) {
            if epoch == self.epoch {
                acknowledged = 0
                forgetPages()
            } else {
                beginAnew(epoch: epoch.isEmpty ? nil : epoch)
            }
        }

        /// The instance was taken for dead, and archived as it was after that batch: goes on under a new start, with
        /// what has been counted since.
        mutating func wasArchived(after last: Int64) {
            if isInDoubt {
                for batch in pending where batch.sequence <= last { noteTaken(batch) }
            }
            for index in series.values.indices where series.values[index].addsUp {
                series.values[index].baseline = series.values[index].taken
            }
            superseded = instance
            starts += 1
            instance = original.again(starts)
            acknowledged = 0
            forgetPages()
        }

        /// Redis lost everything, archives too: all that this process has counted is its own again.
        private mutating func beginAnew(epoch: String?) {
            for index in series.values.indices {
                let zeros = [Double](repeating: 0, count: series.values[index].fields.count)
                series.values[index].baseline = series.values[index].inherited ?? zeros
                series.values[index].taken = series.values[index].baseline
            }
            self.epoch = epoch
            acknowledged = 0
            superseded = nil
            forgetPages()
        }

        private mutating func noteTaken(_ batch: Batch) {
            for sent in batch.sent {
                series[sent.series]?.taken[sent.index] = Double(bitPattern: sent.value.value)
            }
        }

        private mutating func forgetPages() {
            pending = []
            isInDoubt = false
            knownTypes = []
            for index in pages.indices {
                pages[index].isUnknown = true
                pages[index].deletions = []
            }
            for index in series.values.indices {
                for entry in series.values[index].known.indices { series.values[index].known[entry] = nil }
            }
        }
    }
#endif
