#if Server
    import NIOPosix

    /// Runs scrapes on threads of their own.
    ///
    /// Collecting reads files and writing the exposition takes processor time: on an event loop that would stop every
    /// connection, and on Swift's shared pool, which has one thread for each core, the app's own tasks.
    final class ScrapeExecutor: TaskExecutor {
        private let pool: NIOThreadPool

        /// Starts threads: one for each scrape that may run, so that a collector that hangs keeps nobody else from running,
        /// and one more, which tells those that may not run that they may not.
        init(concurrentScrapes: Int) {
            pool = NIOThreadPool(numberOfThreads: max(1, concurrentScrapes) + 1)
            pool.start()
        }

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            // A job runs even where the pool has ended ("cancelled"): a task that is never resumed would leak.
            pool.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }

        /// Lets the threads end.
        ///
        /// Does not wait for them: one of them may hang in a file system that does not answer.
        func shutDown() {
            pool.shutdownGracefully { _ in }
        }
    }
#endif
