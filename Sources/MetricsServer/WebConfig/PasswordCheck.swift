#if Server
    import MetricsRuntime
    import NIOCore
    import NIOPosix

    #if canImport(CCrypt)
        import CCrypt
    #endif

    /// Compares passwords with bcrypt hashes, one at a time.
    ///
    /// The hashing is libxcrypt's, the system's own library for that. A thread of its own does it, since one comparison
    /// takes a tenth of a second: neither scrapes nor event loops wait, and however many guesses arrive, they keep one
    /// processor busy at most. Results are kept for the last hundred that were asked for.
    final class PasswordCheck: Sendable {
        /// Whether this system has bcrypt.
        static var isAvailable: Bool {
            #if canImport(CCrypt)
                true
            #else
                false
            #endif
        }

        /// What was asked for, part by part, so that no two questions are ever the same by chance.
        private struct Question: Hashable {
            let hash: String
            let isKnownUser: Bool
            let user: String
            let password: [UInt8]
        }

        private struct State {
            var answers: [Question: Bool] = [:]
            var order: [Question] = []
            var waiting = 0
        }

        private static let mostAnswers = 100
        /// More guesses than this do not wait.
        private static let mostWaiting = 32

        private let pool = NIOThreadPool(numberOfThreads: 1)
        private let lock = Lock()
        private nonisolated(unsafe) var state = State()

        init() {
            pool.start()
        }

        deinit {
            pool.shutdownGracefully { _ in }
        }

        /// How a comparison ended.
        enum Outcome {
            case right, wrong
            /// Too many others wait.
            case busy
        }

        /// Whether that user has that password.
        ///
        /// For a user whom nobody knows the hash of another one is compared, so that names cannot be told from the time.
        func check(user: String, password: [UInt8], among users: [String: String]) async -> Outcome {
            guard let hash = users[user] ?? users.min(by: { $0.key < $1.key })?.value else { return .wrong }
            let question = Question(hash: hash, isKnownUser: users[user] != nil, user: user, password: password)
            enum Step { case known(Bool), wait, busy }
            let step = lock.withLock { () -> Step in
                if let known = state.answers[question] { return .known(known) }
                guard state.waiting < Self.mostWaiting else { return .busy }
                state.waiting += 1
                return .wait
            }
            switch step {
            case .known(let isRight): return isRight ? .right : .wrong
            case .busy: return .busy
            case .wait: break
            }
            let isEqual = (try? await pool.runIfActive { Self.compare(password, with: hash) }) ?? false
            let isRight = isEqual && question.isKnownUser
            lock.withLock {
                state.waiting -= 1
                guard state.answers.updateValue(isRight, forKey: question) == nil else { return }
                state.order.append(question)
                if state.order.count > Self.mostAnswers { state.answers[state.order.removeFirst()] = nil }
            }
            return isRight ? .right : .wrong
        }

        /// Whether bcrypt makes that hash of the password; compares every byte, wherever the first difference is.
        static func compare(_ password: [UInt8], with hash: String) -> Bool {
            #if canImport(CCrypt)
                // What bcrypt would not look at must not count as right: a zero ends a C string, and it takes 72 bytes.
                let isUsable = !password.contains(0) && password.count <= 72
                let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
                defer { data.deallocate() }
                UnsafeMutableRawPointer(data).initializeMemory(
                    as: UInt8.self,
                    repeating: 0,
                    count: MemoryLayout<crypt_data>.size
                )
                var phrase = isUsable ? password.map { CChar(bitPattern: $0) } : []
                phrase.append(0)
                defer { for index in phrase.indices { phrase[index] = 0 } }
                guard let result = crypt_r(phrase, hash, data) else { return false }
                let made = String(cString: result).utf8
                guard made.count == hash.utf8.count else { return false }
                let difference = zip(made, hash.utf8).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) }
                return difference == 0 && isUsable
            #else
                return false
            #endif
        }
    }
#endif
