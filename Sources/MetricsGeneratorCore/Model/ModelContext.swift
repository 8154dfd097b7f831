internal import MetricDefinitions

/// The scope of templates that make one file of all definitions.
struct ModelContext: TemplateContext {
    let files: [DefinitionsContext]
    private let name: String
    private let access: AccessLevel
    /// A dashboard is made for templates that show one.
    private let model: ResolvedModel
    /// Whether the file has lines that no formatter could break, as those of `DefinitionsContext`.
    var hasUnbreakableLines = false

    init(_ model: ResolvedModel, registryName: String) {
        name = registryName
        access = model.files.map(\.access).max() ?? .public
        let groups = OperationGroups(model)
        let stateTypes = StateTypes(model)
        var files = model.files.enumerated().map { number, file in
            DefinitionsContext(file, number: number, groups: groups, stateTypes: stateTypes)
        }
        if access == .package || files.contains(where: { $0.importAccess == .package }) {
            for index in files.indices { files[index].isBesidePackageImport = true }
        }
        self.files = files
        self.model = model
    }

    private var words: [String] { SwiftCase.words(name) }

    static let table = ContextTable<ModelContext>([
        .text("registryName", "the Swift type of the registry") { SwiftIdentifier.escaped($0.name) },
        .text("moduleName", "the name of the registry in snake case") { $0.words.joined(separator: "_") },
        .rawText("title", "the name of the registry as a title") {
            $0.words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
        },
        .text("slug", "the name of the registry in kebab case, of at most 40 letters") {
            String($0.words.joined(separator: "-").prefix(40))
        },
        .text("importAccess", "the access level of the import of the runtime, with a space after it") {
            $0.access.modifier
        },
        .text("access", "the access level of the registry, with a space after it") { $0.access.modifier },
        .flag("hasUnbreakableLines", "whether names make lines longer than a formatter allows") {
            $0.hasUnbreakableLines
        },
        .list("files", "the definition files in the order of their names") { $0.files },
        .list("variables", "the open labels that a dashboard offers a choice of") { Dashboard($0.model).variables },
        .list("panels", "the panels of a dashboard, rows among them") { Dashboard($0.model).panels },
        .list("pythonConstants", "the constants of a Python module") { PythonConstant.all(of: $0.model) },
    ])
}
