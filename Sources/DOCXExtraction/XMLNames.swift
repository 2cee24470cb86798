/// The XML names that the readers know, as numbers that can be compared and switched on.
///
/// A name is listed when a reader carries its content over, or passes it through on purpose; all
/// others are counted in the loss report.
///
/// The raw value is the name with the prefix that the standard uses. Files may use any prefix:
/// names are found by namespace, transitional and strict alike (ISO/IEC 29500-1, 29500-4).
enum XMLName: String, CaseIterable {
  /// A name that no reader knows.
  case unknown = ""

  // Package parts.
  case relationship = "pr:Relationship"
  case contentTypeDefault = "ct:Default"
  case contentTypeOverride = "ct:Override"
  case dcTitle = "dc:title"
  case dcCreator = "dc:creator"
  case dcSubject = "dc:subject"
  case dcDescription = "dc:description"
  case dcLanguage = "dc:language"
  case termsCreated = "dcterms:created"
  case termsModified = "dcterms:modified"
  case coreKeywords = "cp:keywords"
  case application = "ep:Application"

  // Stories.
  case document = "w:document"
  case body = "w:body"
  case header = "w:hdr"
  case footer = "w:ftr"
  case footnotes = "w:footnotes"
  case endnotes = "w:endnotes"
  case comments = "w:comments"
  case footnote = "w:footnote"
  case endnote = "w:endnote"
  case comment = "w:comment"

  // Blocks and what surrounds them.
  case paragraph = "w:p"
  case table = "w:tbl"
  case tableRow = "w:tr"
  case tableCell = "w:tc"
  case contentControl = "w:sdt"
  case contentControlProperties = "w:sdtPr"
  case contentControlEndProperties = "w:sdtEndPr"
  case contentControlContent = "w:sdtContent"
  case customXML = "w:customXml"
  case customXMLProperties = "w:customXmlPr"
  case smartTag = "w:smartTag"
  case smartTagProperties = "w:smartTagPr"
  case textBoxContent = "w:txbxContent"
  case sectionProperties = "w:sectPr"
  case alternativeChunk = "w:altChunk"
  case subDocument = "w:subDoc"

  // Properties.
  case paragraphProperties = "w:pPr"
  case runProperties = "w:rPr"
  case tableProperties = "w:tblPr"
  case tablePropertyExceptions = "w:tblPrEx"
  case tableGrid = "w:tblGrid"
  case gridColumn = "w:gridCol"
  case rowProperties = "w:trPr"
  case cellProperties = "w:tcPr"
  case numberingProperties = "w:numPr"
  case tabs = "w:tabs"
  case paragraphStyle = "w:pStyle"
  case runStyle = "w:rStyle"
  case tableStyle = "w:tblStyle"
  case numberingLevel = "w:ilvl"
  case numberingID = "w:numId"
  case outlineLevel = "w:outlineLvl"
  case alignment = "w:jc"
  case indent = "w:ind"
  case bidirectional = "w:bidi"
  case bold = "w:b"
  case size = "w:sz"
  case vanish = "w:vanish"
  case verticalAlignment = "w:vertAlign"
  case language = "w:lang"
  case fonts = "w:rFonts"
  case tableCaption = "w:tblCaption"
  case tableDescription = "w:tblDescription"
  case tablePosition = "w:tblpPr"
  case gridSpan = "w:gridSpan"
  case gridBefore = "w:gridBefore"
  case gridAfter = "w:gridAfter"
  case horizontalMerge = "w:hMerge"
  case verticalMerge = "w:vMerge"
  case hidden = "w:hidden"
  case tableHeader = "w:tblHeader"
  case cellDeletion = "w:cellDel"
  case cellInsertion = "w:cellIns"

  // Earlier states of properties.
  case paragraphPropertiesChange = "w:pPrChange"
  case runPropertiesChange = "w:rPrChange"
  case tablePropertiesChange = "w:tblPrChange"
  case tableExceptionsChange = "w:tblPrExChange"
  case tableGridChange = "w:tblGridChange"
  case rowPropertiesChange = "w:trPrChange"
  case cellPropertiesChange = "w:tcPrChange"
  case sectionPropertiesChange = "w:sectPrChange"
  case numberingChange = "w:numberingChange"

