#if Server && os(Linux)
    import Foundation
    import Glibc
    import Testing

    /// An exporter that runs out of file descriptors.
    @Suite(.timeLimit(.minutes(2))) struct DescriptorTests {
        /// Connects, sends nothing, and closes with the value.
        private final class Connection: Sendable {
            let descriptor: CInt

            init?(port: Int) {
                descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_port = in_port_t(port).bigEndian
                address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
                let result = withUnsafePointer(to: &address) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                    }
                }
                guard result == 0 else { return nil }
            }

            deinit { close(descriptor) }
        }

        @Test func goesOnWhenThereAreDescriptorsAgain() async throws {
            let folder = try TemporaryFolder()
            let expected = try folder.writeTwoWorkers()
            let exporter = try ExporterProcess(
                ["serve", "--multiproc-dir", folder.path, "--bind-address", "127.0.0.1", "--port", "0"],
                launcher: ["/bin/sh", "-c", #"ulimit -n 48; exec "$0" "$@""#]
            )
            let port = try await exporter.port()
            var connections: [Connection] = []
            for _ in 0..<100 { connections.append(try #require(Connection(port: port))) }
            _ = try await eventually("the exporter says that it cannot accept") {
                exporter.errors.contains("no further connection can be accepted") ? true : nil
            }
            // Told once, not with every attempt.
            #expect(exporter.errors.ranges(of: "no further connection can be accepted").count == 1)
            connections = []
            let body = try await eventually("scrapes are answered again") {
                let body = try await Command.get("http://127.0.0.1:\(port)/metrics")
                return body.isEmpty ? nil : body
            }
            #expect(body.hasPrefix(expected))
        }
    }
#endif
