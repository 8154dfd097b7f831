import MetricDefinitions
import Testing

/// Problems stand at the byte at fault, and one run shows all of them.
@Suite struct ScrapePlacementTests {
    struct Case: CustomTestStringConvertible {
        var text: String
        var format: ScrapeFormat
        var places: [String]

        init(_ format: ScrapeFormat, _ text: String, _ places: String...) {
            self.text = text
            self.format = format
            self.places = places
        }

        var testDescription: String { text }
    }

    static let cases: [Case] = [
        Case(.text, "jobs 1\n  runs 2 1000  \n\n# a comment\n"),
        Case(.text, "jobs{queue=\"a\",} 1\n"),
        Case(.text, "jobs 1\r\n", "1:6 scrape-value"),
        Case(.text, "jobs{queue=\"\u{E4}\", qu\u{E4}ue=\"b\"} 1\n", "1:19 scrape-label"),
        Case(.text, "jobs{queue=\"a\"} 1 1.5\njobs{queue=\"b\\t\"} 2\n", "1:19 scrape-timestamp", "2:14 scrape-label"),
        Case(.text, "jobs{queue=\"a\",queue=\"b\"} 1\n", "1:16 scrape-label"),
        Case(.text, "jobs 1 1 1\n", "1:10 scrape-syntax"),
        Case(.text, "jobs 1 # {} 1\n", "1:8 scrape-timestamp"),
        Case(.text, "# TYPE jobs gauge\n# TYPE jobs gauge\n", "2:8 scrape-metadata"),
        Case(.text, "# TYPE jobs stateset\n", "1:13 scrape-metadata"),
        Case(.text, "{\"a\",\"b\"} 1\n", "1:6 scrape-name"),
        Case(.text, "jobs{__name__=\"a\"} 1\n", "1:6 scrape-label"),
        Case(.text, "jobs 1e400\n", "1:6 scrape-value"),
        Case(.text, "jobs 1", "1:6 scrape-end"),
        // What only the whole histogram shows is OpenMetrics' to check.
        Case(.text, "# TYPE h histogram\nh_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} 2\n"),
        Case(
            .text,
            "# TYPE h histogram\nh_bucket{le=\"x\"} 1\nh_count -1\n",
            "2:10 scrape-sample",
            "3:9 scrape-sample"
        ),
        Case(.openMetrics, "a 1\n\nb 1\n# EOF\n", "2:1 scrape-syntax"),
        Case(.openMetrics, "a  1\n# EOF\n", "1:3 scrape-value"),
        Case(.openMetrics, "a{b=\"1\",} 1\n# EOF\n", "1:9 scrape-label"),
        Case(.openMetrics, "a 1\n", "2:1 scrape-end"),
        Case(.openMetrics, "a 1\n# EOF\na 2\n", "3:1 scrape-end"),
        Case(.openMetrics, "# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\n# EOF\n", "5:8 scrape-family"),
        Case(.openMetrics, "# TYPE a gauge\n# UNIT a bytes\na 1\n# EOF\n", "1:8 scrape-unit"),
        Case(.openMetrics, "a 1 2\na 1 1.999999999\n# EOF\n", "2:5 scrape-series"),
        Case(.openMetrics, "a 1 1.000000001\na 1 1.000000001\na 1 1.000000002\n# EOF\n"),
        Case(.openMetrics, "a 1\na 1 1\n# EOF\n", "2:5 scrape-series"),
        Case(
            .openMetrics,
            "# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\n# EOF\n",
            "3:21 scrape-histogram"
        ),
        Case(.openMetrics, "# TYPE h histogram\nh_bucket{le=\"1\"} x\n# EOF\n", "2:18 scrape-value"),
        Case(.openMetrics, "# TYPE s stateset\ns{x=\"1\"} 1\n# EOF\n", "2:1 scrape-sample"),
        Case(.openMetrics, "# TYPE c counter\nc_total 1 # {a=\"\u{1F600}\"} 1 2\n# EOF\n"),
    ]

    @Test(arguments: cases)
    func problemsStandAtTheirPlaces(of example: Case) {
        let result = readScrape(example.text, example.format)
        #expect(result.places == example.places, "\(result.text)")
    }

    @Test func oneBrokenLineDoesNotHideTheOthers() {
        let result = readScrape("a{ 1\nb 1\nc x\n", .text)
        #expect(result.places == ["1:4 scrape-label", "3:3 scrape-value"])
        #expect(result.scrape.families.map(\.name) == ["b"])
    }

    @Test func manyProblemsEndTheReading() {
        let result = readScrape(String(repeating: "?\n", count: 1000), .text)
        #expect(result.report.diagnostics.count == ScrapeReader.problemLimit)
    }

    @Test func whatNoServerTakesIsRefused() {
        var names = ""
        for number in 0...ScrapeReader.nameLimit { names += "a\(number) 1\n" }
        let families = readScrape(names, .text)
        #expect(families.places == ["\(ScrapeReader.nameLimit + 1):1 scrape-end"])
        let labels = (0...ScrapeReader.labelLimit).map { "l\($0)=\"\"" }.joined(separator: ",")
        #expect(readScrape("a{\(labels)} 1\n", .text).report.hasErrors)
    }

    @Test func encodingComesFirst() {
        let result = readScrape(
            [0xEF, 0xBB, 0xBF] + Array("a{b=\"".utf8) + [0xC3, 0x28] + Array("\"} 1\n".utf8),
            .text
        )
        #expect(result.places == ["1:1 scrape-encoding", "1:6 scrape-encoding"])
    }

    @Test func theFormatIsTold() {
        #expect(ScrapeFormat.detect(Array("a 1\n".utf8)) == .text)
        #expect(ScrapeFormat.detect(Array("a 1\n# EOF\n".utf8)) == .openMetrics)
        #expect(ScrapeFormat.detect(Array("# UNIT a_s s\na_s 1\n".utf8)) == .openMetrics)
        #expect(ScrapeFormat.detect([]) == .text)
    }

    @Test func samplesOfOneFamilyAreFoundAgain() {
        let text = "# TYPE a summary\na_sum 1\nb 1\na_count 1\na_count 2\n"
        let result = readScrape(text, .text)
        #expect(result.places == ["4:1 scrape-interleaved", "5:1 scrape-duplicate"])
        #expect(result.scrape.families.map(\.name) == ["a", "b"])
        #expect(result.scrape.families[0].samples.map(\.part) == [.sum, .count, .count])
    }
}

/// What is shown of a line that nobody could read whole.
@Suite struct LongLineTests {
    @Test(arguments: [0, 300, 5000], [0, 300, 5000])
    func theCaretStandsUnderTheMistake(before: Int, after: Int) throws {
        let filler = String(repeating: "\u{E4}", count: before)
        let rest = String(repeating: "x", count: after)
        let text = readScrape("jobs{a=\"\(filler)\",b=?\"\(rest)\"} 1\n", .text).text
        let lines = text.split(separator: "\n")
        let shown = Array(lines[1].unicodeScalars)
        let caret = try #require(Array(lines[2].unicodeScalars).firstIndex(of: "^"))
        #expect(shown[caret] == "?", "\(text)")
        #expect(shown.count < 420)
        #expect(text.hasPrefix("scrape.txt:1:\(before + 13): error: "))
    }
}
