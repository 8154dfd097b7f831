/// Why a scrape of a multiprocess directory left something out.
///
/// The raw values are meant as label values of a metric that counts faults.
public enum MultiprocessFault: String, Sendable, Hashable, CaseIterable {
    /// The directory can't be listed.
    case unreadableDirectory = "unreadable_directory"
    /// A file ends in `.db`, but its name isn't `<type>_<identity>.db` or `gauge_<mode>_<identity>.db`.
    case foreignName = "foreign_name"
    /// A symbolic link, a directory, a device, a socket or a pipe in the place of a file.
    case notRegularFile = "not_regular_file"
    /// A file that can't be opened or read.
    case unreadableFile = "unreadable_file"
    /// A file of less than eight bytes: its writer died before it wrote the header.
    case tooShort = "too_short"
    /// A header that says that less than the header itself is used.
    case badHeader = "bad_header"
    /// A file that ends before the place up to which its header says it's used.
    case truncated = "truncated"
    /// An entry whose length can't be: what follows it in the file can't be found.
    case badEntry = "bad_entry"
    /// An entry whose key isn't `[family, sample, {labels}, help]`.
    case badKey = "bad_key"
    /// An entry whose key is longer than any series' text that is of use: over one mebibyte.
    case keyTooLong = "key_too_long"
    /// A bucket of a histogram whose `le` isn't a number.
    case badBucket = "bad_bucket"
    /// Two names that are exposed as one: families `a.b` and `a_b`, two such labels of a series, or a gauge `x_total`
    /// beside a counter `x`.
    case nameCollision = "name_collision"
}
