/// A program that does nothing: what start-runtime is compared with.
@main
struct StartEmpty {
    static func main() {
        // Lets the script read how much memory there is.
        if CommandLine.arguments.count > 1 {
            print("done")
            _ = readLine()
        }
    }
}
