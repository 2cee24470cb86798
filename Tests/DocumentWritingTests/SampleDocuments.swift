import DocumentModel
import PageGeometry

/// Documents for the tests of this target.
enum SampleDocuments {
  /// A document in which every field of the model has a value and every optional one is present.
  static let complete = Document(
    source: Source(
      name: "报告 \"A\".pdf", mediaType: "application/pdf",
      sha256: String(repeating: "0123456789abcdef", count: 4), byteCount: 170_990),
    pages: [PageInfo(number: 1, width: 595.304, height: 841.89, rotation: 90, origin: .textLayer)],
    metadata: Metadata(
      title: "T", author: "A", created: "2024-01-02T03:04:05Z", modified: "2024-01-03",
      producer: "P", language: "zh", subject: "S", keywords: "K", description: "D"),
    blocks: [
      Block(
        id: "b1", kind: .heading, level: 2, label: "一、", text: "总体情况", role: .textBox,
        direction: .rightToLeft, inlines: inlines,
        provenance: [
          .page(number: 1, box: Rect(minX: 1, minY: 2.005, maxX: 30.126, maxY: 4.5)),
          .part(name: "word/document.xml", path: "body/p[3]"),
        ]),
      Block(id: "b2", kind: .table, table: table, provenance: []),
    ],
    sections: [
      Section(
        columnCount: 2, pageWidth: 595.3, pageHeight: 841.9, start: .oddPage, lastBlock: "b2")
    ],
    comments: [
      Comment(id: "c1", author: "A", date: "2024", text: "T", subject: "S", at: "b1")
    ],
    revisions: [
      Revision(
        kind: .moveTo, author: "A", date: "2024", text: "T",
        provenance: .part(name: "word/document.xml", path: "body/p"))
    ],
    notes: [
      Note(
        code: "table.joinedAcrossPages", severity: .info, at: "b2", message: "pages 1 and 2",
        provenance: [.page(number: 2, box: Rect(minX: 0, minY: 0, maxX: 1, maxY: 1))])
    ],
    records: [record, Record(family: "f", generation: "2")])

  static let record = Record(
    family: "f", generation: "1", title: "T", agency: "A", year: 2024, published: "2025-01-15",
    sections: [
      Record.Section(name: "s", heading: "H", text: "X\nY", blocks: ["b1"]),
      Record.Section(name: "none"),
    ],
    tables: [
      Record.Table(
        name: "t", blocks: ["b2"], rows: ["r", "lacking"], labels: ["合计", nil], columns: ["c"],
        entries: [
          [Record.Table.Entry(cell: "b2c4", text: "1,009", value: 1009, unit: "件")], [nil],
        ])
    ],
    identities: [
      Record.Identity(
        id: "t.sum", left: 1009, right: nil, holds: nil, holdsIfBlankIsZero: true,
        leftCells: ["b2c4"], rightCells: ["b2c4"])
    ],
    other: [Record.Other(at: "b2c4", path: ["合计"], text: "1", value: 1), Record.Other(at: "b1")])

  /// One of every kind, with everything that it can have.
  static let inlines = [
    Inline(range: 0..<1, kind: .link(target: "mailto:a")),
    Inline(range: 1..<1, kind: .reference(to: "b9")),
    Inline(range: 1..<2, kind: .image(image)),
    Inline(
      range: 2..<2, kind: .equation(Equation(text: "a/b", mathML: "<math/>", isDisplayed: true))),
    Inline(range: 0..<2, kind: .ruby(reading: "zǒng")),
    Inline(
      range: 0..<2,
      kind: .control(
        FormControl(kind: .checkBox, name: "N", tag: "T", isChecked: false, isPrompt: true))),
    Inline(
      range: 0..<0,
      kind: .embedding(
        Embedding(
          part: "word/embeddings/a.xlsx", externalTarget: "file:///a", program: "Excel.Sheet.12",
          byteCount: 7))),
    Inline(range: 3..<3, kind: .bookmark(name: "a")),
    Inline(range: 0..<1, kind: .superscript),
    Inline(range: 0..<1, kind: .subscript),
    Inline(range: 0..<1, kind: .insertion),
    Inline(range: 0..<1, kind: .deletion),
  ]

