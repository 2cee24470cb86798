import DocumentModel
import DocumentWriting
import PageGeometry
import Testing

@Suite struct TidyStreamTests {
  @Test("A line for each value, with its headers, value, unit and place")
  func lines() throws {
    var table = TableSketch.table(
      "# | # 2024 | <\n^ | # H1 | # H2\n@ x | 1,009 | —\n@ y | | a", headerRows: 2)
    table.cells[5].unit = "t"
    table.cells[5].provenance = [
      .page(number: 3, box: .init(minX: 1, minY: 2.005, maxX: 30.126, maxY: 4.5))
    ]
    #expect(
      try StreamText.tidy([TableSketch.block(table, id: "b2")]) == """
        document,table,cell,row_path,column_path,text,value,unit,missing,page,box\r
        a.pdf,b2,b2c6,x,2024 › H1,"1,009",1009,t,,3,1 2.01 30.13 4.5\r
        a.pdf,b2,b2c7,x,2024 › H2,—,,,dash,,\r
        a.pdf,b2,b2c9,y,2024 › H1,,,,blank,,\r
        a.pdf,b2,b2c10,y,2024 › H2,a,,,,,\r

        """)
  }

  @Test("A blank has no value, and a number too large for JSON has none either")
  func values() throws {
    var table = TableSketch.table("|x", headerRows: 0)
    table.cells[1].value = 1e300
    let lines = try StreamText.tidy([TableSketch.block(table)]).split(separator: "\r\n")
    #expect(lines[1] == "a.pdf,b1,b1c1,,,,,,blank,,")
    #expect(lines[2] == "a.pdf,b1,b1c2,,,x,,,,,")
  }
}
