/// Why an endpoint does not listen.
public struct MetricsServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of reasons.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case invalidAddress, invalidPort, unknownHost, addressNotAvailable, portInUse, notPermitted, failed
        }

        private let kind: Kind

        /// The address cannot be one: it is empty, or holds a port or characters that no address has.
        public static let invalidAddress = Code(kind: .invalidAddress)
        /// The port is not from 0 to 65535.
        public static let invalidPort = Code(kind: .invalidPort)
        /// The host name has no address.
        public static let unknownHost = Code(kind: .unknownHost)
        /// This machine does not have the address.
        public static let addressNotAvailable = Code(kind: .addressNotAvailable)
        /// Another socket listens on the port.
        public static let portInUse = Code(kind: .portInUse)
        /// The process may not listen on the port.
        public static let notPermitted = Code(kind: .notPermitted)
        /// The system refused for another reason, which ``MetricsServerError/detail`` names.
        public static let failed = Code(kind: .failed)

        /// The code's name.
        public var description: String { kind.rawValue }
    }

    /// The kind of reason.
    public let code: Code
    /// The address that was asked for.
    public let host: String
    /// The port that was asked for.
    public let port: Int
    /// What the system said, or an empty text.
    public let detail: String

    init(_ code: Code, host: String, port: Int, detail: String = "") {
        self.code = code
        self.host = host
        self.port = port
        self.detail = detail
    }

    /// What failed, why, and how to mend it, in one line.
    public var description: String {
        let address = host.debugDescription
        let place = "cannot listen on \(MetricsServerAddress(host: host, port: port))"
        switch code {
        case .invalidAddress:
            return "cannot listen on the address \(address): it \(detail); "
                + "give an IP address or host name without a port, such as 127.0.0.1"
        case .invalidPort:
            return "cannot listen on port \(port): it is out of range; "
                + "give a whole number from 0 to 65535 (0 lets the system choose a free port)"
        case .unknownHost:
            return "\(place): the host name \(address) has no address; give an IP address such as 127.0.0.1"
        case .addressNotAvailable:
            return "\(place): this machine has no such address; "
                + "give one of its own, 127.0.0.1 (this machine alone) or 0.0.0.0 (every network)"
        case .portInUse:
            return "\(place): the port is in use; end the program that listens there, or choose another port "
                + "(0 lets the system choose)"
        case .notPermitted:
            return "\(place): this process may not listen there; choose a port from 1024 up, or grant it "
                + "CAP_NET_BIND_SERVICE"
        default:
            return "\(place): \(detail)"
        }
    }
}
