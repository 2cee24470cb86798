"""Boxhead in Python: PDF, Word and OFD documents with the headers of every value.

    import boxhead
    document = boxhead.convert("report.pdf")
    document.tables[0].to_pandas()          # columns and rows under their headers, through all levels
    document.json                           # the canonical JSON, as bytes

The work is done by libboxhead in this process; calls from several threads run at the same time. Errors are
exceptions of `BoxheadError`, one class for each kind.
"""
from ._document import Cell, Document, Table
from ._library import (BadRequest, BoxheadError, Encrypted, InternalFailure, LimitHit, MissingDependency, NotADocument,
                       convert, schema, version)

__all__ = ["BadRequest", "BoxheadError", "Cell", "Document", "Encrypted", "InternalFailure", "LimitHit",
           "MissingDependency", "NotADocument", "Table", "convert", "schema", "version"]
__version__ = version()
