"""Documents as HTML, printed by WeasyPrint or by Chromium (headless, over its debugging pipe)."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
from html import escape


def css(d):
    s = d.style
    thin, heavy = f"{s.line}pt solid #000", f"{s.heavy}pt solid #000"
    out = [f"""
@page {{ size: {d.page[0]:.2f}pt {d.page[1]:.2f}pt; margin: {d.margin}pt; @bottom-center {{ content: {footer_content(d)};
  font: 9pt "{d.font}"; }} }}
html {{ font-family: "{d.font}"; font-size: {d.size}pt; line-height: 1.4; }}
body {{ margin: 0; }}
h1 {{ font-size: 1.45em; text-align: center; margin: 0 0 .6em; }} h2 {{ font-size: 1.12em; margin: .9em 0 .4em; }}
p {{ margin: 0 0 .6em; {'text-indent: 2em;' if d.words.tag == 'zh' else ''} text-align: justify; }}
p.caption {{ text-indent: 0; text-align: {'center' if s.centered else 'left'}; font-weight: bold; margin: .8em 0 .25em; break-after: avoid; }}
p.unit {{ text-indent: 0; text-align: right; font-size: {s.size}pt; margin: .2em 0; break-after: avoid; }}
p.note {{ text-indent: 0; text-align: left; font-size: {s.size - 0.5}pt; margin: .2em 0; }}
p.caption + table, p.unit + table {{ margin-top: 0; }}
table {{ border-collapse: collapse; font-size: {s.size}pt; line-height: 1.3; margin: .6em {'auto' if s.centered else '0'} .7em;
  {'width: 100%;' if s.full_width else ''} }}
