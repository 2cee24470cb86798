import DocumentModel
import DocumentWriting
import Testing

@Suite struct GridStreamTests {
  @Test("A file for each table, those of cells behind the one around them, and metadata")
  func files() throws {
    var outer = TableSketch.table("# a | # b\n@ x | 1")
    outer.cells[3].blocks = [TableSketch.block(TableSketch.table("9", headerRows: 0), id: "b1c4b1")]
    let files = try StreamText.grids([
      TableSketch.block(outer), Block(kind: .paragraph, text: "p"), TableSketch.block(outer),
    ])
    #expect(
      files.map(\.name) == [
        "a.table-1.csv", "a.table-2.csv", "a.table-3.csv", "a.table-4.csv", "a.csv-metadata.json",
      ])
    #expect(files[1].text == "9\r\n")
    #expect(try StreamText.grids([Block(kind: .paragraph, text: "p")]).isEmpty)
  }

  @Test("Headers are repeated over what they cover, values stand once")
  func spans() throws {
    let table = TableSketch.table(
      "# | # 2024 | <\n^ | # H1 | # H2\n@ x | 1,009 | <\n^ | 2 | —", headerRows: 2)
    #expect(
      try StreamText.grids([TableSketch.block(table)])[0].text
        == ",2024,2024\r\n,H1,H2\r\nx,\"1,009\",\r\nx,2,—\r\n")
    #expect(
      try StreamText.grids([TableSketch.block(table)], delimiter: .tab)[0].text
        == "\t2024\t2024\r\n\tH1\tH2\r\nx\t1,009\t\r\nx\t2\t—\r\n")
  }

  @Test("Metadata says headers, types and marks of missing values")
  func metadata() throws {
    let table = TableSketch.table(
      "# | # n | # t\n@ x | 1,009 | some\n@ y | — | 3\n@ z | | 4", caption: "T \"1\"",
      unitText: "Unit", footnotes: ["Note"])
    let text = try StreamText.grids([TableSketch.block(table, id: "b5")])[1].text
    #expect(
      text == """
        {"@context":"http://www.w3.org/ns/csvw","dc:source":"a.pdf","tables":[{"dc:identifier":"b5",\
        "dc:title":"T \\"1\\"","dc:description":["Unit","Note"],"dialect":{"commentPrefix":null,"delimiter":",",\
        "header":false,"skipRows":1},"tableSchema":{"columns":[{"name":"column_1"},\
        {"datatype":{"base":"decimal","format":{"groupChar":","}},"name":"column_2","null":["—",""],\
        "titles":["n"]},{"name":"column_3","titles":["t"]}]},"url":"a.table-1.csv"}]}

        """)
  }

  @Test("A line of one blank is still a line")
  func oneBlank() throws {
    let table = TableSketch.table("# a\n1", headerRows: 1)
    var blank = table
    blank.cells[1].text = ""
    #expect(try StreamText.grids([TableSketch.block(blank)])[0].text == "a\r\n\"\"\r\n")
  }
}

@Suite struct DelimiterTests {
  @Test(
    "A text that would be run as a formula gets an apostrophe, a number or a dash does not",
    arguments: [
      ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
      ("-2+3*A1", "'-2+3*A1"), ("＝1", "'＝1"), ("-5", "-5"), ("+3.2%", "+3.2%"), ("-", "-"),
      ("—", "—"), ("--", "--"), ("-1 234,5", "\"-1 234,5\""), ("a=b", "a=b"),
      ("=HYPERLINK(\"a\")", "\"'=HYPERLINK(\"\"a\"\")\""), ("\t=1", "\"'\t=1\""),
    ])
  func formulas(text: String, expected: String) throws {
    var table = TableSketch.table("x", headerRows: 0)
    table.cells[0].text = text
    table.cells[0].value = nil
    #expect(try StreamText.grids([TableSketch.block(table)])[0].text == expected + "\r\n")
  }

  @Test(
    "A field is quoted where it must be",
    arguments: [
      ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
      ("a\u{0}b", "\"a\u{FFFD}b\""),
      ("a b", "a b"),
    ])
  func quotes(text: String, expected: String) throws {
    var table = TableSketch.table("x", headerRows: 0)
    table.cells[0].text = text
    #expect(try StreamText.grids([TableSketch.block(table)])[0].text == expected + "\r\n")
  }
}
