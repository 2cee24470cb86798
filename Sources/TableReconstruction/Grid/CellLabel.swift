import LayoutAnalysis

/// Labels at the start of cell texts, as evidence of where one entry ends and the next begins.
enum CellLabel {
  /// The form of the label, also of one without text behind it; nil without a label.
  ///
  /// The forms are those of `ListLabel.level`: 一、 is 1, （一） is 2 and so on.
  static func form(of text: String) -> Int? {
    // A label needs something to stand in front of.
    ListLabel(text + "-")?.level
  }

  static func append(_ continuation: String, to text: inout String) {
    TextJoiner.append(continuation, to: &text)
  }
}