  // Runs.
  case run = "w:r"
  case text = "w:t"
  case deletedText = "w:delText"
  case fieldCode = "w:instrText"
  case deletedFieldCode = "w:delInstrText"
  case tab = "w:tab"
  case positionedTab = "w:ptab"
  case lineBreak = "w:br"
  case carriageReturn = "w:cr"
  case noBreakHyphen = "w:noBreakHyphen"
  case softHyphen = "w:softHyphen"
  case symbol = "w:sym"
  case footnoteReference = "w:footnoteReference"
  case endnoteReference = "w:endnoteReference"
  case commentReference = "w:commentReference"
  case footnoteMark = "w:footnoteRef"
  case endnoteMark = "w:endnoteRef"
  case annotationMark = "w:annotationRef"
  case commentRangeStart = "w:commentRangeStart"
  case commentRangeEnd = "w:commentRangeEnd"
  case bookmarkStart = "w:bookmarkStart"
  case bookmarkEnd = "w:bookmarkEnd"
  case hyperlink = "w:hyperlink"
  case direction = "w:dir"
  case directionOverride = "w:bdo"
  case ruby = "w:ruby"
  case rubyProperties = "w:rubyPr"
  case rubyText = "w:rt"
  case rubyBase = "w:rubyBase"

  // Fields and controls.
  case simpleField = "w:fldSimple"
  case fieldCharacter = "w:fldChar"
  case fieldData = "w:fldData"
  case formFieldData = "w:ffData"
  case formName = "w:name"
  case formCheckBox = "w:checkBox"
  case formDefault = "w:default"
  case formChecked = "w:checked"
  case formTextInput = "w:textInput"
  case formDropDown = "w:ddList"
  case formListEntry = "w:listEntry"
  case formResult = "w:result"
  case controlAlias = "w:alias"
  case controlTag = "w:tag"
  case controlPrompt = "w:showingPlcHdr"
  case controlDropDown = "w:dropDownList"
  case controlComboBox = "w:comboBox"
  case controlDate = "w:date"
  case controlText = "w:text"
  case controlPicture = "w:picture"
  case controlGroup = "w:group"
  case partGallery = "w:docPartGallery"
  case checkBox = "w14:checkbox"
  case checkBoxState = "w14:checked"

  // Revisions.
  case insertion = "w:ins"
  case deletion = "w:del"
  case moveFrom = "w:moveFrom"
  case moveTo = "w:moveTo"

  // Drawings.
  case drawing = "w:drawing"
  case picture = "w:pict"
  case object = "w:object"
  case inlineDrawing = "wp:inline"
  case anchoredDrawing = "wp:anchor"
  case drawingExtent = "wp:extent"
  case drawingProperties = "wp:docPr"
  case blip = "a:blip"
  case drawingText = "a:t"
  case drawingParagraph = "a:p"
  case chart = "c:chart"
  case diagram = "dgm:relIds"
  case vmlShape = "v:shape"
  case vmlImage = "v:imagedata"
  case vmlTextPath = "v:textpath"
  case oleObject = "o:OLEObject"
  case objectEmbedding = "w:objectEmbed"
  case control = "w:control"

  // Alternatives.
  case alternateContent = "mc:AlternateContent"
  case choice = "mc:Choice"
  case fallback = "mc:Fallback"

  // Sections.
  case pageSize = "w:pgSz"
  case columns = "w:cols"
  case sectionType = "w:type"
  case headerReference = "w:headerReference"
  case footerReference = "w:footerReference"

  // Styles and numbering.
  case style = "w:style"
  case documentDefaults = "w:docDefaults"
  case basedOn = "w:basedOn"
  case numbering = "w:num"
  case abstractNumbering = "w:abstractNum"
  case abstractNumberingID = "w:abstractNumId"
  case level = "w:lvl"
  case levelStart = "w:start"
  case numberFormat = "w:numFmt"
  case levelText = "w:lvlText"
  case levelRestart = "w:lvlRestart"
  case legalNumbering = "w:isLgl"
  case levelOverride = "w:lvlOverride"
  case startOverride = "w:startOverride"
  case numberingStyleLink = "w:numStyleLink"
  case styleLink = "w:styleLink"
  case latentStyles = "w:latentStyles"

  // Charts.
  case chartTitle = "c:title"
  case chartSeries = "c:ser"
  case chartSeriesText = "c:tx"
  case chartCategories = "c:cat"
  case chartValues = "c:val"
  case chartXValues = "c:xVal"
  case chartYValues = "c:yVal"
  case chartPoint = "c:pt"
  case chartValue = "c:v"
  case chartAxisTitle = "c:dLbls"
  case chartPlotArea = "c:plotArea"

