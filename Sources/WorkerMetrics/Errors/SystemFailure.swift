// POSIXError is Foundation's alone and hides its code from everybody else; the Essentials bring it without ICU.
#if canImport(FoundationEssentials)
    import FoundationEssentials
#elseif canImport(Foundation)
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What an error of the system says about its cause, where it says anything that is counted apart.
enum SystemFailure {
    case timeout
    case outOfMemory

    /// Reads the code of an error of the system or of Foundation's URL loading; `nil` for every other error.
    init?(_ error: any Error) {
        if let error = error as? POSIXError {
            self.init(errno: error.code.rawValue)
            return
        }
        // The domain and code that every error has: those of `NSError`, and of `Errno` in swift-system.
        switch error._domain {
        case "NSPOSIXErrorDomain", "SystemPackage.Errno", "System.Errno":
            self.init(errno: Int32(truncatingIfNeeded: error._code))
        case "NSURLErrorDomain" where error._code == -1001:  // NSURLErrorTimedOut
            self = .timeout
        default:
            return nil
        }
    }

    private init?(errno: Int32) {
        switch errno {
        case ETIMEDOUT, ETIME: self = .timeout
        case ENOMEM: self = .outOfMemory
        default: return nil
        }
    }

    var errorType: ErrorType {
        switch self {
        case .timeout: .timeoutError
        case .outOfMemory: .memoryError
        }
    }
}
