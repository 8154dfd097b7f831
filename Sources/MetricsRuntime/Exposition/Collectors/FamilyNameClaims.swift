/// The names that the families of one exposition have, those of their samples included.
///
/// A gauge `x_count` beside a histogram `x` makes two samples of one name, which parsers refuse or take for each other.
package struct FamilyNameClaims: Sendable {
    private var taken: Set<String> = []

    package init() {}

    /// Takes all names of a family; takes none and returns `false` where another family has one of them.
    package mutating func claim(_ family: MetricFamily) -> Bool {
        let names = family.reservedNames
        guard taken.isDisjoint(with: names) else { return false }
        taken.formUnion(names)
        return true
    }

    /// Appends the families that can have their names; families without samples are left out.
    ///
    /// - Returns: The names of the families that cannot.
    package mutating func append(_ added: [MetricFamily], to families: inout [MetricFamily]) -> [String] {
        var refused: [String] = []
        for family in added where !family.values.isEmpty || family.isExposedWhenEmpty {
            if claim(family) {
                families.append(family)
            } else {
                refused.append(family.name)
            }
        }
        return refused
    }
}
