internal import ArgumentParser
internal import MetricDefinitions
internal import MetricsGeneratorCore

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says what a rule wants and why, with a bad and a good example."
    )

    @Argument(help: "The rule, as it stands in brackets behind a message.")
    var rule: String?

    @Flag(help: "List all rules.")
    var all = false

    @Flag(help: "With --all: print the page of all rules in Markdown.")
    var markdown = false

    func validate() throws {
        guard let rule else {
            guard all else { throw ValidationError("Name a rule, or list them with --all.") }
            return
        }
        guard !all, !markdown else { throw ValidationError("--all and --markdown go without a rule.") }
        guard RuleTable.rule(Rule.ID(rule)) == nil else { return }
        let hint = Suggestion.didYouMean(rule, in: RuleTable.all.map(\.id.text))
        throw ValidationError("No rule is called '\(rule)'\(hint.map { "; \($0)" } ?? "; list them with --all.")")
    }

    func run() throws {
        let text: String
        if let rule, let found = RuleTable.rule(Rule.ID(rule)) {
            text = RuleExplanation.text(found)
        } else {
            text = markdown ? RuleExplanation.markdown() : RuleExplanation.overview()
        }
        try CommandOutcome(.success, standardOutput: text).finish()
    }
}
