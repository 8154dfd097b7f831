/// libyaml's commonest complaints in words that say what to write instead.
enum YAMLProblem {
    static func explanation(_ problem: String) -> String {
        switch problem {
        case "mapping values are not allowed in this context":
            "':' is not allowed here: quote a text that contains ': ', or mend the indentation of the line"
        case "did not find expected key":
            "expected a key here: the indentation differs from the keys before it"
        case "did not find expected '-' indicator":
            "expected '-' here: the indentation differs from the items before it"
        case "could not find expected ':'":
            "expected ': ' after the key"
        case "did not find expected ',' or ']'":
            "expected ',' or ']': a list in brackets is not closed"
        case "did not find expected ',' or '}'":
            "expected ',' or '}': a mapping in braces is not closed"
        case "found unexpected end of stream":
            "the file ends inside a quoted text: close the quotes"
        case "found character that cannot start any token":
            "a plain text cannot begin with this character: quote it"
        case "found unknown escape character":
            "unknown escape after '\\': write '\\\\' for a backslash, or use single quotes"
        case "found undefined tag handle", "did not find expected tag URI":
            "tags are not used in definitions"
        case "control characters are not allowed":
            "a control character is not allowed: remove it, or write it as an escape in double quotes"
        case "block sequence entries are not allowed in this context":
            "a list cannot begin here: put '-' on a line of its own below the key"
        default: problem
        }
    }
}
