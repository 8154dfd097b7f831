import Foundation
import ProcessTesting
import Testing

/// `import` as users run it: streams, formats and exit codes.
@Suite(.blocking) struct ImportCommandTests {
    private let folder: CommandFolder

    init() throws { folder = try CommandFolder() }

    @Test func definitionsGoToStandardOutputAndWarningsToStandardError() throws {
        try folder.write("# TYPE shop_jobs gauge\nshop_jobs{queue=\"a\"} 1\n", "scrape.txt")
        let result = try folder.run("import", "scrape.txt")
        #expect(result.code == 0)
        #expect(result.output.hasSuffix("    labels: [queue]\n"), "\(result.output)")
        #expect(result.error.hasPrefix("scrape.txt:1:8: warning: 'shop_jobs' has no help text"), "\(result.error)")
        let piped = try folder.run("import", "-", standardInput: "scrape.txt")
        #expect(piped.output == result.output)
        #expect(piped.error.hasPrefix("<stdin>:1:8: warning: "), "\(piped.error)")
    }

    @Test func aScrapeThatCannotBeReadExitsWith65() throws {
        try folder.write("shop_jobs 1\nshop_jobs{queue=a} 1\n", "scrape.txt")
        let result = try folder.run("import", "scrape.txt")
        #expect(result.code == 65)
        #expect(result.output.isEmpty)
        #expect(
            result.error == """
                scrape.txt:2:17: error: expected '"' before a label's value, found 'a' [scrape-label]
                 2 | shop_jobs{queue=a} 1
                   |                 ^
                1 error in 1 file

                """
        )
    }

    @Test func theFormatCanBeNamed() throws {
        try folder.write("shop_jobs 1\n", "scrape.txt")
        #expect(try folder.run("import", "--format", "text", "scrape.txt").code == 0)
        #expect(try folder.run("import", "--format", "auto", "scrape.txt").code == 0)
        #expect(try folder.run("import", "--format", "openmetrics", "scrape.txt").code == 65)
        #expect(try folder.run("import", "--format", "xml", "scrape.txt").code == 64)
        #expect(try folder.run("import").code == 64)
        let missing = try folder.run("import", "nowhere.txt")
        #expect(missing.code == 66)
        #expect(missing.error == "error: cannot read nowhere.txt: No such file or directory\n")
    }

    @Test func whatDefinitionsCannotSayIsAWarning() throws {
        let scrape = """
            # HELP shop_size Sizes
            # TYPE shop_size gaugehistogram
            shop_size_bucket{le="+Inf"} 1
            shop_size_gcount 1
            shop_size_gsum 1
            # EOF

            """
        try folder.write(scrape, "scrape.txt")
        let result = try folder.run("import", "scrape.txt", "--format", "openmetrics")
        #expect(result.code == 0)
        #expect(result.output.hasSuffix("metrics: []\n"))
        #expect(result.error.contains("[import-type]"))
    }
}
