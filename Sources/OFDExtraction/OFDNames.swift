internal import PackageReading

/// The XML names of OFD that are read, as numbers that can be compared and switched on.
///
/// Content below any other element is passed over: actions, clips, patterns and shadings, bookmarks,
/// permissions, extensions.
///
/// Source: GB/T 33190-2016, chapters 7 to 17.
enum OFDName: String, CaseIterable {
  /// A name that no reader knows.
  case unknown = ""

  // The package.
  case ofd = "ofd:OFD"
  case docBody = "ofd:DocBody"
  case docInfo = "ofd:DocInfo"
  case title = "ofd:Title"
  case author = "ofd:Author"
  case subject = "ofd:Subject"
  case abstract = "ofd:Abstract"
  case creationDate = "ofd:CreationDate"
  case modDate = "ofd:ModDate"
  case keywords = "ofd:Keywords"
  case keyword = "ofd:Keyword"
  case creator = "ofd:Creator"
  case creatorVersion = "ofd:CreatorVersion"
  case docRoot = "ofd:DocRoot"

  // A document.
  case document = "ofd:Document"
  case commonData = "ofd:CommonData"
  case pageArea = "ofd:PageArea"
  case physicalBox = "ofd:PhysicalBox"
  case publicRes = "ofd:PublicRes"
  case documentRes = "ofd:DocumentRes"
  case templatePage = "ofd:TemplatePage"
  case pages = "ofd:Pages"
  case page = "ofd:Page"
  case annotations = "ofd:Annotations"
  case attachments = "ofd:Attachments"

  // Pages.
  case template = "ofd:Template"
  case pageRes = "ofd:PageRes"
  case area = "ofd:Area"
  case content = "ofd:Content"
  case layer = "ofd:Layer"
  case pageBlock = "ofd:PageBlock"
  case textObject = "ofd:TextObject"
  case pathObject = "ofd:PathObject"
  case imageObject = "ofd:ImageObject"
  case compositeObject = "ofd:CompositeObject"
  case textCode = "ofd:TextCode"
  case abbreviatedData = "ofd:AbbreviatedData"
  case fillColor = "ofd:FillColor"
  case strokeColor = "ofd:StrokeColor"

  // Resources.
  case res = "ofd:Res"
  case drawParams = "ofd:DrawParams"
  case drawParam = "ofd:DrawParam"
  case fonts = "ofd:Fonts"
  case font = "ofd:Font"
  case compositeGraphicUnits = "ofd:CompositeGraphicUnits"
  case compositeGraphicUnit = "ofd:CompositeGraphicUnit"

  // What is laid over pages or comes with them.
  case fileLoc = "ofd:FileLoc"
  case pageAnnot = "ofd:PageAnnot"
  case annot = "ofd:Annot"
  case remark = "ofd:Remark"
  case appearance = "ofd:Appearance"
  case attachment = "ofd:Attachment"
  case signatures = "ofd:Signatures"
  case signature = "ofd:Signature"
  case signedInfo = "ofd:SignedInfo"
  case stampAnnot = "ofd:StampAnnot"

  /// All names by number.
  static let numbered = Array(allCases)

  /// The names that the readers know; files of early producers lack the year, or the namespace.
  static let vocabulary = XMLVocabulary(
    numbers: Dictionary(
      uniqueKeysWithValues: allCases.enumerated().map { ($0.element.rawValue, $0.offset) }),
    prefixes: [
      "http://www.ofdspec.org/2016": "ofd", "http://www.ofdspec.org": "ofd", "": "ofd",
    ],
    attributes: OFDAttribute.allCases.map(\.rawValue))

  /// Whether the text of the element is read.
  var hasText: Bool {
    switch self {
    case .title, .author, .subject, .abstract, .creationDate, .modDate, .keyword, .creator,
      .creatorVersion, .docRoot, .physicalBox, .publicRes, .documentRes, .annotations,
      .attachments, .pageRes, .textCode, .abbreviatedData, .fileLoc, .remark, .signatures:
      true
    default: false
    }
  }

  /// The attributes of the element that are read.
  var attributes: [OFDAttribute] {
    switch self {
    case .templatePage, .page: [.id, .baseLoc, .pageID]
    case .template: [.templateID]
    case .layer: [.drawParam]
    case .textObject: Self.objectAttributes + Self.textAttributes
    case .pathObject: Self.objectAttributes + [.fill, .stroke]
    case .imageObject, .compositeObject: Self.objectAttributes + [.resourceID]
    case .textCode: [.x, .y, .deltaX, .deltaY]
    case .fillColor, .strokeColor: [.value, .alpha]
    case .drawParam: [.id, .relative, .lineWidth]
    case .font: [.id, .fontName, .familyName, .bold, .italic, .fixedWidth]
    case .compositeGraphicUnit: [.id]
    case .annot: [.type, .subtype, .visible]
    case .appearance: [.boundary]
    case .attachment: [.name, .format]
    case .signature: [.type, .baseLoc]
    case .stampAnnot: [.pageRef, .boundary]
    default: []
    }
  }

  private static let objectAttributes: [OFDAttribute] = [
    .boundary, .ctm, .visible, .drawParam, .lineWidth, .alpha,
  ]
  private static let textAttributes: [OFDAttribute] = [
    .font, .size, .hScale, .readDirection, .charDirection, .weight, .fill, .stroke,
  ]
}

/// The attribute names that the readers look up; their positions are their numbers.
enum OFDAttribute: String, CaseIterable {
  case id = "ID"
  case baseLoc = "BaseLoc"
  case pageID = "PageID"
  case templateID = "TemplateID"
  case boundary = "Boundary"
  case ctm = "CTM"
  case visible = "Visible"
  case drawParam = "DrawParam"
  case lineWidth = "LineWidth"
  case alpha = "Alpha"
  case font = "Font"
  case size = "Size"
  case hScale = "HScale"
  case readDirection = "ReadDirection"
  case charDirection = "CharDirection"
  case weight = "Weight"
  case fill = "Fill"
  case stroke = "Stroke"
  case resourceID = "ResourceID"
  case x = "X"
  case y = "Y"
  case deltaX = "DeltaX"
  case deltaY = "DeltaY"
  case value = "Value"
  case relative = "Relative"
  case fontName = "FontName"
  case familyName = "FamilyName"
  case bold = "Bold"
  case italic = "Italic"
  case fixedWidth = "FixedWidth"
  case type = "Type"
  case subtype = "Subtype"
  case name = "Name"
  case format = "Format"
  case pageRef = "PageRef"

  /// The number by which the parser knows it.
  var number: Int { Self.numbers[self] ?? 0 }

  private static let numbers = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })
}
