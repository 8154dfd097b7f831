/// What a scrape exposes while the files keep their keys: families, the order of their samples, and their texts.
///
/// Made anew when a file comes, goes or has other keys; between that, a scrape fills in values and nothing else.
struct Layout {
    /// Where a sample's value comes from.
    struct Output: Equatable {
        enum Source: Equatable {
            /// The series' merged value.
            case series
            /// The sum of the group's buckets up to this one.
            case bucket
            /// The sum of all buckets of the group, which ends here.
            case count
        }

        var series: UInt32
        var source: Source
    }

    /// A family with everything but its values.
    struct Family {
        /// Name, type, help and the texts of all samples.
        var template: MetricFamily
        var outputs: [Output]
    }

    var families: [Family] = []
    /// Families that are left out because another one is exposed under the same name, with their first files.
    var collisions: [(file: String, family: String)] = []
}
