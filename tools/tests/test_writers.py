"""What the writers write is opened by readers that others wrote, and is what the canonical JSON says."""
import csv
import glob
import io
import json
import os
import re
import subprocess
import tempfile
import unittest
import unittest.mock
import warnings

import csvw
import html5lib
import markdown_it
import openpyxl

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
BOXHEAD = os.path.abspath(os.environ.get("BOXHEAD", os.path.join(ROOT, ".build/release/boxhead")))
SAMPLES = sorted(glob.glob(os.path.join(ROOT, "samples", "*", "original.*")))


def tables(blocks):
    """The table blocks in reading order, those inside of cells behind the table around them."""
    for block in blocks:
        if "cells" in block:
            yield block
            for cell in block["cells"]:
                yield from tables(cell.get("blocks", []))


def spans(table):
    """{(row, column): (row span, column span, text)} of the cells of a table."""
    return {(c["row"], c["column"]): (c["rowSpan"], c["columnSpan"], c["text"]) for c in table["cells"]}


def covering(table):
    """For each position of the grid the cell that covers it."""
    return {(r, c): cell for cell in table["cells"]
            for r in range(cell["row"], cell["row"] + cell["rowSpan"])
            for c in range(cell["column"], cell["column"] + cell["columnSpan"])}


def header_rows(table):
    bands = table["bands"]
    return bands[0]["headerRows"] if bands and bands[0]["rows"][0] == 0 else 0


def headers(table, cell):
    """Ids of the headers of a cell, those above first."""
    return cell.get("columnPath", []) + cell.get("rowPath", [])


def element_text(element):
    """The text of an element; <br> is a line break, and tables inside of it are not its text."""
    text = element.text or ""
    for child in element:
        if child.tag == "br":
            text += "\n"
        elif child.tag not in ("table", "figure"):
            text += element_text(child)
        text += child.tail or ""
    return text


def html_grid(table):
    """The cells of an HTML table by the table model of HTML: rows end with their row group."""
    cells, row = {}, 0
    for group in table:
        if group.tag not in ("thead", "tbody", "tfoot"):
            continue
        rows = [r for r in group if r.tag == "tr"]
        taken = set()
        for i, tr in enumerate(rows):
            column = 0
            for td in tr:
                while (i, column) in taken:
                    column += 1
                height = min(int(td.get("rowspan", 1)), len(rows) - i)
                width = int(td.get("colspan", 1))
                cells[row + i, column] = (height, width, td)
                taken |= {(i + y, column + x) for y in range(height) for x in range(width)}
                column += width
        row += len(rows)
    return cells


def parsed_html(text, strict=False):
    return html5lib.HTMLParser(strict=strict, namespaceHTMLElements=False).parse(text)


def unguarded(text):
    """A text of a CSV without the apostrophe that keeps it from being run as a formula."""
    return text[1:] if re.match(r"'[=+\-@＝＋－＠\t\r]", text) else text


class Outputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.documents = {}
        for path in SAMPLES:
            slug = os.path.basename(os.path.dirname(path))
            target = os.path.join(cls.folder.name, slug)
            subprocess.run([BOXHEAD, "convert", path, "--to", "json,markdown,html,csv,tsv,xlsx,docling", "-o", target], check=True)
            with open(os.path.join(target, "original.json"), encoding="utf-8") as f:
                cls.documents[slug] = json.load(f)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def text(self, slug, name):
        with open(os.path.join(self.folder.name, slug, name), encoding="utf-8", newline="") as f:
            return f.read()

    def each(self):
        self.assertGreaterEqual(len(self.documents), 5)
        return self.documents.items()

    def assertGrid(self, table, found):
        self.assertEqual({k: (h, w, element_text(td)) for k, (h, w, td) in found.items()}, spans(table))


