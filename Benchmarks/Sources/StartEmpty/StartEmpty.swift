/// A program that does nothing: what start-runtime is compared with.
@main
struct StartEmpty {
    static func main() {}
}
