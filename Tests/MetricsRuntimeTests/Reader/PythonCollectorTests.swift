import Foundation
import MetricsRuntime
import ProcessTesting
import Testing

/// Directories that the real Python client writes now, read by its collector and by ours.
@Suite("Python's collector", .blocking, .enabled(if: PythonPeer.isPresent, PythonPeer.absence))
struct PythonCollectorTests {
    /// A directory, and the exposition that Python's collector makes of it, its files taken by name.
    private struct Directory: Decodable {
        var path: String
        var text: String
        /// Whether the order of samples is Python's too.
        ///
        /// In mode mostrecent Python's order depends on which process set a value first.
        var isOrdered: Bool
    }

    /// What every script begins with.
    private static let preamble = """
        import glob, json, os, random, sys
        root = sys.argv[1]
        os.environ['PROMETHEUS_MULTIPROC_DIR'] = root
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Summary, generate_latest
        from prometheus_client import mmap_dict, multiprocess, values
        real_glob = glob.glob
        multiprocess.glob.glob = lambda *a, **k: sorted(real_glob(*a, **k))
        MODES = ['all', 'liveall', 'min', 'livemin', 'max', 'livemax', 'sum', 'livesum', 'mostrecent', 'livemostrecent']
        directories = []

        def folder(name):
            path = os.path.join(root, name)
            os.mkdir(path)
            os.environ['PROMETHEUS_MULTIPROC_DIR'] = path
            return path

        def process(identity):
            values.ValueClass = values.MultiProcessValue(lambda: identity)
            return CollectorRegistry()

        def done(path, ordered=True):
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry, path=path)
            text = generate_latest(registry).decode('utf-8')
            directories.append({'path': path, 'text': text, 'isOrdered': ordered})


        """

    /// Runs a script that makes directories, and compares what comes of them.
    private func compare(_ script: String, atLeast count: Int) throws {
        try TemporaryFolder.with { folder in
            let printed = try PythonPeer.run(Self.preamble + script + "\nprint(json.dumps(directories))", [folder])
            let directories = try JSONDecoder().decode([Directory].self, from: Data(printed.utf8))
            #expect(directories.count >= count)
            for directory in directories {
                let collector = MultiprocessCollector(directory: directory.path)
                // The second scrape goes by what the first one learnt.
                for _ in 0..<2 {
                    var ours = ExpositionLines.normalised(ExpositionFormat.text.encode(collector.collect()))
                    var theirs = ExpositionLines.normalised(directory.text)
                    if !directory.isOrdered {
                        ours.sort()
                        theirs.sort()
                    }
                    #expect(ours == theirs, "\(directory.path)")
                    #expect(collector.lastFaults == [])
                }
            }
        }
    }