class HTML(Outputs):
    def test_grids_are_ours_and_ids_lead_to_headers(self):
        for slug, document in self.each():
            page = parsed_html(self.text(slug, "original.html"), strict=True)
            ids = {e.get("id") for e in page.iter() if e.get("id")}
            found = [e for e in page.iter("figure") if e.get("class") == "table"]
            self.assertEqual([f.get("id") for f in found], [t["id"] for t in tables(document["blocks"])])
            for figure, table in zip(found, tables(document["blocks"])):
                grid = html_grid(next(figure.iter("table")))
                self.assertGrid(table, grid)
                for cell in table["cells"]:
                    td = grid[cell["row"], cell["column"]][2]
                    self.assertEqual(td.get("id"), cell["id"])
                    self.assertEqual((td.get("headers") or "").split(), headers(table, cell))
                    self.assertEqual(td.get("data-missing"), cell.get("missing"))
                    self.assertEqual(None if td.get("data-value") is None else float(td.get("data-value")), cell.get("value"))
                    self.assertEqual(td.tag == "td", cell["role"] == "data" or (cell["role"] == "stubHead" and not cell["text"]))
            for link in page.iter("a"):
                target = link.get("href") or ""
                if target.startswith("#") and not target.startswith("#place-"):
                    self.assertIn(target[1:], ids)
            self.assertFalse([e for e in page.iter() if e.get("src") or e.tag in ("script", "link", "iframe")])

    def test_texts_are_ours(self):
        for slug, document in self.each():
            page = parsed_html(self.text(slug, "original.html"))
            elements = {e.get("id"): e for e in page.iter() if e.get("id")}
            for block in document["blocks"]:
                if "cells" not in block:
                    text = element_text(elements[block["id"]])
                    self.assertTrue(text.endswith(block["text"]) and text.startswith(block.get("label", "")), text)


