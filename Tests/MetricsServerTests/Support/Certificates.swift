import Foundation

/// Certificates made for one test with the command `openssl`.
struct Certificates {
    static let openssl = Program.find("openssl")
    static let isPossible = openssl != nil && Program.find("curl") != nil

    let folder: String

    /// Makes an authority `<name>.pem` with its key.
    func makeAuthority(_ name: String) throws {
        try run(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=\(name)",
            "-keyout",
            "\(name).key",
            "-out",
            "\(name).pem"
        )
    }

    /// Makes a certificate `<name>.crt` with its key, signed by an authority.
    func make(_ name: String, by authority: String, names: String, usage: String) throws {
        try run(
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            "/CN=\(name)",
            "-keyout",
            "\(name).key",
            "-out",
            "\(name).csr"
        )
        let extensions = "subjectAltName=\(names)\nextendedKeyUsage=\(usage)\n"
        try Data(extensions.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).ext"))
        try run(
            "x509",
            "-req",
            "-in",
            "\(name).csr",
            "-CA",
            "\(authority).pem",
            "-CAkey",
            "\(authority).key",
            "-CAcreateserial",
            "-days",
            "2",
            "-out",
            "\(name).crt",
            "-extfile",
            "\(name).ext"
        )
    }

    private func run(_ arguments: String...) throws {
        guard let openssl = Self.openssl else { throw Program.Failure(description: "no openssl") }
        let result = try Program.run(openssl, arguments, in: folder)
        guard result.status == 0 else { throw Program.Failure(description: result.errors) }
    }

    /// A folder with an authority, a server's certificate for 127.0.0.1 and a client's, as long as the body runs.
    static func with<Result>(_ body: (Certificates) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("metrics-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificates = Certificates(folder: folder.path)
        try certificates.makeAuthority("ca")
        try certificates.make("server", by: "ca", names: "IP:127.0.0.1,DNS:localhost", usage: "serverAuth")
        try certificates.make("client", by: "ca", names: "DNS:scraper.test,email:a@b.test", usage: "clientAuth")
        return try await body(certificates)
    }

    func write(_ text: String, to name: String) throws -> String {
        let path = "\(folder)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }
}

/// Other programs that tests use.
enum Program {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    struct Output: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    static func find(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").lazy.map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static func run(_ path: String, _ arguments: [String], in folder: String) throws -> Output {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = FileHandle.nullDevice
        let files = ["out", "err"].map { URL(fileURLWithPath: "\(folder)/\(UUID().uuidString).\($0)") }
        for file in files { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Output(status: process.terminationStatus, output: texts[0], errors: texts[1])
    }

    /// What curl says of a URL; its last line is the status.
    static func curl(_ arguments: [String], in folder: String) async throws -> Output {
        guard let curl = find("curl") else { throw Failure(description: "no curl") }
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let all = ["-sS", "--noproxy", "*", "--max-time", "240", "-w", "\n%{http_code}"] + arguments
                        return try run(curl, all, in: folder)
                    }
                )
            }
        }
    }
}
