internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// Fields and links: results are text, codes are not; form fields show their state.
extension Story {
  mutating func startFieldPart(
    _ name: XMLName, _ attributes: XMLAttributes, parent: XMLName
  ) {
    switch name {
    case .fieldCharacter:
      if attributes.equals(.fldCharType, "begin") {
        beginField()
      } else if attributes.equals(.fldCharType, "separate") {
        beginResult()
      } else if attributes.equals(.fldCharType, "end") {
        endField()
      }
    case .simpleField:
      beginField()
      fields[fields.count - 1].code = Array((attributes.string(.instr) ?? "").utf8)
      beginResult()
    default:
      guard !fields.isEmpty, stack.contains(.formFieldData) else { return }
      var form = fields[fields.count - 1].form ?? FormField()
      switch name {
      case .formName: form.name = attributes.string(.val)
      case .formCheckBox: form.isCheckBox = true
      case .formTextInput: form.isText = true
      case .formDropDown: form.isDropDown = true
      case .formDefault:
        if form.isCheckBox { form.isCheckedByDefault = attributes.isOn }
        if form.isDropDown, form.choice == nil { form.choice = attributes.int(.val) }
      case .formChecked: form.isChecked = attributes.isOn
      case .formResult: form.choice = attributes.int(.val)
      case .formListEntry:
        if let entry = attributes.string(.val), form.entries.count < 1_000 {
          form.entries.append(entry)
        }
      default: break
      }
      fields[fields.count - 1].form = form
    }
  }

  mutating func beginField() {
    fields.append(Field())
    codeDepth += 1
  }

  mutating func beginResult() {
    guard fields.count > (containers.last?.fieldBase ?? 0), let field = fields.last,
      !field.isResult
    else { return }
    let last = fields.count - 1
    fields[last].isResult = true
    codeDepth -= 1
    fields[last].resultStart = paragraph?.scalarCount ?? 0
    let words = FieldCode.words(field.code)
    switch words.first?.uppercased() {
    case "HYPERLINK": fields[last].linkTarget = FieldCode.linkTarget(words)
    case "TOC":
      fields[last].isContents = true
      contentsDepth += 1
    case "SEQ": paragraph?.look.hasSequence = true
    default: break
    }
  }

  mutating func endField() {
    guard fields.count > (containers.last?.fieldBase ?? 0) else { return }
    let last = fields.count - 1
    if let paragraph {
      closeLink(ofField: last, in: paragraph)
      closeForm(ofField: last, in: paragraph)
    }
    let field = fields.removeLast()
    if !field.isResult { codeDepth -= 1 }
    if field.isContents { contentsDepth -= 1 }
    if let form = field.form, paragraph != nil, codeDepth == 0 { printForm(form, field: field) }
  }

  mutating func closeLink(ofField index: Int, in paragraph: ParagraphBuilder) {
    let field = fields[index]
    guard let target = field.linkTarget, field.resultStart < paragraph.scalarCount else { return }
    paragraph.inlines.append(
      Inline(range: field.resultStart..<paragraph.scalarCount, kind: .link(target: target)))
  }

  mutating func closeForm(ofField index: Int, in paragraph: ParagraphBuilder) {
    let field = fields[index]
    guard let form = field.form, field.isResult, form.isText || form.isDropDown,
      field.resultStart < paragraph.scalarCount
    else { return }
    paragraph.inlines.append(
      Inline(
        range: field.resultStart..<paragraph.scalarCount,
        kind: .control(
          FormControl(kind: form.isDropDown ? .dropDown : .text, name: form.name))))
  }

  /// Form fields without a result of their own show their state.
  mutating func printForm(_ form: FormField, field: Field) {
    guard let paragraph else { return }
    let start = paragraph.scalarCount
    if form.isCheckBox {
      let isChecked = form.isChecked ?? form.isCheckedByDefault
      append(isChecked ? "☒" : "☐")
      paragraph.inlines.append(
        Inline(
          range: start..<paragraph.scalarCount,
          kind: .control(
            FormControl(kind: .checkBox, name: form.name, isChecked: isChecked))))
    } else if form.isDropDown, start == field.resultStart || !field.isResult,
      form.entries.indices.contains(form.choice ?? 0)
    {
      for scalar in form.entries[form.choice ?? 0].unicodeScalars { append(scalar) }
      paragraph.inlines.append(
        Inline(
          range: start..<paragraph.scalarCount,
          kind: .control(FormControl(kind: .dropDown, name: form.name))))
    }
  }

  mutating func startHyperlink(_ attributes: XMLAttributes) {
    var target: String?
    if let id = attributes.relationship(.id) {
      target = attempt { (context, part) throws(PackageError) in
        try context.parts.relationship(id, of: part)?.target
      }
    }
    if let anchor = attributes.string(.anchor) { target = (target ?? "") + "#" + anchor }
    links.append((paragraph?.scalarCount ?? 0, target))
  }

  mutating func endHyperlink() {
    guard let link = links.popLast(), let target = link.target, let paragraph,
      link.start < paragraph.scalarCount
    else { return }
    paragraph.inlines.append(
      Inline(range: link.start..<paragraph.scalarCount, kind: .link(target: target)))
  }
}
