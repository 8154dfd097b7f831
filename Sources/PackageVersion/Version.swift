/// The version of the package, as [Semantic Versioning](https://semver.org) has it. This is its one place.
///
/// Programs print it for `--version`; a release's tag is the same text.
package let packageVersion = "0.1.0"
