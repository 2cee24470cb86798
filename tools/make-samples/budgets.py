#!/usr/bin/env python3
"""Makes documents of the family 部门预算、部门决算 with known records, as PDF and DOCX, in the layouts that are in use.

    budgets.py [--seed 1] [--out build/budgets]

Ten documents: the Ministry's forms for budget and accounts, codes in one column, in three (类 款 项) and with their
names in one cell, rows of column numbers and columns of line numbers, economic categories side by side, “三公”经费 in
rows, in columns, by year, by unit and with further expenses. NAME.truth.json has the record: table, row, column and
value; what is not there is not printed, and null is printed blank.
"""
import argparse
import json
import os
import random
import sys
import zipfile
from html import escape

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import docx_layout as docx  # noqa: E402

FUNCTIONS = {
    "201": ("一般公共服务支出", {"20103": ("政府办公厅（室）及相关机构事务", {"2010301": "行政运行", "2010302": "一般行政管理事务", "2010350": "事业运行"}),
                        "20106": ("财政事务", {"2010601": "行政运行", "2010607": "信息化建设"})}),
    "205": ("教育支出", {"20508": ("进修及培训", {"2050803": "培训支出"})}),
    "208": ("社会保障和就业支出", {"20805": ("行政事业单位养老支出", {"2080501": "行政单位离退休", "2080505": "机关事业单位基本养老保险缴费支出",
                                                         "2080506": "机关事业单位职业年金缴费支出"})}),
    "210": ("卫生健康支出", {"21011": ("行政事业单位医疗", {"2101101": "行政单位医疗", "2101103": "公务员医疗补助"})}),
    "221": ("住房保障支出", {"22102": ("住房改革支出", {"2210201": "住房公积金", "2210203": "购房补贴"})}),
}
PERSONNEL = {"301": ("工资福利支出", {"30101": "基本工资", "30102": "津贴补贴", "30108": "机关事业单位基本养老保险缴费", "30113": "住房公积金"}),
             "303": ("对个人和家庭的补助", {"30301": "离休费", "30302": "退休费"})}
PUBLIC = {"302": ("商品和服务支出", {"30201": "办公费", "30202": "印刷费", "30211": "差旅费", "30217": "公务接待费", "30231": "公务用车运行维护费"}),
          "310": ("资本性支出", {"31002": "办公设备购置"})}
AGENCIES = ["云溪市财政局", "青岚县教育局", "南屏市生态环境局", "海陵湾区民政局", "沙渚镇人民政府", "北麓街道办事处", "和塘县水利局", "松陵市公安局",
            "梅岭区卫生健康委员会", "宛丘县统计局"]


class Figures:
    """Amounts in hundredths that add up; `text` and `value` in the unit of the document."""

    def __init__(self, rng, unit, grouped, blank):
        self.rng, self.unit, self.grouped, self.blank = rng, unit, grouped, blank

    def amount(self, most=90000, zeros=0.15):
        return 0 if self.rng.random() < zeros else self.rng.randrange(100, most)

    def text(self, hundredths):
        if hundredths == 0 and self.blank:
            return ""
        if self.unit == "元":
            return f"{hundredths * 100:,}" if self.grouped else str(hundredths * 100)
        return f"{hundredths / 100:,.2f}" if self.grouped else f"{hundredths / 100:.2f}"

    def value(self, hundredths):
        if hundredths == 0 and self.blank:
            return None
        return hundredths * 100 if self.unit == "元" else hundredths / 100


