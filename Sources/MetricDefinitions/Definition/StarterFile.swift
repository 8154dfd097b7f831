/// A first definition file, which says in comments what can be written.
package enum StarterFile {
    /// Whether the file would be clean with this namespace.
    package static func isNamespace(_ text: String) -> Bool {
        let words = text.split(separator: "_", omittingEmptySubsequences: false)
        return text.utf8.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } == true
            && words.allSatisfy { word in
                !word.isEmpty
                    && word.utf8.allSatisfy { byte in
                        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    }
            }
    }

    /// The file's text; `namespace` begins every name in it.
    package static func text(namespace: String) -> String {
        """
        # Metrics of \(namespace). Check with 'metrics-generator validate', make Swift with
        # 'metrics-generator generate --output Sources/<target>/Generated'.

        # Every name in this file starts with it; Swift names leave it out.
        namespace: \(namespace)

        # Who may use the generated code: public (the default), package or internal.
        access: internal

        # Labels that several metrics share. Each closed set becomes one Swift enum.
        label_sets:
          method:
            documentation: HTTP request method
            values: [GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS]
            other: OTHER            # the value for anything else

        metrics:
          # In Swift: OpenConnections.inc(), .dec(), .set(12)
          - name: \(namespace)_open_connections
            type: gauge
            documentation: Connections that are open now
            multiprocess_mode: livesum   # how the values of several processes are merged

          # In Swift: RequestDuration.observe(0.25), or RequestDuration.time { … }
          - name: \(namespace)_request_duration_seconds
            type: histogram
            documentation: Time from the request's first byte to the answer's last one
            unit: seconds           # the name ends in it
            buckets: web            # a preset; or a list, as [0.1, 0.5, 1]; or {exponential: {start: 0.01, factor: 2, count: 10}}

          # In Swift: Requests.inc(method: .get, route: "/users/{id}")
          - name: \(namespace)_requests_total
            type: counter
            documentation: Requests that were answered, whatever the answer
            labels:
              - method              # the label set of that name
              - name: route
                documentation: Route template, never the raw path
                max_values: 100     # more values become __overflow__

        """
    }
}