  static let image = Image(
    alternativeText: "A", part: "word/media/a.png", externalTarget: "https://a.example",
    mediaType: "image/png", width: 10.123, height: 20, byteCount: 99,
    sha256: String(repeating: "f", count: 64))

  static let table = Table(
    caption: "表1", unit: "万元", unitText: "单位:万元", alternativeText: "A", footnotes: ["注:略"],
    rowCount: 2, columnCount: 2, bands: [Table.Band(rows: 0..<2, headerRowCount: 1)],
    stubColumnCount: 1,
    fragments: [
      Table.Fragment(
        page: 1, box: Rect(minX: 10, minY: 20, maxX: 30, maxY: 40), rows: 0..<2,
        repeatedHeaderRowCount: 0)
    ],
    cells: [
      Cell(rows: 0..<1, columns: 0..<1, role: .stubHead, text: "", evidence: .ruled),
      Cell(rows: 0..<1, columns: 1..<2, role: .columnHeader, text: "件数", evidence: .ruled),
      Cell(rows: 1..<2, columns: 0..<1, role: .rowHeader, text: "合计", evidence: .ruled),
      Cell(
        rows: 1..<2, columns: 1..<2, role: .data, text: "1,009", value: 1009, unit: "件",
        missing: .blank, columnPath: [1], rowPath: [2], evidence: .ruled, confidence: 0.98,
        blocks: [Block(id: "b2c4b1", kind: .figure)],
        provenance: [.page(number: 1, box: Rect(minX: 1, minY: 2, maxX: 3, maxY: 4))]),
    ],
    confidence: 0.5)

  /// A document with nothing that may be left out.
  static let smallest = Document(
    source: Source(
      name: "", mediaType: "application/pdf", sha256: String(repeating: "0", count: 64),
      byteCount: 0))
}

/// Makes random documents: any text, any number, nested tables.
struct DocumentGenerator {
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  mutating func document() -> Document {
    Document(
      source: Source(
        name: text(), mediaType: text(), sha256: String(repeating: "a", count: 64),
        byteCount: Int.random(in: 0...1 << 40, using: &random)),
      pages: (0..<Int.random(in: 0...3, using: &random)).map {
        PageInfo(
          number: $0 + 1, width: number(), height: number(), rotation: 90,
          origin: pick(PageInfo.TextOrigin.allCases))
      },
      metadata: Metadata(
        title: maybe { $0.text() }, author: maybe { $0.text() }, created: maybe { $0.text() },
        modified: maybe { $0.text() }, producer: maybe { $0.text() }, language: maybe { $0.text() },
        subject: maybe { $0.text() }, keywords: maybe { $0.text() },
        description: maybe { $0.text() }),
      blocks: blocks(prefix: "b", depth: 0),
      sections: (0..<Int.random(in: 0...2, using: &random)).map { _ in
        Section(
          columnCount: 1, pageWidth: Bool.random(using: &random) ? 0 : number(),
          start: pick(Section.Start.allCases), lastBlock: maybe { $0.text() })
      },
      comments: (0..<Int.random(in: 0...2, using: &random)).map {
        Comment(
          id: "c\($0 + 1)", author: maybe { $0.text() }, date: maybe { $0.text() }, text: text(),
          at: maybe { $0.text() }, provenance: provenance())
      },
      revisions: (0..<Int.random(in: 0...2, using: &random)).map { _ in
        Revision(
          kind: pick(Revision.Kind.allCases), author: maybe { $0.text() },
          date: maybe { $0.text() }, text: text(), provenance: .part(name: text(), path: text()))
      },
      notes: (0..<Int.random(in: 0...2, using: &random)).map { _ in
        Note(
          code: text(), severity: pick(Note.Severity.allCases), at: maybe { $0.text() },
          message: text(), provenance: provenance())
      })
  }

  private mutating func blocks(prefix: String, depth: Int) -> [Block] {
    (0..<Int.random(in: 0...4, using: &random)).map { index in
      let id = "\(prefix)\(index + 1)"
      if depth < 3, Bool.random(using: &random) {
        return Block(
          id: id, kind: .table, table: table(id: id, depth: depth), provenance: provenance())
      }
      return Block(
        id: id, kind: pick(Block.Kind.allCases.filter { $0 != .table }),
        level: maybe { Int.random(in: 1...9, using: &$0.random) }, label: maybe { $0.text() },
        text: text(), role: maybe { $0.pick(Block.Role.allCases) },
        direction: maybe { _ in .rightToLeft },
        inlines: (0..<Int.random(in: 0...2, using: &random)).map { _ in inline() },
        provenance: provenance())
    }
  }

