#if Server && canImport(CCrypt)
    import CCrypt
#endif

/// Makes hashes for configurations of tests.
enum BcryptMaker {
    /// The hash of a password; `nil` where the system has no bcrypt.
    static func hash(_ password: String, cost: Int) -> String? {
        #if Server && canImport(CCrypt)
            let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
            defer { data.deallocate() }
            UnsafeMutableRawPointer(data).initializeMemory(
                as: UInt8.self,
                repeating: 0,
                count: MemoryLayout<crypt_data>.size
            )
            let salt = "$2y$\(cost < 10 ? "0" : "")\(cost)$abcdefghijklmnopqrstuu"
            return crypt_r(password, salt, data).map { String(cString: $0) }
        #else
            return nil
        #endif
    }
}
