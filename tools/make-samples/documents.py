"""Random documents around random tables: page, fonts, ruling style, prose, furniture, and their truth.

`random_document` chooses everything that a layout needs; `Document.truth` is the annotation in the form of the
fixtures (blocks, tables with roles and header paths), to which the driver adds the grids once the pages are known.
"""
import re
from dataclasses import dataclass, field

import tables
from texts import LANGUAGES

A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)
FONTS = {
    "zh": ["Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UMing CN", "AR PL UKai CN", "WenQuanYi Zen Hei"],
    "": ["Liberation Serif", "Liberation Sans", "DejaVu Sans", "DejaVu Serif"],
}
FOOTERS = {"zh": ["— {p} —", "- {p} -", "第 {p} 页", "{p}", ""], "": ["{p}", "- {p} -", "Page {p}", ""]}
FILLS = ["#d9e2f3", "#e7e6e6", "#f2f2f2", "#dbe9d8", "#cfd8dc"]


@dataclass
class Style:
    """How tables look. Lengths are points."""
    rules: str
    size: float
    pad_x: float
    pad_y: float
    line: float            # width of thin rules
    heavy: float           # width of the top and bottom rule of three-line tables
    head_fill: str = None
    band_fill: str = None
    full_width: bool = True
    spanner_gap: float = 0  # white at both ends of the rule under a spanner
    indent_by_spaces: bool = False
    centered: bool = True


@dataclass
class Document:
    name: str
    words: object
    style: Style
    font: str
    size: float             # of prose
    page: tuple             # width, height as seen
    margin: float
    footer: str
    blocks: list = field(default_factory=list)  # ("title"|"heading"|"paragraph", text) or ("table", Table)
    turn: str = ""          # "rotate": content turned and /Rotate set; "sideways": content turned on an upright page
    side_by_side: bool = False    # its two tables stand beside each other
    rows_may_break: bool = False  # a page may cut a row of several lines
    continued_after: int = None  # a table is cut by hand after this row, with a line such as 续表 above the rest

    @property
    def tables(self):
        return [b for k, b in self.blocks if k == "table"]

    @property
    def width(self):
        return self.page[0] - 2 * self.margin

    @property
    def height(self):
        return self.page[1] - 2 * self.margin

    def truth(self):
        furniture = [self.footer] if self.footer else []
        if self.continued_after:
            furniture.append(self.continued_line())
        return {"schema": "fixture-truth/1", "name": self.name, "language": self.words.tag, "fictional": True,
                "title": next((t for k, t in self.blocks if k == "title"), None),
                "blocks": [{"type": k, "table": b.id} if k == "table" else {"type": k, "text": b} for k, b in self.blocks],
                "tables": [t.truth() for t in self.tables], "furniture": furniture,
                "layout": {"rules": self.style.rules, "font": self.font, "tableSize": self.style.size, "turn": self.turn}}

    def continued_line(self):
        caption = self.tables[0].caption or ""
        label = re.match(r"(表\d+|\w+ \d+)", caption)
        return self.words.continued + (" " + label.group(1) if label and self.words.tag == "zh" else "")


def text_width(text, bold=False):
    """A careful estimate in ems: wide enough that nothing overlaps in any of the fonts."""
    wide = sum(1 for ch in text if ord(ch) > 0x2E7F or ch in "—…（）")
    capital = sum(1 for ch in text if ch.isupper() or ch in "mwMW%")
    rest = len(text) - wide - capital
    return wide + 0.8 * capital + (0.7 if bold else 0.65) * rest


def least_width(cell, words):
    """The width in ems below which a cell's text would break where no author would let it."""
    if cell.narrow:
        return 1.1
    if cell.nowrap:
        return text_width(cell.text, cell.bold)
    if words.tag == "zh":
        longest = max((text_width(t) for t in re.findall(r"[A-Za-z0-9.,%]+", cell.text)), default=0)
        return max(longest, min(text_width(cell.text), 3 if cell.role == "columnHeader" else 5))
    return max((text_width(w, cell.bold) for w in re.split(r"[ \n\-/]", cell.text)), default=0)


def column_widths(table, words, style, available):
    """Widths in points for layouts that do not size columns themselves, or None when the table does not fit."""
    least, wanted = [0.0] * table.columns, [0.0] * table.columns
    for cell in sorted(table.cells, key=lambda c: c.colspan):
        need = least_width(cell, words) * style.size + 2 * style.pad_x + cell.indent * style.size
        want = need if cell.narrow else max(text_width(t, cell.bold) for t in cell.text.split("\n")) * style.size + 2 * style.pad_x + cell.indent * style.size
        span = range(cell.col, cell.col + cell.colspan)
        if cell.role == "section":
            continue
        for widths, target in ((least, need), (wanted, max(need, min(want, 16 * style.size)))):
            lack = target - sum(widths[i] for i in span)
            if lack > 0:
                for i in span:
                    widths[i] += lack / cell.colspan
    if sum(least) > available:
        return None
    if sum(wanted) <= available:
        spare = (available - sum(wanted)) if style.full_width else 0
        return [w + spare * w / sum(wanted) for w in wanted]
    share = (available - sum(least)) / max(1e-9, sum(wanted) - sum(least))
    return [a + (b - a) * share for a, b in zip(least, wanted)]


