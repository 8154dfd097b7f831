#if Server
    import ArgumentParser
    import NIOHTTP1
    import Testing

    @testable import PreforkServer

    @Suite("The command line and the routes")
    struct CommandLineTests {
        @Test(
            "times are seconds above zero",
            arguments: [("30", Duration.seconds(30)), ("0.25", .milliseconds(250)), ("1e2", .seconds(100))]
        )
        func seconds(_ text: String, _ expected: Duration) {
            #expect(Seconds(argument: text)?.duration == expected)
        }

        @Test("other times are refused", arguments: ["0", "-1", "nan", "inf", "", "1s", "100000"])
        func noSeconds(_ text: String) {
            #expect(Seconds(argument: text) == nil)
        }

        @Test("times are passed on to workers as they are", arguments: ["30", "0.25", "86400"])
        func secondsRoundTrip(_ text: String) {
            #expect(Seconds(argument: text)?.argument == text)
        }

        @Test("numbers out of range are refused when the command is read")
        func ranges() {
            for arguments in [["--workers", "0"], ["--workers", "513"], ["--port", "65536"], ["--port", "-1"]] {
                #expect(throws: (any Error).self) { try ServeCommand.parse(arguments) }
            }
            #expect(throws: Never.self) { try ServeCommand.parse(["--workers", "512", "--port", "0"]) }
        }

        @Test("what a worker is told parses as the worker's arguments")
        func workerArguments() throws {
            let serve = try ServeCommand.parse(
                ["--drain-timeout", "2.5", "--cpu-interval", "1", "--worker-log-level", "error"]
            )
            let options = try WorkerOptions.parse(serve.options.arguments)
            #expect(options.drainTimeout == Seconds(.seconds(2.5)))
            #expect(options.memoryInterval == Seconds(.seconds(30)))
            #expect(options.cpuInterval == Seconds(.seconds(1)))
            #expect(options.workerLogLevel == .error)
        }

        @Test(
            "routes by their targets",
            arguments: [
                ("/fast", Route.fast), ("/fast?x=1", .fast), ("/slow", .slow(.milliseconds(250))),
                ("/slow?a=b&milliseconds=7", .slow(.milliseconds(7))),
                ("/slow?milliseconds=-1", .slow(.milliseconds(250))), ("/fail/cpu", .fail(.cpu)),
                ("/fail/", .unmatched), ("/fail/other", .unmatched), ("/", .index), ("", .unmatched),
                ("/FAST", .unmatched), ("/fast/", .unmatched), ("*", .unmatched), ("?", .unmatched),
            ]
        )
        func routes(_ target: String, _ route: Route) {
            #expect(Route(target: target) == route)
        }

        @Test("endpoints are templates, however many targets there are")
        func templates() {
            let targets = (0..<100).map { "/scanner/\($0)" } + (0..<100).map { "/slow?milliseconds=\($0)" }
            #expect(Set(targets.map { Route(target: $0).template }) == ["unmatched", "/slow"])
        }
    }
#endif
