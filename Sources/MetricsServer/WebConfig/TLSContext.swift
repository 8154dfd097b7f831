#if Server
    import NIOCore
    import NIOSSL

    /// Makes the TLS handlers of connections from one state of a configuration.
    struct TLSContext: Sendable {
        private let context: NIOSSLContext
        private let clientAuthentication: WebConfiguration.ClientAuthentication
        private let allowedNames: Set<String>

        init(_ tls: WebConfiguration.TLS) throws {
            context = try NIOSSLContext(configuration: Self.configuration(tls))
            clientAuthentication = tls.clientAuthentication
            allowedNames = Set(tls.allowedNames)
        }

        static func configuration(_ tls: WebConfiguration.TLS) -> TLSConfiguration {
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: tls.certificates.map { .certificate($0) },
                privateKey: .privateKey(tls.key)
            )
            configuration.minimumTLSVersion = tls.minimumVersion
            configuration.maximumTLSVersion = tls.maximumVersion
            configuration.applicationProtocols = ["http/1.1"]
            // Without authorities nobody's certificate can be verified; the system's own would let strangers in.
            configuration.trustRoots = .certificates(tls.clientCertificateAuthorities)
            if !tls.cipherSuites.isEmpty { configuration.cipherSuiteValues = tls.cipherSuites }
            if !tls.curves.isEmpty { configuration.curves = tls.curves }
            switch tls.clientAuthentication {
            case .none: configuration.certificateVerification = .none
            case .request, .verifyIfGiven: configuration.certificateVerification = .optionalVerification
            case .requireAny, .requireAndVerify: configuration.certificateVerification = .noHostnameVerification
            }
            return configuration
        }

        /// A handler for one connection.
        func makeHandler() -> NIOSSLServerHandler {
            switch clientAuthentication {
            case .none, .verifyIfGiven:
                return NIOSSLServerHandler(context: context)
            case .request, .requireAny:
                // Any certificate will do: the file says so. That there is one is seen to by the library.
                return NIOSSLServerHandler(
                    context: context,
                    customVerificationCallback: { _, promise in
                        promise.succeed(.certificateVerified)
                    }
                )
            case .requireAndVerify:
                guard !allowedNames.isEmpty else { return NIOSSLServerHandler(context: context) }
                return ._makeSSLServerHandler(context: context) { [allowedNames] certificate, channel in
                    // Verified by the time that this is called.
                    let isAllowed = !allowedNames.isDisjoint(with: Self.names(of: certificate))
                    return isAllowed
                        ? channel.eventLoop.makeSucceededVoidFuture()
                        : channel.eventLoop.makeFailedFuture(NotAllowed())
                }
            }
        }

        /// A client's certificate names nobody who is allowed in.
        struct NotAllowed: Error, CustomStringConvertible {
            var description: String { "the client's certificate has none of the names in client_allowed_sans" }
        }

        /// The subject's alternative names: host names, addresses, e-mail addresses and URIs.
        private static func names(of certificate: NIOSSLCertificate) -> [String] {
            certificate._subjectAlternativeNames().compactMap { name in
                name.contents.withUnsafeBufferPointer { bytes -> String? in
                    switch name.nameType {
                    case .ipAddress: address(bytes)
                    case .dnsName, .email, .uri: String(decoding: bytes, as: UTF8.self)
                    default: nil
                    }
                }
            }
        }

        private static func address(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
            try? SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: 0).ipAddress
        }
    }
#endif