.whole {{ break-inside: avoid; }} {'' if d.rows_may_break else 'tr, tbody.together { break-inside: avoid; }'}
th, td {{ padding: {s.pad_y}pt {s.pad_x}pt; font-weight: normal; }}
.side {{ display: flex; justify-content: space-between; align-items: flex-start; break-inside: avoid; }} .half {{ width: 47%; }}
.nowrap {{ white-space: nowrap; }} .b {{ font-weight: bold; }}
.column {{ width: 1em; margin: auto; line-break: anywhere; word-break: break-all; }}
th.diagonal {{ background: linear-gradient(to top right, transparent 49%, #000 49%, #000 51%, transparent 51%); }}"""]
    if s.head_fill:
        out.append(f"tr.head {{ background: {s.head_fill}; }}")
    if s.rules == "full":
        out.append(f"th, td {{ border: {thin}; }}")
    elif s.rules == "open":
        out.append(f"th, td {{ border: {thin}; }} .first {{ border-left: none; }} .last {{ border-right: none; }}")
    elif s.rules == "hrules":
        out.append(f"th, td {{ border-top: {thin}; border-bottom: {thin}; }}")
    elif s.rules in ("three", "spanner"):
        out.append(f"table {{ border-top: {heavy}; border-bottom: {heavy}; }} .under {{ border-bottom: {thin}; }}")
    if s.rules == "spanner":
        if s.spanner_gap:
            out.append(f".spanner > div {{ border-bottom: {thin}; padding-bottom: {s.pad_y}pt; }}"
                       f".spanner {{ padding-left: {s.spanner_gap}pt; padding-right: {s.spanner_gap}pt; padding-bottom: 0; }}")
        else:
            out.append(f".spanner {{ border-bottom: {thin}; }}")
    if s.rules == "zebra":
        out.append(f"tr.odd {{ background: {s.band_fill}; }}")
    return "\n".join(out)


def footer_content(d):
    if not d.footer:
        return "none"
    before, after = d.footer.split("{p}")
    return f'"{before}" counter(page) "{after}"'


def text_html(d, cell):
    text = escape(cell.text).replace("\n", "<br>").replace("¹", "<sup>1</sup>" if d.style.indent_by_spaces else "¹")
    if cell.diagonal:
        a, b = map(escape, cell.diagonal)
        return (f'<div style="text-align:right">{a}</div><div style="text-align:left">{b}</div>')
    if cell.narrow:
        return f'<div class="column">{text}</div>'
    return text


def cell_html(d, table, cell):
    head = cell.row < table.header_rows and cell.role in ("columnHeader", "stubHead")
    last_head = any(b["start"] <= cell.row and cell.row + cell.rowspan == b["start"] + b["headerRows"] for b in table.bands)
    names = [n for n, on in (
        ("nowrap", cell.nowrap), ("b", cell.bold), ("first", cell.col == 0), ("diagonal", bool(cell.diagonal)),
        ("last", cell.col + cell.colspan == table.columns), ("under", head and last_head),
        ("spanner", cell.role in ("columnHeader", "stubHead") and cell.colspan > 1 and not last_head)) if on]
    style = [f"text-align:{cell.align}", f"vertical-align:{cell.valign}"]
    text = text_html(d, cell)
    if cell.indent:
        if d.style.indent_by_spaces:
            text = ("\u3000" if d.words.tag == "zh" else "\u00a0\u00a0\u00a0") * cell.indent + text
        else:
            style.append(f"padding-left:{d.style.pad_x + 1.4 * cell.indent * d.style.size:.1f}pt")
    if cell.diagonal:
        style.append("padding:1pt")
    if "spanner" in names:
        text = f"<div>{text}</div>"
    spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "")
    tag = "th" if head else "td"
    return f'<{tag}{spans} class="{" ".join(names)}" style="{";".join(style)}">{text}</{tag}>'


def rows_html(d, table, rows):
    """Rows of the table, those that a cell joins in a <tbody> of their own so that no page cuts it."""
    by_row = {r: [] for r in rows}
    for cell in table.cells:
        if cell.row in by_row:
            by_row[cell.row].append(cell)
    out, until = [], None
    for r in rows:
        reach = max((c.row + c.rowspan for c in by_row[r]), default=r + 1)
        if any(c.role == "section" for c in by_row[r]):
            reach = max(reach, r + 2)
        if until is None or r >= until:
            out.append(("</tbody>" if until is not None else "") + '<tbody class="together">')
            until = reach
        else:
            until = max(until, reach)
        head = any(b["start"] <= r < b["start"] + b["headerRows"] for b in table.bands)
        name = "head" if head else "odd" if (r - table.header_rows) % 2 else ""
        out.append(f'<tr class="{name}">' + "".join(cell_html(d, table, c) for c in by_row[r]) + "</tr>")
    return "\n".join(out) + ("</tbody>" if until is not None else "")


def head_html(d, table):
    body = rows_html(d, table, range(table.header_rows))
    return body.replace('<tbody class="together">', "").replace("</tbody>", "")


def table_html(d, table, long):
    out = []
    if table.caption:
        out.append(f'<p class="caption">{escape(table.caption)}</p>')
    if table.unit_line:
        out.append(f'<p class="unit">{escape(table.unit_line)}</p>')
    rest = range(table.header_rows, table.rows)
    if d.continued_after:
        first, second = range(table.header_rows, d.continued_after), range(d.continued_after, table.rows)
        head = f"<thead>{head_html(d, table)}</thead>"
        out.append(f"<table>{head}{rows_html(d, table, first)}</table>")
        out.append(f'<p class="note" style="break-before:page;text-align:center">{escape(d.continued_line())}</p>')
        out.append(f"<table>{head}{rows_html(d, table, second)}</table>")
    elif long and not table.repeat_header:
        out.append(f"<table><tbody>{head_html(d, table)}</tbody>{rows_html(d, table, rest)}</table>")
    elif len(table.bands) > 1:
        out.append(f"<table>{rows_html(d, table, range(table.rows))}</table>")
    else:
        out.append(f"<table><thead>{head_html(d, table)}</thead>{rows_html(d, table, rest)}</table>")
    out += [f'<p class="note">{escape(n)}</p>' for n in table.notes]
    body = "\n".join(out)
    return body if long or d.continued_after else f'<div class="whole">{body}</div>'


def html(d, long=False):
    parts = []
    for kind, block in d.blocks:
        if kind == "table":
            body = table_html(d, block, long)
            if d.side_by_side:
                first = block is d.tables[0]
                body = ('<div class="side">' if first else "") + f'<div class="half">{body}</div>' + ("" if first else "</div>")
            parts.append(body)
        else:
            tag = {"title": "h1", "heading": "h2", "paragraph": "p"}[kind]
            parts.append(f"<{tag}>{escape(block)}</{tag}>")
    return (f'<!doctype html><html lang="{d.words.tag}"><head><meta charset="utf-8"><title>{escape(d.name)}</title>'
            f"<style>{css(d)}</style></head><body>\n" + "\n".join(parts) + "\n</body></html>")


class WeasyPrint:
    name = "weasyprint"

    def __init__(self):
        import logging
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
        logging.getLogger("fontTools").setLevel(logging.CRITICAL)
        self.weasyprint, self.fonts = weasyprint, FontConfiguration()

    def print(self, jobs):
        for d, long, path in jobs:
            self.print_html(html(d, long), path)

    def print_html(self, page, path):
        self.weasyprint.HTML(string=page).write_pdf(path, font_config=self.fonts)

    def close(self):
        pass


class Chromium:
    """One headless browser for all documents; messages are JSON with a NUL between them."""
    name = "chromium"

    def __init__(self):
        binary = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
        self.folder = tempfile.mkdtemp(prefix="boxhead-chromium-")
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()

        def connect():
            a, b = os.dup(to_browser), os.dup(from_browser)
            os.dup2(a, 3)
            os.dup2(b, 4)
        self.process = subprocess.Popen(
            [binary, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--remote-debugging-pipe", f"--user-data-dir={self.folder}", "--disable-extensions"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            close_fds=False, preexec_fn=connect)
        os.close(to_browser)
        os.close(from_browser)
        self.buffer, self.last = b"", 0
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self.session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self.call("Page.enable", {}, self.session)
        self.frame = self.call("Page.getFrameTree", {}, self.session)["frameTree"]["frame"]["id"]

    def send(self, method, parameters, session=None):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.write_end, data):]
        return self.last

    def call(self, method, parameters, session=None):
        number = self.send(method, parameters, session)
        while True:
            while b"\0" not in self.buffer:
                piece = os.read(self.read_end, 1 << 20)
                if not piece:
                    raise RuntimeError("chromium closed its pipe")
                self.buffer += piece
            raw, self.buffer = self.buffer.split(b"\0", 1)
            message = json.loads(raw)
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def print(self, jobs):
        for d, long, path in jobs:
            self.print_html(html(d, long), path)

    def print_html(self, page, path):
        self.call("Page.setDocumentContent", {"frameId": self.frame, "html": page}, self.session)
        self.call("Runtime.evaluate", {"expression": "document.fonts.ready.then(() => 1)", "awaitPromise": True}, self.session)
        options = {"preferCSSPageSize": True, "printBackground": True}
        result = self.call("Page.printToPDF", options, self.session)
        with open(path, "wb") as f:
            f.write(base64.b64decode(result["data"]))

    def close(self):
        try:
            self.send("Browser.close", {})
            self.process.wait(10)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
        os.close(self.write_end)
        os.close(self.read_end)
        shutil.rmtree(self.folder, ignore_errors=True)
