import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

@Suite("Key texts", .blocking)
struct MultiprocessKeyTests {
    private struct Vector: Decodable {
        var metric: String
        var name: String
        var labels: [[String]]
        var help: String
        var key: String
        var key_len: Int
        var pad: Int
        var entry_len: Int
    }

    private func encode(_ vector: Vector) -> [UInt8] {
        MultiprocessKey.encode(
            family: vector.metric,
            sample: vector.name,
            labels: vector.labels.map { (name: $0[0], value: $0[1]) },
            help: vector.help
        )
    }

    /// That our encoder writes the vector, and that our scanner reads it back.
    private func check(_ vector: Vector) throws {
        let key = encode(vector)
        #expect(String(decoding: key, as: UTF8.self) == vector.key)
        #expect(key.count == vector.key_len)
        #expect(MultiprocessEntry.padding(keyLength: key.count) == vector.pad)
        #expect(MultiprocessEntry.length(keyLength: key.count) == vector.entry_len)
        var scanner = MultiprocessKeyScanner()
        try scanner.scan(key)
        #expect(scanner.string(scanner.family).unicodeScalars.elementsEqual(vector.metric.unicodeScalars))
        #expect(scanner.string(scanner.sample).unicodeScalars.elementsEqual(vector.name.unicodeScalars))
        #expect(scanner.string(scanner.help).unicodeScalars.elementsEqual(vector.help.unicodeScalars))
        let labels = MultiprocessKey.sortedByCodePoint(vector.labels.map { (name: $0[0], value: $0[1]) })
        try #require(scanner.labels.count == labels.count)
        for (read, written) in zip(scanner.labels, labels) {
            #expect(scanner.string(read.name).unicodeScalars.elementsEqual(written.name.unicodeScalars))
            #expect(scanner.string(read.value).unicodeScalars.elementsEqual(written.value.unicodeScalars))
        }
    }

    @Test("An entry, byte for byte")
    func entry() {
        let key = MultiprocessKey.encode(
            family: "reqs",
            sample: "reqs_total",
            labels: [("b", "x"), ("a", "y")],
            help: "Requests \"q\" \\ back\nnl"
        )
        let text = #"["reqs", "reqs_total", {"a": "y", "b": "x"}, "Requests \"q\" \\ back\nnl"]"#
        #expect(String(decoding: key, as: UTF8.self) == text)
        var bytes: [UInt8] = []
        MultiprocessEntry.append(key: key, value: 1.5, timestamp: 0, to: &bytes)
        var expected = [UInt8(text.utf8.count), 0, 0, 0] + Array(text.utf8) + [0x20, 0x20]
        expected += [0, 0, 0, 0, 0, 0, 0xf8, 0x3f] + [UInt8](repeating: 0, count: 8)
        #expect(bytes == expected)
        #expect(bytes.count == MultiprocessEntry.length(keyLength: key.count))
    }

    @Test("Labels by code point; of equal names the last")
    func labelOrder() {
        let names = ["aa", "a_", "\u{10000}", "a1", "\u{ffff}", "a", "_x", "B", "e\u{301}", "\u{e9}"]
        let sorted = MultiprocessKey.sortedByCodePoint(names.map { ($0, "") }).map(\.name)
        let expected = ["B", "_x", "a", "a1", "a_", "aa", "e\u{301}", "\u{e9}", "\u{ffff}", "\u{10000}"]
        #expect(sorted.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
        let twice = MultiprocessKey.sortedByCodePoint([("a", "1"), ("b", "2"), ("a", "3")])
        #expect(twice.map(\.name) == ["a", "b"])
        #expect(twice.map(\.value) == ["3", "2"])
    }

    @Test(
        "Other spellings of one key",
        arguments: [
            #"["m","s",{"a":"1","b":"2"},"h"]"#,
            "\u{9} [ \"m\" ,\n\"s\" , { \"b\" : \"2\" , \"a\" : \"1\" } , \"h\" ] \r\n  ",
            #"["m", "s", {"a": "0", "b": "2", "a": "1"}, "h"]"#,
            #"["\u006d", "\u0073", {"\u0061": "1", "b": "\u0032"}, "\u0068"]"#,
        ]
    )
    func spellings(text: String) throws {
        var scanner = MultiprocessKeyScanner()
        try scanner.scan(Array(text.utf8))
        #expect(scanner.string(scanner.family) == "m")
        #expect(scanner.string(scanner.sample) == "s")
        #expect(scanner.string(scanner.help) == "h")
        #expect(scanner.labels.map { scanner.string($0.name) } == ["a", "b"])
        #expect(scanner.labels.map { scanner.string($0.value) } == ["1", "2"])
    }

