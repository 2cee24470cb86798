"""A converted document: thin views of its JSON."""
import json as _json


class Document:
    """What `convert` gives; `json` is the canonical bytes, `data` the same as Python values."""

    def __init__(self, json):
        self.json = json
        self.data = _json.loads(json)

    def __repr__(self):
        return f"<boxhead.Document {self.data['source']['name']}: {len(self.blocks)} blocks, {len(self.tables)} tables>"

    @property
    def blocks(self):
        """The blocks in reading order, as Python values."""
        return self.data["blocks"]

    @property
    def tables(self):
        """The tables in reading order, those inside of cells behind the table around them."""
        return list(_tables(self.blocks))

    @property
    def notes(self):
        """What was left out, guessed or doubtful."""
        return self.data["notes"]

    @property
    def record(self):
        """The record of a document of a known family, or None."""
        return self.data.get("record")


def _tables(blocks):
    for block in blocks:
        if "cells" in block:
            yield Table(block)
            for cell in block["cells"]:
                yield from _tables(cell.get("blocks", []))


class Cell:
    """A cell with the texts of its headers."""

    def __init__(self, data, table):
        self.data, self._table = data, table

    def __repr__(self):
        return f"<boxhead.Cell {self.id}: {self.text!r}>"

    id = property(lambda self: self.data["id"])
    row = property(lambda self: self.data["row"])
    column = property(lambda self: self.data["column"])
    role = property(lambda self: self.data["role"])
    text = property(lambda self: self.data["text"])
    value = property(lambda self: self.data.get("value"), doc="The number, or None.")
    unit = property(lambda self: self.data.get("unit"))
    missing = property(lambda self: self.data.get("missing"), doc="How a value is absent, or None.")

    @property
    def row_path(self):
        """The headers left of it, outermost first."""
        return tuple(self._table.text_of(i) for i in self.data.get("rowPath", []))

    @property
    def column_path(self):
        """The headers above it, outermost first."""
        return tuple(self._table.text_of(i) for i in self.data.get("columnPath", []))


class Table:
    """A table; `data` is its block in the JSON."""

    def __init__(self, data):
        self.data = data
        self.cells = [Cell(cell, self) for cell in data["cells"]]
        self._texts = {cell.id: cell.text for cell in self.cells}

    def __repr__(self):
        return f"<boxhead.Table {self.id}: {self.data['rowCount']} rows, {self.data['columnCount']} columns>"

    id = property(lambda self: self.data["id"])
    caption = property(lambda self: self.data.get("caption"))
    unit = property(lambda self: self.data.get("unit"))

    def text_of(self, cell_id):
        """The text of the cell with this id."""
        return self._texts[cell_id]

    def to_pandas(self, band=0):
        """The values of a band as a DataFrame; its index is the row paths, its columns the column paths.

        A band is a group of rows with column headers of its own; most tables have one. A number is a float, a missing
        value NaN and never 0, anything else its text. Shorter paths are filled up with empty texts.
        """
        import pandas

        bands = self.data["bands"] or [{"rows": [0, self.data["rowCount"]], "headerRows": 0}]
        first, last = bands[band]["rows"]
        rows, columns, values = {}, {}, {}
        for cell in self.cells:
            if cell.role == "data" and first <= cell.row < last:
                rows.setdefault(cell.row, cell.row_path)
                columns.setdefault(cell.column, cell.column_path)
                values[cell.row, cell.column] = (
                    float("nan") if cell.missing else cell.text if cell.value is None else float(cell.value))
        order = sorted(columns)
        frame = pandas.DataFrame([[values.get((r, c), float("nan")) for c in order] for r in sorted(rows)], dtype=object)
        frame.index = _index(pandas, [rows[r] for r in sorted(rows)])
        frame.columns = _index(pandas, [columns[c] for c in order])
        return frame.infer_objects()


def _index(pandas, paths):
    depth = max((len(p) for p in paths), default=0)
    if not depth:
        return pandas.RangeIndex(len(paths))
    return pandas.MultiIndex.from_tuples([p + ("",) * (depth - len(p)) for p in paths])
