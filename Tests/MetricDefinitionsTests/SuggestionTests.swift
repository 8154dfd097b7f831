import MetricDefinitions
import Testing

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("conter", "counter"), ("coutner", "counter"), ("Gauge", "gauge"), ("histogramm", "histogram"),
        ("gagu", "gauge"),
    ])
    func near(word: String, meant: String) {
        #expect(Suggestion.nearest(to: word, in: ["counter", "gauge", "histogram"]) == meant)
    }

    @Test(arguments: ["timer", "x", "", "counters_of"])
    func far(word: String) {
        #expect(Suggestion.nearest(to: word, in: ["counter", "gauge", "histogram"]) == nil)
    }

    /// Short words differ in half of their letters by chance.
    @Test func shortWordsMustBeNearer() {
        #expect(Suggestion.nearest(to: "some", in: ["zone"]) == nil)
        #expect(Suggestion.nearest(to: "zoen", in: ["zone"]) == "zone")
        #expect(Suggestion.nearest(to: "le", in: ["id"]) == nil)
    }

    @Test func theFirstOfEquallyNearWins() {
        #expect(Suggestion.nearest(to: "maxx", in: ["max", "maxy"]) == "max")
    }
}
