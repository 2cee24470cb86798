"""Random tables with known truth: what the cells are, what heads them, and how the page should show them.

`random_table` builds the boxhead as a tree, the stub as one of several kinds of hierarchy, and the body under
both, so that every data cell knows its column path and row path by construction. Nothing here knows a
producer; the layouts turn a `Table` and a `Style` into pages.
"""
from dataclasses import dataclass, field

from texts import CHINESE_NUMERALS, ROMAN, STEMS

STYLES = ("full", "open", "hrules", "three", "spanner", "zebra", "none")
RULED = ("full", "open")


@dataclass
class Cell:
    row: int
    col: int
    text: str
    role: str
    rowspan: int = 1
    colspan: int = 1
    align: str = "left"
    valign: str = "middle"
    indent: int = 0
    bold: bool = False
    nowrap: bool = False
    narrow: bool = False    # one character a line, as in the outer stub of Chinese forms
    diagonal: tuple = None
    column_path: list = None
    row_path: list = None

    def truth(self):
        out = {"row": self.row, "col": self.col, "rowSpan": self.rowspan, "colSpan": self.colspan,
               "role": self.role, "text": self.text.replace("\n", " ")}
        if self.indent:
            out["indent"] = self.indent
        if self.diagonal:
            out["diagonal"] = list(self.diagonal)
        if self.role == "data":
            out["columnPath"], out["rowPath"] = self.column_path, self.row_path
        return out


@dataclass
class Table:
    id: str
    cells: list
    rows: int
    columns: int
    header_rows: int
    stub_columns: int
    bands: list
    reference_row: int = None  # the row of column numbers or letters, if any
    caption: str = None
    unit: str = None
    unit_line: str = None
    notes: list = field(default_factory=list)
    kinds: list = field(default_factory=list)  # what the table shows, for the failure list
    repeat_header: bool = True

    def truth(self):
        return {"id": self.id, "rows": self.rows, "cols": self.columns, "headerRows": self.header_rows,
                "stubCols": self.stub_columns, "bands": self.bands, "referenceRow": self.reference_row,
                "caption": self.caption, "unit": self.unit, "unitLine": self.unit_line, "notes": self.notes,
                "kinds": self.kinds, "cells": [c.truth() for c in self.cells]}

    def grid(self):
        return [{"row": c.row, "col": c.col, "rowspan": c.rowspan, "colspan": c.colspan,
                 "text": c.text.replace("\n", " ")} for c in self.cells]


# ------------------------------------------------------------------------------------------ boxhead

@dataclass
class Header:
    text: str
    kind: str = None        # kind of value under a leaf
    children: list = field(default_factory=list)

    def leaves(self):
        return [leaf for c in self.children for leaf in c.leaves()] if self.children else [self]

    def depth(self):
        return 1 + max((c.depth() for c in self.children), default=0)


def column_tree(rng, words, levels, count):
    """Headers over `count` columns, at most `levels` deep; no spanner has a single child."""
    leaves = rng.sample(words.leaves, min(len(words.leaves), 12))
    count = min(count, len(leaves) - 1)
    periods = sorted(rng.sample(words.periods[:6], 4)) if rng.random() < 0.7 else words.periods[6:10]
    if levels > 1 and rng.random() < 0.55:
        return regular_tree(rng, words, levels, count, leaves, periods)
    names = {0: rng.sample(words.groups, len(words.groups)), 1: rng.sample(words.middles, len(words.middles)),
             2: list(periods)}

    def build(level, n):
        taken, out = iter(rng.sample(leaves, len(leaves))), []
        for size in partition(rng, n, level < levels - 1):
            if size == 1:
                text, kind = next(taken)
                out.append(Header(text, kind))
            else:
                pool = names[min(level, 2)]
                used = {h.text for h in out}
                text = next((p for p in pool if p not in used), f"{pool[0]} {len(out) + 1}")
                if text in pool:  # the next spanner of this level takes another name
                    pool.append(pool.pop(pool.index(text)))
                out.append(Header(text, None, build(level + 1, size)))
        return out
    return build(0, count)


