import PageGeometry
import Testing

@Suite struct ClosenessTests {
  @Test("Values are cut where the step to the next one is larger than the tolerance")
  func clusters() {
    #expect(Closeness.clusters(of: [1, 2, 3, 5, 6, 9], tolerance: 1) == [0..<3, 3..<5, 5..<6])
    #expect(Closeness.clusters(of: [1, 1, 1], tolerance: 0) == [0..<3])
    #expect(Closeness.clusters(of: [4], tolerance: 1) == [0..<1])
    #expect(Closeness.clusters(of: [], tolerance: 1) == [])
  }

  @Test("Each group has one centre, whatever the order of the values")
  func centers() {
    #expect(Closeness.centers(of: [10, 1, 3, 11, 2], tolerance: 1) == [2, 10.5])
    #expect(Closeness.centers(of: [], tolerance: 1) == [])
  }
}