class Markdown(Outputs):
    def parsed(self, slug):
        parser = markdown_it.MarkdownIt("commonmark", {"html": True}).enable("table")
        return parser, parser.render(self.text(slug, "original.md"))

    def test_texts_are_ours(self):
        for slug, document in self.each():
            _, rendered = self.parsed(slug)
            page = parsed_html(rendered)
            found = {re.sub(r"\s+", "", element_text(e)) for e in page.iter() if e.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li")}
            for block in document["blocks"]:
                if "cells" in block or block["kind"] == "pageFurniture":
                    continue
                text = re.sub(r"\s+", "", block["text"])
                labelled = re.sub(r"\s+", "", block.get("label", "")) + text
                self.assertTrue({text, labelled} & found, block["text"])

    def test_tables_are_ours(self):
        for slug, document in self.each():
            _, rendered = self.parsed(slug)
            found = [t for t in parsed_html(rendered).iter("table")]
            # A record is one more, at the end.
            self.assertEqual(len(found), len(list(tables(document["blocks"]))) + ("record" in document))
            if "record" in document:
                facts = {row[0]: row[1] for row in ([element_text(cell) for cell in tr] for tr in found[-1].iter("tr"))}
                self.assertEqual(facts["Agency"], document["record"]["agency"])
            for element, table in zip(found, tables(document["blocks"])):
                grid = html_grid(element)
                if all(c["rowSpan"] == c["columnSpan"] == 1 for c in table["cells"]):
                    trimmed = {k: (h, w, t.strip(" \u3000")) for k, (h, w, t) in spans(table).items()}
                    self.assertEqual({k: (h, w, element_text(td).strip(" \u3000")) for k, (h, w, td) in grid.items()}, trimmed)
                else:
                    self.assertGrid(table, grid)


def next_row(reader):
    """csvw counts the lines of its skipRows; the standard counts rows, and a field may hold line breaks."""
    reader.lineno += 1
    return next(reader.reader)


@unittest.mock.patch("csvw.dsv.UnicodeReader._next_row", next_row)
class DelimitedText(Outputs):
    def test_grids_are_ours(self):
        for slug, document in self.each():
            for ending, delimiter in (("csv", ","), ("tsv", "\t")):
                for number, table in enumerate(tables(document["blocks"]), 1):
                    rows = list(csv.reader(io.StringIO(self.text(slug, f"original.table-{number}.{ending}"), newline=""),
                                           delimiter=delimiter, strict=True))
                    self.assertEqual([len(r) for r in rows], [table["columnCount"]] * table["rowCount"])
                    for (row, column), cell in covering(table).items():
                        stands = (row, column) == (cell["row"], cell["column"]) or cell["role"] != "data"
                        self.assertEqual(unguarded(rows[row][column]), cell["text"] if stands else "")

    def test_metadata_describes_them(self):
        checked = 0
        for slug, document in self.each():
            for ending in ("csv", "tsv"):
                with warnings.catch_warnings():
                    warnings.simplefilter("error")
                    group = csvw.CSVW(os.path.join(self.folder.name, slug, f"original.{ending}-metadata.json"), validate=True)
                    self.assertTrue(group.is_valid)
                    for found, table in zip(group.tables, tables(document["blocks"]), strict=True):
                        rows = list(found)
                        self.assertEqual(len(rows), table["rowCount"] - header_rows(table))
                        for cell in table["cells"]:
                            column = found.tableSchema.columns[cell["column"]]
                            if cell["role"] == "data" and column.datatype and column.datatype.base == "decimal":
                                value = list(rows[cell["row"] - header_rows(table)].values())[cell["column"]]
                                self.assertEqual(None if value is None else float(value), cell.get("value"))
                                checked += 1

        self.assertGreater(checked, 100)

    def test_lines_of_values_are_ours(self):
        for slug, document in self.each():
            path = os.path.join(self.folder.name, slug, "values.csv")
            original = next(p for p in SAMPLES if f"/{slug}/" in p)
            subprocess.run([BOXHEAD, "convert", original, "--to", "csv", "--long", "-o", path], check=True)
            with open(path, encoding="utf-8", newline="") as f:
                rows = list(csv.DictReader(f, strict=True))
            expected = []
            for table in tables(document["blocks"]):
                text = {c["id"]: c["text"] for c in table["cells"]}
                for cell in table["cells"]:
                    if cell["role"] == "data":
                        expected.append((document["source"]["name"], table["id"], cell["id"],
                                         *(" › ".join(text[i] for i in cell.get(p, [])) for p in ("rowPath", "columnPath")),
                                         cell["text"], cell.get("value"), cell.get("unit", ""), cell.get("missing", "")))
            found = [(r["document"], r["table"], r["cell"], r["row_path"], r["column_path"], unguarded(r["text"]),
                      float(r["value"]) if r["value"] else None, r["unit"], r["missing"]) for r in rows]
            self.assertEqual(found, expected)
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                group = csvw.CSVW(path + "-metadata.json", validate=True)
                self.assertTrue(group.is_valid)
                read = list(group.tables[0])
            self.assertEqual([r["value"] for r in read], [e[6] for e in expected])
            self.assertEqual([" › ".join(r["column_path"]) for r in read], [e[4] for e in expected])
            places = {c["id"]: c["provenance"] for t in tables(document["blocks"]) for c in t["cells"]}
            for row in read:
                place = places[row["cell"]][:1]
                self.assertEqual([row["page"]] + row["box"], [place[0]["page"], *place[0]["box"]] if place and "page" in place[0] else [None])

    def test_values_of_several_documents_share_one_head(self):
        path = os.path.join(self.folder.name, "all.csv")
        subprocess.run([BOXHEAD, "convert", *SAMPLES, "--to", "csv", "--long", "-o", path], check=True)
        with open(path, encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f, strict=True))
        count = sum(c["role"] == "data" for d in self.documents.values() for t in tables(d["blocks"]) for c in t["cells"])
        self.assertEqual(len(rows), count)
        self.assertTrue(csvw.CSVW(path + "-metadata.json", validate=True).is_valid)
        printed = subprocess.run([BOXHEAD, "convert", *SAMPLES, "--to", "csv", "--long"], check=True, capture_output=True).stdout
        with open(path, "rb") as f:
            self.assertEqual(printed, f.read())


