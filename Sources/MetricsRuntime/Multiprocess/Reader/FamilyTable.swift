/// The metric families of all files, by their names.
///
/// Two names that come to the same once they are spelled in Prometheus' character set are one family.
final class FamilyTable {
    /// How the entries of a family become series.
    enum Merge: Equatable {
        /// Values of equal names and labels are added up.
        case sum
        /// The same, and buckets become cumulative.
        case histogram
        /// A gauge in a mode that puts all processes together; the processes' own `pid` labels are dropped.
        case gaugeSum, minimum, maximum, mostRecent
        /// A gauge with one series for each process.
        case perProcess
    }

    struct Family {
        /// The name in Prometheus' character set.
        let name: String
        /// The type of the first file that has the family.
        var kind: MultiprocessFileName.Kind = .unknown
        /// The mode of the last gauge file that has it.
        var mode: MultiprocessMode?
        /// The first key of the family in the first file, which holds its help.
        var firstKey: UInt32 = 0
        /// The name as the first file spells it.
        var spelling: UInt32 = .max
        /// The name of the first file.
        var firstFile = ""
        /// How values are merged; `nil` until a layout settled it.
        var settled: (kind: MultiprocessFileName.Kind, merge: Merge)?
        /// In which layout the family was last met.
        var layout = 0

        /// How values are merged, by kind and mode.
        var merge: Merge {
            switch kind {
            case .histogram: return .histogram
            case .gauge: break
            case .counter, .summary, .gaugehistogram, .info, .stateset, .unknown, .untyped: return .sum
            }
            switch mode {
            case .min, .livemin: return .minimum
            case .max, .livemax: return .maximum
            case .sum, .livesum: return .gaugeSum
            case .mostrecent, .livemostrecent: return .mostRecent
            case .all, .liveall, nil: return .perProcess
            }
        }
    }

    /// The families by number.
    var families: [Family] = []
    /// The family that each spelling of a name stands for.
    private(set) var familyOfName: [UInt32] = []
    private var names = InternTable()
    private var exposedNames = InternTable()

    /// The number of a name as it is spelled in a key.
    func name(_ spelling: ArraySlice<UInt8>) -> UInt32 {
        let (number, isNew) = spelling.withUnsafeBytes { names.intern($0) }
        if isNew {
            var exposed: [UInt8] = []
            SampleText.appendMetricName(spelling, to: &exposed)
            let (family, isNewFamily) = exposed.withUnsafeBytes { exposedNames.intern($0) }
            if isNewFamily { families.append(Family(name: String(decoding: exposed, as: UTF8.self))) }
            familyOfName.append(family)
        }
        return number
    }

    /// The family of a key.
    func family(of meaning: KeyTable.Meaning) -> UInt32 {
        familyOfName[Int(meaning.familyName)]
    }

    /// The name as it is spelled in keys.
    func spelling(_ name: UInt32) -> String {
        String(decoding: names[name], as: UTF8.self)
    }

    /// Takes note of a family in a file; files come in the order of their names.
    ///
    /// - Returns: Whether no earlier file of that layout has the family.
    func meet(_ number: UInt32, named name: UInt32, key: UInt32, in file: SourceFile, layout: Int) -> Bool {
        let index = Int(number)
        let isFirst = families[index].layout != layout
        if isFirst {
            families[index].layout = layout
            families[index].kind = file.meaning.kind
            families[index].mode = nil
            families[index].firstKey = key
            families[index].firstFile = file.text
            families[index].spelling = name
        }
        if let mode = file.meaning.mode { families[index].mode = mode }
        return isFirst
    }

    /// Fixes what these families mean now, and says whether one of them meant something else before.
    func settle(_ numbers: [UInt32]) -> Bool {
        var hasChanged = false
        for number in numbers {
            let index = Int(number)
            let new = (kind: families[index].kind, merge: families[index].merge)
            if let old = families[index].settled, old != new { hasChanged = true }
            families[index].settled = new
        }
        return hasChanged
    }
}
