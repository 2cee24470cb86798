import DocumentModel

/// A block's text, cut where something that is attached to it starts or ends.
///
/// Markup needs pieces that are nested. Where two ranges of the original cross, the inner one ends
/// with the outer one and starts again behind it:
///
///     text    a b c d e f
///     link    ╰───────╯          ▶  <link>a b <mark>c d</mark></link><mark>e f</mark>
///     mark        ╰───────╯
enum InlineRuns {
  /// A piece of a block, in order.
  enum Event {
    case text(Substring)
    case start(Inline.Kind)
    case end(Inline.Kind)
    /// Something between two characters.
    case point(Inline.Kind)
  }

  /// Deeper nesting is left unmarked; the text stays.
  private static let nestingLimit = 16

  private struct Span {
    let start: Int
    let end: Int
    let kind: Inline.Kind
  }

  /// Calls `body` with the pieces of a block's text.
  ///
  /// - Complexity: O(text + inlines · log inlines).
  static func each(of block: Block, _ body: (Event) -> Void) {
    let text = block.text
    guard !block.inlines.isEmpty else {
      if !text.isEmpty { body(.text(text[...])) }
      return
    }
    let scalars = text.unicodeScalars
    let count = scalars.count
    var index = scalars.startIndex
    var position = 0
    var open: [Span] = []

    func advance(to target: Int) {
      guard target > position else { return }
      let next = scalars.index(index, offsetBy: target - position)
      body(.text(text[index..<next]))
      index = next
      position = target
    }
    func close(upTo limit: Int) {
      while let end = open.map(\.end).min(), end <= limit {
        advance(to: end)
        guard let deepest = open.firstIndex(where: { $0.end == end }) else { return }
        let closed = open[deepest...]
        for span in closed.reversed() { body(.end(span.kind)) }
        open.removeSubrange(deepest...)
        for span in closed where span.end > end {
          open.append(span)
          body(.start(span.kind))
        }
      }
    }

    for span in spans(of: block.inlines, count: count) {
      close(upTo: span.start)
      advance(to: span.start)
      if span.start == span.end {
        body(.point(span.kind))
      } else if open.count < nestingLimit {
        open.append(span)
        body(.start(span.kind))
      }
    }
    close(upTo: count)
    advance(to: count)
  }

  /// The ranges in order of their starts, longer ones first, kept within the text.
  private static func spans(of inlines: [Inline], count: Int) -> [Span] {
    let spans = inlines.map { inline in
      Span(
        start: min(max(inline.range.lowerBound, 0), count),
        end: min(max(inline.range.upperBound, 0), count), kind: inline.kind)
    }
    let order = spans.indices.sorted { one, other in
      let (first, second) = (spans[one], spans[other])
      if first.start != second.start { return first.start < second.start }
      if first.end != second.end { return first.end > second.end }
      return one < other
    }
    return order.map { spans[$0] }
  }
}