class Workbook(Outputs):
    def test_grids_values_and_merges_are_ours(self):
        numbers = 0
        for slug, document in self.each():
            book = openpyxl.load_workbook(os.path.join(self.folder.name, slug, "original.xlsx"))
            listed, *sheets = book.worksheets
            self.assertEqual([row[1].value for row in listed.iter_rows(min_row=2)], [t["id"] for t in tables(document["blocks"])])
            self.assertEqual([row[0].value for row in listed.iter_rows(min_row=2)], [s.title for s in sheets])
            for sheet, table in zip(sheets, tables(document["blocks"]), strict=True):
                self.assertEqual({(r.min_row - 1, r.min_col - 1, r.max_row - r.min_row + 1, r.max_col - r.min_col + 1)
                                  for r in sheet.merged_cells.ranges},
                                 {(c["row"], c["column"], c["rowSpan"], c["columnSpan"])
                                  for c in table["cells"] if c["rowSpan"] * c["columnSpan"] > 1})
                for (row, column), cell in covering(table).items():
                    found = sheet.cell(row + 1, column + 1)
                    if (row, column) != (cell["row"], cell["column"]):
                        self.assertIsNone(found.value)
                    elif cell["role"] == "data" and "value" in cell:
                        numbers += 1
                        self.assertEqual(found.data_type, "n")
                        is_share = found.number_format.endswith("%")
                        self.assertAlmostEqual(found.value * (100 if is_share else 1), cell["value"], delta=1e-9)
                        self.assertEqual(printed(found.value, found.number_format), cell["text"])
                    else:
                        self.assertEqual(found.value, cell["text"] or None)
                        self.assertIn(found.data_type, ("s", "n") if not cell["text"] else "s")
        self.assertGreater(numbers, 100)

    def test_a_second_conversion_gives_the_same_bytes(self):
        for slug, _ in self.each():
            original = next(p for p in SAMPLES if f"/{slug}/" in p)
            again = subprocess.run([BOXHEAD, "convert", original, "--to", "xlsx"], check=True, capture_output=True).stdout
            with open(os.path.join(self.folder.name, slug, "original.xlsx"), "rb") as f:
                self.assertEqual(again, f.read())


def printed(value, number_format):
    """What a spreadsheet shows, for the formats that the samples need."""
    form = re.fullmatch(r'(?:"([^"]*)")?(#,##)?(0+)(\.0+)?(%)?(?:"([^"]*)")?', number_format)
    assert form, number_format
    before, groups, _, decimals, share, behind = form.groups()
    digits = f"{value * (100 if share else 1):{',' if groups else ''}.{len(decimals) - 1 if decimals else 0}f}"
    return (before or "") + digits + (share or "") + (behind or "")


class Docling(Outputs):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # It takes a hundred megabytes, which the memory of other tests' children would count in.
        from docling_core.types.doc import DoclingDocument
        cls.form = DoclingDocument

    def document(self, slug):
        return self.form.model_validate_json(self.text(slug, "original.docling.json"))

    def test_tables_are_ours_and_headers_are_found(self):
        paths = 0
        for slug, document in self.each():
            found = self.document(slug)
            for item, table in zip(found.tables, tables(document["blocks"]), strict=True):
                self.assertEqual({(c.start_row_offset_idx, c.start_col_offset_idx): (c.row_span, c.col_span, c.text)
                                  for c in item.data.table_cells}, spans(table))
                self.assertEqual([c.column_header for c in item.data.table_cells],
                                 [c["role"] in ("columnHeader", "stubHead") for c in table["cells"]])
                self.assertEqual([c.row_header for c in item.data.table_cells], [c["role"] == "rowHeader" for c in table["cells"]])
                frame = item.export_to_dataframe(doc=found)
                text = {c["id"]: c["text"] for c in table["cells"]}
                first = table["bands"][0]["rows"][1] if table["bands"] else 0
                for cell in table["cells"]:
                    if cell["role"] == "data" and cell["row"] < first and cell.get("columnPath") and cell["columnSpan"] == 1:
                        # Docling says a header once for each row that it covers.
                        name = frame.columns[cell["column"]]
                        levels = [text[i] for i in cell["columnPath"]]
                        self.assertEqual(without_repeats(name, levels), levels)
                        paths += 1
        self.assertGreater(paths, 100)

    def test_texts_and_places_are_ours(self):
        for slug, document in self.each():
            found = self.document(slug)
            texts = [t.text for t in found.texts]
            for block in document["blocks"]:
                if "cells" not in block:
                    self.assertTrue({block["text"], block.get("label", "") + block["text"],
                                     block.get("label", "") + " " + block["text"]} & set(texts), block["text"])
                elif "caption" in block:
                    self.assertIn(block["caption"], texts)
            self.assertEqual({n: (p.size.width, p.size.height) for n, p in found.pages.items()},
                             {p["number"]: (p["width"], p["height"]) for p in document["pages"]})
            self.assertEqual(json.loads(self.text(slug, "original.docling.json"))["version"], "1.0.0")
            self.assertEqual(found.origin.binary_hash, int(document["source"]["sha256"][-16:], 16))
            places = [(p.page_no, [p.bbox.l, p.bbox.t, p.bbox.r, p.bbox.b]) for t in found.tables for p in t.prov]
            self.assertEqual(places, [(p["page"], p["box"]) for t in tables(document["blocks"]) for p in t["provenance"] if "page" in p])


