#if Redis
    /// The two scripts that change data in Redis. Each does all or nothing of what it does.
    ///
    /// A page is a hash. Its field `#` says that it is there; every other field is a kind of file, a blank and the key
    /// of an entry as it stands in a file. The value is a number, for gauges a blank and a timestamp behind it.
    enum RedisScript {
        /// Takes one batch of an instance: what changed in one page.
        ///
        /// Answers with a word: `ok`; `archived` (the instance was taken for dead; the last batch that counted);
        /// `old` (a later batch was there already); `stale` and `empty` (Redis has forgotten batches, or all of them);
        /// `format` (the version it holds).
        static let publish = """
            local format = redis.call('GET', KEYS[1])
            if format and format ~= ARGV[1] then return {'format', format} end
            local archived = redis.call('GET', KEYS[4])
            if archived then return {'archived', archived} end
            local entry = redis.call('HGET', KEYS[2], ARGV[2])
            local epoch = redis.call('GET', KEYS[5])
            local sequence, known = tonumber(ARGV[3]), tonumber(ARGV[4])
            if entry then
                local last = tonumber(string.match(entry, ' (%d+)$'))
                if last >= sequence then return {'old', tostring(last)} end
                -- A page that is to be there and is not was evicted or deleted.
                local isThere = ARGV[7] == '1' or redis.call('HGET', KEYS[6], '#')
                if last < known or not isThere then return {'stale', tostring(last)} end
            elseif known > 0 then
                return {'empty', epoch or ''}
            end
            if not format then redis.call('SET', KEYS[1], ARGV[1]) end
            if not epoch then
                epoch = ARGV[8]
                redis.call('SET', KEYS[5], epoch)
            end
            -- Before anything that needs no memory: at its maxmemory Redis refuses only the first change of a script.
            redis.call('HSET', KEYS[2], ARGV[2], ARGV[6] .. ' ' .. ARGV[3])
            if ARGV[7] == '1' then redis.call('DEL', KEYS[6]) end
            if ARGV[5] == '0' then
                redis.call('SET', KEYS[3], ARGV[3])
            else
                redis.call('SET', KEYS[3], ARGV[3], 'PX', ARGV[5])
            end
            redis.call('HSET', KEYS[6], '#', ARGV[3])
            if ARGV[9] ~= '' then
                redis.call('DEL', KEYS[7])
                redis.call('ZREM', KEYS[8], ARGV[9])
            end
            local deletions = 12 + tonumber(ARGV[11])
            local first = deletions + tonumber(ARGV[10])
            for i = 12, deletions - 1, 2 do redis.call('HSET', KEYS[9], ARGV[i], ARGV[i + 1]) end
            for i = deletions, first - 1 do redis.call('HDEL', KEYS[6], ARGV[i]) end
            for i = first, #ARGV, 1000 do
                redis.call('HSET', KEYS[6], unpack(ARGV, i, math.min(i + 999, #ARGV)))
            end
            return {'ok', epoch}
            """

        /// Moves what a dead instance left into the archive.
        ///
        /// Answers with a word: `ok`; `gone` (somebody else did it); `alive`; `changed` (it has other pages by now);
        /// `format` (the version it holds).
        static let archive = """
            local format = redis.call('GET', KEYS[1])
            if format and format ~= ARGV[1] then return {'format', format} end
            local entry = redis.call('HGET', KEYS[2], ARGV[2])
            if not entry then return {'gone'} end
            if ARGV[3] == '0' and redis.call('EXISTS', KEYS[3]) == 1 then return {'alive'} end
            local shards = tonumber(ARGV[6])
            local pages, sequence = string.match(entry, '^(%d+) (%d+)$')
            if tonumber(pages) ~= #KEYS - 7 - shards then return {'changed'} end
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            local function number(text) return tonumber(string.match(text, '^%S+')) or 0 end
            local function stamp(text) return tonumber(string.match(text, ' (%S+)$') or '0') or 0 end
            local function sum(old, new) return string.format('%.17g', number(old) + number(new)) end
            local merges = {
                counter = sum, histogram = sum, summary = sum, gauge_sum = sum,
                gauge_min = function(old, new) if number(new) < number(old) then return new end return old end,
                gauge_max = function(old, new) if number(new) > number(old) then return new end return old end,
                gauge_mostrecent = function(old, new) if stamp(new) > stamp(old) then return new end return old end,
            }
            local hasRemains = false
            -- Keys of other types end the script here, before it changes anything.
            for i = 8, 7 + shards do redis.call('HLEN', KEYS[i]) end
            redis.call('HLEN', KEYS[5])
            redis.call('ZCARD', KEYS[6])
            -- First of all changes, since it needs no memory: Redis then lets a script go on beyond maxmemory, and
            -- archiving is what frees some.
            redis.call('HDEL', KEYS[2], ARGV[2])
            redis.call('DEL', KEYS[3])
            redis.call('INCR', KEYS[7])
            for page = 8 + shards, #KEYS do
                local all = redis.call('HGETALL', KEYS[page])
                local parts = {}
                for i = 1, #all, 2 do
                    local kind = string.match(all[i], '^([a-z_]+) ')
                    if kind and merges[kind] then
                        local shard = 8 + tonumber(string.sub(redis.sha1hex(all[i]), 1, 4), 16) % shards
                        local part = parts[shard]
                        if not part then
                            part = {fields = {}, values = {}, merge = {}}
                            parts[shard] = part
                        end
                        part.fields[#part.fields + 1] = all[i]
                        part.values[#part.fields] = all[i + 1]
                        part.merge[#part.fields] = merges[kind]
                    elseif kind == 'gauge_all' then
                        redis.call('HSET', KEYS[5], all[i], all[i + 1])
                        hasRemains = true
                    end
                end
                for shard, part in pairs(parts) do
                    for i = 1, #part.fields, 500 do
                        local last = math.min(i + 499, #part.fields)
                        local old = redis.call('HMGET', KEYS[shard], unpack(part.fields, i, last))
                        local new = {}
                        for j = i, last do
                            local before = old[j - i + 1]
                            new[#new + 1] = part.fields[j]
                            new[#new + 1] = before and part.merge[j](before, part.values[j]) or part.values[j]
                        end
                        redis.call('HSET', KEYS[shard], unpack(new))
                    end
                end
                redis.call('DEL', KEYS[page])
            end
            redis.call('SET', KEYS[4], sequence, 'PX', ARGV[4])
            redis.call('ZREMRANGEBYSCORE', KEYS[6], '-inf', now)
            if hasRemains then
                redis.call('PEXPIRE', KEYS[5], ARGV[5])
                redis.call('ZADD', KEYS[6], now + tonumber(ARGV[5]), ARGV[2])
            end
            return {'ok'}
            """
    }
#endif
