/// The registered media types of WordprocessingML packages.
///
/// A package declares the type of its main part; the type of the whole follows from it. Sources:
/// ECMA-376 part 1, 15.2.10; the registrations of `application/vnd.ms-word.*` with IANA.
enum WordMediaType {
  /// The media type of a package whose main part has this one.
  static func package(ofMainPart type: String) -> String {
    switch type {
    case "application/vnd.ms-word.document.macroEnabled.main+xml":
      "application/vnd.ms-word.document.macroEnabled.12"
    case "application/vnd.ms-word.template.macroEnabledTemplate.main+xml":
      "application/vnd.ms-word.template.macroEnabled.12"
    case "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml":
      "application/vnd.openxmlformats-officedocument.wordprocessingml.template"
    default:
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    }
  }
}
