internal import MetricDefinitions

/// The scope of the template `swift-definitions`: one definition file.
struct DefinitionsContext: TemplateContext {
    private let file: ResolvedFile
    private let labelTypes: [LabelTypeContext]
    private let metrics: [MetricContext]

    init(_ file: ResolvedFile) {
        self.file = file
        labelTypes = file.labelTypes.map { LabelTypeContext($0, indentation: 0) }
        metrics = file.metrics.enumerated().map { index, metric in
            MetricContext(metric, index: index, definitionsType: file.definitionsType)
        }
    }

    static let table = ContextTable<DefinitionsContext>([
        .text("source", "the name of the definition file") { SwiftText.comment($0.file.name) },
        .text("importAccess", "the access level of the import of the runtime") { $0.importAccess.rawValue },
        .text("access", "the access level of the file's declarations, with a space after it") {
            $0.file.access.modifier
        },
        .text("definitionsType", "the type that registers the file's metrics") { $0.file.definitionsType },
        .list("labelTypes", "the closed label sets that the file declares") { $0.labelTypes },
        .list("metrics", "the metrics of the file, in order") { $0.metrics },
    ])

    /// An import is as visible as the most visible declaration that uses it.
    private var importAccess: AccessLevel { file.labelTypes.map(\.access).reduce(file.access, max) }
}

extension AccessLevel {
    /// The modifier of a declaration, with a space after it; nothing for what is internal anyway.
    var modifier: String { self == .internal ? "" : rawValue + " " }
}