def partition(rng, n, may_group):
    if not may_group or n < 2:
        return [1] * n
    sizes = []
    while sum(sizes) < n:
        rest = n - sum(sizes)
        sizes.append(rng.choice([s for s in (1, 2, 2, 3, 3, 4) if s <= rest]))
    if sizes == [n] or all(s == 1 for s in sizes):
        sizes = [2] + [1] * (n - 2) if n > 2 else [1, 1]
        rng.shuffle(sizes)
    return sizes


def regular_tree(rng, words, levels, count, leaves, periods):
    """The same sub-heads under every spanner, as in years × (number, per cent), with loose leaves beside."""
    width = rng.choice([2, 2, 3])
    subs = rng.sample(leaves, width)
    out, groups = [], rng.sample(words.groups, len(words.groups))
    if rng.random() < 0.35:
        out.append(Header(words.total if rng.random() < 0.6 else leaves[-1][0], "int"))
    while sum(len(h.leaves()) for h in out) + width <= max(count, width * 2):
        inner = [Header(t, k) for t, k in subs]
        outer = periods[len(out) % len(periods)] if levels == 2 and len(out) < len(periods) else groups.pop()
        if levels > 2 and sum(len(h.leaves()) for h in out) + 2 * width <= max(count, width * 2):
            middles = rng.sample(words.middles, 2)
            inner = [Header(m, None, [Header(t, k) for t, k in subs]) for m in middles]
            if levels > 3:
                inner = [Header(periods[0], None, inner), Header(leaves[-2][0], leaves[-2][1])]
        out.append(Header(outer, None, inner))
        if not groups:
            break
    if rng.random() < 0.25:
        out.append(Header(leaves[-3][0], leaves[-3][1]))
    return out


def place_headers(tree, depth, first_column, top, wrap, valign):
    """Cells of the boxhead and the path over each column."""
    cells, paths = [], {}

    def walk(nodes, level, column, path):
        for node in nodes:
            width = len(node.leaves())
            span = 1 if node.children else depth - level
            cells.append(Cell(top + level, column, wrap(node.text), "columnHeader", span, width, "center",
                              valign if span > 1 else "middle", bold=True))
            if node.children:
                walk(node.children, level + 1, column, path + [node.text])
            else:
                paths[column] = path + [node.text]
            column += width
    walk(tree, 0, first_column, [])
    return cells, paths


# --------------------------------------------------------------------------------------------- stub

@dataclass
class Row:
    stub: list              # (text, rowspan, colspan) from the stub's column on; None where covered from above
    path: list
    level: int = 0
    kind: str = "data"      # data, section, total, head (a group's own row without values)
    bold: bool = False


def number(form, i):
    return form.format(cn=CHINESE_NUMERALS[i % 10], n=i + 1, rm=ROMAN[i % 10], a="abcdefghij"[i % 10])


