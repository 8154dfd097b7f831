/// What is wrong with one line of a scrape.
struct ScrapeProblem: Error {
    var rule: Rule
    var place: ByteRange
    var message: String
    var suggestion: String?

    init(_ rule: Rule, _ place: ByteRange, _ message: String, suggestion: String? = nil) {
        self.rule = rule
        self.place = place
        self.message = message
        self.suggestion = suggestion
    }
}
