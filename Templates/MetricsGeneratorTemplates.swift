package enum MetricsGeneratorTemplates {}