def stub_rows(rng, words, kind, count, spans_show):
    """Rows of one stub kind; returns (rows, stub columns).

    Where nothing on the page shows that a left-aligned label spans (`spans_show`), it does not.
    """
    tree = rng.choice(words.rows)
    groups = rng.sample(list(tree), len(tree))
    if count > 16:
        tree = {g: t for one in words.rows for g, t in one.items()}
        groups = rng.sample(list(tree), len(tree))
    rows, columns = [], 1
    total = rng.random() < 0.4
    if kind == "flat":
        labels = [i for g in groups for i in tree[g]]
        rows = [Row([(t, 1, 1)], [t]) for t in labels[:count]]
    elif kind in ("indent", "number", "of-which"):
        for g, group in enumerate(groups):
            head = number(words.numbering[0], g) + group if kind == "number" else group
            rows.append(Row([(head, 1, 1)], [head], 0, bold=rng.random() < 0.3))
            for i, item in enumerate(tree[group]):
                text = number(words.numbering[1], i) + item if kind == "number" else item
                if kind == "of-which":
                    if i > 1:
                        break
                    text = words.of_which + item if i == 0 else item
                rows.append(Row([(text, 1, 1)], [head, text], 1))
            if len(rows) >= count:
                break
    elif kind == "section":
        for group in groups:
            rows.append(Row([(group, 1, 0)], [group], 0, "section"))
            rows += [Row([(item, 1, 1)], [group, item]) for item in tree[group]]
            if len(rows) >= count:
                break
    elif kind == "merged":
        columns = 2
        for group in groups:
            items = tree[group][:max(2, min(len(tree[group]), count // 2))]
            for i, item in enumerate(items):
                rows.append(Row([(group, len(items), 1) if i == 0 else None, (item, 1, 1)], [group, item]))
            if len(rows) >= count:
                break
    elif kind == "merged3":
        columns, subs = 3, rng.sample(words.middles, 2)
        for group in groups:
            items = tree[group][:2]
            for i, item in enumerate(items):
                for j, sub in enumerate(subs):
                    rows.append(Row([(group, 2 * len(items), 1) if i == j == 0 else None,
                                     (item, 2, 1) if j == 0 else None, (sub, 1, 1)], [group, item, sub]))
            if len(rows) >= count:
                break
    elif kind == "code":
        columns, start = 2, rng.randrange(201, 230)
        for g, group in enumerate(groups):
            code = str(start + g)
            rows.append(Row([(code, 1, 1), (group, 1, 1)], [code, group], 0))
            for i, item in enumerate(tree[group]):
                sub = f"{code}{i + 1:02}"
                rows.append(Row([(sub, 1, 1), (item, 1, 1)], [sub, group, item], 1))
            if len(rows) >= count:
                break
    elif kind == "serial":
        columns = 2
        labels = [i for g in groups for i in tree[g]]
        rows = [Row([(str(n + 1), 1, 1), (t, 1, 1)], [str(n + 1), t]) for n, t in enumerate(labels[:count])]
        total = total and words.tag == "zh"
    rows = rows[:max(count, 3)]
    while rows and rows[-1].kind == "section":
        rows.pop()
    if columns > 1:
        close_spans(rows)
    if total:
        stub = [(words.total, 1, columns)] + [None] * (columns - 1)
        if not spans_show:
            stub = [(words.total, 1, 1)] + [("", 1, 1)] * (columns - 1)
        row = Row(stub, [words.total], 0, "total", True)
        rows.insert(0 if rng.random() < 0.25 and kind not in ("section",) else len(rows), row)
    return rows, columns


def close_spans(rows):
    """Cuts row spans at the last row."""
    for i, row in enumerate(rows):
        row.stub = [s and (s[0], min(s[1], len(rows) - i), s[2]) for s in row.stub]


# --------------------------------------------------------------------------------------------- body

def group_digits(text, separator):
    head, out = text, []
    while len(head) > 3:
        out.insert(0, head[-3:])
        head = head[:-3]
    return separator.join([head] + out)


def value(rng, words, kind, separator, scale):
    sign = ""
    if kind == "int":
        n = int(10 ** rng.uniform(0, scale))
        return group_digits(str(n), separator)
    if kind == "signed" and rng.random() < 0.35:
        sign = rng.choice(["-", "-", "\u2212"]) if words.tag != "zh" else "-"
    digits = {"pct": 1, "percent": 1, "signed": 1, "dec": 1, "dec3": 3, "money": 2}[kind]
    high = {"pct": 99, "percent": 99, "signed": 30, "dec": 10 ** min(scale, 4), "dec3": 2, "money": 10 ** scale}[kind]
    number = f"{rng.uniform(0, 1) ** 2 * high:.{digits}f}"
    whole, part = number.split(".")
    if kind == "money" and rng.random() < 0.06:
        return "(" + group_digits(whole, separator) + words.decimal + part + ")"
    if not whole.strip("0") and not part.strip("0"):
        sign = ""
    text = sign + group_digits(whole, separator) + words.decimal + part
    return text + ("%" if kind == "percent" and words.tag in ("zh", "en") else "\u00a0%" if kind == "percent" else "")


def wrapper(rng, words, chance):
    """Breaks long header texts over lines as authors do, at spaces or between CJK characters."""
    def wrap(text):
        if len(text) < 6 or rng.random() > chance:
            return text
        if words.tag == "zh":
            at = len(text) // 2
            at = text.index("（") if "（" in text and 2 <= text.index("（") else at
            return text[:at] + "\n" + text[at:]
        parts = text.split(" ")
        if len(parts) < 2 or len(parts[0]) < 4:
            return text
        at = (len(parts) + 1) // 2
        return " ".join(parts[:at]) + "\n" + " ".join(parts[at:])
    return wrap


def random_table(rng, words, style, name, long=False, wide=False):
    """One table that suits a ruling style: what only rulings can show is left to ruled styles."""
    kinds = []
    stub_kind = rng.choices(["flat", "indent", "number", "of-which", "section", "merged", "merged3", "code", "serial"],
                            [28, 16, 8, 6, 12, 12, 4, 8, 8])[0]
    if style in ("three", "spanner", "zebra", "none") and stub_kind == "merged3":
        stub_kind = "merged"
    levels = rng.choices([1, 2, 3, 4], [30, 42, 22, 6])[0]
    count = rng.randint(6, 11) if wide else rng.randint(2, 7)
    if levels > 2:
        count = max(count, 5)
    tree = column_tree(rng, words, levels, count)
    depth = max(h.depth() for h in tree)
    leaves = [leaf for h in tree for leaf in h.leaves()]
    rows, stub = stub_rows(rng, words, stub_kind, rng.randint(34, 60) if long else rng.randint(3, 16),
                           style in RULED)
    kinds += [stub_kind, f"levels{depth}"]
    wrap = wrapper(rng, words, rng.choice([0, 0.5, 0.9]))
    remarks = rng.random() < 0.12 and len(leaves) < 7
    if remarks:
        leaves.append(Header({"zh": "备注", "en": "Remarks", "de": "Bemerkungen", "fr": "Observations",
                              "ru": "Примечание"}[words.tag], "remark"))
        tree = tree + [leaves[-1]]
        kinds.append("remarks")
    columns = stub + len(leaves)
    valign = rng.choice(["middle", "middle", "bottom"])
    cells, paths = place_headers(tree, depth, stub, 0, wrap, valign)
    bold = rng.random() < 0.6
    for c in cells:
        c.bold = bold
    cells = stub_head(rng, words, style, stub, stub_kind, depth, bold, valign, kinds, tree) + cells

    header_rows, reference = depth, None
    if rng.random() < 0.1 and stub_kind != "section":
        reference, header_rows = depth, depth + 1
        letters = rng.random() < 0.5 and words.tag == "zh"
        texts = [STEMS[i] if letters else str(i + 1) for i in range(stub)]
        texts += [str(i + 1 + (0 if letters else stub)) for i in range(len(leaves))]
        cells += [Cell(reference, i, t, "columnHeader", align="center") for i, t in enumerate(texts)]
        kinds.append("letters" if letters else "column-numbers")

    separator = words.thousands
    if words.tag in ("zh", "en") and rng.random() < 0.35:
        separator = ""
    elif words.tag == "de" and rng.random() < 0.4:
        separator = "\u202f"
    scale = rng.choice([2.5, 3.5, 5, 6])
    align = rng.choices(["right", "center"], [7, 3])[0]
    blanks = rng.choice([0, 0, 0.04, 0.15])
    mark = rng.choice(words.missing)
    stub_align = "center" if words.tag == "zh" and stub_kind in ("flat", "serial") and rng.random() < 0.4 else "left"
    narrow = words.tag == "zh" and style in RULED and stub_kind == "merged" and rng.random() < 0.3
    empty_heads = style in RULED and stub_kind == "indent" and rng.random() < 0.35
    kinds += ["narrow"] * narrow + ["empty-heads"] * empty_heads
    marks, mark_sign = rng.random() < 0.12, "①" if words.tag == "zh" else "¹"
    for i, row in enumerate(rows):
        r = header_rows + i
        if row.kind == "section":
            where = rng.choice(["left", "left", "center"]) if i == 0 else where
            cells.append(Cell(r, 0, row.stub[0][0], "section", 1, columns, where, bold=bold or where == "center"))
            continue
        for c, piece in enumerate(row.stub):
            if piece is None:
                continue
            text, h, w = piece
            if marks and i == 1 and c == stub - 1:
                text += mark_sign
                row.path = row.path[:-1] + [text]
                for later in rows[i + 1:]:
                    if row.level == 0 and later.level == 1:
                        later.path = [text if t == text[:-1] else t for t in later.path]
            last = c + w == stub
            cells.append(Cell(r, c, text, "rowHeader", h, w,
                              "center" if (stub > 1 and stub_kind == "serial" and c == 0) else stub_align,
                              "middle", row.level if last and stub_kind in ("indent", "number", "of-which", "code") else 0,
                              row.bold or (stub_kind.startswith("merged") and not last and bold and rng.random() < 0.3),
                              narrow=narrow and not last and h > 1))
        for c, leaf in enumerate(leaves):
            column = stub + c
            if leaf.kind == "remark":
                text = rng.choice(words.remarks) if rng.random() < 0.6 else ""
                data = Cell(r, column, text, "data", align="left")
            else:
                text = mark if rng.random() < blanks else value(rng, words, leaf.kind, separator, scale)
                text = "" if empty_heads and row.level == 0 and row.kind == "data" else text
                data = Cell(r, column, text, "data", align=align, nowrap=True, bold=row.bold)
            data.column_path, data.row_path = paths[column], row.path
            cells.append(data)
    total_rows = header_rows + len(rows)
    bands = [{"start": 0, "end": total_rows, "headerRows": header_rows}]
    table = Table(name, cells, total_rows, columns, header_rows, stub, bands, reference, kinds=kinds)
    plain = style in RULED and stub_kind == "flat" and depth == 1 and not remarks and reference is None
    if plain and rng.random() < 0.25:
        table = stacked(rng, words, name, bold)
    elif plain and rng.random() < 0.3:
        table = rng.choice([two_stubs, reheaded, code_parts])(rng, words, name, bold)
    elif style in RULED and rng.random() < 0.08:
        body_span(rng, table)
    decorate(rng, words, table, name)
    table.repeat_header = rng.random() < 0.6
    table.cells.sort(key=lambda c: (c.row, c.col))
    return table


def stub_head(rng, words, style, stub, stub_kind, depth, bold, valign, kinds, tree):
    """The cells above the stub."""
    if stub == 1:
        if words.tag == "zh" and depth > 1 and style in RULED and rng.random() < 0.12:
            kinds.append("diagonal")
            pair = ("指标", rng.choice(["地区", "项目", "年份"]))
            return [Cell(0, 0, "".join(pair), "stubHead", depth, 1, "center", bold=bold, diagonal=pair)]
        text = rng.choice(words.stub_heads) if rng.random() < 0.85 else ""
        return [Cell(0, 0, text, "stubHead", depth, 1, rng.choice(["center", "left"]), valign, bold=bold)]
    if stub_kind == "code":
        names = {"zh": ["科目编码", "科目名称"], "en": ["Code", "Item"], "de": ["Nr.", "Gegenstand"],
                 "fr": ["Code", "Poste"], "ru": ["Код", "Показатель"]}[words.tag]
        if depth > 1 and style in RULED and rng.random() < 0.4:
            kinds.append("stub-spanner")
            top = {"zh": "功能分类科目", "en": "Classification", "de": "Gliederung", "fr": "Nomenclature",
                   "ru": "Классификация"}[words.tag]
            return [Cell(0, 0, top, "stubHead", 1, 2, "center", bold=bold)] + [
                Cell(1, i, t, "stubHead", depth - 1, 1, "center", bold=bold) for i, t in enumerate(names)]
    elif stub_kind == "serial":
        names = [{"zh": "序号", "en": "No.", "de": "Nr.", "fr": "N°", "ru": "№"}[words.tag], words.stub_heads[0]]
    elif rng.random() < 0.5:
        text = rng.choice(words.stub_heads[:3])
        return [Cell(0, 0, text, "stubHead", depth, stub, "center", valign, bold=bold)]
    else:
        names = rng.sample([h for h in words.stub_heads if h], stub)
    return [Cell(0, i, t, "stubHead", depth, 1, "center", valign, bold=bold) for i, t in enumerate(names)]


def stacked(rng, words, name, bold):
    """Bands under each other: a title row over all columns, a header row, data rows."""
    columns, cells, bands, r = rng.choice([4, 4, 5]), [], [], 0
    tree = rng.choice(words.rows)
    groups = rng.sample(list(tree), min(len(tree), rng.randint(2, 4)))
    stub = rng.choice(words.stub_heads[:5])
    for group in groups:
        start = r
        cells.append(Cell(r, 0, group, "columnHeader", 1, columns, "center", bold=bold))
        cells.append(Cell(r + 1, 0, stub, "stubHead", 1, 1, "center", bold=bold))
        values = columns - 1
        widths = [values] if rng.random() < 0.35 else [1] * values
        heads = [t for t, _ in rng.sample(words.leaves, len(widths))]
        column = 1
        for text, w in zip(heads, widths):
            cells.append(Cell(r + 1, column, text, "columnHeader", 1, w, "center", bold=bold))
            column += w
        r += 2
        for item in tree[group][:rng.randint(1, 3)]:
            cells.append(Cell(r, 0, item, "rowHeader", align="left"))
            column = 1
            for text, w in zip(heads, widths):
                cells.append(Cell(r, column, value(rng, words, "int", words.thousands, 4), "data", 1, w, "center",
                                  nowrap=True, column_path=[group, text], row_path=[item]))
                column += w
            r += 1
        bands.append({"start": start, "end": r, "headerRows": 2})
    return Table(name, cells, r, columns, 2, 1, bands, kinds=["bands"])


def two_stubs(rng, words, name, bold):
    """Two lists side by side under the same heads, with or without numbers of lines and columns."""
    first, second = rng.sample(words.rows, 2) if len(words.rows) > 1 else words.rows * 2
    labels = [[i for group in tree.values() for i in group][:rng.randint(3, 8)] for tree in (first, second)]
    heads = [t for t, _ in rng.sample(words.leaves, rng.choice([1, 1, 2]))]
    lines = words.tag == "zh" and rng.random() < 0.5
    stub, rows = 1 + lines, max(map(len, labels))
    width, cells = stub + len(heads), []
    for side in (0, 1):
        left = side * width
        names = [words.stub_heads[side], "行次"][:stub]
        cells += [Cell(0, left + i, t, "stubHead", align="center", bold=bold) for i, t in enumerate(names)]
        cells += [Cell(0, left + stub + i, t, "columnHeader", align="center", bold=bold) for i, t in enumerate(heads)]
        for r in range(rows):
            label = labels[side][r] if r < len(labels[side]) else ""
            line = [str(side * rows + r + 1)] if lines else []
            path = ([label] if label else []) + line
            for i, text in enumerate([label] + line):
                cells.append(Cell(r + 1, left + i, text, "rowHeader", align="center" if i else "left"))
            for i, head in enumerate(heads):
                text = value(rng, words, "int", words.thousands, 4) if label else ""
                cells.append(Cell(r + 1, left + stub + i, text, "data", align="right", nowrap=True,
                                  column_path=[head], row_path=path or [words.stub_heads[side]]))
    kinds = ["two-stubs"] + ["line-numbers"] * lines
    return Table(name, cells, rows + 1, 2 * width, 1, stub, [{"start": 0, "end": rows + 1, "headerRows": 1}], kinds=kinds)


def reheaded(rng, words, name, bold):
    """Bands without title rows: the second boxhead repeats the stub head and replaces the heads."""
    columns, cells, bands, r = rng.choice([3, 4]), [], [], 0
    stub, tree = words.stub_heads[0], rng.choice(words.rows)
    leaves = rng.sample(words.leaves, 2 * (columns - 1))
    for band, group in enumerate(rng.sample(list(tree), min(2, len(tree)))):
        start, heads = r, [t for t, _ in leaves[band * (columns - 1):][:columns - 1]]
        cells.append(Cell(r, 0, stub, "stubHead", align="center", bold=bold))
        cells += [Cell(r, 1 + i, t, "columnHeader", align="center", bold=bold) for i, t in enumerate(heads)]
        r += 1
        for item in tree[group][:rng.randint(2, 4)]:
            cells.append(Cell(r, 0, item, "rowHeader"))
            cells += [Cell(r, 1 + i, value(rng, words, "int", words.thousands, 4), "data", align="right", nowrap=True,
                           column_path=[t], row_path=[item]) for i, t in enumerate(heads)]
            r += 1
        bands.append({"start": start, "end": r, "headerRows": 1})
    return Table(name, cells, r, columns, 1, 1, bands, kinds=["reheaded"])


def code_parts(rng, words, name, bold):
    """Codes in three columns before the names, and a row that numbers the columns of values."""
    tree = rng.choice(words.rows)
    heads = [t for t, _ in rng.sample(words.leaves, rng.randint(2, 4))]
    parts = {"zh": ["类", "款", "项"]}.get(words.tag, ["I", "II", "III"])
    cells = [Cell(0, i, t, "stubHead", 2, 1, "center", bold=bold) for i, t in enumerate(parts)]
    cells.append(Cell(0, 3, words.stub_heads[0], "stubHead", align="center", bold=bold))
    cells.append(Cell(1, 3, "栏次" if words.tag == "zh" else "Column", "stubHead", align="center", bold=bold))
    for i, t in enumerate(heads):
        cells += [Cell(0, 4 + i, t, "columnHeader", align="center", bold=bold),
                  Cell(1, 4 + i, str(i + 1), "columnHeader", align="center", bold=bold)]
    r, start = 2, rng.randrange(201, 230)
    for g, (group, items) in enumerate(list(tree.items())[:2]):
        for i, label in enumerate([group] + items[:3]):
            code = [str(start + g)] + (["01", f"{i:02}"] if i else ["", ""])
            cells += [Cell(r, c, t, "rowHeader", align="center") for c, t in enumerate(code)]
            cells.append(Cell(r, 3, label, "rowHeader"))
            path = [t for t in code if t] + [label]
            cells += [Cell(r, 4 + c, value(rng, words, "money", words.thousands, 5), "data", align="right", nowrap=True,
                           column_path=[t], row_path=path) for c, t in enumerate(heads)]
            r += 1
    return Table(name, cells, r, 4 + len(heads), 2, 4, [{"start": 0, "end": r, "headerRows": 2}], 1,
                 kinds=["code-parts", "column-numbers"])


def body_span(rng, table):
    """Joins two neighbouring values of one row into one over both columns; the path is that of the first."""
    data = {(c.row, c.col): c for c in table.cells if c.role == "data" and c.nowrap}
    places = [(r, c) for r, c in data if (r, c + 1) in data]
    if not places:
        return
    at = rng.choice(sorted(places))
    left, right = data[at], data[(at[0], at[1] + 1)]
    table.cells.remove(right)
    left.colspan, left.align = 2, "center"
    table.kinds.append("body-span")


def decorate(rng, words, table, name):
    if rng.random() < 0.75:
        n = rng.randint(1, 9)
        head = {"zh": f"表{n}", "en": f"Table {n}.", "de": f"Tabelle {n}:", "fr": f"Tableau {n} –", "ru": f"Таблица {n}."}
        caption = rng.choice(words.captions)
        table.caption = caption if rng.random() < 0.3 else f"{head[words.tag]} {caption}"
    if rng.random() < 0.45:
        table.unit_line, table.unit = rng.choice(words.unit_lines)
    if rng.random() < 0.35:
        table.notes = rng.sample(words.notes, rng.choice([1, 1, 2]))
        sign = "①" if words.tag == "zh" else "¹"
        if any(sign in c.text for c in table.cells):
            table.notes[0] = f"{sign} {table.notes[0]}"
