import MetricDefinitions
import Testing

@Suite struct ScrapeImporterTests {
    /// Imports, checks that what comes out is valid, and that the scrape agrees with it.
    private func imported(
        _ text: String,
        format: ScrapeFormat? = nil,
        isClean: Bool = true
    ) throws -> (text: String, warnings: [String], model: ResolvedModel) {
        let read = readScrape(text, format)
        #expect(!read.report.hasErrors, "\(read.text)")
        let (definitions, warnings) = ScrapeImporter.definitions(of: read.scrape)
        let result = DefinitionPipeline().run([SourceFile(path: "imported.yaml", text: definitions)])
        let model = try #require(result.model, "\(definitions)\n\(result.text)")
        let findings = ScrapeVerifier.verify(read.scrape, against: model).findings
        #expect(findings.isEmpty == isClean, "\(definitions)\n\(findings.map(\.message))")
        return (definitions, warnings.diagnostics.map { "\($0.span.start.line) \($0.rule)" }, model)
    }

    @Test func writesWhatTheScrapeSays() throws {
        let result = try imported(
            """
            # HELP shop_orders_total Orders taken, all of them
            # TYPE shop_orders_total counter
            shop_orders_total{queue="fast",kind="a"} 3
            # HELP shop_wait_seconds Time until served
            # TYPE shop_wait_seconds histogram
            shop_wait_seconds_bucket{le="0.5"} 1
            shop_wait_seconds_bucket{le="1.0"} 1
            shop_wait_seconds_bucket{le="+Inf"} 2
            shop_wait_seconds_sum 3
            shop_wait_seconds_count 2

            """
        )
        #expect(
            result.text == """
                # Imported from a scrape in the format text 0.0.4. What a scrape cannot say is for you to add:
                # 'values' or 'max_values' of labels, 'multiprocess_mode' of gauges.
                namespace: shop
                metrics:
                  - name: shop_orders_total
                    type: counter
                    documentation: "Orders taken, all of them"
                    labels: [queue, kind]

                  - name: shop_wait_seconds
                    type: histogram
                    documentation: Time until served
                    unit: seconds
                    buckets: [0.5, 1]

                """
        )
        #expect(result.warnings.isEmpty)
    }

    @Test func openMetricsKeepsSuffixesOutOfFamilies() throws {
        let result = try imported(
            """
            # TYPE shop_orders counter
            # HELP shop_orders Orders
            shop_orders_total 1
            shop_orders_created 5
            # TYPE shop_build info
            # HELP shop_build The build
            shop_build_info{version="1"} 1
            # TYPE shop_door stateset
            # HELP shop_door The door
            shop_door{shop_door="open"} 1
            shop_door{shop_door="shut"} 0
            # TYPE shop_size_bytes gauge
            # UNIT shop_size_bytes bytes
            # HELP shop_size_bytes The size
            shop_size_bytes 1
            # TYPE shop_odd unknown
            # HELP shop_odd Odd
            shop_odd 1
            # EOF

            """
        )
        #expect(result.model.metrics.map(\.type) == [.counter, .info, .stateset, .gauge, .unknown])
        #expect(result.model.metrics.map(\.name).prefix(2) == ["shop_orders_total", "shop_build_info"])
        #expect(result.model.metrics[2].states.map(\.value) == ["open", "shut"])
        #expect(result.model.metrics[3].unit == "bytes")
        #expect(result.warnings.isEmpty)
    }

    @Test func clientsOwnAdditionsArePassedOver() throws {
        let result = try imported(
            """
            # HELP app_jobs_total Jobs
            # TYPE app_jobs_total counter
            app_jobs_total 1
            # HELP app_jobs_created Jobs
            # TYPE app_jobs_created gauge
            app_jobs_created 1.7e9
            # HELP app_load_ratio Load
            # TYPE app_load_ratio gauge
            app_load_ratio{pid="12"} 1
            # HELP app_info The app
            # TYPE app_info gauge
            app_info{version="1"} 1
            # HELP app_time_seconds Time
            # TYPE app_time_seconds summary
            app_time_seconds{quantile="0.5"} 1
            app_time_seconds_sum 1
            app_time_seconds_count 1

            """
        )
        #expect(
            result.model.metrics.map(\.name) == ["app_jobs_total", "app_load_ratio", "app_info", "app_time_seconds"]
        )
        #expect(result.model.metrics.map(\.type) == [.counter, .gauge, .info, .summary])
        #expect(result.warnings == ["4 import-derived", "7 import-derived", "13 import-quantiles"])
    }

    @Test func missingHelpGetsAPlaceholderAndUntypedIsUnknown() throws {
        let result = try imported("app_value 1\n# TYPE app_empty counter\n")
        #expect(result.model.metrics.map(\.type) == [.unknown, .counter])
        #expect(result.model.metrics.map(\.documentation) == Array(repeating: ScrapeImporter.placeholder, count: 2))
        #expect(result.warnings == ["1 import-help", "2 import-help", "2 import-series"])
    }

    @Test func rulesAreGivenWayTo() throws {
        // Swift names that clash, a gauge called as a counter, and a name that no definition may have.
        let result = try imported(
            """
            # HELP mem_alloc_bytes Now
            # TYPE mem_alloc_bytes gauge
            mem_alloc_bytes 1
            # HELP mem_alloc_bytes_total Ever
            # TYPE mem_alloc_bytes_total counter
            mem_alloc_bytes_total 1
            # HELP mem_size_total All
            # TYPE mem_size_total gauge
            mem_size_total 1

            """
        )
        #expect(result.model.metrics.map(\.name) == ["mem_alloc_bytes", "mem_alloc_bytes_total", "mem_size_total"])
        let refused = try imported("# HELP a:b Recorded\n# TYPE a:b gauge\na:b 1\n", isClean: false)
        #expect(refused.model.metrics.isEmpty)
        #expect(refused.warnings.contains("1 import-refused"))
    }

    @Test func seriesThatDifferGiveAllOfTheirLabels() throws {
        let result = try imported(
            "# HELP app_jobs Jobs\n# TYPE app_jobs gauge\napp_jobs{a=\"1\"} 1\napp_jobs{b=\"2\",a=\"1\"} 1\n"
        )
        #expect(result.model.metrics.first?.labels.map(\.name) == ["a", "b"])
        #expect(result.warnings == ["1 import-series"])
    }

    @Test func anyHelpIsWrittenSoThatItReadsTheSame() throws {
        let texts = [
            "plain", "with: colon", "# not a comment", "tab\\\\t and \\n break", "\"quoted\"", "- dash", "no", "12",
            "{a}",
            "ends in blank ", "\u{0}\u{7F}\u{85}\u{2028}\u{FEFF}\u{FFFE}", "\u{1F600} caf\u{E9}", "'", "a #b", "*a",
            "&a",
            "!a", "%a", "@a", "`a", "|", ">", "a'b\"c\\\\d", "null", "~", "2001-01-01",
        ]
        for text in texts {
            let escaped = text.replacing("\n", with: "\\n")
            let scrape = "# HELP app_jobs \(escaped)\n# TYPE app_jobs gauge\napp_jobs 1\n"
            let help = try #require(readScrape(scrape, .text).scrape.families.first?.help?.value)
            #expect(try imported(scrape, format: .text).model.metrics.first?.documentation == help)
        }
    }

    @Test func manySeriesRaiseTheLimit() throws {
        var text = "# HELP app_jobs Jobs\n# TYPE app_jobs gauge\n"
        for number in 0..<10_001 { text += "app_jobs{a=\"\(number)\"} 1\n" }
        #expect(try imported(text).model.metrics.first?.maxSeries == 20_000)
    }
}
