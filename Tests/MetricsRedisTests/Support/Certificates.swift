#if Redis
    /// Certificates of one test, made by openssl.
    struct Certificates {
        static let isPresent = Program.find("openssl") != nil

        let folder: TestFolder
        var authority: String { folder.path + "/ca.crt" }

        /// An authority, and a certificate of its for that name: `server.crt` and `server.key`.
        init(name: String) async throws {
            folder = try TestFolder()
            let path = folder.path
            try await Program.run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=authority", "-keyout", "\(path)/ca.key", "-out", "\(path)/ca.crt",
                ]
            )
            try await Program.run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=server", "-addext", "subjectAltName=\(name)", "-addext", "basicConstraints=CA:FALSE",
                    "-CA", "\(path)/ca.crt", "-CAkey", "\(path)/ca.key",
                    "-keyout", "\(path)/server.key", "-out", "\(path)/server.crt",
                ]
            )
        }

        /// What redis-server needs.
        var arguments: [String] {
            [
                "--tls-cert-file", folder.path + "/server.crt", "--tls-key-file", folder.path + "/server.key",
                "--tls-ca-cert-file", authority, "--tls-auth-clients", "no",
            ]
        }
    }
#endif
