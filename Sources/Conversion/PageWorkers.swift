import Dispatch
import Synchronization

/// Reads pages of one document from their pictures side by side.
///
/// Each worker has a renderer and engines of its own, and keeps them from page to page; nothing is shared
/// but the list of pages. What comes out depends neither on how many workers there are nor on which of
/// them was faster: a page is read alone, and results come back in the order of the pages.
///
/// Threads live only while `read` runs, so the caller never sees a worker that another thread is at.
final class PageWorkers {
  private let makeWorker: () -> PageRecognition
  private var workers: [PageRecognition] = []
  /// How many pages are read at one time, at least one.
  let count: Int

  init(count: Int, makeWorker: @escaping () -> PageRecognition) {
    self.count = max(1, count)
    self.makeWorker = makeWorker
  }

  /// Does the same work on several items.
  ///
  /// - Returns: What became of them, in their order.
  func read<Item: Sendable>(
    _ items: [Item], work: @escaping @Sendable (PageRecognition, Item) -> PageRecognition.Outcome
  ) -> [PageRecognition.Outcome] {
    let used = min(count, items.count)
    while workers.count < max(1, used) { workers.append(makeWorker()) }
    guard used > 1 else { return items.map { work(workers[0], $0) } }
    let list = WorkList<Item>(items)
    let lent = Lent(workers: workers)
    DispatchQueue.concurrentPerform(iterations: used) { index in
      list.run { work(lent.workers[index], $0) }
    }
    return list.outcomes()
  }

  /// Workers in the hands of threads, each in those of one; their owner waits for all of them.
  private struct Lent: @unchecked Sendable {
    let workers: [PageRecognition]
  }
}

/// Items that several threads take one after another, and what they made of them.
private final class WorkList<Item: Sendable>: Sendable {
  private struct State {
    var next = 0
    var outcomes: [PageRecognition.Outcome?]
  }

  private let items: [Item]
  private let state: Mutex<State>

  init(_ items: [Item]) {
    self.items = items
    state = Mutex(State(outcomes: Array(repeating: nil, count: items.count)))
  }

  /// Takes items until none is left.
  func run(_ work: (Item) -> PageRecognition.Outcome) {
    while true {
      let index = state.withLock { state in
        defer { state.next += 1 }
        return state.next
      }
      guard index < items.count else { return }
      let outcome = work(items[index])
      state.withLock { $0.outcomes[index] = outcome }
    }
  }

  /// All outcomes, in the order of the items; complete when every thread is done.
  func outcomes() -> [PageRecognition.Outcome] {
    state.withLock { $0.outcomes.compactMap { $0 } }
  }
}
