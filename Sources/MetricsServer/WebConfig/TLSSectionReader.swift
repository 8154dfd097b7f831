#if Server
    import NIOSSL

    /// Reads the section `tls_server_config` and the files that it names.
    struct TLSSectionReader {
        let reader: WebConfigurationReader
        let file: ConfigurationFile
        private(set) var files: [String] = []

        init(reader: WebConfigurationReader, file: ConfigurationFile) {
            self.reader = reader
            self.file = file
        }

        private static let keys = [
            "cert", "key", "client_ca", "cert_file", "key_file", "client_ca_file", "client_auth_type",
            "client_allowed_sans", "min_version", "max_version", "cipher_suites", "prefer_server_cipher_suites",
            "curve_preferences",
        ]

        mutating func read(
            _ section: WebConfigurationNode,
            acceptsHTTP2: Bool
        ) throws(WebConfigurationError) -> WebConfiguration.TLS {
            let keys = try reader.entries(section, known: Self.keys)
            let certificates = try certificates(keys, "cert", in: section)
            guard let certificates else {
                throw reader.error(section, "cert_file or cert is missing: the server's certificate in PEM form")
            }
            var tls = WebConfiguration.TLS(key: try key(keys, in: section))
            tls.certificates = certificates
            try checkPair(tls, section)
            try readClients(keys, section, &tls)
            try readVersions(keys, &tls)
            for (name, node) in try keys["cipher_suites"].map(texts) ?? [] {
                guard let suite = Self.cipherSuites[name] else {
                    throw reader.error(node, "there is no cipher suite '\(name)' that is safe to use")
                }
                tls.cipherSuites.append(suite)
            }
            for (name, node) in try keys["curve_preferences"].map(texts) ?? [] {
                guard let curve = Self.curves[name] else {
                    throw reader.error(
                        node,
                        "there is no curve '\(name)'; there are \(Self.curves.keys.sorted().joined(separator: ", "))"
                    )
                }
                tls.curves.append(curve)
            }
            if let node = keys["prefer_server_cipher_suites"] { _ = try reader.bool(node) }
            // What exporter-toolkit's server refuses at its start is refused here too, so that a file means one thing.
            if acceptsHTTP2, let node = keys["cipher_suites"], !tls.cipherSuites.isEmpty, tls.minimumVersion != .tlsv13,
                !tls.cipherSuites.contains(.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256),
                !tls.cipherSuites.contains(.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
            {
                throw reader.error(
                    node,
                    "HTTP/2 needs TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256; add one, "
                        + "or set http_server_config.http2 to false"
                )
            }
            return tls
        }

        private func texts(
            _ node: WebConfigurationNode
        ) throws(WebConfigurationError) -> [(String, WebConfigurationNode)] {
            try reader.texts(node)
        }

        // MARK: Certificates

        /// The text of `name` itself, or of the file that `name_file` names; `nil` where neither is given.
        private mutating func pem(
            _ keys: [String: WebConfigurationNode],
            _ name: String,
            in section: WebConfigurationNode
        ) throws(WebConfigurationError) -> (bytes: [UInt8], node: WebConfigurationNode, isReadableByAll: Bool)? {
            let inline = try keys[name].map { node throws(WebConfigurationError) in (try reader.text(node), node) }
            let named = try keys[name + "_file"].map { node throws(WebConfigurationError) in
                (try reader.text(node), node)
            }
            if let (text, node) = inline, !text.isEmpty {
                guard named == nil else {
                    throw reader.error(node, "both \(name) and \(name)_file are given; remove one of them")
                }
                return (Array(text.utf8), node, file.isReadableByAll)
            }
            guard let (relative, node) = named, !relative.isEmpty else { return nil }
            // Relative to the folder of the configuration, as everything that it names.
            let folder = reader.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { reader.path[...$0] } ?? ""
            let path = relative.hasPrefix("/") ? relative : folder + relative
            files.append(path)
            do {
                let file = try ConfigurationFile(path: path)
                return (file.bytes, node, file.isReadableByAll)
            } catch {
                throw reader.error(node, "the file '\(path)' cannot be read: \(error)")
            }
        }

        private mutating func certificates(
            _ keys: [String: WebConfigurationNode],
            _ name: String,
            in section: WebConfigurationNode
        ) throws(WebConfigurationError) -> [NIOSSLCertificate]? {
            guard let (bytes, node, _) = try pem(keys, name, in: section) else { return nil }
            do {
                let certificates = try NIOSSLCertificate.fromPEMBytes(bytes)
                if !certificates.isEmpty { return certificates }
            } catch {}
            throw reader.error(node, "this is no certificate in PEM form")
        }

        private mutating func key(
            _ keys: [String: WebConfigurationNode],
            in section: WebConfigurationNode
        ) throws(WebConfigurationError) -> NIOSSLPrivateKey {
            guard let (bytes, node, isReadableByAll) = try pem(keys, "key", in: section) else {
                throw reader.error(
                    section,
                    "key_file or key is missing: the private key of the certificate in PEM form"
                )
            }
            guard !isReadableByAll else {
                throw reader.error(
                    node,
                    "everybody on this machine may read the private key; take that away (chmod o-r)"
                )
            }
            do { return try NIOSSLPrivateKey(bytes: bytes, format: .pem) } catch {
                throw reader.error(node, "this is no private key in PEM form without a passphrase")
            }
        }

        /// A key of another certificate would be found out by the first client only.
        private func checkPair(
            _ tls: WebConfiguration.TLS,
            _ section: WebConfigurationNode
        ) throws(WebConfigurationError) {
            do { _ = try NIOSSLContext(configuration: TLSContext.configuration(tls)) } catch {
                throw reader.error(section, "the certificate and the private key do not fit together")
            }
        }

        // MARK: Clients

        private mutating func readClients(
            _ keys: [String: WebConfigurationNode],
            _ section: WebConfigurationNode,
            _ tls: inout WebConfiguration.TLS
        ) throws(WebConfigurationError) {
            if let node = keys["client_auth_type"] {
                let name = try reader.text(node)
                // An old name of the same thing.
                let current = name == "RequireClientCert" ? "RequireAnyClientCert" : name
                guard let kind = WebConfiguration.ClientAuthentication(rawValue: current) else {
                    let all = WebConfiguration.ClientAuthentication.allCases.map(\.rawValue).joined(separator: ", ")
                    throw reader.error(node, "there is no '\(name)'; there are \(all)")
                }
                tls.clientAuthentication = kind
            }
            if let authorities = try certificates(keys, "client_ca", in: section) {
                guard tls.clientAuthentication != .none else {
                    throw reader.error(
                        keys["client_ca_file"] ?? keys["client_ca"] ?? section,
                        "nobody is asked for a certificate; set client_auth_type, such as RequireAndVerifyClientCert"
                    )
                }
                tls.clientCertificateAuthorities = authorities
            }
            if let node = keys["client_allowed_sans"] {
                tls.allowedNames = try reader.texts(node).map(\.0)
                guard tls.allowedNames.isEmpty || tls.clientAuthentication == .requireAndVerify else {
                    throw reader.error(
                        node,
                        "names say nothing where certificates are not verified; set client_auth_type to "
                            + "RequireAndVerifyClientCert"
                    )
                }
            }
        }

        // MARK: Versions

        private func readVersions(
            _ keys: [String: WebConfigurationNode],
            _ tls: inout WebConfiguration.TLS
        ) throws(WebConfigurationError) {
            if let node = keys["min_version"] { tls.minimumVersion = try version(node) }
            if let node = keys["max_version"] { tls.maximumVersion = try version(node) }
            if tls.minimumVersion == .tlsv13, tls.maximumVersion == .tlsv12, let node = keys["max_version"] {
                throw reader.error(node, "the greatest version is below the smallest one")
            }
        }

        private func version(_ node: WebConfigurationNode) throws(WebConfigurationError) -> TLSVersion {
            switch try reader.text(node) {
            case "TLS12": return .tlsv12
            case "TLS13": return .tlsv13
            case "TLS10", "TLS11":
                throw reader.error(node, "versions of TLS before 1.2 are not safe; write TLS12 or TLS13")
            case let other: throw reader.error(node, "there is no version '\(other)'; there are TLS12 and TLS13")
            }
        }

        // MARK: Names

        private static let curves: [String: NIOTLSCurve] = [
            "CurveP256": .secp256r1, "CurveP384": .secp384r1, "CurveP521": .secp521r1, "X25519": .x25519,
            "X25519MLKEM768": .x25519_MLKEM768,
        ]

        private static let cipherSuites: [String: NIOTLSCipher] = [
            "TLS_AES_128_GCM_SHA256": .TLS_AES_128_GCM_SHA256,
            "TLS_AES_256_GCM_SHA384": .TLS_AES_256_GCM_SHA384,
            "TLS_CHACHA20_POLY1305_SHA256": .TLS_CHACHA20_POLY1305_SHA256,
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA": .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA": .TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA": .TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA": .TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256": .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384": .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256": .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384": .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256": .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256": .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        ]
    }
#endif
