public import Synchronization

extension _MetricFamilyHandle {
    // A gauge that is set where its series does not exist yet is born with its value: no scrape sees a 0 that nobody
    // set. Where the series exists, its value stays; so callers set it in any case.

    /// The series of a metric without open labels, made with that value if there is none.
    @inlinable @inline(__always)
    public func _child0(_ closed: UInt32, initially value: Double) -> _SeriesHandle {
        if Int(closed) < core.pointee.denseCount,
            let known = _SeriesHandle(address: core.pointee.dense[Int(closed)].load(ordering: .acquiring))
        {
            return known
        }
        return makeChild0(closed, value)
    }

    /// The series of a metric with one open label, made with that value if there is none.
    public func _child1(_ closed: UInt32, _ first: String, initially value: Double) -> _SeriesHandle {
        child1(closed, first, initially: value)
    }

    /// The series of a metric with two open labels, made with that value if there is none.
    public func _child2(_ closed: UInt32, _ first: String, _ second: String, initially value: Double) -> _SeriesHandle {
        child2(closed, first, second, initially: value)
    }

    /// The series of a metric with three open labels, made with that value if there is none.
    public func _child3(
        _ closed: UInt32,
        _ first: String,
        _ second: String,
        _ third: String,
        initially value: Double
    ) -> _SeriesHandle {
        child3(closed, first, second, third, initially: value)
    }

    /// The series of a metric with four open labels, made with that value if there is none.
    public func _child4(
        _ closed: UInt32,
        _ first: String,
        _ second: String,
        _ third: String,
        _ fourth: String,
        initially value: Double
    ) -> _SeriesHandle {
        child4(closed, first, second, third, fourth, initially: value)
    }

    /// The series of a metric with any number of open labels, made with that value if there is none.
    public func _childN(_ closed: UInt32, _ values: [String], initially value: Double) -> _SeriesHandle {
        copiedChild(closed, values, value)
    }
}
