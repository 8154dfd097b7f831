/// The templates that make each output, embedded so that the generator runs from anywhere.
package enum MetricsGeneratorTemplates {
    /// The template's name, which its file has before the extension, and its text.
    package static let all: KeyValuePairs<String, [UInt8]> = [
        "grafana": PackageResources.grafana_mustache,
        "markdown": PackageResources.markdown_mustache,
        "python": PackageResources.python_mustache,
        "rules": PackageResources.rules_mustache,
        "swift-definitions": PackageResources.swift_definitions_mustache,
        "swift-label-type": PackageResources.swift_label_type_mustache,
        "swift-metric": PackageResources.swift_metric_mustache,
        "swift-operations": PackageResources.swift_operations_mustache,
        "swift-operations-counter": PackageResources.swift_operations_counter_mustache,
        "swift-operations-gauge": PackageResources.swift_operations_gauge_mustache,
        "swift-operations-info": PackageResources.swift_operations_info_mustache,
        "swift-operations-mostrecent": PackageResources.swift_operations_mostrecent_mustache,
        "swift-operations-observed": PackageResources.swift_operations_observed_mustache,
        "swift-operations-progress": PackageResources.swift_operations_progress_mustache,
        "swift-operations-stateset": PackageResources.swift_operations_stateset_mustache,
        "swift-operations-timed": PackageResources.swift_operations_timed_mustache,
        "swift-operations-unknown": PackageResources.swift_operations_unknown_mustache,
        "swift-operations-value": PackageResources.swift_operations_value_mustache,
        "swift-registry": PackageResources.swift_registry_mustache,
    ]
}
