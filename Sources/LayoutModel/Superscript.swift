/// Raised digits, letters and signs as characters of their own: 1,234¹ and not 1,2341.
///
/// Plain text has no other way to say that a mark is raised; a number and the mark at it would
/// become another number.
package enum Superscript {
  /// A short raised text with superscript characters; nil if it has one that no character stands for,
  /// or more than one letter, as in 1st.
  package static func text(of raised: String) -> String? {
    var view = String.UnicodeScalarView()
    var letters = 0
    for scalar in raised.unicodeScalars {
      guard let superscript = raisedForms[scalar] else {
        // Signs that are marks by themselves, and what stands between marks.
        guard plain(scalar) != nil || "*†‡§,[] ".unicodeScalars.contains(scalar) else { return nil }
        view.append(scalar)
        continue
      }
      if scalar.properties.isAlphabetic { letters += 1 }
      view.append(superscript)
    }
    return view.isEmpty || letters > 1 ? nil : String(view)
  }

  /// What a superscript character raises; nil for any other character.
  package static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard scalar.value >= 0xAA else { return nil }
    return plainForms[scalar]
  }

  private static let raisedForms: [Unicode.Scalar: Unicode.Scalar] = {
    var forms: [Unicode.Scalar: Unicode.Scalar] = [:]
    let plain = "0123456789+-=()abcdefghijklmnoprstuvwxyz"
    var raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ".unicodeScalars.makeIterator()
    for scalar in plain.unicodeScalars { forms[scalar] = raised.next() }
    forms["\u{2212}"] = "⁻"
    return forms
  }()

  private static let plainForms: [Unicode.Scalar: Unicode.Scalar] = {
    var forms: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (from, to) in raisedForms where from != "\u{2212}" { forms[to] = from }
    return forms
  }()
}
