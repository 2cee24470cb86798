/// Which addresses of an original become links that work.
///
/// A document of a stranger may hold any address. Those that only lead somewhere are kept as
/// links; one that would run something (`javascript:`, `data:`, `file:` and whatever else there
/// is) stays readable and leads nowhere.
enum LinkTarget: Equatable {
  /// A place in the document, by its name.
  case place(String)
  case address(String)
  case inert(String)

  private static let schemes = ["http://", "https://", "mailto:", "tel:", "ftp://"]

  init(_ target: String) {
    let lowered = target.prefix(8).lowercased()
    if target.hasPrefix("#"), target.utf8.count > 1 {
      self = .place(String(target.dropFirst()))
    } else if Self.schemes.contains(where: lowered.hasPrefix),
      !target.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
    {
      self = .address(target)
    } else {
      self = .inert(target)
    }
  }
}
