/// Packs a body piece by piece.
package protocol BodyCompressor: AnyObject {
    /// Takes bytes in and appends what there is of the packed body; `isLast` ends it.
    func compress(_ bytes: [UInt8], isLast: Bool, to result: inout [UInt8]) throws
}