    @Test("Several processes with every type and mode, unusual labels and help")
    func everything() throws {
        try compare(
            #"""
            r = random.Random(3)
            ALPHABET = list('abc"\\/ \n\r\t\0{}=,#') + ['\x7f', '\x85', 'é', '中', '\u2028', '😀', 'e\u0301', '\u00e9']
            def text(most=8):
                return ''.join(r.choice(ALPHABET) for _ in range(r.randrange(most)))
            def number():
                return r.choice([0.0, 1.0, -1.0, 0.1, r.random(), r.uniform(-1e9, 1e9), r.randrange(10 ** 7), 1e300,
                    -1e-300, float('inf'), 2.0 ** 53, 123456.789])
            NAMES = ['b', 'a', 'A', '_x', 'l1', 'zone', 'pidx', 'Le']
            for case in range(24):
                mostrecent = case % 3 == 0
                path = folder('d%d' % case)
                declared = []
                for i in range(r.randrange(1, 12)):
                    kind = r.choice(['counter', 'gauge', 'gauge', 'histogram', 'summary'])
                    mode = r.choice(MODES if mostrecent else MODES[:8])
                    labels = r.sample(NAMES, r.randrange(4))
                    bounds = sorted({round(r.uniform(-3, 1e7), r.randrange(4)) for _ in range(r.randrange(1, 6))})
                    declared.append((kind, 'm%d' % i, text(20), labels, mode, bounds))
                label_values = [[text() for _ in range(4)] for _ in range(6)]
                for p in range(r.randrange(1, 5)):
                    registry = process(r.choice(['%d', 'swift-%d', 'w.%d']) % (100 + p))
                    for kind, name, help, labels, mode, bounds in r.sample(declared, r.randrange(len(declared)) + 1):
                        if kind == 'counter': metric = Counter(name, help, labels, registry=registry)
                        elif kind == 'gauge':
                            metric = Gauge(name, help, labels, registry=registry, multiprocess_mode=mode)
                        elif kind == 'histogram':
                            metric = Histogram(name, help, labels, registry=registry, buckets=bounds)
                        else: metric = Summary(name, help, labels, registry=registry)
                        for _ in range(r.randrange(8)):
                            child = metric.labels(*r.choice(label_values)[:len(labels)]) if labels else metric
                            if kind == 'counter': child.inc(abs(number()))
                            elif kind == 'gauge': child.set(number())
                            else: child.observe(number())
                done(path, ordered=not mostrecent)
            """#,
            atLeast: 24
        )
    }

    @Test("Processes that really fork")
    func fork() throws {
        try compare(
            """
            for case in range(3):
                path = folder('f%d' % case)
                values.ValueClass = values.MultiProcessValue()
                registry = CollectorRegistry()
                c = Counter('c', 'h', ['l'], registry=registry)
                g = [Gauge('g_' + m, 'h', registry=registry, multiprocess_mode=m) for m in MODES]
                h = Histogram('h', 'h', registry=registry)
                c.labels('a').inc(10)
                for n in range(case + 1):
                    child = os.fork()
                    if child == 0:
                        c.labels('a').inc(n + 1)
                        c.labels('child').inc()
                        h.observe(n)
                        for one in g: one.set(n - 1)
                        os._exit(0)
                    os.waitpid(child, 0)
                done(path, ordered=False)
            """,
            atLeast: 3
        )
    }

    @Test("Entries in every file at random: kinds, modes and help in conflict, keys spelled in several ways, repeated")
    func raw() throws {
        try compare(
            #"""
            r = random.Random(5)
            def spell(key):
                style = r.randrange(5)
                items = list(key[2].items())
                r.shuffle(items)
                key = [key[0], key[1], dict(items), key[3]]
                if style == 0: return json.dumps(key)
                if style == 1: return json.dumps(key, separators=(',', ':'), ensure_ascii=False)
                if style == 2: return ' \t' + json.dumps(key, indent=1) + ' ' * r.randrange(70)
                if style == 3: return json.dumps(key).replace('/', '\\/')
                doubled = ''.join('%s: "no", ' % json.dumps(k) for k in key[2])
                return json.dumps(key).replace('{', '{' + doubled, 1)
            KINDS = ['counter', 'gauge', 'histogram', 'summary', 'info', 'stateset', 'unknown', 'untyped']
            for case in range(60):
                path = folder('r%d' % case)
                conflicts = case % 2
                for f in range(r.randrange(1, 8)):
                    kind = r.choice(KINDS)
                    name = '%s_%s' % (kind, r.choice(MODES[:8]) + '_' if kind == 'gauge' else '')
                    name = name.replace('__', '_') + str(r.randrange(1, 9))
                    d = mmap_dict.MmapedDict(os.path.join(path, name + '.db'))
                    for _ in range(r.randrange(14)):
                        family = 'f%d' % r.randrange(4) + ('' if conflicts else kind[0])
                        if not conflicts and kind == 'gauge': family += name.split('_')[1]
                        suffix = {'counter': ['_total'], 'gauge': [''], 'histogram': ['_sum', '_bucket', '_bucket', '_count'],
                            'summary': ['_sum', '_count'], 'info': ['_info'], 'stateset': ['']}.get(kind, ['', '_x'])
                        labels = {k: r.choice(['x', 'y/z', 'é"']) for k in r.sample(['a', 'z', 'k'], r.randrange(3))}
                        suffix = r.choice(suffix)
                        # Nobody stores a count; Python leaves it in front of the buckets, we put it behind them.
                        if suffix == '_count' and kind == 'histogram' and not conflicts: suffix = '_sum'
                        if suffix == '_bucket':
                            labels['le'] = r.choice(['0.1', '1', '1.0', '1e6', '1000000', '+Inf', 'inf', '-5', '2_0', ' 3 '])
                        if r.randrange(9) == 0 and kind in ('counter', 'summary'): labels['pid'] = 'user'
                        help = r.choice(['one', 'two'])
                        value = r.choice([0.0, 1.0, 2.5, -3.0, float('nan'), r.random()])
                        d.write_value(spell([family, family + suffix, labels, help]), value, r.choice([0.0, 7.0]))
                    d.close()
                done(path, ordered=not conflicts)
            """#,
            atLeast: 60
        )
    }

    @Test("Files that our encoder writes are the same to Python's collector")
    func ours() throws {
        try TemporaryFolder.with { folder in
            for process in 1...3 {
                try MultiprocessFileBytes { file in
                    for (index, value) in ["", "a\"\\\n", "\u{7f}é中😀", "e\u{301}", "\u{e9}"].enumerated() {
                        file.add("c", sample: "c_total", [("z", value), ("A", "\(process)")], value: Double(index))
                    }
                }.write("counter_swift-\(process).db", in: folder)
                for mode in MultiprocessMode.allCases {
                    try MultiprocessFileBytes { file in
                        file.add("g_\(mode)", help: "h\n\\", value: Double(process * 7 % 5), timestamp: Double(process))
                    }.write("gauge_\(mode)_swift-\(process).db", in: folder)
                }
            }
            let theirs = try PythonPeer.run(
                Self.preamble + "done(root)\nprint(directories[0]['text'], end='')",
                [folder]
            )
            let collector = MultiprocessCollector(directory: folder)
            let lines = ExpositionLines.normalised(ExpositionFormat.text.encode(collector.collect()))
            #expect(lines == ExpositionLines.normalised(theirs))
            #expect(collector.lastFaults == [])
        }
    }
}
