internal import MetricDefinitions

/// A closed set of label values, or the states of a state set.
struct LabelTypeContext: TemplateContext {
    private let type: ResolvedLabelType
    private let docLines: [String]
    private let cases: [CaseContext]

    init(_ type: ResolvedLabelType, indentation: Int) {
        self.type = type
        var comment = DocComment(indentation: indentation)
        comment.addSummary(type.documentation ?? "The values of the label \(SwiftText.code(type.labelName)).")
        docLines = comment.lines
        cases = type.cases.map { CaseContext(case: $0, isOther: type.other == $0.value) }
    }

    static let table = ContextTable<LabelTypeContext>([
        .text("typeName", "the Swift type") { SwiftIdentifier.escaped($0.type.swiftName) },
        .text("typeAccess", "its access level, with a space after it") { $0.type.access.modifier },
        .text("typeInlinable", "the attribute of public functions, with a space after it") { $0.type.access.inlinable },
        .optionalText("original", "the Swift type that this one is another name for, where it is") {
            $0.type.original.map(SwiftIdentifier.escaped)
        },
        .texts("typeDocLines", "the lines of its doc comment") { $0.docLines },
        .list("cases", "the values in the order of their indexes") { $0.cases },
        .flag("hasOther", "whether a value outside the set has a case") { $0.type.other != nil },
    ])
}

/// One value of a closed set.
struct CaseContext: TemplateContext {
    fileprivate let `case`: ResolvedLabelType.Case
    fileprivate let isOther: Bool

    static let table = ContextTable<CaseContext>([
        .text("caseName", "the Swift case") { SwiftIdentifier.escaped($0.case.swiftName) },
        .text("valueLiteral", "the value as a string literal") { SwiftText.literal($0.case.value) },
        .text("valueCode", "the value in code marks, for a comment") { SwiftText.code($0.case.value) },
        .flag("isOther", "whether the case stands for everything outside the set") { $0.isOther },
    ])
}
