/// The templates that make each output, embedded so that the generator runs from anywhere.
package enum MetricsGeneratorTemplates {
    /// The template's name, which its file has before the extension, and its text.
    package static let all: KeyValuePairs<String, [UInt8]> = [
        "grafana": PackageResources.grafana_mustache,
        "markdown": PackageResources.markdown_mustache,
        "python": PackageResources.python_mustache,
        "rules": PackageResources.rules_mustache,
        "swift-definitions": PackageResources.swift_definitions_mustache,
        "swift-registry": PackageResources.swift_registry_mustache,
    ]
}
