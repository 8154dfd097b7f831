#if Redis
    import MetricsRuntime

    /// Moves what dead instances left into the archive.
    ///
    /// Any number of processes may do so at once: each instance is moved by one script call, which looks again.
    struct RedisArchivist: Sendable {
        let link: RedisLink
        let keys: RedisKeys
        let address: RedisSettings.Address
        let remainsRetention: Duration
        /// How long it is remembered that an instance was archived: it may have been cut off, and come back.
        static let memory: Duration = .seconds(7 * 86_400)

        /// Whether nobody else has looked for the dead lately, and so this process is to: else a thousand instances would
        /// each look at the leases of a thousand.
        ///
        /// - Parameter period: For how long nobody else is to look.
        func takeTurn(for period: Duration) async throws(RedisError) -> Bool {
            var pipeline = RESPPipeline()
            pipeline.append("SET", keys.reaping, RedisKeys.format, "NX", "PX", String(period.milliseconds))
            let reply = try await link.send(pipeline).first
            guard let refusal = reply?.refusal else { return reply != .null }
            let error = RedisError(refusal: refusal, server: address)
            // Archiving frees memory, so it must not wait for any.
            guard error.code == .full else { throw error }
            return true
        }

        /// Archives all instances whose lease has ended.
        ///
        /// - Returns: How many this call archived.
        @discardableResult
        func reap() async throws(RedisError) -> Int {
            var pipeline = RESPPipeline()
            pipeline.append("HGETALL", keys.instances)
            let listing = try await RedisListing(reply: link.send(pipeline).first, address: address)
            guard !listing.instances.isEmpty else { return 0 }
            pipeline = RESPPipeline()
            for entry in listing.instances { pipeline.append("EXISTS", keys.lease(entry.id)) }
            let replies = try await link.send(pipeline)
            var archived = 0
            for (entry, reply) in zip(listing.instances, replies) where reply == .integer(0) {
                if try await archive(entry.id, pages: entry.pages, evenIfAlive: false) { archived += 1 }
            }
            return archived
        }

        /// Archives one instance; whether this call did.
        @discardableResult
        func archive(_ instance: String, pages: Int, evenIfAlive: Bool) async throws(RedisError) -> Bool {
            let scriptKeys =
                [
                    keys.format, keys.instances, keys.lease(instance), keys.archived(instance), keys.remains(instance),
                    keys.remainsIndex, keys.archivings,
                ] + keys.archives + (0..<pages).map { keys.page(instance, $0) }
            let arguments = [
                RedisKeys.format, instance, evenIfAlive ? "1" : "0", String(Self.memory.milliseconds),
                String(remainsRetention.milliseconds), String(keys.archives.count),
            ]
            var pipeline = RESPPipeline()
            pipeline.begin(3 + scriptKeys.count + arguments.count)
            pipeline.add("EVAL")
            pipeline.add(RedisScript.archive)
            pipeline.add(String(scriptKeys.count))
            for word in scriptKeys + arguments { pipeline.add(word) }
            let reply = try await link.send(pipeline).first
            if let refusal = reply?.refusal { throw RedisError(refusal: refusal, server: address) }
            return reply?.elements?.first?.text == "ok"
        }
    }

    /// The instances that have data in Redis.
    struct RedisListing: Sendable {
        /// One instance.
        struct Entry: Sendable, Equatable {
            let id: String
            let pages: Int
        }

        /// The instances in the order of their names.
        let instances: [Entry]

        /// Reads the hash of instances; fields that no version of ours wrote are left out.
        init(reply: RESPValue?, address: RedisSettings.Address) throws(RedisError) {
            if let refusal = reply?.refusal { throw RedisError(refusal: refusal, server: address) }
            guard let words = reply?.elements else {
                throw RedisError(.violation, server: address, "the instances are no hash")
            }
            instances = stride(from: 0, to: words.count - 1, by: 2).compactMap { index in
                guard let id = words[index].text, let value = words[index + 1].text,
                    let pages = value.split(separator: " ").first.flatMap({ Int($0) }), (0...100_000).contains(pages)
                else { return nil }
                return Entry(id: id, pages: pages)
            }.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        }
    }
#endif
