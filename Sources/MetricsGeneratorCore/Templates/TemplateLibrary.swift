internal import MetricDefinitions
internal import MetricsGeneratorTemplates
internal import Mustache

/// The templates of a run: the embedded ones, and those of a folder that override them by name.
package struct TemplateLibrary: Sendable {
    /// Why a template cannot be used.
    package enum LoadError: Error, CustomStringConvertible, Sendable {
        case unreadable(FileError)
        case notUTF8(path: String)

        package var description: String {
            switch self {
            case .unreadable(let error): "\(error.description): name a folder of templates with --templates"
            case .notUTF8(let path): "the template \(path) is not UTF-8"
            }
        }
    }

    static let fileExtension = ".mustache"
    /// Mustache escapes for HTML unless it is told not to.
    private static let pragma = "{{% CONTENT_TYPE:TEXT}}"

    private var files: [String: SourceFile] = [:]

    /// The embedded templates.
    package init() {
        for (name, bytes) in MetricsGeneratorTemplates.all {
            files[name] = SourceFile(path: "(embedded)/\(name)\(Self.fileExtension)", bytes: bytes)
        }
    }

    /// The embedded templates, and above them all `.mustache` files of a folder.
    package init(overridesIn directory: String) throws(LoadError) {
        try self.init(overrides: Self.files(in: directory))
    }

    /// The embedded templates, and above them those of the files.
    init(overrides: [SourceFile]) throws(LoadError) {
        self.init()
        for file in overrides {
            guard String(validating: file.bytes, as: UTF8.self) != nil else { throw .notUTF8(path: file.path) }
            let name = file.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { file.path[$0...].dropFirst() }
            // A byte order mark is no text of the output.
            let text = YAMLReader.withoutByteOrderMark(file.bytes)
            files[String((name ?? file.path[...]).dropLast(Self.fileExtension.count))] =
                SourceFile(path: file.path, bytes: text)
        }
    }

    /// All `.mustache` files of a folder, sorted by name.
    static func files(in directory: String) throws(LoadError) -> [SourceFile] {
        var files: [SourceFile] = []
        do throws(FileError) {
            for name in try FileSystem.names(in: directory) where name.hasSuffix(fileExtension) {
                let path = FileSystem.join(directory, name)
                files.append(SourceFile(path: path, bytes: try FileSystem.read(path)))
            }
        } catch {
            throw .unreadable(error)
        }
        return files
    }

    /// Templates by name, for tests.
    package init(_ templates: [String: String]) {
        self.init()
        for (name, text) in templates {
            files[name] = SourceFile(path: "\(name)\(Self.fileExtension)", text: text)
        }
    }

    /// The templates that make files, sorted by name.
    func outputs() throws(OutputTargetError) -> [(name: String, pattern: OutputPattern)] {
        var outputs: [(name: String, pattern: OutputPattern)] = []
        for (name, file) in files.sorted(by: { $0.key < $1.key }) {
            do throws(InvalidPattern) {
                let pattern = try OutputPattern(template: file.bytes)
                if let pattern { outputs.append((name, pattern)) }
            } catch {
                throw .invalidOutput(template: file.path, reason: error.description)
            }
        }
        return outputs
    }

    /// The embedded templates as files, sorted by name.
    package var sources: [OutputFile] {
        files.sorted { $0.key < $1.key }.map { name, file in
            OutputFile(name: name + Self.fileExtension, bytes: file.bytes)
        }
    }

    /// Whether a template says what to do with lines that no formatter could break.
    func mentionsUnbreakableLines(_ name: String) -> Bool {
        guard let file = files[name] else { return false }
        return file.bytes.firstIndex(of: Array("hasUnbreakableLines".utf8), from: 0) != nil
    }

    /// The templates' problems, where each is rendered with its scope.
    func check(_ entryPoints: [(name: String, schema: ContextSchema)]) -> DiagnosticReport {
        let sources = files.values.sorted { $0.path < $1.path }
        var check = TemplateCheck(files, sources: sources)
        for (name, schema) in entryPoints { check.check(name, against: schema) }
        return DiagnosticReport(sources: sources, diagnostics: check.sink.diagnostics)
    }

    /// Templates with all that they include, ready to render, once `check` found nothing.
    ///
    /// Mustache takes long to read a template, and the longer the more: what looks for the end of a tag counts the
    /// characters of the rest of the template. So only what is needed is read, and what is long is cut into templates
    /// that are included.
    ///
    /// - Parameters:
    ///   - unused: Sections that are never rendered; Mustache takes an absent template for an empty one.
    func compile(_ names: [String], unused: Set<String> = []) throws(TemplateError) -> CompiledTemplates {
        var library = MustacheLibrary()
        var open = names
        var seen: Set<String> = []
        while let name = open.popLast() {
            guard seen.insert(name).inserted, let file = files[name] else { continue }
            let text = String(decoding: file.bytes, as: UTF8.self)
            do {
                try library.register(text.hasPrefix("{{%") ? text : Self.pragma + "\n" + text, named: name)
            } catch {
                throw TemplateError(path: file.path, reason: "the template cannot be read: \(error)")
            }
            var hidden: [String] = []
            for tag in (try? TemplateTagScanner.tags(in: file.bytes)) ?? [] {
                switch tag.kind {
                case .section where unused.contains(tag.name): hidden.append(tag.name)
                case .end where tag.name == hidden.last: hidden.removeLast()
                case .partial where hidden.isEmpty: open.append(tag.name)
                default: break
                }
            }
        }
        return CompiledTemplates(library: library)
    }
}

/// A template that Mustache refuses, though its tags are in order, or that makes what another one makes.
package struct TemplateError: Error, CustomStringConvertible, Sendable {
    package var path: String
    package var reason: String

    package var description: String { "\(path): \(reason)" }
}

/// Templates that can be rendered.
struct CompiledTemplates {
    let library: MustacheLibrary

    /// The output of a template for one scope.
    func render(_ name: String, _ context: some TemplateContext) throws(TemplateError) -> String {
        guard let text = library.render(context, withTemplate: name) else {
            throw TemplateError(path: name, reason: "there is no template of that name")
        }
        return text
    }
}
