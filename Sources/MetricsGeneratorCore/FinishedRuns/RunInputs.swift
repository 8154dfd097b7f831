internal import MetricDefinitions

/// All that decides what a run of `generate` makes.
struct RunInputs {
    /// The options and the whole files, with their paths, which stand in the outputs.
    let bytes: [UInt8]
    /// A number of the output folder and the target, the same in every process.
    let key: UInt64

    /// - Returns: `nil` where it cannot be told which folder the output's path leads to.
    init?(_ run: GenerateRun, sources: [SourceFile], templates: [SourceFile]) {
        guard let current = FileSystem.currentDirectory else { return nil }
        var place = SectionWriter()
        place.append(names: [current, run.output, run.target])
        // FNV-1a.
        key = place.bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        var all = place
        all.append(names: [run.registryName])
        for files in [sources, templates] {
            all.append(names: files.map(\.path))
            for file in files { all.append(file.bytes) }
        }
        bytes = all.bytes
    }
}