  // Equations.
  case math = "m:oMath"
  case mathParagraph = "m:oMathPara"
  case mathText = "m:t"
  case mathRun = "m:r"
  case mathRunProperties = "m:rPr"
  case mathNormalText = "m:nor"
  case mathStyle = "m:sty"
  case mathFraction = "m:f"
  case mathFractionProperties = "m:fPr"
  case mathNumerator = "m:num"
  case mathDenominator = "m:den"
  case mathRadical = "m:rad"
  case mathDegree = "m:deg"
  case mathDegreeHidden = "m:degHide"
  case mathElement = "m:e"
  case mathSuperscript = "m:sSup"
  case mathSubscript = "m:sSub"
  case mathSubSuperscript = "m:sSubSup"
  case mathPreScript = "m:sPre"
  case mathSup = "m:sup"
  case mathSub = "m:sub"
  case mathNary = "m:nary"
  case mathCharacter = "m:chr"
  case mathDelimiter = "m:d"
  case mathBeginCharacter = "m:begChr"
  case mathEndCharacter = "m:endChr"
  case mathSeparatorCharacter = "m:sepChr"
  case mathFunction = "m:func"
  case mathFunctionName = "m:fName"
  case mathLimitLow = "m:limLow"
  case mathLimitUpp = "m:limUpp"
  case mathLimit = "m:lim"
  case mathMatrix = "m:m"
  case mathMatrixRow = "m:mr"
  case mathEquationArray = "m:eqArr"
  case mathAccent = "m:acc"
  case mathBar = "m:bar"
  case mathGroupCharacter = "m:groupChr"
  case mathBox = "m:box"
  case mathBorderBox = "m:borderBox"
  case mathPhantom = "m:phant"
  case mathFractionType = "m:type"
  case mathPosition = "m:pos"
  case mathControlProperties = "m:ctrlPr"

  /// The names by qualified name.
  static let byQualifiedName = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  /// The usual prefix of each namespace, transitional and strict.
  static let prefixes: [String: String] = {
    let transitional = "http://schemas.openxmlformats.org/"
    let strict = "http://purl.oclc.org/ooxml/"
    let microsoft = "http://schemas.microsoft.com/office/"
    var result = [
      "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
      "http://schemas.openxmlformats.org/package/2006/relationships": "pr",
      "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
      "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
      "http://purl.org/dc/elements/1.1/": "dc", "http://purl.org/dc/terms/": "dcterms",
      "urn:schemas-microsoft-com:vml": "v", "urn:schemas-microsoft-com:office:office": "o",
      "urn:schemas-microsoft-com:office:word": "w10",
      microsoft + "word/2010/wordml": "w14", microsoft + "word/2012/wordml": "w15",
      microsoft + "word/2010/wordprocessingShape": "wps",
      microsoft + "word/2010/wordprocessingGroup": "wpg",
      microsoft + "word/2010/wordprocessingCanvas": "wpc",
      microsoft + "word/2010/wordprocessingDrawing": "wp14",
      microsoft + "drawing/2010/main": "a14",
      "http://www.w3.org/XML/1998/namespace": "xml",
    ]
    let shared = [
      ("w", "wordprocessingml/2006/main", "wordprocessingml/main"),
      ("r", "officeDocument/2006/relationships", "officeDocument/relationships"),
      ("m", "officeDocument/2006/math", "officeDocument/math"),
      ("ep", "officeDocument/2006/extended-properties", "officeDocument/extendedProperties"),
      ("wp", "drawingml/2006/wordprocessingDrawing", "drawingml/wordprocessingDrawing"),
      ("a", "drawingml/2006/main", "drawingml/main"),
      ("pic", "drawingml/2006/picture", "drawingml/picture"),
      ("c", "drawingml/2006/chart", "drawingml/chart"),
      ("dgm", "drawingml/2006/diagram", "drawingml/diagram"),
    ]
    for (prefix, old, new) in shared {
      result[transitional + old] = prefix
      result[strict + new] = prefix
    }
    return result
  }()

  /// The extensions of the markup whose `mc:Choice` is read; any other falls back.
  static let understoodExtensions: Set = [
    "w14", "w15", "wps", "wpg", "wpc", "wp14", "a14", "w", "m", "a", "pic", "c", "wp", "r", "v",
    "o", "dgm",
  ]
}

/// The attribute names that the readers look up.
enum XMLAttributeName: Int, CaseIterable {
  case val, id, type, name, instr, char, font, fldCharType, author, date, anchor, requires, descr
  case title, embed, link, target, targetMode, partName, contentType, `extension`, idUpper
  case typeUpper, styleId, `default`, w, h, num, left, start, firstLine, hanging, leftChars
  case startChars, firstLineChars, hangingChars, numId, abstractNumId, ilvl, cx, cy, progID
  case string, alt, style, dm, idx, eastAsia, ascii

  /// The local name in the file.
  var localName: String {
    switch self {
    case .requires: "Requires"
    case .target: "Target"
    case .targetMode: "TargetMode"
    case .partName: "PartName"
    case .contentType: "ContentType"
    case .extension: "Extension"
    case .idUpper: "Id"
    case .typeUpper: "Type"
    case .progID: "ProgID"
    default: String(describing: self)
    }
  }
}
