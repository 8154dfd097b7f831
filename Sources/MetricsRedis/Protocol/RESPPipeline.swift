#if Redis
    import NIOCore

    /// Commands that are sent together; their replies come in the same order.
    struct RESPPipeline: Sendable {
        /// The commands as they are sent.
        private(set) var bytes = ByteBuffer()
        /// How many commands there are, and so replies.
        private(set) var count = 0

        /// Appends a command of texts.
        mutating func append(_ words: String...) {
            begin(words.count)
            for word in words { add(word.utf8) }
        }

        /// Begins a command of so many words, which ``add(_:)`` gives it.
        mutating func begin(_ words: Int) {
            bytes.writeString("*\(words)\r\n")
            count += 1
        }

        /// Adds a word to the command begun last; any bytes.
        mutating func add(_ word: some Collection<UInt8>) {
            bytes.writeString("$\(word.count)\r\n")
            bytes.writeBytes(word)
            bytes.writeString("\r\n")
        }

        /// Adds a word to the command begun last.
        mutating func add(_ word: String) {
            add(word.utf8)
        }
    }
#endif
