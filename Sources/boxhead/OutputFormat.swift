import ArgumentParser

/// The forms in which documents are written.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  /// Canonical JSON (RFC 8785): one object, no newline at the end.
  case json
  /// The same object on a line of its own.
  case ndjson
}
