#if Server
    import NIOSSL

    /// What a `web.config` file says: who may ask, over what, and what every answer carries.
    ///
    /// Keys and meaning are those of Prometheus' exporter-toolkit. Beyond it, what would be unsafe is refused: passwords over
    /// plain HTTP to other machines, versions of TLS before 1.2, private keys that everybody on the machine may read, and
    /// names of clients whose certificates nobody verifies. HTTP/2 is not served; `http2` is taken for the sake of files that
    /// have it.
    struct WebConfiguration {
        /// Whether a client has to show a certificate.
        enum ClientAuthentication: String, CaseIterable {
            case none = "NoClientCert"
            case request = "RequestClientCert"
            case requireAny = "RequireAnyClientCert"
            case verifyIfGiven = "VerifyClientCertIfGiven"
            case requireAndVerify = "RequireAndVerifyClientCert"
        }

        /// The section `tls_server_config`.
        struct TLS {
            var certificates: [NIOSSLCertificate] = []
            var key: NIOSSLPrivateKey
            var clientAuthentication = ClientAuthentication.none
            var clientCertificateAuthorities: [NIOSSLCertificate] = []
            var allowedNames: [String] = []
            var minimumVersion = TLSVersion.tlsv12
            var maximumVersion = TLSVersion.tlsv13
            var cipherSuites: [NIOTLSCipher] = []
            var curves: [NIOTLSCurve] = []
        }

        /// The section `rate_limit`.
        struct RateLimit: Equatable {
            var interval: Duration
            var burst: Int
        }

        var tls: TLS?
        var headers: [(name: String, value: String)] = []
        /// Users and the bcrypt hashes of their passwords.
        var users: [String: String] = [:]
        var rateLimit: RateLimit?
        /// The files that it was read from; a change of one makes it stale.
        var files: [String] = []
    }
#endif