  private mutating func inline() -> Inline {
    let start = Int.random(in: 0...9, using: &random)
    let kinds: [Inline.Kind] = [
      .link(target: text()), .reference(to: text()), .bookmark(name: text()), .superscript,
      .image(
        Image(
          alternativeText: maybe { $0.text() }, part: maybe { $0.text() },
          externalTarget: maybe { $0.text() }, mediaType: maybe { $0.text() },
          width: maybe { $0.number() }, height: maybe { $0.number() }, byteCount: maybe { _ in 5 })),
      .equation(
        Equation(text: text(), mathML: text(), isDisplayed: Bool.random(using: &random))),
      .ruby(reading: text()),
      .control(
        FormControl(
          kind: pick(FormControl.Kind.allCases), name: maybe { $0.text() },
          tag: maybe { $0.text() }, isChecked: maybe { Bool.random(using: &$0.random) })),
      .embedding(
        Embedding(
          part: maybe { $0.text() }, externalTarget: maybe { $0.text() },
          program: maybe { $0.text() }, byteCount: maybe { _ in 5 })),
    ]
    return Inline(range: start..<start + 2, kind: pick(kinds))
  }

  private mutating func table(id: String, depth: Int) -> Table {
    let rows = Int.random(in: 0...3, using: &random)
    let columns = Int.random(in: 1...3, using: &random)
    return Table(
      caption: maybe { $0.text() }, unit: maybe { $0.text() }, unitText: maybe { $0.text() },
      alternativeText: maybe { $0.text() },
      footnotes: Bool.random(using: &random) ? [] : [text(), text()], rowCount: rows,
      columnCount: columns, bands: [Table.Band(rows: 0..<rows, headerRowCount: 0)],
      stubColumnCount: Int.random(in: 0...columns, using: &random),
      fragments: [Table.Fragment(page: 1, box: box(), rows: 0..<rows, repeatedHeaderRowCount: 0)],
      cells: (0..<rows * columns).map { index in
        Cell(
          rows: index / columns..<index / columns + 1,
          columns: index % columns..<index % columns + 1, role: pick(Cell.Role.allCases),
          text: text(), value: maybe { $0.number() }, unit: maybe { $0.text() },
          missing: maybe { $0.pick(Cell.Missing.allCases) },
          columnPath: Bool.random(using: &random) ? [] : [0, index], rowPath: [],
          evidence: pick(Cell.Evidence.allCases),
          confidence: Double.random(in: 0...1, using: &random),
          blocks: blocks(prefix: "\(id)c\(index + 1)b", depth: depth + 1), provenance: provenance())
      },
      confidence: Double.random(in: 0...1, using: &random))
  }

  private mutating func provenance() -> [Provenance] {
    (0..<Int.random(in: 0...2, using: &random)).map { _ in
      Bool.random(using: &random)
        ? .page(number: Int.random(in: 1...999, using: &random), box: box())
        : .part(name: text(), path: text())
    }
  }

  private mutating func box() -> Rect {
    Rect(minX: number(), minY: number(), maxX: number(), maxY: number())
  }

  /// Numbers of all sizes, the ones that JSON cannot say included.
  private mutating func number() -> Double {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: Double(bitPattern: random.next())
    case 1: Double(Int.random(in: -1000...100_000, using: &random))
    case 2: Double.random(in: -10...1000, using: &random)
    default: Double(Int.random(in: -100_000...100_000, using: &random)) / 1000
    }
  }

  /// Scalars of all planes, controls and combining marks included.
  private mutating func text() -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let limit: UInt32 = pick([0x30, 0x80, 0x3000, 0x10000, 0x110000])
      text.unicodeScalars.append(
        Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) ?? "é")
    }
    return text
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? {
    Bool.random(using: &random) ? make(&self) : nil
  }
}

/// SplitMix64: the same numbers from the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
