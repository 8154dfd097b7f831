import MetricsGeneratorCore
import Testing

/// The format of `diff -u`.
@Suite struct UnifiedDiffTests {
    private func diff(_ old: String?, _ new: String?) -> String {
        let change = OutputChange(name: "a.swift", old: old.map { Array($0.utf8) }, new: new.map { Array($0.utf8) })
        return UnifiedDiff.text(change, directory: "out")
    }

    @Test func changesWithTheirContext() {
        let old = (1...20).map { "line \($0)\n" }.joined()
        let new = old.replacingOccurrences("line 3\n", "line three\n").replacingOccurrences("line 18\n", "")
        #expect(
            diff(old, new) == """
                --- out/a.swift
                +++ out/a.swift
                @@ -1,6 +1,6 @@
                 line 1
                 line 2
                -line 3
                +line three
                 line 4
                 line 5
                 line 6
                @@ -15,6 +15,5 @@
                 line 15
                 line 16
                 line 17
                -line 18
                 line 19
                 line 20

                """
        )
    }

    @Test func newAndStaleFiles() {
        #expect(diff(nil, "x\n") == "--- /dev/null\n+++ out/a.swift\n@@ -0,0 +1 @@\n+x\n")
        #expect(diff("x\n", nil) == "--- out/a.swift\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n")
    }

    @Test func aMissingLastLineBreakIsADifference() {
        #expect(
            diff("x", "x\n")
                == "--- out/a.swift\n+++ out/a.swift\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n"
        )
    }
}

extension String {
    fileprivate func replacingOccurrences(_ old: String, _ new: String) -> String {
        guard let range = self.firstRange(of: old) else { return self }
        return replacingCharacters(range, new)
    }

    private func replacingCharacters(_ range: Range<String.Index>, _ new: String) -> String {
        self[..<range.lowerBound] + new + self[range.upperBound...]
    }
}