class Grid:
    """A table as rows of cells with spans."""

    def __init__(self, title, unit=None, agency=None):
        self.title, self.unit, self.agency, self.rows = title, unit, agency, []

    def row(self, *cells):
        """Cells are texts or (text, rowspan, colspan)."""
        self.rows.append([c if isinstance(c, tuple) else (c, 1, 1) for c in cells])

    def places(self):
        """Rows of (cell, column), and the number of columns."""
        taken, out = {}, []
        for r, cells in enumerate(self.rows):
            row, c = [], 0
            for cell in cells:
                while (r, c) in taken:
                    c += 1
                for y in range(cell[1]):
                    for x in range(cell[2]):
                        taken[r + y, c + x] = (cell, r, c)
                row.append((cell, c))
                c += cell[2]
            out.append(row)
        return out, taken, 1 + max(c for _, c in taken)


def tree(rng, functions):
    """Some of a classification, in order: (code, name, level); codes of the lowest level have amounts."""
    out = []
    for code, (name, groups) in functions.items():
        kept = []
        for group, (title, items) in (groups.items() if isinstance(next(iter(groups.values())), tuple) else []):
            lines = [(c, n, 2) for c, n in items.items() if rng.random() < 0.8] or [(*next(iter(items.items())), 2)]
            kept += [(group, title, 1)] + lines
        if not kept:
            kept = [(c, n, 1) for c, n in groups.items()]
        out += [(code, name, 0)] + kept
    return out


def with_sums(lines, draw, columns):
    """{code: {column: amount}} with every code the sum of those below it, and the total."""
    leaves = [c for c, _, _ in lines if not any(o != c and o.startswith(c) for o, _, _ in lines)]
    drawn = {c: draw() for c in leaves}
    out = {c: {k: sum(drawn[x][k] for x in leaves if x.startswith(c)) for k in columns} for c, _, _ in lines}
    out["total"] = {k: sum(drawn[x][k] for x in leaves) for k in columns}
    return out


