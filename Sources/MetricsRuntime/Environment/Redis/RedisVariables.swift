/// Reads the settings of Redis from environment variables.
///
/// Nothing but the two that switch Redis on is looked at where it is off: Kubernetes, for one, sets `REDIS_PORT` in
/// every container beside a service named redis, to a URL.
struct RedisVariables {
    private let variables: [String: String]
    private(set) var problems: [MetricsEnvironmentProblem] = []

    init(_ variables: [String: String]) {
        self.variables = variables
    }

    /// The settings, or `nil` where Redis is off or something is wrong with them.
    mutating func settings() -> RedisSettings? {
        let url = text(.redisURL)
        guard flag(.redisEnabled) ?? (url != nil), problems.isEmpty else { return nil }
        let password = text(.redisPassword).map(RedisSecret.init)
        var settings = RedisSettings(password: password)
        if let url {
            do throws(RedisURLError) {
                settings = try RedisSettings(url: url, password: password)
            } catch {
                report(.redisURL, hiding: true, error.reason, RedisURLError.remedy)
            }
        } else {
            readAddress(&settings)
        }
        if let prefix = variables[EnvironmentVariable.redisKeyPrefix.rawValue] {
            if prefix.isEmpty {
                report(.redisKeyPrefix, "is empty", "name the app, or leave the variable out")
            }
            settings.keyPrefix = prefix
        }
        readLease(&settings)
        return problems.isEmpty ? settings : nil
    }

    private mutating func readAddress(_ settings: inout RedisSettings) {
        let host = text(.redisHost) ?? "127.0.0.1"
        if let fault = EndpointAddress.fault(in: host) {
            report(.redisHost, fault, "give a host name or an IP address, and the port in REDIS_PORT")
        }
        let kubernetes =
            "give a whole number from 1 to 65535 (Kubernetes sets this variable beside a service named redis: rename "
            + "the service, or set enableServiceLinks to false)"
        let port = number(.redisPort, in: 1...65535, kubernetes) ?? RedisSettings.defaultPort
        settings.address = .tcp(host: EndpointAddress.withoutBrackets(host), port: port)
        settings.database = number(.redisDatabase, in: 0...Int(Int32.max), "give the number of a database") ?? 0
    }

    private mutating func readLease(_ settings: inout RedisSettings) {
        let isDisabled = flag(.redisTTLDisabled) ?? false
        let range = 1...(365 * 86_400)
        let remedy =
            "give whole seconds from 1 to \(range.upperBound); REDIS_TTL_DISABLED=true lets leases last for ever"
        let seconds = number(.redisTTL, in: range, remedy)
        settings.lease = isDisabled ? nil : seconds.map { .seconds($0) } ?? RedisSettings.defaultLease
    }

    // MARK: Values

    /// The value of a variable; an empty one is as good as none, as composed environments have it.
    private func text(_ variable: EnvironmentVariable) -> String? {
        variables[variable.rawValue].flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func flag(_ variable: EnvironmentVariable) -> Bool? {
        guard let text = text(variable) else { return nil }
        switch text.trimmingBlanks().lowercased() {
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default:
            report(variable, "is neither yes nor no", "write true, 1, yes or on; or false, 0, no or off")
            return nil
        }
    }

    private mutating func number(_ variable: EnvironmentVariable, in range: ClosedRange<Int>, _ remedy: String) -> Int?
    {
        guard let text = text(variable) else { return nil }
        guard let number = Self.wholeNumber(text.trimmingBlanks()) else {
            report(variable, "is not a whole number", remedy)
            return nil
        }
        guard range.contains(number) else {
            report(variable, "is out of range", remedy)
            return nil
        }
        return number
    }

    private mutating func report(
        _ variable: EnvironmentVariable,
        hiding isSecret: Bool = false,
        _ reason: String,
        _ remedy: String
    ) {
        let value = variables[variable.rawValue]
        problems.append(
            MetricsEnvironmentProblem(
                variable,
                value: isSecret ? RedisSecret("").description : value,
                reason: reason,
                remedy: remedy
            )
        )
    }

    /// The number that a text of decimal digits says, and nothing else.
    static func wholeNumber(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
