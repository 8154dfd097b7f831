/// The version of the package, of which there is one place: this one.
///
/// Programs print it for `--version`; a release's tag is the same text.
package enum PackageVersion {
    /// As [Semantic Versioning](https://semver.org) has it.
    package static let current = "0.1.0"
}
