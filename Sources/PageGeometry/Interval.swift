/// A closed stretch of one axis, in PDF points; `lower` is never above `upper`.
public struct Interval: Hashable, Sendable {
  /// The smaller end.
  public var lower: Double
  /// The larger end.
  public var upper: Double

  /// Creates an interval from two ends in any order.
  public init(_ a: Double, _ b: Double) {
    lower = Swift.min(a, b)
    upper = Swift.max(a, b)
  }

  /// The distance between the ends.
  public var length: Double { upper - lower }
  /// The place half way between the ends.
  public var middle: Double { (lower + upper) / 2 }

  /// Whether the value lies between the ends, or at most `tolerance` outside.
  public func contains(_ value: Double, tolerance: Double = 0) -> Bool {
    value >= lower - tolerance && value <= upper + tolerance
  }

  /// Whether the other interval lies inside this one, or at most `tolerance` outside.
  public func contains(_ other: Interval, tolerance: Double = 0) -> Bool {
    other.lower >= lower - tolerance && other.upper <= upper + tolerance
  }

  /// The length that two intervals share; negative for the gap between them.
  public func overlap(_ other: Interval) -> Double {
    Swift.min(upper, other.upper) - Swift.max(lower, other.lower)
  }

  /// The smallest interval that holds both.
  public func union(_ other: Interval) -> Interval {
    Interval(Swift.min(lower, other.lower), Swift.max(upper, other.upper))
  }
}
