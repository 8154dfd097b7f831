internal import MetricDefinitions

/// A constant of a Python module that stands for a class: `WORKER_REQUESTS` for `WorkerRequests`.
struct PythonConstant: TemplateContext {
    private let name: String
    private let className: String

    static let table = ContextTable<PythonConstant>([
        .text("constantName", "the constant") { $0.name },
        .text("className", "the class that it stands for") { $0.className },
    ])

    /// The constants of all metrics, in their order; none with a name that several metrics would have.
    ///
    /// Swift tells `URLHits` from `UrlHits`, and `ABC` from `Abc`; in upper case both are one, and the last would win.
    static func all(of model: ResolvedModel) -> [PythonConstant] {
        let metrics = model.files.flatMap(\.metrics)
        let constants = metrics.map { metric in
            PythonConstant(
                name: SwiftCase.words(metric.swiftName).map { $0.uppercased() }.joined(separator: "_"),
                className: PythonText.name(metric.swiftName)
            )
        }
        // Whom each name of the module stands for.
        var owners: [String: Set<String>] = [:]
        for constant in constants {
            owners[constant.name, default: []].insert(constant.className)
            owners[constant.className, default: []].insert(constant.className)
        }
        return constants.filter { owners[$0.name]?.count == 1 }
    }
}
