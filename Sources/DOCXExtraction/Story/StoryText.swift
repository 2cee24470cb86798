internal import DocumentModel
internal import LayoutModel
internal import PackageReading

/// Text of runs: where it goes, and the characters that are elements.
extension Story {
  /// Text of a run: to the open change, the reading of ruby, a removed row or the paragraph.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    if removedRows > 0 {
      unsafe removedRowText.append(contentsOf: bytes)
      return
    }
    if !changes.isEmpty {
      unsafe changes[changes.count - 1].text.append(contentsOf: bytes)
      if invisibleChanges > 0 { return }
    }
    if codeDepth > 0 {
      unsafe context.loss.add(.fieldCode, text: bytes)
      return
    }
    if isHidden {
      unsafe context.loss.add(.hiddenText, text: bytes)
      return
    }
    guard let paragraph else {
      unsafe context.loss.add(.misplacedText, text: bytes)
      return
    }
    if ruby?.isReading == true {
      unsafe ruby?.reading.append(contentsOf: bytes)
      return
    }
    let start = run.isSuperscript == true || run.isSubscript == true ? paragraph.scalarCount : 0
    unsafe paragraph.text.append(contentsOf: bytes)
    noteLook(byteCount: bytes.count, of: paragraph)
    if run.isSuperscript == true {
      paragraph.inlines.append(Inline(range: start..<paragraph.scalarCount, kind: .superscript))
    } else if run.isSubscript == true {
      paragraph.inlines.append(Inline(range: start..<paragraph.scalarCount, kind: .subscript))
    }
    if !openComments.isEmpty { unsafe appendToComments(bytes) }
  }

  mutating func appendToComments(_ bytes: UnsafeBufferPointer<UInt8>) {
    for index in openComments.indices where openComments[index].text.count < 10_000 {
      unsafe openComments[index].text.append(contentsOf: bytes)
    }
  }

  /// Hidden text is a property that styles toggle (ISO/IEC 29500-1, 17.7.3).
  var isHidden: Bool {
    run.isHidden ?? (paragraphStyle.run.isHidden ?? false)
  }

  mutating func noteLook(byteCount: Int, of paragraph: ParagraphBuilder) {
    paragraph.look.add(
      byteCount: byteCount, isBold: run.isBold ?? paragraphStyle.run.isBold ?? false,
      size: run.size ?? paragraphStyle.run.size)
    if contentsDepth > 0 { paragraph.look.isContents = true }
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    let bytes = Array(String(scalar).utf8)
    unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
  }

  mutating func startRunStyle(_ attributes: XMLAttributes) {
    guard propertyOwner == .run, let id = attributes.string(.val),
      let index = context.styles.index(of: id)
    else { return }
    let style = context.styles.resolveRun(index)
    run.isBold = run.isBold ?? style.isBold
    run.size = run.size ?? style.size
    run.isSuperscript = run.isSuperscript ?? style.isSuperscript
    run.isSubscript = run.isSubscript ?? style.isSubscript
    if run.isHidden == nil, let hidden = style.isHidden {
      run.isHidden = hidden != (paragraphStyle.run.isHidden ?? false)
    }
  }

  mutating func startSpecialCharacter(_ name: XMLName, _ attributes: XMLAttributes) {
    // `w:tab` is a tab stop in properties; those are skipped as a whole.
    switch name {
    case .tab, .positionedTab: append("\t")
    case .lineBreak: append(attributes.equals(.type, "page") ? "\u{C}" : "\n")
    case .carriageReturn: append("\n")
    case .noBreakHyphen: append("\u{2011}")
    case .softHyphen: append("\u{AD}")
    case .symbol:
      guard let code = attributes.string(.char).flatMap({ UInt32($0, radix: 16) }),
        let scalar = SymbolFont.scalar(code, font: attributes.string(.font) ?? "")
      else { return }
      append(scalar)
    default: break
    }
  }
}
