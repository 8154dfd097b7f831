#if Redis
    import Foundation
    import MetricsRuntime
    import Synchronization
    import Testing

    @testable import MetricsRedis

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A real redis-server with a port and a folder of its own.
    final class RedisServer: Sendable {
        static let isPresent = Program.find("redis-server") != nil
        static let absence: Comment = "no redis-server on the PATH"

        let port: Int
        let folder: TestFolder
        private let arguments: [String]
        private let program = Mutex<Program?>(nil)
        private let password: String?
        private let usesTLS: Bool

        /// Starts a server, and waits until it answers.
        init(
            _ arguments: [String] = [],
            bind: String = "127.0.0.1",
            password: String? = nil,
            usesTLS: Bool = false,
            folder: TestFolder? = nil
        ) async throws {
            self.folder = try folder ?? TestFolder()
            self.password = password
            self.usesTLS = usesTLS
            port = try Self.freePort()
            self.arguments =
                ["--bind", bind, usesTLS ? "--tls-port" : "--port", "\(port)"] + (usesTLS ? ["--port", "0"] : [])
                + ["--dir", self.folder.path, "--save", "", "--appendonly", "no", "--daemonize", "no"]
                + (password.map { ["--requirepass", $0] } ?? []) + arguments
            try await start()
        }

        /// Starts a node of a cluster.
        ///
        /// - Parameter hasAllSlots: Whether it has every key there may be, and so is a cluster by itself.
        static func clusterNode(hasAllSlots: Bool) async throws -> RedisServer {
            let server = try await RedisServer(["--cluster-enabled", "yes", "--cluster-port", "\(freePort())"])
            guard hasAllSlots else { return server }
            try await server.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
            try await eventually("the cluster is ready") {
                try await server.command("CLUSTER", "INFO").text?.contains("cluster_state:ok") == true ? true : nil
            }
            return server
        }

        /// Starts the server again on the same port, after ``kill()``.
        func start() async throws {
            let program = try Program("redis-server", arguments)
            self.program.withLock { $0 = program }
            try await eventually("redis-server is ready") { () -> Bool? in
                try #require(program.exitCode == nil, "\(program.output)")
                return program.output.contains("Ready to accept connections") ? true : nil
            }
        }

        /// Kills the server: nothing is saved.
        func kill() async throws {
            let program = program.withLock { $0 }
            program?.send(SIGKILL)
            try await program?.end()
        }

        /// What to connect with.
        var settings: RedisSettings {
            var settings = RedisSettings(address: .tcp(host: "127.0.0.1", port: port), lease: .seconds(60))
            settings.password = password.map(RedisSecret.init)
            return settings
        }

        /// Sends one command.
        @discardableResult
        func command(_ words: String...) async throws -> RESPValue {
            let connection = try await RedisConnector(settings: settings, limit: .seconds(10)).connect(to: nil)
            defer { connection.close() }
            var pipeline = RESPPipeline()
            pipeline.begin(words.count)
            for word in words { pipeline.add(word) }
            return try #require(try await connection.send(pipeline, within: .seconds(10)).first)
        }

        /// How many keys there are.
        func keyCount() async throws -> Int64 {
            try #require(try await command("DBSIZE").number)
        }

        /// How often a command was called, by Redis' own count.
        func calls(_ command: String) async throws -> Int {
            let info = try #require(try await self.command("INFO", "commandstats").text)
            let line = info.split(whereSeparator: \.isNewline).first { $0.hasPrefix("cmdstat_\(command):") }
            return line?.firstMatch(of: /calls=(\d+)/).flatMap { Int($0.1) } ?? 0
        }

        /// A port that nobody listens on now.
        static func freePort() throws -> Int {
            #if canImport(Darwin)
                let descriptor = socket(AF_INET, SOCK_STREAM, 0)
            #else
                let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            #endif
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
                }
            }
            try #require(result)
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }
#endif
