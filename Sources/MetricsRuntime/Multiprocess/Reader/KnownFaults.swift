/// What the scrape before left out, so that a log says each thing once, and again where it was mended in between.
package struct KnownFaults {
    /// The offset is left out: it moves while the file grows.
    private struct Place: Hashable {
        let fault: MultiprocessFault
        let file: String
    }

    private var known: Set<Place> = []

    package init() {}

    /// The faults of a scrape that the scrape before did not have, one for each kind and file.
    package mutating func new(among reports: [MultiprocessFaultReport]) -> [MultiprocessFaultReport] {
        var present: Set<Place> = []
        let new = reports.filter { report in
            let place = Place(fault: report.fault, file: report.file)
            return present.insert(place).inserted && !known.contains(place)
        }
        known = present
        return new
    }
}
