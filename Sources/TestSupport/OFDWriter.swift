/// Writes small OFD packages from the XML of their parts.
package struct OFDWriter {
  /// The objects of each page's layer.
  package var pages: [String]
  /// The objects of a template under each page.
  package var template: String?
  /// What is in `PublicRes.xml`.
  package var resources = #"<ofd:Fonts><ofd:Font ID="1" FontName="SimSun"/></ofd:Fonts>"#
  /// Further elements of the document, such as its list of annotations.
  package var extra = ""
  /// Further elements of the body in `OFD.xml`.
  package var body = ""
  /// Further bodies.
  package var bodies = ""
  /// Further parts, or other ones instead: path and XML.
  package var parts: [(path: String, xml: String)] = []

  /// A package of pages of 100 by 200 millimetres.
  package init(_ pages: [String]) {
    self.pages = pages
  }

  package init(_ page: String) {
    self.init([page])
  }

  /// A part's root element with its namespace.
  package static func part(_ name: String, _ content: String) -> String {
    #"<?xml version="1.0" encoding="UTF-8"?><ofd:\#(name) xmlns:ofd="http://www.ofdspec.org/2016">"#
      + "\(content)</ofd:\(name)>"
  }

  /// A page's part with these objects.
  package static func page(_ objects: String, templates: String = "") -> String {
    part(
      "Page", "\(templates)<ofd:Content><ofd:Layer ID=\"9\">\(objects)</ofd:Layer></ofd:Content>")
  }

  /// The package.
  package func bytes() -> [UInt8] {
    var all: [(path: String, xml: String)] = [
      (
        "OFD.xml",
        Self.part(
          "OFD",
          "<ofd:DocBody>\(body)<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>\(bodies)"
        )
      ),
      ("Doc_0/Document.xml", document), ("Doc_0/PublicRes.xml", Self.part("Res", resources)),
    ]
    for (index, page) in pages.enumerated() {
      let under = template == nil ? "" : #"<ofd:Template TemplateID="7"/>"#
      all.append(("Doc_0/Pages/\(index).xml", Self.page(page, templates: under)))
    }
    if let template { all.append(("Doc_0/Template.xml", Self.page(template))) }
    all.removeAll { known in parts.contains { $0.path == known.path } }
    return ZIPWriter((all + parts).map { ZIPWriter.Entry($0.path, Array($0.xml.utf8)) }).bytes()
  }

  private var document: String {
    var common = "<ofd:PageArea><ofd:PhysicalBox>0 0 100 200</ofd:PhysicalBox></ofd:PageArea>"
    common += "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
    if template != nil { common += #"<ofd:TemplatePage ID="7" BaseLoc="Template.xml"/>"# }
    let list = pages.indices.map { #"<ofd:Page ID="\#(100 + $0)" BaseLoc="Pages/\#($0).xml"/>"# }
    return Self.part(
      "Document",
      "<ofd:CommonData>\(common)</ofd:CommonData><ofd:Pages>\(list.joined())</ofd:Pages>\(extra)")
  }
}
