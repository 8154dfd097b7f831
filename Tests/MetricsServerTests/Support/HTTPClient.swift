import Foundation
import MetricsServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A client that sends exactly the bytes it is given: what is no HTTP too.
///
/// Its calls block, so they run on Dispatch's threads and leave those of Swift's tasks to the server under test.
final class HTTPClient: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let descriptor: CInt
    private let queue = DispatchQueue(label: "HTTPClient")

    /// Connects to an IPv4 address.
    ///
    /// Reading gives up after five minutes, which only a failing test reaches.
    init(_ address: MetricsServerAddress, receiveBuffer: CInt? = nil) throws {
        #if canImport(Darwin)
            let kind = SOCK_STREAM
        #else
            let kind = CInt(SOCK_STREAM.rawValue)
        #endif
        descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw Failure(description: "socket: errno \(errno)") }
        var limit = timeval(tv_sec: 300, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<CInt>.size))
        }
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = in_port_t(address.port).bigEndian
        guard inet_pton(AF_INET, address.host, &target.sin_addr) == 1 else {
            throw Failure(description: "no IPv4 address: \(address.host)")
        }
        let result = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(description: "connect: errno \(errno)") }
    }

    deinit {
        close(descriptor)
    }

    /// Sends a text as it stands.
    func send(_ text: String) async throws {
        try await blocking { descriptor in
            var bytes = Array(text.utf8)[...]
            while !bytes.isEmpty {
                #if canImport(Darwin)
                    let flags: CInt = 0
                #else
                    let flags = CInt(MSG_NOSIGNAL)
                #endif
                let count = bytes.withUnsafeBytes { Self.systemSend(descriptor, $0.baseAddress, $0.count, flags) }
                guard count > 0 else { throw Failure(description: "send: errno \(errno)") }
                bytes = bytes.dropFirst(count)
            }
        }
    }

    /// Says that nothing more will be sent.
    func finishSending() async throws {
        try await blocking { _ = shutdown($0, CInt(SHUT_WR)) }
    }

    /// Reads one response; `bodyless` for the answer to `HEAD`.
    func response(bodyless: Bool = false) async throws -> MetricsResponse {
        try await blocking { descriptor in
            var head: [UInt8] = []
            while !head.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
                let byte = try Self.read(1, from: descriptor)
                if byte.isEmpty { throw Failure(description: "closed after \(head.count) bytes of a head") }
                head += byte
            }
            var response = try Self.parse(String(decoding: head, as: UTF8.self))
            if !bodyless, response.header("Transfer-Encoding") == "chunked" {
                response.body = try Self.readChunks(from: descriptor)
            } else if !bodyless {
                let length = Int(response.header("Content-Length") ?? "") ?? 0
                while response.body.count < length {
                    let bytes = try Self.read(length - response.body.count, from: descriptor)
                    if bytes.isEmpty { throw Failure(description: "closed after \(response.body.count) of \(length)") }
                    response.body += bytes
                }
            }
            return response
        }
    }

    /// Reads until the server closes the connection, and gives what came.
    func rest() async throws -> [UInt8] {
        try await blocking { descriptor in
            var all: [UInt8] = []
            while true {
                let bytes = try Self.read(65_536, from: descriptor)
                if bytes.isEmpty { return all }
                all += bytes
            }
        }
    }

    /// Reads a body in chunks to its end; fails where the connection ends before.
    private static func readChunks(from descriptor: CInt) throws -> [UInt8] {
        func exactly(_ count: Int) throws -> [UInt8] {
            var bytes: [UInt8] = []
            while bytes.count < count {
                let more = try read(count - bytes.count, from: descriptor)
                if more.isEmpty { throw Failure(description: "closed in the middle of a chunk") }
                bytes += more
            }
            return bytes
        }
        var body: [UInt8] = []
        while true {
            var line: [UInt8] = []
            while !line.suffix(2).elementsEqual(Array("\r\n".utf8)) { line += try exactly(1) }
            guard let length = Int(String(decoding: line.dropLast(2), as: UTF8.self), radix: 16) else {
                throw Failure(description: "no chunk's length")
            }
            body += try exactly(length)
            _ = try exactly(2)
            if length == 0 { return body }
        }
    }

    private func blocking<Value: Sendable>(_ work: @escaping @Sendable (CInt) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in continuation.resume(with: Result { try work(descriptor) }) }
        }
    }

    private static func read(_ count: Int, from descriptor: CInt) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: Swift.min(count, 65_536))
        let length = recv(descriptor, &buffer, buffer.count, 0)
        guard length >= 0 else { throw Failure(description: "recv: errno \(errno)") }
        return Array(buffer.prefix(length))
    }

    private static func systemSend(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: CInt) -> Int {
        #if canImport(Darwin)
            Darwin.send(descriptor, bytes, count, flags)
        #elseif canImport(Musl)
            Musl.send(descriptor, bytes, count, flags)
        #else
            Glibc.send(descriptor, bytes, count, flags)
        #endif
    }

    private static func parse(_ head: String) throws -> MetricsResponse {
        let lines = head.split(separator: "\r\n")
        guard let first = lines.first?.split(separator: " "), first.count >= 2, let status = Int(first[1]) else {
            throw Failure(description: "no status line: \(head.prefix(100))")
        }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (
                name: String(parts.first ?? ""), value: parts.dropFirst().joined().trimmingCharacters(in: .whitespaces)
            )
        }
        return MetricsResponse(status: status, headers: headers, body: [])
    }
}
