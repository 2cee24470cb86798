"""RESULTS.md: sections that each tool rewrites on its own, and Markdown tables that diff well."""
import os
import re

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "RESULTS.md")
OPENING = """# Results

Accuracy is reported here, not asserted by tests, so that a change shows as a diff. `make score`,
`make generated`, `make bench` and `make peers` each rewrite their own section.
"""
ORDER = ["summary", "confidence", "fixtures", "icdar2013", "real", "scans", "scans-generated", "records", "generated", "prose", "corpora", "mutations", "fuzz", "batch", "speed", "writers", "peers", "word-peers"]


def table(head, rows):
    """A Markdown table with padded columns; numbers are given as finished strings."""
    rows = [[str(v) for v in row] for row in rows]
    width = [max(len(r[i]) for r in [head] + rows) for i in range(len(head))]
    line = lambda r: "| " + " | ".join(v.ljust(w) for v, w in zip(r, width)) + " |"
    return "\n".join([line(head), "|" + "|".join("-" * (w + 2) for w in width) + "|"] + [line(r) for r in rows])


def write(sections, path=PATH):
    """Replaces the named sections, {name: (title, body)}, and keeps all others."""
    kept, rest = {}, ""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            old = f.read()
        for name, body in re.findall(r"<!-- begin (\S+) -->\n(.*?)<!-- end \1 -->", old, re.S):
            kept[name] = body
        # What stands behind the last section is somebody else's.
        rest = re.split(r"<!-- end \S+ -->\n", old)[-1] if kept else ""
    for name, (title, body) in sections.items():
        kept[name] = f"\n## {title}\n\n{body.strip()}\n\n"
    names = sorted(kept, key=lambda n: (ORDER.index(n) if n in ORDER else len(ORDER), n))
    text = OPENING + "".join(f"\n<!-- begin {n} -->\n{kept[n]}<!-- end {n} -->\n" for n in names) + rest
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def figure(value):
    """Rounded towards zero, so that 1.000 means perfect."""
    return f"{int(value * 1000 + 1e-9) / 1000:.3f}"
