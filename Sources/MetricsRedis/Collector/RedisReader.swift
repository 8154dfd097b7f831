#if Redis
    import MetricsRuntime

    /// Reads the hashes of all instances.
    struct RedisReader: Sendable {
        let link: RedisLink
        let keys: RedisKeys
        let address: RedisSettings.Address

        /// How many hashes are asked for at once: what Redis has to hold for us is bounded by it.
        private static let window = 256

        /// Reads everything.
        ///
        /// An instance that is archived meanwhile might be missed, or be there twice. So what was read counts only if
        /// nothing was archived between its beginning and its end.
        ///
        /// - Parameters:
        ///   - filter: Which instances are read.
        ///   - atOnce: Whether archive and pages are read in one transaction, in which nothing is archived. It keeps Redis
        ///     from answering others meanwhile.
        /// - Returns: `nil` where an instance was archived in the middle of it.
        func read(_ filter: RedisInstanceFilter, atOnce: Bool) async throws(RedisError) -> RedisContents? {
            var pipeline = RESPPipeline()
            pipeline.append("GET", keys.format)
            pipeline.append("GET", keys.archivings)
            pipeline.append("HGETALL", keys.instances)
            pipeline.append("ZRANGE", keys.remainsIndex, "0", "-1")
            pipeline.append("HGETALL", keys.types)
            let heads = try await send(pipeline)
            if let version = heads[0].text, version != RedisKeys.format {
                throw RedisError(
                    .format,
                    server: address,
                    "version \(version.debugDescription) in key \(keys.format.debugDescription)"
                )
            }
            let listing = try RedisListing(reply: heads[2], address: address)
            let shown = listing.instances.filter { filter.shows($0.id) }
            var remains = (heads[3].elements ?? []).compactMap(\.text).filter(filter.shows)
            // In a transaction those count that are archived before it begins.
            if atOnce { remains += shown.map(\.id) }

            let archives = filter.isAll ? keys.archives : []
            var commands: [(name: String, key: String)] = archives.map { ("HGETALL", $0) }
            for entry in shown {
                commands.append(("EXISTS", keys.lease(entry.id)))
                commands += (0..<entry.pages).map { ("HGETALL", keys.page(entry.id, $0)) }
            }
            commands += remains.map { ("HGETALL", keys.remains($0)) }
            commands.append(("GET", keys.archivings))
            var replies = try await (atOnce ? sendAtOnce(commands) : sendInWindows(commands))[...]
            guard replies.count == commands.count, let archivings = replies.popLast() else {
                throw RedisError(.violation, server: address, "a transaction without replies")
            }
            guard atOnce || archivings == heads[1] else { return nil }

            var contents = RedisContents(types: heads[4])
            for _ in archives {
                if let archive = replies.popFirst() { contents.add(archive, instance: "archive", isAlive: false) }
            }
            for entry in shown {
                let isAlive = replies.popFirst() == .integer(1)
                for _ in 0..<entry.pages {
                    if let page = replies.popFirst() { contents.add(page, instance: entry.id, isAlive: isAlive) }
                }
            }
            for (id, reply) in zip(remains, replies) { contents.add(reply, instance: id, isAlive: false) }
            return contents
        }

        private func sendAtOnce(_ commands: [(name: String, key: String)]) async throws(RedisError) -> [RESPValue] {
            var pipeline = RESPPipeline()
            pipeline.append("MULTI")
            for command in commands { pipeline.append(command.name, command.key) }
            pipeline.append("EXEC")
            return try await send(pipeline).last?.elements ?? []
        }

        private func sendInWindows(_ commands: [(name: String, key: String)]) async throws(RedisError) -> [RESPValue] {
            var replies: [RESPValue] = []
            for start in stride(from: 0, to: commands.count, by: Self.window) {
                var pipeline = RESPPipeline()
                for command in commands[start..<min(start + Self.window, commands.count)] {
                    pipeline.append(command.name, command.key)
                }
                replies += try await send(pipeline)
            }
            return replies
        }

        /// Sends commands none of which may be refused.
        private func send(_ pipeline: RESPPipeline) async throws(RedisError) -> [RESPValue] {
            let replies = try await link.send(pipeline)
            for reply in replies {
                if let refusal = reply.refusal { throw RedisError(refusal: refusal, server: address) }
            }
            return replies
        }
    }
#endif
