import Testing

extension PythonPeer {
    /// What Python's own collector prints for a directory.
    static func collect(_ directory: String) throws -> String {
        try run(
            """
            import sys, glob
            from prometheus_client import CollectorRegistry, generate_latest, multiprocess
            real = glob.glob
            multiprocess.glob.glob = lambda p, *a, **k: sorted(real(p, *a, **k))
            registry = CollectorRegistry()
            try:
                multiprocess.MultiProcessCollector(registry, path=sys.argv[1])
                sys.stdout.write(generate_latest(registry).decode())
            except Exception as error:
                print("EXCEPTION", type(error).__name__, error)
            """,
            [directory]
        )
    }

    /// Expects that Python's collector reads a directory, where there is a Python to ask.
    static func expectReadable(_ directory: String) throws {
        guard isPresent else { return }
        let text = try collect(directory)
        #expect(!text.hasPrefix("EXCEPTION"), "\(text)")
    }
}
