import MetricsRuntime
import Testing

@Suite("Entries")
struct MultiprocessEntryTests {
    /// Whoever takes a dead process' file over writes all its entries anew: copying all of them with each one makes
    /// that a matter of half a minute for 100 000 series.
    @Test("An array that entries are appended to grows a few times, and not with each of them")
    func growth() {
        let key = [UInt8](repeating: 0x61, count: 100)
        var bytes: [UInt8] = []
        var growths = 0
        for _ in 0..<10_000 {
            let capacity = bytes.capacity
            MultiprocessEntry.append(key: key, value: 1, timestamp: 0, to: &bytes)
            if bytes.capacity != capacity { growths += 1 }
        }
        #expect(bytes.count == 10_000 * MultiprocessEntry.length(keyLength: key.count))
        #expect(growths <= 40)
    }
}
