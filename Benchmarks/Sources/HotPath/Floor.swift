internal import MetricsRuntime
internal import Synchronization

/// The least that an update can be: bare instructions on the cell that the update itself works on.
enum Floor {
    /// Adds 1 to a `Double` by compare-and-swap.
    static func add(_ cell: _CellPointer) -> HotPathRow.Loop {
        { count in
            for _ in 0..<count {
                var current = cell.pointee.load(ordering: .relaxed)
                while true {
                    let sum = (Double(bitPattern: current) + 1).bitPattern
                    let result = cell.pointee.weakCompareExchange(expected: current, desired: sum, ordering: .relaxed)
                    if result.exchanged { break }
                    current = result.original
                }
            }
        }
    }

    /// Stores a value, relaxed: the plain instruction.
    static func store(_ cell: _CellPointer) -> HotPathRow.Loop {
        { count in
            for index in 0..<count {
                cell.pointee.store(Double(index).bitPattern, ordering: .relaxed)
            }
        }
    }
}
