internal import LayoutModel
internal import PackageReading

/// What drawn objects refer to by id: fonts, drawing parameters, composites.
struct OFDResources {
  /// Colours and line width that several objects share.
  struct DrawParam {
    /// The id of the parameters that these ones complete.
    var base: String?
    var lineWidth: Double?
    var fill: Paint?
    var stroke: Paint?
  }

  /// The first one stands for fonts that are not declared.
  private(set) var fonts = [Font(name: "")]
  private var fontIndices: [String: Int32] = [:]
  private var drawParams: [String: DrawParam] = [:]
  private var composites: [String: [DrawnObject]] = [:]

  /// Parameters that complete others that complete others are no sound resource.
  private static let baseLimit = 16

  mutating func add(_ res: OFDElement) {
    for font in res.children(.fonts).flatMap({ $0.children(.font) }) { addFont(font) }
    for param in res.children(.drawParams).flatMap({ $0.children(.drawParam) }) {
      drawParams[param.attribute(.id) ?? ""] = DrawParam(
        base: param.attribute(.relative), lineWidth: param.number(.lineWidth),
        fill: param.child(.fillColor).map(Paint.init),
        stroke: param.child(.strokeColor).map(Paint.init))
    }
    for unit in res.children(.compositeGraphicUnits)
      .flatMap({ $0.children(.compositeGraphicUnit) })
    {
      composites[unit.attribute(.id) ?? ""] = unit.children(.content).flatMap(\.objects)
    }
  }

  private mutating func addFont(_ font: OFDElement) {
    let name = font.attribute(.fontName) ?? font.attribute(.familyName) ?? ""
    fontIndices[font.attribute(.id) ?? ""] = Int32(clamping: fonts.count)
    fonts.append(
      Font(
        name: name, isBold: font.flag(.bold) ?? false || FontName.saysBold(name),
        isItalic: font.flag(.italic) ?? false || FontName.saysItalic(name),
        isFixedPitch: font.flag(.fixedWidth) ?? false))
  }

  /// The position of a font in `fonts`.
  func fontIndex(_ id: String) -> Int32 { fontIndices[id] ?? 0 }

  func composite(_ id: String) -> [DrawnObject]? { composites[id] }

  /// Parameters with those that they complete; `layer` names the ones of the layer, which come last.
  func drawParam(_ id: String?, layer: String?) -> DrawParam {
    var result = DrawParam()
    for start in [id, layer] {
      var next = start
      for _ in 0..<Self.baseLimit {
        guard let id = next, let param = drawParams[id] else { break }
        result.lineWidth = result.lineWidth ?? param.lineWidth
        result.fill = result.fill ?? param.fill
        result.stroke = result.stroke ?? param.stroke
        next = param.base
      }
    }
    return result
  }
}