def without_repeats(name, levels):
    """The levels that a name joined by full stops says, each as often as it likes in a row."""
    found = []
    while name:
        level = next((x for x in levels if name == x or name.startswith(x + ".")), None)
        if level is None:
            return found + [name]
        if not found or found[-1] != level:
            found.append(level)
        name = name[len(level) + 1:]
    return found


class ReadingBack(Outputs):
    def run_boxhead(self, *arguments):
        return subprocess.run([BOXHEAD, *arguments], capture_output=True, stdin=subprocess.DEVNULL)

    def test_every_form_is_the_same_from_json(self):
        for slug, document in self.each():
            folder = os.path.join(self.folder.name, slug)
            again = os.path.join(folder, "again")
            forms = "json,markdown,html,csv,tsv,xlsx,docling"
            subprocess.run([BOXHEAD, "convert", os.path.join(folder, "original.json"), "--to", forms, "-o", again], check=True)
            names = sorted(n for n in os.listdir(folder) if n.startswith("original."))
            self.assertEqual(sorted(os.listdir(again)), names)
            for name in names:
                with open(os.path.join(folder, name), "rb") as one, open(os.path.join(again, name), "rb") as other:
                    self.assertEqual(one.read(), other.read(), name)

    def test_json_laid_out_anew_is_the_same_document(self):
        for slug, document in self.each():
            path = os.path.join(self.folder.name, slug, "laid-out.json")
            with open(path, "w", encoding="utf-8") as f:
                json.dump(document, f, indent=2)
            done = self.run_boxhead("convert", path)
            self.assertEqual(done.stdout.decode(), self.text(slug, "original.json"))

    def test_documents_are_valid_and_differ_from_none_but_others(self):
        paths = {slug: os.path.join(self.folder.name, slug, "original.json") for slug in self.documents}
        done = self.run_boxhead("validate", *paths.values())
        self.assertEqual((done.returncode, done.stdout), (0, b""), done.stderr)
        for slug, path in paths.items():
            original = next(p for p in SAMPLES if f"/{slug}/" in p)
            done = self.run_boxhead("diff", original, path)
            self.assertEqual((done.returncode, done.stdout), (0, b""), done.stderr)
        done = self.run_boxhead("diff", paths["household-survey-weasyprint"], paths["water-supply-chromium"], "--json")
        self.assertEqual(done.returncode, 6)
        self.assertGreater(len(json.loads(done.stdout)["differences"]), 10)

    def test_the_report_says_the_same_in_three_formats(self):
        slugs = ["annual-report-pdf", "annual-report-docx", "annual-report-ofd"]
        values = []
        for slug in slugs[1:]:
            done = self.run_boxhead("diff", os.path.join(self.folder.name, slugs[0], "original.json"),
                                    os.path.join(self.folder.name, slug, "original.json"), "--json")
            values += [d for d in json.loads(done.stdout)["differences"] if d["kind"] == "value"]
        self.assertEqual(values, [])

    def test_what_is_wrong_is_found(self):
        document = json.loads(self.text("household-survey-weasyprint", "original.json"))
        table = next(tables(document["blocks"]))
        cell = next(c for c in table["cells"] if "value" in c)
        path = os.path.join(self.folder.name, "wrong.json")

        def result(command, change):
            changed = json.loads(json.dumps(document))
            change(next(b for b in tables(changed["blocks"]))["cells"][int(cell["id"].split("c")[1]) - 1], changed)
            with open(path, "w", encoding="utf-8") as f:
                json.dump(changed, f)
            return self.run_boxhead(*command, path)

        same = result(["validate"], lambda c, d: None)
        self.assertEqual(same.returncode, 0)
        outside = result(["validate"], lambda c, d: c["provenance"][0].update(box=[9998, 0, 9999, 1]))
        self.assertEqual(outside.returncode, 2)
        self.assertIn(f"{cell['id']}: expected a box on page".encode(), outside.stdout)
        for change in (lambda c, d: c.update(row=c["row"] + 1), lambda c, d: c.update(more=1),
                       lambda c, d: c.update(columnPath=["b1c1"]), lambda c, d: d.update(schema="boxhead.document/9.0.0"),
                       lambda c, d: c.update(rowSpan=2 ** 53 - 1)):
            for command in (["validate"], ["convert", "--to", "html"]):
                done = result(command, change)
                self.assertEqual((done.returncode, done.stdout if command[0] == "convert" else b""), (2, b""), done.stderr)
                self.assertEqual(done.stderr.count(b"\n"), 1)
        changed = result(["diff", os.path.join(self.folder.name, "household-survey-weasyprint", "original.json")],
                         lambda c, d: c.update(text="9,999", value=9999))
        self.assertEqual(changed.returncode, 6)
        self.assertEqual(changed.stdout.decode().split("\n")[1:], [f"- {cell['id']}: {cell['text']} [{cell['unit']}]",
                                                                   f"+ {cell['id']}: 9,999 [{cell['unit']}]", ""])


