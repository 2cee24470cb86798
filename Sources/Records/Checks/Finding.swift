/// What a check has to say, with the cells that it is about.
package struct Finding: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable {
    /// A sum that must hold does not.
    case error
    /// Something that mostly holds does not; it may have its reason.
    case warning
  }

  /// A cell, and what it should be where that can be told.
  package struct Place: Hashable, Sendable {
    /// The id of the cell.
    package var cell: String
    /// Its headers, those of its row first.
    package var path: [String]
    package var text: String
    /// The value with which all that fails because of it would hold.
    package var expected: Double?
  }

  /// The name of the check, such as `requests.balance.total`.
  package var check: String
  package var severity: Severity
  /// What was expected and found, for people.
  package var message: String
  /// The two sides, where the check compares sums.
  package var left: Double?
  package var right: Double?
  package var cells: [Place]

  package init(
    check: String, severity: Severity, message: String, left: Double? = nil, right: Double? = nil,
    cells: [Place] = []
  ) {
    self.check = check
    self.severity = severity
    self.message = message
    self.left = left
    self.right = right
    self.cells = cells
  }
}

/// A number as people write it: without a fraction where it has none.
package func plainNumber(_ value: Double) -> String {
  value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
}
