/// Templates, which render the resolved model.
package enum TemplateRules {
    package static let unknownName = Rule(
        "template-unknown-name",
        .error,
        "a tag names something that the model has",
        why: "Mustache renders an unknown name as nothing, so a slip would silently leave a hole in the output.",
        bad: .template("{{#metrics}}{{swiftNmae}}{{/metrics}}"),
        good: .template("{{#metrics}}{{swiftName}}{{/metrics}}")
    )
    package static let notText = Rule(
        "template-not-text",
        .error,
        "a tag that is written stands for a text",
        why: "A list has no text of its own; Mustache would write what the generator's inside looks like.",
        bad: .template("{{metrics}}"),
        good: .template("{{count(metrics)}}: {{#metrics}}{{name}} {{/metrics}}")
    )
    package static let syntax = Rule(
        "template-syntax",
        .error,
        "a template is Mustache",
        why: "Sections must be closed in order, tags must be closed, and partials must exist.",
        bad: .template("{{#metrics}}{{swiftName}}"),
        good: .template("{{#metrics}}{{swiftName}}{{/metrics}}")
    )

    package static let family = RuleFamily(title: "Templates", rules: [unknownName, notText, syntax])
}
