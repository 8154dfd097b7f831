internal import MetricDefinitions

/// The scope of the template `swift-registry`: all definition files.
struct RegistryContext: TemplateContext {
    private let name: String
    private let files: [RegistryFileContext]
    private let access: AccessLevel

    init(_ model: ResolvedModel, name: String) {
        self.name = name
        files = model.files.map { RegistryFileContext(file: $0) }
        access = model.files.map(\.access).max() ?? .public
    }

    static let table = ContextTable<RegistryContext>([
        .text("registryName", "the Swift type of the registry") { SwiftIdentifier.escaped($0.name) },
        .text("importAccess", "the access level of the import of the runtime") { $0.access.rawValue },
        .text("access", "the access level of the registry, with a space after it") { $0.access.modifier },
        .list("files", "the definition files in the order of their names") { $0.files },
    ])
}

/// One definition file as a member of the registry.
struct RegistryFileContext: TemplateContext {
    fileprivate let file: ResolvedFile

    static let table = ContextTable<RegistryFileContext>([
        .text("source", "the name of the definition file") { SwiftText.comment($0.file.name) },
        .text("member", "the member of the registry") { SwiftIdentifier.escaped($0.file.swiftName) },
        .text("definitionsType", "the type that registers the file's metrics") { $0.file.definitionsType },
    ])
}
