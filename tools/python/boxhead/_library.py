"""The door to libboxhead: ctypes over boxhead.h."""
import ctypes
import os

from ._document import Document


class BoxheadError(Exception):
    """Why there is no document; `page` is the page that is to blame, from 1, or None."""

    status = 15

    def __init__(self, message, page=None):
        super().__init__(message)
        self.page = page


class BadRequest(BoxheadError):
    """What was asked for does not fit the document."""

    status = 1


class NotADocument(BoxheadError):
    """Not a document of a supported kind, or damaged."""

    status = 2


class MissingDependency(BoxheadError):
    """A scan, and what reads scans is not installed."""

    status = 7


class Encrypted(BoxheadError):
    """The document is encrypted."""

    status = 8


class LimitHit(BoxheadError):
    """A limit on size, nesting or memory was hit."""

    status = 10


class InternalFailure(BoxheadError):
    """A fault in Boxhead or in a library that it uses."""

    status = 15


_ERRORS = {c.status: c for c in (BadRequest, NotADocument, MissingDependency, Encrypted, LimitHit, InternalFailure)}


class _Options(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("name", ctypes.c_char_p), ("pages", ctypes.c_char_p),
                ("revisions", ctypes.c_char_p), ("recognize", ctypes.c_char_p)]


class _Buffer(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class _Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int32), ("page", ctypes.c_int32), ("message", ctypes.c_void_p)]


def _load():
    """The library that BOXHEAD_LIBRARY names, the one in this package, or that of the system."""
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "libboxhead.so.0")
    path = os.environ.get("BOXHEAD_LIBRARY") or (beside if os.path.exists(beside) else "libboxhead.so.0")
    library = ctypes.CDLL(path)
    library.boxhead_convert.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(_Options),
                                        ctypes.POINTER(_Buffer), ctypes.POINTER(_Error)]
    library.boxhead_convert.restype = ctypes.c_int32
    library.boxhead_schema.argtypes = [ctypes.POINTER(_Buffer)]
    library.boxhead_schema.restype = ctypes.c_int32
    library.boxhead_buffer_free.argtypes = [ctypes.POINTER(_Buffer)]
    library.boxhead_buffer_free.restype = None
    library.boxhead_error_free.argtypes = [ctypes.POINTER(_Error)]
    library.boxhead_error_free.restype = None
    library.boxhead_version.restype = ctypes.c_char_p
    return library


_library = _load()


def _encoded(text):
    return None if text is None else str(text).encode()


def _taken(buffer):
    try:
        return ctypes.string_at(buffer.bytes, buffer.length)
    finally:
        _library.boxhead_buffer_free(ctypes.byref(buffer))


def convert(source, *, name=None, pages=None, revisions=None, recognize=None):
    """Converts a document, or reads JSON that Boxhead wrote.

    source: a path, or the bytes of a document; name: what it is called, the file's name without it; pages: such as
    "2-5"; revisions: "accepted", "original" or "all"; recognize: "auto", "always" or "never".
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        content = bytes(source)
    else:
        with open(source, "rb") as file:
            content = file.read()
        name = name or os.path.basename(os.fspath(source))
    options = _Options(ctypes.sizeof(_Options), _encoded(name), _encoded(pages), _encoded(revisions), _encoded(recognize))
    output, error = _Buffer(), _Error()
    status = _library.boxhead_convert(content, len(content), ctypes.byref(options), ctypes.byref(output), ctypes.byref(error))
    if status == 0:
        return Document(_taken(output))
    try:
        message = ctypes.string_at(error.message).decode("utf-8", "replace") if error.message else "no message"
        raise _ERRORS.get(status, InternalFailure)(message, error.page or None)
    finally:
        _library.boxhead_error_free(ctypes.byref(error))


def schema():
    """The JSON Schema (2020-12) of `Document.json`, as text."""
    output = _Buffer()
    if _library.boxhead_schema(ctypes.byref(output)):
        raise InternalFailure("no schema")
    return _taken(output).decode()


def version():
    """The version of the library."""
    return _library.boxhead_version().decode()
