internal import PackageReading

/// One element of an OFD part with what is below it.
///
/// Drawn objects are taken out of the tree as soon as they are complete (`objects`), so that a page
/// of many objects is never in memory as XML.
struct OFDElement {
  var name: OFDName
  var attributes: [(name: OFDAttribute, value: String)] = []
  var children: [OFDElement] = []
  var text = ""
  /// Objects of this element and of the page blocks in it, in the order in which they are painted.
  var objects: [DrawnObject] = []

  func attribute(_ name: OFDAttribute) -> String? {
    attributes.first { $0.name == name }?.value
  }

  func number(_ name: OFDAttribute) -> Double? {
    attribute(name).flatMap { NumberScanner.numbers(in: $0, atMost: 1).first }
  }

  /// A Boolean attribute; nil where it is not given.
  func flag(_ name: OFDAttribute) -> Bool? {
    attribute(name).map { $0 == "true" || $0 == "1" }
  }

  /// A place and size, `x y width height`.
  func box(_ name: OFDAttribute) -> Box? {
    attribute(name).flatMap(Box.init)
  }

  func child(_ name: OFDName) -> OFDElement? {
    children.first { $0.name == name }
  }

  func children(_ name: OFDName) -> [OFDElement] {
    children.filter { $0.name == name }
  }

  /// The text of a child without white space around it; nil where there is none.
  func childText(_ name: OFDName) -> String? {
    guard let text = child(name)?.trimmedText, !text.isEmpty else { return nil }
    return text
  }

  var trimmedText: String {
    var text = Substring(text)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

/// Collects the events of one part into an `OFDElement`.
@safe
final class OFDElementReader: XMLEventHandler {
  private let part: String
  private let limits: PackageLimits
  private var open: [OFDElement] = []
  private var text: [UInt8] = []
  /// How many elements are open inside one that is passed over.
  private var skipDepth = 0
  private var elementCount = 0
  /// The outermost element, once it is complete.
  private(set) var root: OFDElement?
  /// Objects that the document says are not to be shown.
  private(set) var hiddenCount = 0
  private(set) var failure: PackageError?

  init(part: String, limits: PackageLimits) {
    self.part = part
    self.limits = limits
  }

  var readsContent: Bool { false }
  var isStopped: Bool { failure != nil }

  func start(_ number: Int, _ attributes: XMLAttributes) {
    let name = OFDName.numbered[number]
    text.removeAll(keepingCapacity: true)
    // The outermost element is kept whatever it is, so that it can be named.
    guard skipDepth == 0, name != .unknown || open.isEmpty else {
      skipDepth += 1
      return
    }
    elementCount += 1
    if elementCount > limits.drawnObjects {
      failure = .limitExceeded(.drawnObjects, path: part, limit: limits.drawnObjects)
    }
    var element = OFDElement(name: name)
    for attribute in name.attributes {
      if let value = attributes.string(attribute.number) {
        element.attributes.append((attribute, value))
      }
    }
    open.append(element)
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard skipDepth == 0, let last = open.indices.last, open[last].name.hasText else { return }
    unsafe text.append(contentsOf: bytes)
    if text.count > limits.tokenBytes {
      failure = .limitExceeded(.tokenBytes, path: part, limit: limits.tokenBytes)
    }
  }

  func end(_ number: Int) {
    guard skipDepth == 0 else {
      skipDepth -= 1
      return
    }
    guard var element = open.popLast() else { return }
    if element.name.hasText {
      element.text = String(decoding: text, as: UTF8.self)
      text.removeAll(keepingCapacity: true)
    }
    guard let parent = open.indices.last else {
      root = element
      return
    }
    switch element.name {
    case .textObject, .pathObject, .imageObject, .compositeObject:
      if element.flag(.visible) == false {
        hiddenCount += 1
      } else {
        open[container(from: parent)].objects.append(DrawnObject(element))
      }
    case .pageBlock: break
    default: open[parent].children.append(element)
    }
  }

  /// The element that holds the objects of page blocks inside it.
  private func container(from parent: Int) -> Int {
    var index = parent
    while index > 0, open[index].name == .pageBlock { index -= 1 }
    return index
  }
}
