import HotPath
import Synchronization

/// The loops of the row that this process measures, made once.
enum HotPathLoops {
    private nonisolated(unsafe) static var known: [String: (reference: HotPathRow.Loop, subject: HotPathRow.Loop)] = [:]

    static func prepared(
        _ row: HotPathRow,
        in place: StoragePlace
    ) -> (reference: HotPathRow.Loop, subject: HotPathRow.Loop)? {
        if let loops = known[row.name] { return loops }
        guard place.use() else { return nil }
        let loops = row.prepare()
        loops.reference(HotPathRow.group)
        loops.subject(HotPathRow.group)
        known[row.name] = loops
        return loops
    }
}
