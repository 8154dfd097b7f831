import Testing
import WorkerMetrics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("The figures of this process")
struct ProcessReaderTests {
    private let reader = PlatformProcessReader()

    @Test("memory is the resident memory, and grows with what is touched")
    func memory() throws {
        let size = 64 << 20
        let before = try reader.residentBytes()
        let block = try #require(malloc(size))
        memset(block, 1, size)
        let after = try reader.residentBytes()
        free(block)

        #expect(before > 1 << 20)
        #expect(after > before / 2 + UInt64(size) / 2)
    }

    @Test("processor time grows with work, and the age with time")
    func times() throws {
        let before = try reader.times()
        var now = before
        var value: UInt64 = 1
        // Until a tick of the system's clock has gone by, however long that takes on this machine.
        for _ in 0..<100_000 where now.processorTime == before.processorTime {
            for _ in 0..<100_000 { value = value &* 6_364_136_223_846_793_005 &+ 1 }
            now = try reader.times()
        }
        #expect(value != 0)
        #expect(now.processorTime > before.processorTime)
        #expect(now.age > before.age)
        #expect(before.age > .zero)
        // A process cannot be older than the system.
        #expect(before.age < .seconds(10 * 365 * 86_400))
    }
}
