#if Redis
    import Foundation
    import Testing

    @testable import MetricsRedis

    @Suite("Replies")
    struct RESPParserTests {
        /// Replies as they stand on the wire.
        static let examples: [(wire: String, value: RESPValue)] = [
            ("+OK\r\n", .simple("OK")),
            ("+\r\n", .simple("")),
            ("-ERR no such thing\r\n", .error("ERR no such thing")),
            (":-42\r\n", .integer(-42)),
            ("$5\r\nhe\r\no\r\n", .bulk(Array("he\r\no".utf8))),
            ("$0\r\n\r\n", .bulk([])),
            ("$-1\r\n", .null),
            ("*-1\r\n", .null),
            ("_\r\n", .null),
            ("*0\r\n", .array([])),
            ("*2\r\n:1\r\n*1\r\n$1\r\na\r\n", .array([.integer(1), .array([.bulk([97])])])),
            ("%1\r\n+a\r\n:1\r\n", .map([.simple("a"), .integer(1)])),
            ("%0\r\n", .map([])),
            ("~1\r\n#t\r\n", .set([.boolean(true)])),
            (">2\r\n+message\r\n_\r\n", .push([.simple("message"), .null])),
            ("#f\r\n", .boolean(false)),
            (",1.5\r\n", .double(1.5)),
            (",-inf\r\n", .double(-.infinity)),
            (
                "(-3492890328409238509324850943850943825024385\r\n",
                .bigNumber("-3492890328409238509324850943850943825024385")
            ),
            ("!9\r\nERR wrong\r\n", .error("ERR wrong")),
            ("=8\r\ntxt:text\r\n", .verbatim(Array("txt:text".utf8))),
            ("|1\r\n+ttl\r\n:3600\r\n*1\r\n:7\r\n", .array([.integer(7)])),
            ("*2\r\n|1\r\n+a\r\n+b\r\n:1\r\n:2\r\n", .array([.integer(1), .integer(2)])),
        ]

        private static func parse(_ bytes: some Collection<UInt8>) throws -> [RESPValue] {
            var parser = RESPParser()
            parser.append(bytes)
            var values: [RESPValue] = []
            while let value = try parser.next() { values.append(value) }
            return values
        }

        @Test("come as they are written", arguments: examples.indices)
        func example(index: Int) throws {
            let (wire, value) = Self.examples[index]
            #expect(try Self.parse(wire.utf8) == [value])
        }

        @Test("may be cut anywhere")
        func cuts() throws {
            let wire = Self.examples.map(\.wire).joined()
            for size in 1...7 {
                var parser = RESPParser()
                var values: [RESPValue] = []
                var rest = Array(wire.utf8)[...]
                while !rest.isEmpty {
                    parser.append(rest.prefix(size))
                    rest = rest.dropFirst(size)
                    while let value = try parser.next() { values.append(value) }
                }
                #expect(values == Self.examples.map(\.value))
                #expect(!parser.isInsideReply)
            }
        }

        @Test(
            "that are none are refused",
            arguments: [
                "\r\n", "OK\r\n", ":\r\n", ":1x\r\n", ":+1\r\n", ":99999999999999999999\r\n", "$-2\r\n", "$x\r\n",
                "$2\r\nabc\r\n", "*-2\r\n", "#x\r\n", "#\r\n", ",\r\n", ",x\r\n", "_x\r\n", "(1.5\r\n", "(-\r\n",
                "=3\r\ntxt\r\n", "=4\r\ntext\r\n", "+a\rb\r\n", "+a\nb\r\n", "%-1\r\n", "*99999999999\r\n",
                "$99999999999\r\n", "HTTP/1.1 400 Bad Request\r\n",
            ]
        )
        func violations(wire: String) {
            #expect(throws: RESPViolation.self) { try Self.parse(wire.utf8) }
        }

        @Test("are bounded in depth, length and number, whatever they claim")
        func limits() throws {
            var limits = RESPParser.Limits()
            limits.lineLength = 10
            limits.replyLength = 100
            limits.elements = 20
            for wire in [
                String(repeating: "*1\r\n", count: 17), "+" + String(repeating: "a", count: 20),
                "*19\r\n" + String(repeating: ":1000000\r\n", count: 19),
                "*3\r\n" + String(repeating: "*9\r\n" + String(repeating: "_\r\n", count: 9), count: 3),
            ] {
                #expect(throws: RESPViolation.self, "\(wire)") {
                    var parser = RESPParser(limits: limits)
                    parser.append(wire.utf8)
                    while try parser.next() != nil {}
                }
            }
        }

        @Test("have integers of 64 bits and no more")
        func integers() throws {
            #expect(try Self.parse(":9223372036854775807\r\n".utf8) == [.integer(.max)])
            #expect(try Self.parse(":-9223372036854775808\r\n".utf8) == [.integer(.min)])
            for wire in [":9223372036854775808\r\n", ":-9223372036854775809\r\n", ":--1\r\n"] {
                #expect(throws: RESPViolation.self) { try Self.parse(wire.utf8) }
            }
        }

        private static let isLong = ProcessInfo.processInfo.environment["LONG"] == "1"

        /// Mutated replies never trap, never loop, and give the same however they are cut.
        @Test("survive mutation", arguments: 0..<(isLong ? 100 : 8))
        func mutation(seed: UInt64) throws {
            var random = SeededGenerator(seed: seed)
            let seeds = Self.examples.map { Array($0.wire.utf8) }
            let letters = Array("+-:$*%~>|#,(!=_0123456789\r\n\0\u{7f}ab.".utf8) + [0xff]
            for _ in 0..<4000 {
                var wire: [UInt8] = []
                for _ in 0..<Int.random(in: 1...4, using: &random) { wire += seeds.randomElement(using: &random) ?? [] }
                for _ in 0..<Int.random(in: 0...6, using: &random) where !wire.isEmpty {
                    let place = Int.random(in: 0..<wire.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: wire[place] = letters.randomElement(using: &random) ?? 0
                    case 1: wire.insert(letters.randomElement(using: &random) ?? 0, at: place)
                    case 2: wire.remove(at: place)
                    default: wire.removeSubrange(place..<min(place + 5, wire.count))
                    }
                }
                func outcome(_ size: Int) -> ([RESPValue], RESPViolation?) {
                    var parser = RESPParser()
                    var values: [RESPValue] = []
                    var rest = wire[...]
                    do throws(RESPViolation) {
                        while !rest.isEmpty {
                            parser.append(rest.prefix(size))
                            rest = rest.dropFirst(size)
                            while let value = try parser.next() { values.append(value) }
                        }
                    } catch {
                        return (values, error)
                    }
                    return (values, nil)
                }
                let whole = outcome(max(wire.count, 1))
                let cut = outcome(Int.random(in: 1...3, using: &random))
                // A NaN is not equal to itself, but its text is.
                #expect(whole.0 == cut.0 || "\(whole.0)" == "\(cut.0)")
                #expect((whole.1 == nil) == (cut.1 == nil))
            }
        }

        @Test(
            "of a real server are understood in both versions, and bytes come back as they went",
            .enabled(if: RedisServer.isPresent, RedisServer.absence)
        )
        func realServer() async throws {
            let server = try await RedisServer()
            let connection = try await RedisConnector(settings: server.settings, limit: .seconds(10)).connect(to: nil)
            defer { connection.close() }
            let bytes = (0...255).map { UInt8($0) } + Array("\r\n$-1\r\n".utf8)
            for version in ["2", "3"] {
                var pipeline = RESPPipeline()
                pipeline.append("HELLO", version)
                pipeline.begin(3)
                for word in [Array("SET".utf8), bytes, bytes] { pipeline.add(word) }
                pipeline.begin(2)
                for word in [Array("GET".utf8), bytes] { pipeline.add(word) }
                pipeline.append("GET", "nothing")
                pipeline.append("HSET", "h", "a", "1")
                pipeline.append("HGETALL", "h")
                pipeline.append("NOSUCHCOMMAND")
                pipeline.append("EVAL", "return {1, 'a', {}, false}", "0")
                pipeline.append("PING", String(repeating: "x", count: 1 << 20))
                let replies = try await connection.send(pipeline, within: .seconds(10))
                #expect(replies[2] == .bulk(bytes))
                #expect(replies[3] == .null)
                #expect(replies[5].elements == [.bulk([97]), .bulk([49])])
                #expect(replies[6].refusal?.hasPrefix("ERR unknown command") == true)
                #expect(replies[7] == .array([.integer(1), .bulk([97]), .array([]), .null]))
                #expect(replies[8].bytes?.count == 1 << 20)
            }
        }
    }
#endif