    @Test(
        "Escapes",
        arguments: [
            (#"\" \\ \/ \b \f \n \r \t"#, "\" \\ / \u{8} \u{c} \n \r \t"),
            (#"\u00e9 \uD83D\uDE00 \ud83d\ude00"#, "é 😀 😀"),
            (#"\ud800"#, "\u{fffd}"),
            (#"\udc00x"#, "\u{fffd}x"),
            (#"\ud800\ud800\udc00"#, "\u{fffd}\u{10000}"),
            (#"\ud800\n"#, "\u{fffd}\n"),
            ("é 中 😀 \u{7f}", "é 中 😀 \u{7f}"),
        ]
    )
    func escapes(json: String, expected: String) throws {
        var scanner = MultiprocessKeyScanner()
        try scanner.scan(Array(#"["m", "s", {"l": "\#(json)"}, ""]"#.utf8))
        #expect(scanner.string(scanner.labels[0].value).unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test(
        "What is no key",
        arguments: [
            ("", MultiprocessKeyFailure.malformed(offset: 0)),
            ("   ", .malformed(offset: 3)),
            ("[\"m\", \"s\", {}, \"h\"", .malformed(offset: 18)),
            ("[\"m\", \"s\", {}, \"h\"] x", .malformed(offset: 20)),
            ("[\"m\", \"s\", {}]", .wrongShape(offset: 13)),
            ("[\"m\", \"s\", {}, \"h\", \"more\"]", .wrongShape(offset: 18)),
            ("{\"m\": \"s\"}", .wrongShape(offset: 0)),
            ("[\"m\", \"s\", [], \"h\"]", .wrongShape(offset: 11)),
            ("[]", .wrongShape(offset: 1)),
            ("[\"m\", \"s\", {\"a\": 1}, \"h\"]", .notText(offset: 17)),
            ("[\"m\", \"s\", {\"a\": null}, \"h\"]", .notText(offset: 17)),
            ("[\"m\", \"s\", {}, true]", .notText(offset: 15)),
            ("[1, \"s\", {}, \"h\"]", .notText(offset: 1)),
            ("[\"\", \"s\", {}, \"h\"]", .emptyName),
            ("[\"m\", \"\", {}, \"h\"]", .emptyName),
            ("[\"m\", \"s\", {\"\": \"v\"}, \"h\"]", .emptyName),
            ("[\"m\", \"s\", {\"__name__\": \"v\"}, \"h\"]", .reservedLabelName),
            ("[\"m\n\", \"s\", {}, \"h\"]", .malformed(offset: 3)),
            ("[\"m\\x\", \"s\", {}, \"h\"]", .malformed(offset: 3)),
            ("[\"m\\u12g4\", \"s\", {}, \"h\"]", .malformed(offset: 3)),
            ("[\"m\", \"s\", {\"a\": \"b\",}, \"h\"]", .malformed(offset: 21)),
            ("['m', \"s\", {}, \"h\"]", .malformed(offset: 1)),
        ]
    )
    func failures(text: String, failure: MultiprocessKeyFailure) {
        var scanner = MultiprocessKeyScanner()
        #expect(throws: failure) { try scanner.scan(Array(text.utf8)) }
    }

    @Test(
        "Bytes that are no UTF-8",
        arguments: [
            [0x80], [0xc0, 0x80], [0xc3], [0xc3, 0x28], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82],
            [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xff], [0xf0, 0x9f, 0x98],
        ] as [[UInt8]]
    )
    func invalidUTF8(bytes: [UInt8]) {
        var scanner = MultiprocessKeyScanner()
        let key = Array("[\"m\", \"s\", {}, \"h".utf8) + bytes + Array("\"]".utf8)
        #expect(throws: MultiprocessKeyFailure.invalidUTF8(offset: 17)) { try scanner.scan(key) }
    }

    @Test("A scanner that failed reads the next key as if nothing had been")
    func reuse() throws {
        var scanner = MultiprocessKeyScanner()
        #expect(throws: MultiprocessKeyFailure.self) { try scanner.scan(Array(#"["m", "s", {"a": "b", "c"#.utf8)) }
        try scanner.scan(Array(#"["x", "y", {}, ""]"#.utf8))
        #expect(scanner.string(scanner.family) == "x")
        #expect(scanner.labels.isEmpty)
        #expect(scanner.help.isEmpty)
    }

    @Test("Python's vectors", .enabled(if: PeerData.isPresent, PeerData.absence))
    func pythonVectors() throws {
        let lines = try PeerData.text("fixtures/multiprocess/vectors/mmap_keys.jsonl").split(separator: "\n")
        #expect(lines.count > 200)
        for line in lines {
            try check(try JSONDecoder().decode(Vector.self, from: Data(line.utf8)))
        }
    }

    @Test("Keys that Python's client writes now", .enabled(if: PythonPeer.isPresent, PythonPeer.absence))
    func pythonTwin() throws {
        let printed = try PythonPeer.run(
            """
            import json, random
            from prometheus_client.mmap_dict import mmap_key
            r = random.Random(11)
            alphabet = [chr(c) for c in range(0x180)] + list('\\ud7ff\\ue000\\ufeff\\uffff\\u2028\\u0301')
            alphabet += [chr(0x10000), chr(0x1f600), chr(0x10ffff)] + list('"\\\\/{}[]:, ') * 9
            def text(least=0):
                return ''.join(r.choice(alphabet) for _ in range(r.randrange(least, 12)))
            vectors = [(text(1), text(1), {text(1): text() for _ in range(r.randrange(6))}, text()) for _ in range(1500)]
            vectors += [('m', 'm', {'l': 'a' + chr(c)}, chr(c) + 'z') for c in range(0x2000) if c]
            for family, name, labels, help in vectors:
                key = mmap_key(family, name, list(labels), list(labels.values()), help)
                pad = 8 - (len(key) + 4) % 8
                print(json.dumps({'metric': family, 'name': name, 'labels': [[k, v] for k, v in labels.items()],
                    'help': help, 'key': key, 'key_len': len(key), 'pad': pad, 'entry_len': 4 + len(key) + pad + 16}))
            """
        )
        let lines = printed.split(separator: "\n")
        #expect(lines.count > 9_000)
        for line in lines {
            try check(try JSONDecoder().decode(Vector.self, from: Data(line.utf8)))
        }
    }
}