class Maker:
    def __init__(self, rng, number, kind, unit, grouped, blank, codes, numbered):
        self.rng, self.kind, self.codes, self.numbered = rng, kind, codes, numbered
        self.f = Figures(rng, unit, grouped, blank)
        self.agency, self.year = AGENCIES[number], 2020 + number % 5
        self.word = "预算数" if kind == "budget" else "决算数"
        self.grids, self.truth, self.prose = [], {}, []

    def grid(self, title):
        grid = Grid(title, self.f.unit, self.agency)
        self.grids.append(grid)
        return grid

    def put(self, table, row, column, amount):
        self.truth.setdefault(table, {}).setdefault(row, {})[column] = self.f.value(amount)
        return self.f.text(amount)

    # By classification

    def by_function(self, title, table, columns, heads, total_last=False):
        """A table by function: `columns` are (name, [path of heads])."""
        lines = tree(self.rng, FUNCTIONS)
        parts = [n for n, p in columns if n in heads]
        amounts = with_sums(lines, lambda: {n: self.f.amount() for n in parts}, parts)
        for sums in amounts.values():
            for name, of in heads.items():
                sums[name] = sums[name] if of is None else sum(sums[o] for o in of)
        grid = self.grid(title)
        self.code_head(grid, [p for _, p in columns])
        order = [("total", "合计", None)] + lines if not total_last else lines + [("total", "合计", None)]
        for code, name, level in order:
            cells = [self.put(table, code, n, amounts[code][n]) for n, _ in columns]
            grid.row(*self.stub(code, name, level), *cells)

    def code_head(self, grid, paths):
        depth = max(len(p) for p in paths)
        rows = [[] for _ in range(depth)]
        for i, path in enumerate(paths):
            for level, text in enumerate(path):
                same = i > 0 and paths[i - 1][:level + 1] == path[:level + 1] and level < len(path) - 1
                if same:
                    continue
                width = sum(1 for p in paths[i:] if p[:level + 1] == path[:level + 1]) if level < len(path) - 1 else 1
                height = depth - level if level == len(path) - 1 else 1
                rows[level].append((text, height, width))
        if self.codes == "three":
            # 类 款 项 under 科目编码, as in the Ministry's forms.
            extra = 3 - depth
            rows[0] = [(t, h + max(0, extra) if h + 0 == depth else h, w) for t, h, w in rows[0]]
            while len(rows) < 3:
                rows.append([])
            rows[0][:0] = [("项目", 1, 4)]
            rows[1][:0] = [("功能分类科目编码", 1, 3), ("功能分类科目名称", 2, 1)]
            rows[2][:0] = ["类", "款", "项"]
        elif self.codes == "joined":
            rows[0][:0] = [("功能分类科目", depth, 1)]
        else:
            rows[0][:0] = [("科目编码", depth, 1), ("科目名称", depth, 1)]
        for row in rows:
            grid.row(*row)
        if self.numbered and self.codes == "one":
            grid.row(("栏次", 1, 2), *[str(i + 1) for i in range(len(paths))])

    def stub(self, code, name, level):
        if code == "total":
            return {"three": [("合计", 1, 4)], "joined": ["合计"]}.get(self.codes, [("合计", 1, 2)])
        if self.codes == "three":
            return [code[:3], code[3:5], code[5:7], name]
        if self.codes == "joined":
            return [f"{code} {name}"]
        return [code, name]

    # Summaries

    def summary(self, title, table, appropriations=False):
        incomes = ["一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"] if appropriations else [
            "一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入", "上级补助收入", "事业收入", "其他收入"]
        spending = ["一般公共服务支出", "公共安全支出", "教育支出", "社会保障和就业支出", "卫生健康支出", "住房保障支出"]
        into = [self.f.amount(900000, 0.4) for _ in incomes]
        into[0] += 100000
        opening = self.f.amount(50000)
        total = sum(into) + opening
        parts = [self.rng.random() + 0.1 for _ in spending]
        out = [int(total * p / sum(parts)) for p in parts]
        closing = total - sum(out)
        grid = self.grid(title)
        extra = ["general", "fund"] if appropriations else []
        heads = ["项目", self.word]
        lines = ["行次"] if self.numbered else []
        right = ["项目", *lines, "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款"] if appropriations else ["项目", *lines, self.word]
        left = ["项目", *lines, self.word]
        grid.row(("收入", 1, len(left)), ("支出", 1, len(right)))
        grid.row(*left, *right)
        if self.numbered:
            grid.row("栏次", "", "1", "栏次", "", *[str(i + 2) for i in range(len(right) - 2)])
        numerals = "一二三四五六七八九十"
        a = [(n, f"{numerals[i]}、{n}", into[i]) for i, n in enumerate(incomes)]
        b = [(n, f"{numerals[i]}、{n}", out[i]) for i, n in enumerate(spending)]
        count = max(len(a), len(b))
        a += [(None, "", 0)] * (count - len(a))
        b += [(None, "", 0)] * (count - len(b))
        carried = "年初财政拨款结转和结余" if appropriations else "年初结转和结余"
        left_over = "年末财政拨款结转和结余" if appropriations else "年末结转和结余"
        a += [("yearTotal", "本年收入合计", sum(into)), (carried, carried, opening), ("total", "总计", total)]
        b += [("yearTotal", "本年支出合计", sum(out)), (left_over, left_over, closing), ("total", "总计", total)]
        for i, ((x, xt, xv), (y, yt, yv)) in enumerate(zip(a, b)):
            line = [str(i + 1)] if self.numbered else []
            second = [str(i + 1 + len(a))] if self.numbered else []
            cells = [xt, *line, self.put(f"{table}.income", x, "amount", xv) if x else ""]
            if not appropriations:
                cells += [yt, *second, self.put(f"{table}.expenditure", y, "amount", yv) if y else ""]
            else:
                fund = yv // 7 if y not in ("total", "yearTotal") else None
                cells += [yt, *second]
                if y is None:
                    cells += ["", "", ""]
                else:
                    if fund is None:
                        fund = sum(v // 7 for n, _, v in b if n not in (None, "total", "yearTotal") and (y == "total" or n != left_over))
                    for name, amount in (("total", yv), ("general", yv - fund), ("fund", fund)):
                        cells.append(self.put(f"{table}.expenditure", y, name, amount))
            grid.row(*cells)

    # Economic categories

    def basic(self, title, side_by_side):
        amounts = {}
        for group in (PERSONNEL, PUBLIC):
            for code, (_, items) in group.items():
                for item in items:
                    amounts[item] = self.f.amount(60000)
                amounts[code] = sum(amounts[i] for i in items)
        people = sum(amounts[c] for c in PERSONNEL)
        public = sum(amounts[c] for c in PUBLIC)
        grid = self.grid(title)
        left = [(c, n) for code, (name, items) in PERSONNEL.items() for c, n in [(code, name), *items.items()]]
        right = [(c, n) for code, (name, items) in PUBLIC.items() for c, n in [(code, name), *items.items()]]
        if side_by_side:
            grid.row(("人员经费", 1, 3), ("公用经费", 1, 3))
            grid.row("经济分类科目编码", "科目名称", self.word, "经济分类科目编码", "科目名称", self.word)
            for i in range(max(len(left), len(right))):
                cells = []
                for side in (left, right):
                    if i < len(side):
                        code, name = side[i]
                        cells += [code, name, self.put("basic", code, "amount", amounts[code])]
                    else:
                        cells += ["", "", ""]
                grid.row(*cells)
            grid.row(("人员经费合计", 1, 2), self.put("basic", "personnelTotal", "amount", people),
                     ("公用经费合计", 1, 2), self.put("basic", "publicTotal", "amount", public))
            return
        grid.row(("经济分类科目", 1, 2), ("本年基本支出", 1, 3))
        grid.row("科目编码", "科目名称", "合计", "人员经费", "公用经费")
        for code, name in left + right:
            staff = amounts[code] if (code, name) in left else 0
            grid.row(code, name, self.put("basic", code, "amount", amounts[code]), self.put("basic", code, "personnel", staff),
                     self.put("basic", code, "public", amounts[code] - staff))
        grid.row(("合计", 1, 2), self.put("basic", "total", "amount", people + public),
                 self.put("basic", "total", "personnel", people), self.put("basic", "total", "public", public))

    # “三公”经费

    def expenses(self):
        buy, run = self.f.amount(30000, 0.4), self.f.amount(20000)
        out = {"abroad": self.f.amount(20000, 0.5), "vehicles": buy + run, "vehicles.purchase": buy, "vehicles.operation": run,
               "reception": self.f.amount(9000)}
        return {"total": out["abroad"] + out["vehicles"] + out["reception"], **out}

    def wide(self, title, years, names, pairs=False, units=False, more=()):
        """Expenses in columns, once for each of `names` (columns of the record) or each with a pair of columns."""
        rows = ["total", "abroad", "vehicles", "vehicles.purchase", "vehicles.operation", "reception"]
        data = {n: self.expenses() for n in names}
        grid = self.grid(title)
        stub = [("单位编码", 3, 1), ("单位名称", 3, 1)] if units else []
        if pairs:
            grid.row(("合计", 2, 2), ("因公出国（境）费", 2, 2), ("公务用车购置及运行费", 1, 6), ("公务接待费", 2, 2))
            grid.row(("小计", 1, 2), ("公务用车购置费", 1, 2), ("公务用车运行费", 1, 2))
            grid.row(*["预算数", "决算数"] * 6)
            grid.row(*[self.put("threePublic", r, n, data[n][r]) for r in rows for n in names])
            return
        single = len(names) == 1
        if not single:
            grid.row(*[(f"{y}年预算数", 1, 6) for y in years])
        height = 2
        top = [("合计", height, 1), ("因公出国（境）费", height, 1), ("公务用车购置及运行费", 1, 3), ("公务接待费", height, 1)]
        if units:
            grid.row(("单位编码", 2, 1), ("单位名称", 2, 1), *top, *[(m, 2, 1) for m in more])
        else:
            grid.row(*top * len(names), *[(m, 2, 1) for m in more])
        grid.row(*["小计", "公务用车购置费", "公务用车运行费"] * len(names))
        cells = [self.put("threePublic", r, n, data[n][r]) for n in names for r in rows]
        others = [self.f.text(self.f.amount(5000, 0)) for _ in more]
        if units:
            grid.row("", "合计", *cells, *others)
            grid.row("101001", self.agency, *cells, *others)
        else:
            grid.row(*cells, *others)

    def long(self, title, heads, names):
        data = {n: self.expenses() for n in names}
        grid = self.grid(title)
        grid.row("项目", *heads)
        for row, label in (("total", "合计"), ("abroad", "1、因公出国（境）费用"), ("reception", "2、公务接待费"),
                           ("vehicles", "3、公务用车购置及运行维护费"), ("vehicles.operation", "其中：（1）公务用车运行维护费"),
                           ("vehicles.purchase", "（2）公务用车购置费")):
            grid.row(label, *[self.put("threePublic", row, n, data[n][row]) for n in names])

    def fund(self, title, table):
        lines = [("212", "城乡社区支出", 0), ("21208", "国有土地使用权出让收入安排的支出", 1), ("2120803", "城市建设支出", 2)]
        amounts = with_sums(lines, lambda: {"basic": 0, "project": self.f.amount(zeros=0)}, ["basic", "project"])
        grid = self.grid(title)
        self.code_head(grid, [["合计"], ["基本支出"], ["项目支出"]])
        for code, name, level in [("total", "合计", None)] + lines:
            a = amounts[code]
            grid.row(*self.stub(code, name, level), self.put(table, code, "total", a["basic"] + a["project"]),
                     self.put(table, code, "basic", a["basic"]), self.put(table, code, "project", a["project"]))


INCOMES = [("total", ["本年收入合计"]), ("appropriation", ["财政拨款收入"]), ("superior", ["上级补助收入"]), ("business", ["事业收入"]),
           ("operating", ["经营收入"]), ("affiliated", ["附属单位上缴收入"]), ("other", ["其他收入"])]
SPENDING = [("total", ["合计"]), ("basic", ["基本支出"]), ("project", ["项目支出"])]
DETAILED = [("total", ["合计"]), ("basic", ["基本支出", "小计"]), ("personnel", ["基本支出", "人员经费"]), ("public", ["基本支出", "公用经费"]),
            ("project", ["项目支出"])]


def budget(m, detailed=False, tables="all"):
    m.summary("收支总表", "summary")
    spending = DETAILED if detailed else SPENDING
    heads = {"personnel": None, "public": None, "project": None, "basic": ["personnel", "public"],
             "total": ["personnel", "public", "project"]} if detailed else {"basic": None, "project": None, "total": ["basic", "project"]}
    m.by_function("支出总表", "expenditure", SPENDING, {"basic": None, "project": None, "total": ["basic", "project"]})
    m.summary("财政拨款收支总表", "funding", True)
    m.by_function("一般公共预算支出表", "general", spending, heads)
    m.basic("一般公共预算基本支出表", False)


def accounts(m):
    m.summary("收入支出决算总表", "summary")
    parts = [n for n, _ in INCOMES if n != "total"]
    m.by_function("收入决算表", "income", INCOMES, {**{n: None for n in parts}, "total": parts})
    m.by_function("支出决算表", "expenditure", [("total", ["本年支出合计"]), *SPENDING[1:]],
                  {"basic": None, "project": None, "total": ["basic", "project"]})
    m.summary("财政拨款收入支出决算总表", "funding", True)
    m.by_function("一般公共预算财政拨款支出决算表", "general", SPENDING, {"basic": None, "project": None, "total": ["basic", "project"]},
                  total_last=m.codes == "three")
    m.basic("一般公共预算财政拨款基本支出决算表", True)


def documents(seed):
    def maker(number, *arguments):
        return Maker(random.Random(seed * 1000 + number), number, *arguments)
    m = maker(0, "budget", "万元", True, False, "one", False)
    budget(m)
    m.wide("一般公共预算“三公”经费支出表", [m.year - 1, m.year], ["previous", "current"])
    m.fund("政府性基金预算支出表", "fund")
    yield m, f"{m.agency}{m.year}年部门预算公开"
    m = maker(1, "accounts", "万元", True, True, "one", True)
    accounts(m)
    m.wide("财政拨款“三公”经费支出决算表", [], ["budget", "accounts"], pairs=True)
    yield m, f"{m.year}年度{m.agency}部门决算"
    m = maker(2, "budget", "元", True, True, "three", False)
    budget(m)
    m.long("一般公共预算“三公”经费预算表", [f"{m.year}年预算数"], ["current"])
    yield m, f"{m.agency}{m.year}年度部门预算"
    m = maker(3, "accounts", "万元", False, True, "three", False)
    accounts(m)
    m.wide("财政拨款“三公”经费支出决算表", [], ["budget", "accounts"], pairs=True)
    yield m, f"{m.agency}{m.year}年度部门决算公开"
    m = maker(4, "budget", "万元", True, False, "one", False)
    m.long(f"{m.agency}{m.year}年“三公”经费预算表", [f"{m.year - 1}年预算数", f"{m.year}年预算数"], ["previous", "current"])
    yield m, f"{m.agency}{m.year}年“三公”经费预算公开"
    m = maker(5, "accounts", "元", False, False, "one", False)
    m.long(f"{m.year}年度“三公”经费支出决算表", ["预算数", "决算数"], ["budget", "accounts"])
    yield m, f"{m.agency}{m.year}年度“三公”经费决算情况"
    m = maker(6, "budget", "万元", True, True, "one", True)
    budget(m, detailed=True)
    m.wide("一般公共预算“三公”经费支出表", [], ["current"], units=True)
    yield m, f"{m.year}年{m.agency}部门预算"
    m = maker(7, "accounts", "万元", True, False, "joined", False)
    accounts(m)
    m.wide("一般公共预算财政拨款“三公”经费支出决算表", [], ["accounts"])
    yield m, f"{m.agency}{m.year}年度部门决算"
    m = maker(8, "budget", "万元", False, False, "joined", False)
    budget(m, detailed=True)
    m.wide("一般公共预算“三公”经费支出预算表", [m.year - 1, m.year], ["previous", "current"])
    m.fund("国有资本经营预算支出表", "capital")
    yield m, f"{m.agency}{m.year}年单位预算公开"
    m = maker(9, "accounts", "万元", True, True, "one", True)
    accounts(m)
    m.wide("“三公”经费及会议费、培训费支出决算表", [], ["accounts"], more=("会议费", "培训费"))
    yield m, f"{m.year}年度{m.agency}部门决算公开"


def is_figure(text):
    return bool(text) and text.replace(",", "").replace(".", "").isdigit()


def html(m, title):
    out = [f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{escape(title)}</title><style>
@page {{ size: A4 landscape; margin: 40pt; @bottom-center {{ content: "- " counter(page) " -"; font: 9pt "Noto Serif CJK SC"; }} }}
html {{ font-family: "Noto Serif CJK SC"; font-size: 10.5pt; line-height: 1.4 }} h1 {{ font-size: 17pt; text-align: center }}
h2 {{ font-size: 13pt; text-align: center; margin: 14pt 0 4pt; break-after: avoid }} p.unit {{ margin: 0; text-align: right; font-size: 9pt }}
table {{ border-collapse: collapse; width: 100%; font-size: 9pt }} td {{ border: .6pt solid #000; padding: 2pt 4pt; height: 12pt }}
td.n {{ text-align: right }} td.h {{ text-align: center }} tr {{ break-inside: avoid }}</style></head><body><h1>{escape(title)}</h1>
<p>{escape(m.agency)}按照要求公开本年度有关情况，表中数据如下。</p>"""]
    for grid in m.grids:
        out.append(f'<h2>{escape(grid.title)}</h2><p class="unit">单位：{grid.unit}</p><table>')
        for cells in grid.rows:
            out.append("<tr>" + "".join(
                f'<td{"" if h == 1 else f" rowspan={h}"}{"" if w == 1 else f" colspan={w}"} class="{"n" if is_figure(t) else "t"}">{escape(t)}</td>'
                for t, h, w in cells) + "</tr>")
        out.append("</table>")
    return "".join(out) + "</body></html>"


def word(m, title, path):
    out = [docx.paragraph(title, 16, "center", True, style="Title"), docx.paragraph(f"{m.agency}按照要求公开本年度有关情况，表中数据如下。", 10.5)]
    for grid in m.grids:
        rows, taken, columns = grid.places()
        width = int(15000 / columns)
        out += [docx.paragraph(grid.title, 13, "center", True), docx.paragraph(f"单位：{grid.unit}", 9, "right")]
        out.append('<w:tbl><w:tblPr><w:tblW w:w="15000" w:type="dxa"/></w:tblPr><w:tblGrid>' + f'<w:gridCol w:w="{width}"/>' * columns + "</w:tblGrid>")
        for r in range(len(rows)):
            out.append("<w:tr>")
            c = 0
            while c < columns:
                (text, height, span), top, left = taken.get((r, c), (("", 1, 1), r, c))
                merge = "" if height == 1 else '<w:vMerge w:val="restart"/>' if top == r else "<w:vMerge/>"
                wide = "" if span == 1 else f'<w:gridSpan w:val="{span}"/>'
                borders = "".join(docx.border(side, 0.5) for side in ("top", "left", "bottom", "right"))
                out.append(f"<w:tc><w:tcPr>{wide}{merge}<w:tcBorders>{borders}</w:tcBorders></w:tcPr>"
                           f"{docx.paragraph(text if top == r else '', 9)}</w:tc>")
                c += span
            out.append("</w:tr>")
        out.append("</w:tbl>" + docx.paragraph("", 6))
    section = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    styles = ('<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
              '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>')
    parts = {"[Content_Types].xml": docx.TYPES, "_rels/.rels": docx.ROOT, "word/_rels/document.xml.rels": docx.PARTS,
             "word/document.xml": f"{docx.HEAD}<w:document {docx.NAMESPACE}><w:body>{''.join(out)}{section}</w:body></w:document>",
             "word/footer1.xml": f"{docx.HEAD}<w:ftr {docx.NAMESPACE}><w:p/></w:ftr>",
             "word/styles.xml": f"{docx.HEAD}<w:styles {docx.NAMESPACE}>{styles}</w:styles>"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text)


def make(out, seed=1):
    """Writes the documents; returns their names."""
    import weasyprint
    os.makedirs(out, exist_ok=True)
    names = []
    for number, (m, title) in enumerate(documents(seed)):
        name = f"budget{number:02d}"
        names.append(name)
        weasyprint.HTML(string=html(m, title)).write_pdf(os.path.join(out, name + ".pdf"))
        word(m, title, os.path.join(out, name + ".docx"))
        truth = {"family": "cn.gov.budget.department", "generation": m.kind, "agency": m.agency, "year": m.year, "tables": m.truth}
        with open(os.path.join(out, name + ".truth.json"), "w", encoding="utf-8") as f:
            json.dump(truth, f, ensure_ascii=False, indent=1)
    return names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", default="build/budgets")
    o = parser.parse_args()
    print(f"{len(make(o.out, o.seed))} documents in {o.out}")


if __name__ == "__main__":
    main()
