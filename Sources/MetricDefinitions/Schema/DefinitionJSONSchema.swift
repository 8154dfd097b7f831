/// The JSON Schema of definition files, for editors: made from the key table.
package enum DefinitionJSONSchema {
    package static var text: String {
        var members: [(String, JSONValue)] = [
            ("$schema", .string("http://json-schema.org/draft-07/schema#")),
            ("title", .string("Metric definitions")),
            ("description", .string("A definition file of metrics-generator.")),
        ]
        if case .object(let object) = schema(of: DefinitionSchema.file) {
            members += object.members.map { ($0.key, $0.value) }
        }
        return JSONValue.object(JSONMembers(members)).pretty
    }

    private static func schema(of form: ValueForm) -> JSONValue {
        switch form {
        case .text, .name: .members(["type": .string("string")])
        case .anyText: .members(["type": .strings(["string", "number", "boolean"])])
        case .count:
            .members([
                "type": .string("integer"),
                "minimum": .int(NodeReader.countRange.lowerBound),
                "maximum": .int(NodeReader.countRange.upperBound),
            ])
        case .number:
            .members([
                "anyOf": .array([
                    .members(["type": .string("number")]),
                    .members(["enum": .strings(["+Inf", "Inf", "inf", "+inf", "-Inf", "-inf", "NaN", "nan"])]),
                ])
            ])
        case .choice(_, let words): .members(["enum": .strings(words)])
        case .list(let element, _): .members(["type": .string("array"), "items": schema(of: element)])
        case .dictionary(let value, _):
            .members(["type": .string("object"), "additionalProperties": schema(of: value)])
        case .mapping(let shape): schema(of: shape)
        case .byKind(let scalar, let list, let mapping, _):
            .members(["anyOf": .array([scalar, list, mapping].compactMap { $0 }.map(schema))])
        }
    }

    private static func schema(of shape: MappingShape) -> JSONValue {
        let required = shape.keys.filter(\.isRequired).map(\.name)
        let conditions = conditions(of: shape)
        return .members([
            "type": .string("object"),
            "properties": .object(JSONMembers(shape.keys.map { ($0.name, documented($0)) })),
            "required": required.isEmpty ? nil : .strings(required),
            "additionalProperties": .bool(false),
            "minProperties": shape.takesOneKey ? .int(1) : nil,
            "maxProperties": shape.takesOneKey ? .int(1) : nil,
            "allOf": conditions.isEmpty ? nil : .array(conditions),
        ])
    }

    private static func documented(_ key: KeyShape) -> JSONValue {
        guard case .object(var object) = schema(of: key.form), !key.documentation.isEmpty else {
            return schema(of: key.form)
        }
        object.members.insert((key: "description", value: .string(key.documentation)), at: 0)
        return .object(object)
    }

    /// Keys that only some types of metric have, or that some types need.
    private static func conditions(of shape: MappingShape) -> [JSONValue] {
        shape.keys.flatMap { key -> [JSONValue] in
            var conditions: [JSONValue] = []
            if let types = key.types {
                let others: [String] = MetricType.allCases.filter { !types.contains($0) }.map(\.rawValue)
                let refusal: JSONValue = .members(["properties": .object(JSONMembers([(key.name, .bool(false))]))])
                conditions.append(condition(others, then: refusal))
            }
            if !key.requiredFor.isEmpty {
                let needed: JSONValue = .members(["required": .strings([key.name])])
                conditions.append(condition(key.requiredFor.map(\.rawValue), then: needed))
            }
            return conditions
        }
    }

    private static func condition(_ types: [String], then: JSONValue) -> JSONValue {
        let type: JSONValue = .members(["type": .members(["enum": .strings(types)])])
        return .members([
            "if": .members(["properties": type, "required": .strings(["type"])]),
            "then": then,
        ])
    }
}
