#if Server
    import Testing

    @testable import PreforkServer

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A program that ran to its end, with what it wrote.
    struct ProgramRun {
        let output: String
        let errors: String
        let status: WaitStatus

        /// Runs a program; kills it where it does not end.
        init(_ path: String, _ arguments: [String], variables: [String: String] = [:]) async throws {
            let (outputReading, outputWriting) = try OwnedDescriptor.pipe()
            let (errorsReading, errorsWriting) = try OwnedDescriptor.pipe()
            for descriptor in [outputReading, errorsReading] { try descriptor.makeNonBlocking() }
            let pid = try ChildProcess.start(
                path,
                arguments: [path] + arguments,
                environment: ProcessEnvironment.current().setting(variables),
                descriptors: [STDOUT_FILENO: outputWriting, STDERR_FILENO: errorsWriting],
                ownGroup: true
            )
            var output: [UInt8] = []
            var errors: [UInt8] = []
            do {
                status = try await poll("the end of \(path)") {
                    let status = ChildProcess.reap(pid)
                    output += outputReading.drain().bytes
                    errors += errorsReading.drain().bytes
                    return status
                }
            } catch {
                kill(pid, SIGKILL)
                throw error
            }
            self.output = String(decoding: output, as: UTF8.self)
            self.errors = String(decoding: errors, as: UTF8.self)
        }

        /// Where a program lies on the PATH, or `nil`.
        static func find(_ name: String) -> String? {
            let path = getenv("PATH").map { String(cString: $0) } ?? ""
            return path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
        }
    }
#endif
