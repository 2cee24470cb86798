import Glibc
import ProcessIsolation

/// Standard output, standard error and the end of the program.
enum Terminal {
  /// Prints data with a newline at its end.
  static func printLine(_ text: String) throws(FileError) {
    try print(text + "\n")
  }

  /// Prints data as it is.
  static func print(_ text: String) throws(FileError) {
    try OutputFile.write(Array(text.utf8), to: STDOUT_FILENO, path: "standard output")
  }

  /// Prints a message for people.
  static func complain(_ text: String) {
    try? OutputFile.write(Array((text + "\n").utf8), to: STDERR_FILENO, path: "standard error")
  }

  /// Ends the program without running what libraries have registered for the end.
  static func exit(_ status: Int32) -> Never {
    _exit(status)
  }
}
