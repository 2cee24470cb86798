import PageRendering
import RecognitionCore

/// A neural network in memory, run by ONNX Runtime.
///
/// Safe because the pointer is private, set once, freed in `deinit`, and never leaves this file:
/// results are copied into Swift values. It stays inside the task that made it.
@safe final class RecognitionModel {
  private let handle: OpaquePointer

  /// Loads the runtime, if it is not loaded yet, and a model.
  ///
  /// - Throws: `modelUnusable` with what the runtime says.
  init(runtime: String, file: String) throws(RecognitionError) {
    var message = [CChar](repeating: 0, count: 512)
    let opened = unsafe message.withUnsafeMutableBufferPointer { buffer in
      unsafe bhModelOpen(runtime, file, buffer.baseAddress, buffer.count)
    }
    guard let opened = unsafe opened else {
      let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw .modelUnusable(file: file, reason: String(decoding: bytes, as: UTF8.self))
    }
    unsafe handle = opened
  }

  deinit { unsafe bhModelFree(handle) }

  /// Runs the model on one input.
  ///
  /// - Returns: The values of its first output; nil if it failed.
  func run(_ input: [Float], shape: [Int64]) -> [Float]? {
    precondition(input.count == shape.reduce(1) { $0 * Int($1) })
    let output = unsafe bhModelRun(handle, input, shape, Int32(shape.count))
    guard let values = unsafe output.values else { return nil }
    defer { unsafe bhTensorFree(output) }
    return unsafe Array(UnsafeBufferPointer(start: values, count: output.count))
  }

  /// What a model says about one place of a line.
  struct Step {
    var best: Int
    var probability: Float
    var restricted: Int
    var restrictedProbability: Float
  }

  /// Reads lines of one size.
  ///
  /// - Parameters:
  ///   - pixels: The pictures one after another, `width` times `height` bytes each.
  ///   - width: Of each picture.
  ///   - height: Of each picture.
  ///   - allowed: Classes of the restricted reading, ascending.
  ///   - twins: For each class, the same mark in another width, or -1.
  /// - Returns: The places of each line; nil if the model failed.
  func readLines(
    _ pixels: [UInt8], width: Int, height: Int, allowed: [Int32], twins: [Int32]
  ) -> [[Step]]? {
    let count = pixels.count / (width * height)
    precondition(count > 0 && pixels.count == count * width * height)
    let output = unsafe bhModelReadLines(
      handle, pixels, Int32(count), Int32(width), Int32(height), allowed, Int32(allowed.count),
      twins, Int32(twins.count))
    guard let steps = unsafe output.steps else { return nil }
    defer { unsafe bhStepsFree(output) }
    let stepCount = unsafe Int(output.stepCount)
    return (0..<count).map { line in
      (0..<stepCount).map { index in
        let step = unsafe steps[line * stepCount + index]
        return Step(
          best: Int(step.best), probability: step.probability, restricted: Int(step.restricted),
          restrictedProbability: step.restrictedProbability)
      }
    }
  }
}

/// Pictures made larger or smaller.
enum PictureScaler {
  /// Scales a grey picture and puts it at the left of a wider one.
  ///
  /// - Parameters:
  ///   - picture: Without gaps between its rows.
  ///   - width: Of the scaled picture.
  ///   - height: Of the scaled picture.
  ///   - fullWidth: Of the result.
  ///   - padding: The value of what is right of the scaled picture.
  /// - Returns: The pixels of the result, row by row.
  static func scaled(
    _ picture: Bitmap, width: Int, height: Int, fullWidth: Int, padding: UInt8
  ) -> [UInt8] {
    precondition(picture.format == .grey && picture.bytesPerRow == picture.width)
    precondition(width > 0 && height > 0 && fullWidth >= width)
    var result = [UInt8](repeating: padding, count: fullWidth * height)
    unsafe bhPictureScale(
      picture.pixels, Int32(picture.width), Int32(picture.height), &result, Int32(width),
      Int32(height), Int32(fullWidth))
    return result
  }
}
