import Foundation
import Testing
import WorkerMetrics

#if canImport(FoundationEssentials)
    import FoundationEssentials
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("What errors count as")
struct ErrorTypeMappingTests {
    private struct Unknown: Error {}
    private struct Own: WorkerErrorConvertible {
        let workerErrorType: ErrorType
    }
    private enum PoolError: Error { case exhausted, closed }

    @Test("an error that nobody knows is a request error")
    func unknown() {
        #expect(ErrorTypeMapping.standard.errorType(of: Unknown()) == .requestError)
        #expect(ErrorTypeMapping.standard.errorType(of: CancellationError()) == .requestError)
    }

    @Test("an error may say it itself", arguments: ErrorType.allCases)
    func convertible(_ type: ErrorType) {
        #expect(ErrorTypeMapping.standard.errorType(of: Own(workerErrorType: type)) == type)
    }

    @Test("limits of a server say what kind they are")
    func limits() {
        let mapping = ErrorTypeMapping.standard
        #expect(mapping.errorType(of: WorkerLimitError.deadlineExceeded(limit: .seconds(1))) == .timeoutError)
        #expect(mapping.errorType(of: WorkerLimitError.memoryExhausted(limit: 1)) == .memoryError)
        #expect(mapping.errorType(of: WorkerLimitError.cpuTimeExceeded(limit: .seconds(1))) == .cpuError)
        #expect("\(WorkerLimitError.memoryExhausted(limit: 512))".contains("512 bytes"))
    }

    @Test(
        "error numbers of the system",
        arguments: [
            (POSIXErrorCode.ETIMEDOUT, ErrorType.timeoutError), (.ENOMEM, .memoryError), (.EPIPE, .requestError),
        ]
    )
    func systemErrors(_ code: POSIXErrorCode, _ type: ErrorType) {
        let mapping = ErrorTypeMapping.standard
        #expect(mapping.errorType(of: POSIXError(code)) == type)
        #expect(mapping.errorType(of: NSError(domain: NSPOSIXErrorDomain, code: Int(code.rawValue))) == type)
    }

    @Test("URL loading that timed out is a time-out")
    func urlErrors() {
        #expect(
            ErrorTypeMapping.standard.errorType(of: NSError(domain: "NSURLErrorDomain", code: -1001)) == .timeoutError
        )
        #expect(
            ErrorTypeMapping.standard.errorType(of: NSError(domain: "NSURLErrorDomain", code: -1004)) == .requestError
        )
        #expect(ErrorTypeMapping.standard.errorType(of: NSError(domain: "other", code: 12)) == .requestError)
    }

    @Test("a rule for a type of error")
    func typeRule() {
        let mapping = ErrorTypeMapping.standard.adding(PoolError.self, as: .timeoutError)
        #expect(mapping.errorType(of: PoolError.closed) == .timeoutError)
        #expect(mapping.errorType(of: Unknown()) == .requestError)
        #expect(ErrorTypeMapping.standard.errorType(of: PoolError.closed) == .requestError)
    }

    @Test("rules come before what errors say themselves, the last added first")
    func order() {
        let mapping = ErrorTypeMapping.standard
            .adding { $0 is PoolError ? .timeoutError : nil }
            .adding { $0 as? PoolError == .exhausted ? .memoryError : nil }
            .adding(Own.self, as: .other)
        #expect(mapping.errorType(of: PoolError.exhausted) == .memoryError)
        #expect(mapping.errorType(of: PoolError.closed) == .timeoutError)
        #expect(mapping.errorType(of: Own(workerErrorType: .cpuError)) == .other)
    }
}
