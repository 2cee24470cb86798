internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// Content controls and alternatives: transparent for text, recorded with their state.
extension Story {
  // MARK: - Content controls

  mutating func startControlPart(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == .contentControl {
      controls.append(Control())
      return
    }
    guard !controls.isEmpty else { return }
    let last = controls.count - 1
    switch name {
    case .contentControlContent:
      controls[last].start = paragraph?.scalarCount
      pathFrames[pathFrames.count - 1].controls += 1
      pushPath("sdt", pathFrames[pathFrames.count - 1].controls, "/sdtContent")
    case .controlAlias: controls[last].name = attributes.string(.val)
    case .controlTag: controls[last].tag = attributes.string(.val)
    case .controlPrompt: controls[last].isPrompt = attributes.isOn
    case .controlDropDown: controls[last].kind = .dropDown
    case .controlComboBox: controls[last].kind = .comboBox
    case .controlDate: controls[last].kind = .date
    case .controlText: controls[last].kind = .text
    case .controlPicture: controls[last].kind = .picture
    case .controlGroup: controls[last].kind = .group
    case .checkBox: controls[last].kind = .checkBox
    case .checkBoxState:
      controls[last].isChecked =
        attributes.equals(.val, "1") || attributes.equals(.val, "true")
        || attributes.equals(.val, "on")
    case .partGallery:
      controls[last].isContents = attributes.equals(.val, "Table of Contents")
    default: break
    }
  }

  mutating func formControl(_ control: Control) -> FormControl? {
    guard control.kind != nil || control.name != nil || control.tag != nil || control.isPrompt
    else { return nil }
    return FormControl(
      kind: control.kind ?? .text, name: control.name, tag: control.tag,
      isChecked: control.kind == .checkBox ? control.isChecked ?? false : nil,
      isPrompt: control.isPrompt)
  }

  mutating func endControl() {
    guard let control = controls.popLast(), let start = control.start, let paragraph,
      let form = formControl(control), removedRows == 0
    else { return }
    paragraph.inlines.append(
      Inline(range: min(start, paragraph.scalarCount)..<paragraph.scalarCount, kind: .control(form))
    )
  }

  /// Controls around paragraphs are marked on the first of them.
  mutating func attachControls(to block: inout FlowParagraph) {
    for index in controls.indices where controls[index].start == nil && !controls[index].isAttached
    {
      controls[index].isAttached = true
      guard let form = formControl(controls[index]) else { continue }
      let end = block.text.unicodeScalars.count
      block.inlines.append(Inline(range: 0..<end, kind: .control(form)))
    }
  }

  // MARK: - Alternatives

  mutating func startChoice(_ attributes: XMLAttributes) {
    let isUnderstood = attributes.requiredExtensions.allSatisfy(
      XMLName.understoodExtensions.contains)
    guard let last = alternatives.indices.last else { return }
    if alternatives[last] || !isUnderstood {
      context.loss.add(.alternative)
      skip(.alternative)
    } else {
      alternatives[last] = true
    }
  }
}
