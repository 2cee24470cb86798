import Testing

@testable import Batch

@Suite struct PageTrialTests {
  func trial() -> PageTrial {
    PageTrial(
      failure: EngineAnswer.Failure(
        code: "crash", stage: "extraction", page: nil, isRetryable: true, message: "it crashed"),
      end: 100)
  }

  @Test("The verdict names the pages that bring a worker down")
  func deadlyPages() {
    var trial = trial()
    for page in 1...6 {
      #expect(trial.next == page && !trial.isOver)
      if page == 2 || page == 5 { trial.pageIsDeadly(now: 0) } else { trial.pageIsReadable(now: 0) }
    }
    let end = EngineAnswer.Failure(code: "badRequest", isRetryable: false, message: "no such page")
    trial.pageFailed(end, now: 0)
    #expect(trial.isOver && trial.verdict.page == 2 && trial.verdict.code == "crash")
    #expect(
      trial.verdict.message
        == "it crashed; page 2, 5 alone does so too, 4 of the 6 pages tried can be read")
  }

  @Test("What has no pages keeps the verdict on the whole")
  func noPages() {
    var trial = trial()
    trial.pageFailed(
      EngineAnswer.Failure(code: "badRequest", isRetryable: false, message: "no pages"), now: 0)
    #expect(trial.isOver && trial.verdict.message == "it crashed")
  }

  @Test("A trial is over after a few deadly pages, and when its time is")
  func limits() {
    var trial = trial()
    for _ in 0..<PageTrial.deadlyLimit { trial.pageIsDeadly(now: 0) }
    #expect(trial.isOver)
    var late = self.trial()
    late.pageIsReadable(now: 101)
    #expect(late.isOver)
  }
}
