import ArgumentParser

/// What a worker can be told; `serve` takes the same and passes it on.
struct WorkerOptions: ParsableArguments {
    @Option(help: "Seconds that a worker that was told to finish has for it.")
    var drainTimeout = Seconds(.seconds(30))

    @Option(help: "Seconds between two samples of a worker's memory.")
    var memoryInterval = Seconds(.seconds(30))

    @Option(help: "Seconds between two samples of a worker's processor usage.")
    var cpuInterval = Seconds(.seconds(10))

    @Option(help: ArgumentHelp("The least level of what workers log.", valueName: "level"))
    var workerLogLevel = LogLevel.warning

    /// The arguments that say the same.
    var arguments: [String] {
        [
            "--drain-timeout", drainTimeout.argument,
            "--memory-interval", memoryInterval.argument,
            "--cpu-interval", cpuInterval.argument,
            "--worker-log-level", workerLogLevel.rawValue,
        ]
    }
}
