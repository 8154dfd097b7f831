/// Puts families and samples into the order in which Python's collector exposes them, for files in order of name.
///
/// Families come in the order in which files and entries bring them; within one, so do sets of labels, and within those
/// samples. Of a histogram's group, buckets follow other samples in the order of their bounds, then comes the count.
struct LayoutBuilder {
    let keys: KeyTable
    let families: FamilyTable
    let series: SeriesTable
    /// A number that no earlier layout had.
    let number: Int

    private var layout = Layout()
    private var types = FamilyTypes()
    private var names = FamilyNameClaims()

    init(keys: KeyTable, families: FamilyTable, series: SeriesTable, number: Int) {
        self.keys = keys
        self.families = families
        self.series = series
        self.number = number
    }

    /// The layout of these files, whose series are resolved; texts of families that didn't change come from `old`.
    mutating func build(
        _ files: [SourceFile],
        order: [UInt32],
        reusing old: Layout,
        types: FamilyTypes
    ) -> Layout {
        self.types = types
        var members: [[UInt32]] = Array(repeating: [], count: families.families.count)
        collect(files, into: &members)
        var oldFamilies: [String: Layout.Family] = [:]
        for family in old.families { oldFamilies[family.template.name] = family }

        for family in order {
            let all = members[Int(family)]
            let hasSuffixes = all.contains { series.series[Int($0)].suffix != nil }
            let plain = hasSuffixes ? all.filter { series.series[Int($0)].suffix == nil } : all
            let details = families.families[Int(family)]
            let outputs = inOrder(plain, in: details)
            add(details.name, details, outputs, reusing: oldFamilies)
            guard hasSuffixes else { continue }
            for suffix in SeriesTable.Suffix.allCases {
                let rest = all.filter { series.series[Int($0)].suffix == suffix }
                if rest.isEmpty { continue }
                var gauge = details
                gauge.kind = .gauge
                add(details.name + suffix.rawValue, gauge, inOrder(rest, in: gauge), reusing: oldFamilies)
            }
        }
        return layout
    }

    /// All series of the files by family, in the order of their first entries.
    private func collect(_ files: [SourceFile], into members: inout [[UInt32]]) {
        series.series.withUnsafeMutableBufferPointer { series in
            for file in files {
                for index in 0..<file.count {
                    let number = Int(file.series[index])
                    if number == 0 || series[number].layout == self.number { continue }
                    series[number].layout = self.number
                    members[Int(series[number].family)].append(UInt32(truncatingIfNeeded: number))
                }
            }
        }
    }

    // MARK: Order of samples

    private func inOrder(_ numbers: [UInt32], in family: FamilyTable.Family) -> [Layout.Output] {
        switch family.kind {
        // One sample for each set of labels.
        case .counter, .gauge: numbers.map { Layout.Output(series: $0, source: .series) }
        case .histogram: histogramOutputs(numbers)
        case .summary, .gaugehistogram, .info, .stateset, .unknown, .untyped: groupedOutputs(numbers)
        }
    }

    /// Samples of equal labels together.
    private func groupedOutputs(_ numbers: [UInt32]) -> [Layout.Output] {
        var groups = OrderedGroups()
        for number in numbers { groups.append(number, to: series.series[Int(number)].group) }
        return groups.members.flatMap { members in
            members.map { Layout.Output(series: $0, source: .series) }
        }
    }

    private func histogramOutputs(_ numbers: [UInt32]) -> [Layout.Output] {
        var groups = OrderedGroups()
        var buckets = OrderedGroups()
        for number in numbers {
            let one = series.series[Int(number)]
            if case .bucket = one.role {
                buckets.append(number, to: one.group)
            } else {
                groups.append(number, to: one.group)
            }
        }
        // Groups that have buckets alone come last.
        for group in buckets.order { groups.touch(group) }
        var outputs: [Layout.Output] = []
        outputs.reserveCapacity(numbers.count + buckets.order.count)
        for (group, samples) in zip(groups.order, groups.members) {
            let sorted = buckets.members(of: group).sorted { bound($0) < bound($1) }
            let count = series.countOfGroup[Int(group)]
            for sample in samples where sorted.isEmpty || sample != count {
                outputs.append(Layout.Output(series: sample, source: .series))
            }
            outputs += sorted.map { Layout.Output(series: $0, source: .bucket) }
            if !sorted.isEmpty { outputs.append(Layout.Output(series: count, source: .count)) }
        }
        return outputs
    }

    private func bound(_ number: UInt32) -> Double {
        guard case .bucket(let bound) = series.series[Int(number)].role else { return .infinity }
        return bound
    }

    // MARK: Families

    private mutating func add(
        _ name: String,
        _ details: FamilyTable.Family,
        _ outputs: [Layout.Output],
        reusing old: [String: Layout.Family]
    ) {
        // What was stored as a gauge for want of a better place is exposed as what it is.
        let stored = Self.type(details.kind)
        let type = stored == .gauge ? types.types[name] ?? stored : stored
        let isInfo = type == .info && name.hasSuffix("_info")
        let help = keys.withParts(of: details.firstKey) { $0.string($0.help) }
        var template = MetricFamily(
            name: isInfo ? String(name.dropLast("_info".count)) : name,
            type: type == .info && !isInfo ? stored : type,
            documentation: help,
            unit: types.units[name] ?? ""
        )
        guard names.claim(template) else {
            layout.collisions.append((details.firstFile, name))
            return
        }
        template.hasNegativeBounds =
            type == .histogram && outputs.contains { $0.source == .bucket && bound($0.series) < 0 }
        if let previous = old[template.name], previous.outputs == outputs {
            template.sampleText = previous.template.sampleText
            template.sampleEnds = previous.template.sampleEnds
            template.mayHaveForeignSamples = previous.template.mayHaveForeignSamples
        } else {
            template.sampleEnds.reserveCapacity(outputs.count)
            let names = SampleNames(template)
            for output in outputs {
                let text = series.text(output.series)
                template.sampleText.append(contentsOf: text)
                if !text.withMemoryRebound(to: UInt8.self, names.contain) { template.mayHaveForeignSamples = true }
                template.sampleEnds.append(template.sampleText.count)
            }
        }
        layout.families.append(Layout.Family(template: template, outputs: outputs))
    }

    private static func type(_ kind: MultiprocessFileName.Kind) -> MetricType {
        switch kind {
        case .counter: .counter
        case .gauge: .gauge
        // Its buckets read as a histogram's; count and sum, which have names of their own, become gauges.
        case .histogram, .gaugehistogram: .histogram
        case .summary: .summary
        case .info: .info
        case .stateset: .stateset
        case .unknown, .untyped: .unknown
        }
    }
}
