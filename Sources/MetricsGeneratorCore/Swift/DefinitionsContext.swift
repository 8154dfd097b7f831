internal import MetricDefinitions

/// The scope of templates that make one file of each definition file.
struct DefinitionsContext: TemplateContext {
    private let file: ResolvedFile
    private let labelTypes: [LabelTypeContext]
    private let metrics: [MetricContext]
    private let operationGroups: [OperationsContext]
    /// The access level that the import of the runtime needs.
    let importAccess: AccessLevel
    /// Whether another file imports the runtime for the package.
    var isBesidePackageImport = false
    /// Whether the file has lines that no formatter could break: names and words longer than a line.
    var hasUnbreakableLines = false

    /// - Parameters:
    ///   - number: The file's place in the model.
    init(_ file: ResolvedFile, number: Int, groups: OperationGroups, stateTypes: StateTypes) {
        self.file = file
        labelTypes = file.labelTypes.map { LabelTypeContext($0, indentation: 0) }
        metrics = file.metrics.enumerated().map { index, metric in
            MetricContext(
                metric,
                index: index,
                definitionsType: file.definitionsType,
                groupName: groups.name(file: number, metric: index),
                stateTypes: stateTypes
            )
        }
        let ownGroups = groups.groups.filter { $0.file == number }
        operationGroups = ownGroups.map { OperationsContext($0.metric, groupName: $0.name, access: $0.access) }
        // An import is as visible as the most visible declaration that uses it; for the compiler, an enum that conforms to
        // a protocol of the runtime is such a one only where it is public.
        let shown = file.labelTypes.map(\.access).filter { $0 == .public } + ownGroups.map(\.access)
        importAccess = shown.reduce(file.access, max)
    }

    var stem: String { file.stem }

    static let table = ContextTable<DefinitionsContext>([
        .text("source", "the name of the definition file, for a comment") { SwiftText.comment($0.file.name) },
        .rawText("file", "the name of the definition file") { $0.file.name },
        .rawText("fileTitle", "the name of the definition file as a title") {
            SwiftCase.words($0.file.stem).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
        },
        .text("anchor", "the name of the file's place in a page") {
            "file-" + SwiftCase.words($0.file.stem).joined(separator: "-")
        },
        .rawText("namespace", "the namespace, where there is one") { $0.file.namespace ?? "" },
        .text("member", "the member of the registry") { SwiftIdentifier.escaped($0.file.swiftName) },
        .flag("hasUnbreakableLines", "whether names or words make lines longer than a formatter allows") {
            $0.hasUnbreakableLines
        },
        // None where all is internal: a file that says so could not stand beside files with a plain import. No plain import
        // can stand beside one that says `package`.
        .text("importAccess", "the access level of the import of the runtime, with a space after it") {
            $0.importAccess == .internal && $0.isBesidePackageImport ? "internal " : $0.importAccess.modifier
        },
        .text("access", "the access level of the file's declarations, with a space after it") {
            $0.file.access.modifier
        },
        .text("definitionsType", "the type that registers the file's metrics") { $0.file.definitionsType },
        .list("labelTypes", "the closed label sets that the file declares") { $0.labelTypes },
        .list("metrics", "the metrics of the file, in order") { $0.metrics },
        .list("operationGroups", "the functions that metrics of one type with the same labels share") {
            $0.operationGroups
        },
        .text("definitionText", "the definitions as the runtime reads them, lines of a text in Swift source") {
            DefinitionText.text(of: $0.file)
        },
    ])
}

extension AccessLevel {
    /// The modifier of a declaration, with a space after it; nothing for what is internal anyway.
    var modifier: String { self == .internal ? "" : rawValue + " " }
}