def random_style(rng, rules):
    size = rng.choice([7.5, 8, 8, 9, 9, 10, 10.5])
    fill = rng.choice(FILLS)
    style = Style(rules, size, rng.choice([3, 4, 5.4, 6]), rng.choice([1, 2, 3, 4]), rng.choice([0.4, 0.5, 0.75]),
                  rng.choice([0.8, 1, 1.5]), full_width=rng.random() < 0.65,
                  indent_by_spaces=rng.random() < 0.3, centered=rng.random() < 0.8)
    if rules == "zebra":
        style.head_fill, style.band_fill = rng.choice([fill, "#b8cce4", None]), fill
    elif rules in ("full", "open", "hrules") and rng.random() < 0.3:
        style.head_fill = fill
    if rules == "spanner":
        style.spanner_gap = rng.choice([0, 2, 3, 4])
    if rules in ("three", "spanner", "none", "zebra", "hrules"):
        style.pad_x = max(style.pad_x, 4)
    return style


def random_document(rng, name, rules, language=None, feature=None):
    """`feature`: None, "long" (cut by pages), "continued", "wide", "side" (two beside each other), "rotate" or "sideways"."""
    words = LANGUAGES[language or rng.choices(["zh", "en", "de", "fr", "ru"], [40, 26, 12, 11, 11])[0]]
    style = random_style(rng, rules)
    turn = feature if feature in ("rotate", "sideways") else ""
    wide = feature == "wide" or bool(turn)
    page = rng.choice([A4, A4, LETTER]) if words.tag == "en" else A4
    if wide:
        page = (page[1], page[0])
    footer = "" if turn else rng.choice(FOOTERS.get(words.tag, FOOTERS[""]))
    d = Document(name, words, style, rng.choice(FONTS.get(words.tag, FONTS[""])), rng.choice([10, 10.5, 11, 12]), page,
                 rng.choice([50, 56.7, 64, 72]), footer, turn=turn)
    d.side_by_side = feature == "side"
    count = 2 if d.side_by_side else 1 if feature in ("long", "continued", "wide") or turn else rng.choice([1, 1, 1, 2])
    made = [fitting_table(rng, d, f"t{i + 1}", feature == "long", wide) for i in range(count)]
    if feature == "long" and not {"merged", "merged3", "section"} & set(made[0].kinds):
        d.rows_may_break = rng.random() < 0.4
    if feature == "continued":
        made[0].repeat_header = True
        cut_by_hand(rng, d, made[0])
    d.blocks.append(("title", rng.choice(words.title)))
    prose = rng.sample(words.prose, len(words.prose))
    for table in made:
        beside = d.side_by_side and table is made[1]
        if rng.random() < 0.4 and not turn and not beside:
            d.blocks.append(("heading", rng.choice([h for h in words.headings if ("heading", h) not in d.blocks] or words.headings)))
        for _ in range(rng.choice([1, 1, 2])):
            if prose and not turn and not beside:
                d.blocks.append(("paragraph", prose.pop()))
        d.blocks.append(("table", table))
    if prose and rng.random() < 0.7 and not turn:
        d.blocks.append(("paragraph", prose.pop()))
    return d


def fitting_table(rng, d, name, long, wide):
    """A table that fits the page's width without breaking numbers, and unless it is long, the page's height."""
    while True:
        table = tables.random_table(rng, d.words, d.style.rules, name, long, wide)
        widths = column_widths(table, d.words, d.style, d.width * 0.47 if d.side_by_side else d.width)
        lines = table.rows * (d.style.size * 1.35 + 2 * d.style.pad_y)
        if widths and (long or lines < d.height * (0.75 if wide else 0.42)):
            return table


def cut_by_hand(rng, d, table):
    """Chooses a row that starts no covered row, for tables continued under a line of their own."""
    covered = {r for c in table.cells for r in range(c.row + 1, c.row + c.rowspan)}
    sections = {c.row + 1 for c in table.cells if c.role == "section"}
    places = [r for r in range(table.header_rows + 2, table.rows - 1) if r not in covered | sections]
    if places and len(table.bands) == 1:
        d.continued_after = rng.choice(places)