class Hostile(Outputs):
    """A document whose texts are what a reader of a form would choke on."""

    TEXTS = ["=1+1", "@SUM(A1)", "a\u0000b\u0007", "x" * 40000, "<script>alert(1)</script>", "]]>", "|a|\n\n# b", "_x0041_",
             "\ufffe", "a\rb", "\"quoted\", 'so'", "1. x", "    code", "&amp;", "\u202eabc", "<!-- -->", "```", "\\", "'"]

    def test_forms_hold_the_texts(self):
        document = json.loads(self.text("household-survey-weasyprint", "original.json"))
        table = next(tables(document["blocks"]))
        values = [c for c in table["cells"] if c["role"] == "data"][:len(self.TEXTS)]
        for cell, text in zip(values, self.TEXTS):
            for key in ("value", "unit", "missing"):
                cell.pop(key, None)
            cell["text"] = text
        table["caption"] = "[a]:*?/\\ = a caption that is longer than the name of a sheet may be \u0001"
        paragraphs = [b for b in document["blocks"] if b["kind"] == "paragraph"]
        paragraphs[0]["text"] = "\n".join(self.TEXTS)
        folder = os.path.join(self.folder.name, "hostile")
        os.makedirs(folder)
        with open(os.path.join(folder, "a.json"), "w", encoding="utf-8") as f:
            json.dump(document, f)
        subprocess.run([BOXHEAD, "convert", os.path.join(folder, "a.json"), "--to", "markdown,html,csv,tsv,xlsx,docling",
                        "-o", folder], check=True)

        def replaced(text):
            return re.sub("[\0-\x08\x0b-\x1f]", "\ufffd", text)

        stem = os.path.join(folder, "a")
        with open(stem + ".html", encoding="utf-8", newline="") as f:
            page = parsed_html(f.read())
        self.assertEqual(next(page.iter("title")).text, document["source"]["name"])
        self.assertEqual([e for e in page.iter("script")], [])
        found = {e.get("id"): element_text(e) for e in page.iter() if e.get("id")}
        with open(stem + ".md", encoding="utf-8", newline="") as f:
            markdown = parsed_html(markdown_it.MarkdownIt("commonmark", {"html": True}).enable("table").render(f.read()))
        self.assertEqual([e for e in markdown.iter() if e.tag in ("script", "h1", "pre", "ol", "code")],
                         [e for e in markdown.iter("h1")][:1])
        grid = html_grid(next(markdown.iter("table")))
        with open(stem + ".table-1.csv", encoding="utf-8", newline="") as f:
            rows = list(csv.reader(f, strict=True))
        sheet = openpyxl.load_workbook(stem + ".xlsx").worksheets[1]
        self.assertLessEqual(len(sheet.title), 31)
        for cell in values:
            text, place = replaced(cell["text"]), (cell["row"], cell["column"])
            self.assertEqual(found[cell["id"]], text)
            self.assertEqual(element_text(grid[place][2]), text)
            self.assertEqual(unguarded(rows[place[0]][place[1]]), text)
            self.assertNotIn(rows[place[0]][place[1]][:1], ("=", "@"))
            held = sheet.cell(place[0] + 1, place[1] + 1)
            self.assertEqual(held.data_type, "s")
            expected = text.replace("\ufffe", "\ufffd")
            if len(text) > 32767:
                self.assertEqual(held.value, text[:32766] + "…")
            else:
                self.assertEqual(held.value, expected)
        self.assertIn("cut", openpyxl.load_workbook(stem + ".xlsx").worksheets[0].cell(3, 6).value)


del Outputs

if __name__ == "__main__":
    unittest.main()
