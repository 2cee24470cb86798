#!/usr/bin/env python3
"""Reads Word documents with another tool, in that tool's own environment; one JSON line a file.

    word_readers.py pandoc|docx2python|python-docx|mammoth [--plain] FILE...

A line holds what the tool says: `text` as a person would read it, `raw` (all it puts out, mark-up and properties
included), `headings` as [level, text], `tables` with `cells` in the scorers' form and `headerRows`, and `images`, a count.
With --plain a document is only converted and nothing is printed: that is what `word_peers.py` times.
"""
import html.parser
import json
import resource
import signal
import subprocess
import sys

SECONDS, BYTES = 20, 2 << 30  # What a file may cost: some of them are made to cost more.


class Page(html.parser.HTMLParser):
    """Text, headings, tables and pictures of HTML."""

    def __init__(self, source):
        super().__init__()
        self.text, self.headings, self.tables, self.images = [], [], [], 0
        self.open, self.heading = [], None
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "img":
            self.images += 1
        elif tag == "table":
            self.open.append({"rows": [], "cells": [], "taken": set(), "headerRows": 0, "cell": None})
            self.tables.append(self.open[-1])
        elif tag == "thead" and self.open:
            self.open[-1]["inHead"] = True
        elif tag == "tr" and self.open:
            self.open[-1]["rows"].append(0)
            self.open[-1]["headerRows"] += bool(self.open[-1].get("inHead"))
        elif tag in ("td", "th") and self.open:
            t = self.open[-1]
            row, column = len(t["rows"]) - 1, 0
            while (row, column) in t["taken"]:
                column += 1
            height, width = int(values.get("rowspan") or 1), int(values.get("colspan") or 1)
            t["taken"] |= {(r, c) for r in range(row, row + height) for c in range(column, min(column + width, 10_000))}
            t["cell"] = {"row": row, "col": column, "rowspan": height, "colspan": width, "text": ""}
            t["cells"].append(t["cell"])
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.heading = [int(tag[1]), ""]
            self.headings.append(self.heading)
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag):
        if tag == "table" and self.open:
            self.open.pop()
        elif tag == "thead" and self.open:
            self.open[-1]["inHead"] = False
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.heading = None
        if tag in ("p", "li", "td", "th", "tr", "table") or tag[0] == "h":
            self.handle_data("\n")

    def handle_data(self, data):
        self.text.append(data)
        if self.heading:
            self.heading[1] += data
        for table in self.open:
            if table["cell"] is not None:
                table["cell"]["text"] += data

    def result(self, raw):
        tables = [{"cells": t["cells"], "headerRows": t["headerRows"]} for t in self.tables]
        return {"text": "".join(self.text), "raw": raw, "tables": tables, "images": self.images,
                "headings": [[level, text.strip()] for level, text in self.headings]}


class Pandoc:
    def __init__(self):
        import pypandoc
        self.program = pypandoc.get_pandoc_path()

    def to(self, form, path):
        return subprocess.run([self.program, "-f", "docx", "-t", form, "--wrap=none", path], capture_output=True, check=True,
                              text=True).stdout

    def convert(self, path):
        return self.to("json", path)

    def read(self, path):
        raw, html_form = self.to("json", path), self.to("html", path)
        result = Page(html_form).result(raw + html_form)
        # Plain text has the labels of lists; the column of labels is not part of the mark-up.
        result["text"] = self.to("plain", path)
        return result


class Mammoth:
    def convert(self, path):
        import mammoth
        with open(path, "rb") as file:
            return mammoth.convert_to_html(file).value

    def read(self, path):
        raw = self.convert(path)
        return Page(raw).result(raw)


class DocxToPython:
    def convert(self, path):
        from docx2python import docx2python
        with docx2python(path) as document:
            return document.text, document.body, document.core_properties, document.images

    def read(self, path):
        text, body, properties, images = self.convert(path)
        # A table is a list of rows; what is not in a table is one of one cell.
        tables = [t for t in body if len(t) > 1 or any(len(row) > 1 for row in t)]
        cells = lambda t: [{"row": r, "col": c, "text": "\n".join(map(str, cell))} for r, row in enumerate(t) for c, cell in enumerate(row)]
        return {"text": text, "raw": text + json.dumps(properties, ensure_ascii=False), "headings": [],
                "tables": [{"cells": cells(t), "headerRows": 0} for t in tables], "images": len(images)}


class PythonDocx:
    def convert(self, path):
        import docx
        document = docx.Document(path)
        return document, self.lines(document)

    def lines(self, container):
        import docx
        lines = []
        for item in container.iter_inner_content():
            if isinstance(item, docx.table.Table):
                for row in item.rows:
                    for cell in row.cells:
                        lines += self.lines(cell)
            else:
                lines.append(item.text)
        return lines

    def read(self, path):
        import docx
        document, lines = self.convert(path)
        lines += [p.text for s in document.sections for part in (s.header, s.footer) for p in part.paragraphs]
        p = document.core_properties
        raw = lines + [str(p.title), str(p.author)] + [link.address for q in document.paragraphs for link in q.hyperlinks]
        headings = [[int(q.style.name[8:]), q.text] for q in document.paragraphs
                    if q.style is not None and q.style.name.startswith("Heading ") and q.style.name[8:].isdigit()]
        tables = []
        for table in document.tables:
            # A merged cell comes once for each position that it covers.
            places = {}
            for r, row in enumerate(table.rows):
                for c, cell in enumerate(row.cells):
                    places.setdefault(cell._tc, (cell, []))[1].append((r, row.grid_cols_before + c))
            cells = [{"row": min(r for r, _ in at), "col": min(c for _, c in at), "text": cell.text,
                      "rowspan": len({r for r, _ in at}), "colspan": len({c for _, c in at})} for cell, at in places.values()]
            tables.append({"cells": cells, "headerRows": 0})
        return {"text": "\n".join(lines), "raw": "\n".join(raw), "headings": headings, "tables": tables,
                "images": len(document.inline_shapes)}


READERS = {"pandoc": Pandoc, "mammoth": Mammoth, "docx2python": DocxToPython, "python-docx": PythonDocx}


def give_up(*_):
    raise TimeoutError(f"no result within {SECONDS} s")


def main():
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    signal.signal(signal.SIGALRM, give_up)
    reader, files = READERS[sys.argv[1]](), sys.argv[2:]
    if files[0] == "--plain":
        for path in files[1:]:
            reader.convert(path)
        return
    for path in files:
        signal.alarm(SECONDS)
        try:
            line = reader.read(path)
        except Exception as error:  # What a peer makes of a file is a result, not a fault of this tool.
            line = {"error": f"{type(error).__name__}: {error}"[:200]}
        signal.alarm(0)
        print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
