#if Server
    import ArgumentParser
    import Logging
    import MetricsRuntime
    import NIOCore
    import NIOPosix
    import WorkerMetrics

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// One worker.
    ///
    /// Only a master starts it, since it needs what the master hands down.
    struct WorkerCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "worker",
            abstract: "One worker; started by 'serve'.",
            shouldDisplay: false
        )

        @Option(help: "The number of the worker's place, from 1.")
        var number: Int

        @Option(help: "Seconds between two signs of life to the master.")
        var heartbeatInterval: Seconds

        @OptionGroup
        var options: WorkerOptions

        func validate() throws {
            guard number > 0 else { throw ValidationError("--number counts from 1") }
            for descriptor in [WorkerLauncher.socketDescriptor, WorkerLauncher.linkDescriptor] {
                var status = stat()
                guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else {
                    throw ValidationError("a worker is started by a master: use 'PreforkServer serve'")
                }
            }
        }

        func run() throws {
            let name = WorkerIdentity.name(number)
            var logger = options.workerLogLevel.logger("prefork.worker")
            logger[metadataKey: "worker_id"] = "\(name)"
            // Programs that a worker might start have no business with the master's descriptors.
            for descriptor in [WorkerLauncher.socketDescriptor, WorkerLauncher.linkDescriptor] {
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            }
            do {
                try MetricsRegistry.shared.prepare()
            } catch {
                // Serving without metrics is better than not serving.
                logger.error("cannot share metrics; they stay in this worker", metadata: ["error": "\(error)"])
            }

            // Ctrl-C in a terminal goes to every process of the group. What it means to a worker is the master's to say.
            SignalThread.ignore([SIGINT, SIGHUP, SIGPIPE])
            let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
            let loop = group.next()
            let finished = loop.makePromise(of: Void.self)
            let settings = WorkerServer.Settings(
                workerID: name,
                socket: WorkerLauncher.socketDescriptor,
                link: WorkerLauncher.linkDescriptor,
                heartbeat: heartbeatInterval.duration,
                drainTimeout: options.drainTimeout.duration
            )
            let server = try loop.submit { [logger] in
                let server = try WorkerServer(settings: settings, loop: loop, finished: finished, logger: logger)
                return NIOLoopBound(server, eventLoop: loop)
            }.wait()

            let intervals = WorkerSamplingIntervals(
                memory: options.memoryInterval.duration,
                cpu: options.cpuInterval.duration
            )
            let sampled = loop.makePromise(of: Void.self)
            let sampling = sampled.completeWithTask { [logger] in
                await WorkerSampler(workerID: name, intervals: intervals, logger: logger).run()
            }
            try loop.flatSubmit { server.value.start() }.wait()
            // The master started this process with the signal blocked, so it has waited if it came before.
            try SignalThread.start([SIGTERM]) { _ in
                loop.execute { server.value.drain(reason: "the master asked for it") }
            }
            try finished.futureResult.wait()
            sampling.cancel()
            try sampled.futureResult.wait()
            try group.syncShutdownGracefully()
        }
    }
#endif
