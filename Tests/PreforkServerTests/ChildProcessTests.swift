import Testing

@testable import PreforkServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("Child processes")
struct ChildProcessTests {
    private func run(_ script: String, _ variables: [String: String] = [:]) async throws -> (String, WaitStatus) {
        let (reading, writing) = try OwnedDescriptor.pipe()
        let pid = try start(script, variables, output: writing)
        try reading.makeNonBlocking()
        var bytes: [UInt8] = []
        let status = try await poll("the end of the child") {
            bytes += reading.drain().bytes
            return ChildProcess.reap(pid)
        }
        bytes += reading.drain().bytes
        return (String(decoding: bytes, as: UTF8.self), status)
    }

    private func start(_ script: String, _ variables: [String: String], output: OwnedDescriptor) throws -> pid_t {
        try ChildProcess.start(
            "/bin/sh",
            arguments: ["sh", "-c", script],
            environment: ProcessEnvironment(variables),
            descriptors: [STDOUT_FILENO: output]
        )
    }

    @Test("a child has the variables that it is given and no others")
    func environment() async throws {
        let (output, status) = try await run("echo $COLOUR-$HOME", ["COLOUR": "a=b c"])
        #expect(output == "a=b c-\n")
        #expect(status == .exited(0))
    }

    @Test("its end is told as it was")
    func ends() async throws {
        #expect(try await run("exit 7").1 == .exited(7))
        #expect(try await run("kill -KILL $$").1 == .signalled(SIGKILL))
        #expect(try await run("kill -TERM $$").1 == .signalled(SIGTERM))
    }

    @Test("it holds no descriptors but those that it is given")
    func descriptors() async throws {
        // Held open here, and to be found by a child that inherits it.
        let extra = try OwnedDescriptor.socketPair()
        let (output, _) = try await run("test -e /dev/fd/\(extra.0.number) && echo leaked; echo done")
        #expect(output == "done\n")
    }

    @Test("a program that is not there is an error with its name")
    func missing() throws {
        let error = #expect(throws: SystemCallError.self) {
            try ChildProcess.start("/no/such/program", arguments: ["x"], environment: ProcessEnvironment())
        }
        #expect(error?.description == "cannot start /no/such/program: No such file or directory")
        #expect(error?.code == ENOENT)
    }

    @Test("a child of somebody else, or one collected before, has an unknown end")
    func stranger() async throws {
        let (reading, writing) = try OwnedDescriptor.pipe()
        let pid = try start("exit 0", [:], output: writing)
        #expect(try await poll("the end of the child") { ChildProcess.reap(pid) } == .exited(0))
        #expect(ChildProcess.reap(pid) == .unknown)
        withExtendedLifetime(reading) {}
    }

    @Test("one's own environment is copied whole and stays as it is")
    func ownEnvironment() {
        let current = ProcessEnvironment.current()
        #expect(current.variables["PATH"] == getenv("PATH").map { String(cString: $0) })
        let changed = current.setting(["PREFORK_TEST_VARIABLE": "1"])
        #expect(changed.variables["PREFORK_TEST_VARIABLE"] == "1")
        #expect(getenv("PREFORK_TEST_VARIABLE") == nil)
        #expect(ProcessEnvironment(["B": "2", "A": "1=1"]).entries == ["A=1=1", "B=2"])
    }

    @Test("a temporary directory goes with what is in it")
    func temporaryDirectory() throws {
        let path = try Self.pathOfDirectoryThatWent()
        #expect(access(path, F_OK) != 0)
    }

    private static func pathOfDirectoryThatWent() throws -> String {
        let directory = try TemporaryDirectory(prefix: "prefork-test")
        #expect(access(directory.path, W_OK) == 0)
        mkdir("\(directory.path)/nested", 0o700)
        for file in ["a", "nested/b"] {
            close(open("\(directory.path)/\(file)", O_CREAT | O_WRONLY, 0o600))
        }
        return directory.path
    }
}
