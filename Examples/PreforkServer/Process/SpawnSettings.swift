#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What happens to a child's descriptors before its program begins.
final class SpawnFileActions {
    #if canImport(Darwin)
        typealias Storage = posix_spawn_file_actions_t?
    #else
        typealias Storage = posix_spawn_file_actions_t
    #endif
    let pointer = UnsafeMutablePointer<Storage>.allocate(capacity: 1)

    init() {
        posix_spawn_file_actions_init(pointer)
    }

    deinit {
        posix_spawn_file_actions_destroy(pointer)
        pointer.deallocate()
    }

    /// Gives the child a descriptor under another number.
    func duplicate(_ descriptor: Int32, to number: Int32) throws(SystemCallError) {
        let code = posix_spawn_file_actions_adddup2(pointer, descriptor, number)
        guard code == 0 else { throw SystemCallError("pass on descriptor \(descriptor)", code: code) }
    }

    /// Closes what this process has open from that number on, so that a child holds nothing open that others wait for the
    /// end of: what libraries open is not always marked to be closed.
    func closeAll(from number: Int32) throws(SystemCallError) {
        for descriptor in number..<Self.highestInherited where fcntl(descriptor, F_GETFD) >= 0 {
            let code = posix_spawn_file_actions_addclose(pointer, descriptor)
            guard code == 0 else { throw SystemCallError("close descriptor \(descriptor) of a child", code: code) }
        }
    }

    /// Beyond the descriptors that a server of this size has open when it starts its workers.
    private static let highestInherited: Int32 = 1024
}

/// What a child's signals and its group are when its program begins.
final class SpawnAttributes {
    #if canImport(Darwin)
        typealias Storage = posix_spawnattr_t?
    #else
        typealias Storage = posix_spawnattr_t
    #endif
    let pointer = UnsafeMutablePointer<Storage>.allocate(capacity: 1)

    /// Signals with their default effect, none of them blocked but the given ones, whatever this process does with its.
    init(blockedSignals: Set<Int32>, ownGroup: Bool) throws(SystemCallError) {
        posix_spawnattr_init(pointer)
        var blocked = SignalSet(blockedSignals).set
        posix_spawnattr_setsigmask(pointer, &blocked)
        var defaults = SignalSet(SignalSet.handled).set
        posix_spawnattr_setsigdefault(pointer, &defaults)
        var flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
        if ownGroup { flags |= Int16(POSIX_SPAWN_SETPGROUP) }
        let code = posix_spawnattr_setflags(pointer, flags)
        guard code == 0 else { throw SystemCallError("set the signals of a child", code: code) }
    }

    deinit {
        posix_spawnattr_destroy(pointer)
        pointer.deallocate()
    }
}
