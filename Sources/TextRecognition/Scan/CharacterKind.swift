/// What a character's kind says about its width.
enum CharacterKind {
  case ideograph, letter, figure, mark

  init(_ scalar: Unicode.Scalar) {
    if scalar.properties.isIdeographic {
      self = .ideograph
    } else if scalar.properties.numericType != nil {
      self = .figure
    } else {
      self = scalar.properties.isAlphabetic ? .letter : .mark
    }
  }

  /// How far one reaches from its middle, in ems.
  var half: Double {
    switch self {
    case .ideograph: 0.5
    case .letter, .figure: 0.27
    case .mark: 0.15
    }
  }

  /// No ink of one is wider, in ems.
  var widest: Double {
    switch self {
    // The em is taken from the height of the ink, which is less than it for 三.
    case .ideograph: 1.3
    case .letter: 1.3
    case .figure: 0.95
    // Dashes and ellipses.
    case .mark: 2.2
    }
  }
}
