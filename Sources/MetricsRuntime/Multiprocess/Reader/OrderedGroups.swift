/// Numbers by group, groups and numbers in the order in which they came.
struct OrderedGroups {
    /// The groups.
    private(set) var order: [UInt32] = []
    /// The numbers of each group, in the same order.
    private(set) var members: [[UInt32]] = []
    private var places: [UInt32: Int] = [:]

    mutating func append(_ number: UInt32, to group: UInt32) {
        members[touch(group)].append(number)
    }

    /// Makes sure that the group is there, and returns its place.
    @discardableResult
    mutating func touch(_ group: UInt32) -> Int {
        if let place = places[group] { return place }
        places[group] = members.count
        order.append(group)
        members.append([])
        return members.count - 1
    }

    func members(of group: UInt32) -> [UInt32] {
        places[group].map { members[$0] } ?? []
    }
}
