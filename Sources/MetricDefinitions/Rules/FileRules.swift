/// What a file must be before anything in it counts: UTF-8, and YAML without its traps.
package enum FileRules {
    package static let encoding = Rule(
        "yaml-encoding",
        .error,
        "a definition file is UTF-8",
        why: "Another encoding would put other text into help and labels. A byte order mark of UTF-8 is allowed.",
        bad: .bytes(Array("metrics:\n  - name: caf".utf8) + [0xE9, 0x0A]),
        good: .bytes([0xEF, 0xBB, 0xBF] + Array(valid.utf8))
    )
    package static let syntax = Rule(
        "yaml-syntax",
        .error,
        "a definition file is YAML",
        why: "What stands before the error is still checked, so that one run reports as much as it can.",
        bad: "metrics: [\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let mergeConflict = Rule(
        "merge-conflict",
        .error,
        "merge conflicts are resolved",
        why: "A file with both sides of a conflict is neither; nothing else in it is checked before it is resolved.",
        bad: """
            metrics:
              - name: shop_jobs_total
                type: counter
            <<<<<<< HEAD
                documentation: Jobs done
            =======
                documentation: Jobs that ended well
            >>>>>>> other
            """,
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let tabIndent = Rule(
        "yaml-tab-indent",
        .error,
        "indentation is made of spaces",
        why: "YAML forbids tabs there, and where a parser lets one through, editors show another depth than it reads.",
        bad: "metrics:\n\t- name: shop_jobs_total\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: \"Jobs\\tdone\"}\n"
    )
    package static let tooLarge = Rule(
        "file-too-large",
        .error,
        "a definition file has at most 8 MiB and a million nodes",
        why: "Tens of thousands of metrics fit into that; what is larger is some other file.",
        bad: .repeated("# This is no definition, but a log, a dump or an archive.\n", count: 150_000),
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let tooManyErrors = Rule(
        "too-many-errors",
        .error,
        "a file has at most 1000 errors",
        why:
            "What comes after the first thousand is left out, so that a file of another kind does not fill the memory.",
        bad: .repeated("? [a]\n: 1\n", count: 1001),
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let duplicateKey = Rule(
        "yaml-duplicate-key",
        .error,
        "a key stands once in a mapping",
        why: "Most readers take the last one silently, so one of the two is never what was meant.",
        bad: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done, type: gauge}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let multipleDocuments = Rule(
        "yaml-multiple-documents",
        .error,
        "a file holds one document",
        why: "What follows a second '---' would be silently ignored. Put it into a file of its own.",
        bad: "metrics: []\n---\nmetrics: []\n",
        good: "---\nmetrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let depth = Rule(
        "yaml-depth",
        .error,
        "nodes nest at most 64 deep",
        why: "Definitions need six levels; deeper nesting costs a parser quadratic time.",
        bad: .bytes(Array(("metrics: " + String(repeating: "[", count: 100)).utf8)),
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let aliasBudget = Rule(
        "yaml-alias-budget",
        .error,
        "aliases add at most 10000 nodes to a file",
        why: "A few lines of nested aliases can stand for billions of nodes.",
        bad: .bytes(Array(billionLaughs.utf8)),
        good: """
            label_sets:
              method: {values: &methods [GET, POST]}
              verb: {values: *methods}
            metrics:
              - {name: shop_jobs_total, type: counter, documentation: Jobs done, labels: [method, verb]}
            """
    )
    package static let unknownAlias = Rule(
        "yaml-unknown-alias",
        .error,
        "an alias names an anchor that stands before it",
        why: "Without its anchor an alias has no value. Quote a text that begins with '*'.",
        bad: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: *help}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: \"*help\"}\n"
    )
    package static let tag = Rule(
        "yaml-tag",
        .error,
        "definitions use no tags",
        why: "What a value means follows from its key alone. '!!str' is allowed, and means quotes.",
        bad: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: !help Jobs done}\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: !!str 12}\n"
    )
    package static let complexKey = Rule(
        "yaml-complex-key",
        .error,
        "a key is text",
        why: "No key of a definition is a list or a mapping; a stray '?' or '[' makes one.",
        bad: "? [metrics]\n: []\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )
    package static let mergeKey = Rule(
        "yaml-merge-key",
        .error,
        "'<<' takes a mapping or a list of mappings",
        why: "It adds the keys of another mapping; text has none.",
        bad: "metrics:\n  - {<<: common, name: shop_jobs_total, type: counter, documentation: Jobs done}\n",
        good: """
            metrics:
              - &common {name: shop_jobs_total, type: counter, documentation: Jobs done}
              - {name: shop_retries_total, <<: *common}
            """
    )
    package static let implicitBool = Rule(
        "yaml-implicit-bool",
        .warning,
        "yes, no, on, off, y and n are quoted where text is meant",
        why: "Here they are text, but other readers of YAML, and whoever reviews the file, take them for booleans.",
        bad: """
            metrics:
              - name: shop_orders_total
                type: counter
                documentation: Orders that were paid
                labels: [{name: gift, values: [yes, no]}]
            """,
        good: """
            metrics:
              - name: shop_orders_total
                type: counter
                documentation: Orders that were paid
                labels: [{name: gift, values: ["yes", "no"]}]
            """
    )
    package static let unsorted = Rule(
        "unsorted-metrics",
        .note,
        "metrics stand in the order of their names",
        why: "Then two people who add a metric rarely touch the same line, and everyone finds them.",
        bad: """
            metrics:
              - {name: shop_refunds_total, type: counter, documentation: Money returned}
              - {name: shop_orders_total, type: counter, documentation: Orders that were paid}
            """,
        good: """
            metrics:
              - {name: shop_orders_total, type: counter, documentation: Orders that were paid}
              - {name: shop_refunds_total, type: counter, documentation: Money returned}
            """
    )
    package static let emptyFile = Rule(
        "empty-file",
        .warning,
        "a definition file defines something",
        why: "An empty file is mostly a file that was never filled, or whose content is commented out.",
        bad: "# metrics to come\n",
        good: "metrics:\n  - {name: shop_jobs_total, type: counter, documentation: Jobs done}\n"
    )

    package static let family = RuleFamily(
        title: "Files and YAML",
        rules: [
            encoding, tooLarge, tooManyErrors, mergeConflict, syntax, tabIndent, duplicateKey, multipleDocuments, depth,
            aliasBudget, unknownAlias, tag, complexKey, mergeKey, implicitBool, emptyFile, unsorted,
        ],
        checks: [checkOrder]
    )

    /// The most bytes of a file that are read.
    package static let sizeLimit = 8 << 20
    /// The most nodes of a file that are kept.
    static let nodeLimit = 1_000_000
    /// The most errors of a file that are kept.
    static let errorLimit = 1000

    /// The first metric of a file that is out of order; the others follow from it.
    private static func checkOrder(_ context: CheckContext, _ sink: inout DiagnosticSink) {
        for file in context.files {
            let names = file.metrics.compactMap(\.name)
            guard let pair = zip(names, names.dropFirst()).first(where: { $0.value > $1.value }) else { continue }
            let message = "'\(pair.1.value)' stands after '\(pair.0.value)'; sorted by name it comes before"
            sink.report(unsorted, at: pair.1.span, message)
        }
    }

    private static let valid = "metrics:\n  - {name: shop_cafe_total, type: counter, documentation: Caf\u{E9}}\n"

    private static let billionLaughs: String = {
        var text = "label_sets:\n  a: {values: &a [x, x, x, x, x, x, x, x, x, x]}\n"
        for (previous, next) in zip("abcdefgh", "bcdefghi") {
            let aliases = Array(repeating: "*\(previous)", count: 10).joined(separator: ", ")
            text += "  \(next): {values: &\(next) [\(aliases)]}\n"
        }
        return text
    }()
}
