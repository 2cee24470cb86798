public import CBoxhead
import Conversion
import DocumentWriting
import Glibc

// The functions of `boxhead.h`: values of C in, one call of the converter, values of C out. Nothing
// is kept between calls, so any number of threads may call.

/// `boxhead_convert`, see `boxhead.h`.
@_cdecl("boxhead_convert")
public func convert(
  bytes: UnsafePointer<UInt8>?, length: Int, options: UnsafePointer<boxhead_options>?,
  json: UnsafeMutablePointer<boxhead_buffer>?, error: UnsafeMutablePointer<boxhead_error>?
) -> Int32 {
  unsafe json?.pointee = boxhead_buffer()
  unsafe error?.pointee = boxhead_error()
  do throws(LibraryError) {
    guard let json = unsafe json, length >= 0, unsafe bytes != nil || length == 0 else {
      throw LibraryError(
        status: BOXHEAD_BAD_REQUEST, message: "expected bytes and a place for JSON")
    }
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: length))
    let request = try unsafe ConversionRequest(options)
    let output = try request.convert(input)
    unsafe json.pointee = try unsafe buffer(output)
    return Int32(BOXHEAD_OK)
  } catch let failure {
    if let error = unsafe error {
      unsafe error.pointee.status = failure.status
      unsafe error.pointee.page = failure.page
      unsafe error.pointee.message = strdup(failure.message)
    }
    return failure.status
  }
}

/// `boxhead_schema`, see `boxhead.h`.
@_cdecl("boxhead_schema")
public func schema(_ schema: UnsafeMutablePointer<boxhead_buffer>?) -> Int32 {
  guard let schema = unsafe schema else { return Int32(BOXHEAD_BAD_REQUEST) }
  do throws(LibraryError) {
    unsafe schema.pointee = try unsafe buffer(Array(DocumentSchema.text.utf8))
    return Int32(BOXHEAD_OK)
  } catch {
    unsafe schema.pointee = boxhead_buffer()
    return error.status
  }
}

/// `boxhead_buffer_free`, see `boxhead.h`.
@_cdecl("boxhead_buffer_free")
public func freeBuffer(_ buffer: UnsafeMutablePointer<boxhead_buffer>?) {
  guard let buffer = unsafe buffer else { return }
  unsafe free(buffer.pointee.bytes)
  unsafe buffer.pointee = boxhead_buffer()
}

/// `boxhead_error_free`, see `boxhead.h`.
@_cdecl("boxhead_error_free")
public func freeError(_ error: UnsafeMutablePointer<boxhead_error>?) {
  guard let error = unsafe error else { return }
  unsafe free(error.pointee.message)
  unsafe error.pointee = boxhead_error()
}

/// `boxhead_version`, see `boxhead.h`.
@_cdecl("boxhead_version")
public func version() -> UnsafePointer<CChar>? {
  // Made once and kept: the caller never frees it.
  unsafe UnsafePointer(versionText.pointer)
}

/// A text of C that lives as long as the program.
@safe private struct VersionText: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<CChar>?
}

private let versionText = unsafe VersionText(pointer: strdup(Converter.version))

/// A copy of bytes for the caller, with a NUL behind it.
private func buffer(_ bytes: [UInt8]) throws(LibraryError) -> boxhead_buffer {
  guard let copy = unsafe malloc(bytes.count + 1) else {
    throw LibraryError(status: BOXHEAD_LIMIT, message: "expected memory for the JSON, found none")
  }
  unsafe bytes.withUnsafeBytes { source in
    if let start = source.baseAddress {
      unsafe copy.copyMemory(from: start, byteCount: source.count)
    }
  }
  unsafe copy.storeBytes(of: 0, toByteOffset: bytes.count, as: UInt8.self)
  return unsafe boxhead_buffer(
    bytes: copy.assumingMemoryBound(to: CChar.self), length: bytes.count)
}
