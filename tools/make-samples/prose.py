"""Pages without any table, which a table finder must leave alone: prose, lists, contents, forms, code, formulas."""
from html import escape

from texts import EN, ZH

FORMULAS = ["E = mc²", "a² + b² = c²", "∑ xᵢ / n = x̄", "f(x) = 3x² − 2x + 7", "σ = √(Σ(xᵢ − μ)² / N)",
            "y = β₀ + β₁x₁ + β₂x₂ + ε", "P(A|B) = P(B|A) · P(A) / P(B)"]
CODE = """def mean(values):
    total = 0
    for value in values:
        total += value
    return total / len(values)


class Account:
    def __init__(self, owner, balance=0):
        self.owner   = owner
        self.balance = balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount""".split("\n")
PEOPLE = {"zh": ["王小明", "李华", "张伟民", "陈静", "刘洋"], "en": ["A. Carter", "B. Nolan", "C. Osei", "D. Petrov", "E. Quinn"]}
PLACES = {"zh": "临海市建设路 128 号", "en": "128 Station Road, Ashby"}


def css(font, size, extra=""):
    return (f"@page {{ size: A4; margin: 60pt; }} html {{ font: {size}pt/1.5 '{font}'; }} p {{ margin: 0 0 .6em; text-align: justify; }}"
            f" h1 {{ font-size: 1.4em; text-align: center; }} h2 {{ font-size: 1.15em; }} {extra}")


def paragraphs(rng, words, n):
    indent = "text-indent:2em" if words.tag == "zh" else ""
    glue = "" if words.tag == "zh" else " "
    return "".join(f'<p style="{indent}">{escape(glue.join(rng.sample(words.prose, rng.randint(2, 4))))}</p>' for _ in range(n))


def plain(rng, w):
    return "", "".join(f"<h2>{h}</h2>{paragraphs(rng, w, 3)}" for h in rng.sample(w.headings, 3))


def columns(rng, w):
    return "div.c { columns: 2; column-gap: 24pt; }", f'<div class="c">{paragraphs(rng, w, 9)}</div>'


def lists(rng, w):
    items = [i for tree in w.rows for group in tree.values() for i in group]
    short = "".join(f"<li>{escape(t)}</li>" for t in rng.sample(items, 8))
    long = "".join(f"<li>{escape(t)}</li>" for t in w.prose)
    kind = rng.choice(["ol", "ul"])
    return "", f"{paragraphs(rng, w, 1)}<{kind}>{short}</{kind}>{paragraphs(rng, w, 1)}<ol>{long}</ol>"


def numbered(rng, w):
    out = [paragraphs(rng, w, 1)]
    for g, group in enumerate(list(w.rows[0])[:3]):
        out.append(f"<p>{'一二三'[g] + '、' if w.tag == 'zh' else str(g + 1) + '. '}{group}</p>")
        for i, item in enumerate(w.rows[0][group]):
            mark = f"（{'一二三四五'[i]}）" if w.tag == "zh" else f"{g + 1}.{i + 1} "
            out.append(f'<p style="padding-left:2em">{mark}{item}{"：" if w.tag == "zh" else ": "}{rng.choice(w.prose)}</p>')
    return "", "".join(out)


def contents(rng, w):
    items, page, out = w.headings + w.captions, 1, []
    for i, text in enumerate(items * 2):
        page += rng.randint(1, 6)
        level = rng.choice([0, 1, 1])
        dots = ("." if w.tag == "en" else "…") * 120
        out.append(f'<div style="display:flex;padding-left:{level * 1.5}em;line-height:1.9"><span style="white-space:nowrap">{escape(text)}</span>'
                   f'<span style="flex:1;overflow:hidden;white-space:nowrap;margin:0 4pt">{dots}</span><span>{page}</span></div>')
    return "", f"<h1>{'目　录' if w.tag == 'zh' else 'Contents'}</h1>" + "".join(out)


def form(rng, w):
    labels = {"zh": ["姓名", "联系电话", "通讯地址", "申请日期", "经办人", "所需信息的内容描述", "用途"],
              "en": ["Name", "Telephone", "Address", "Date", "Signature", "Description of the request", "Purpose"]}[w.tag]
    colon = "：" if w.tag == "zh" else ":"
    lines = "".join(f"<p>{t}{colon}{'_' * rng.randint(18, 40)}</p>" for t in labels)
    boxes = "".join(f"<p>□ {escape(t)}</p>" for t in w.captions[:4])
    return "", f"<h1>{w.title[0]}</h1>{lines}{boxes}{paragraphs(rng, w, 2)}"


def code(rng, w):
    lines = CODE if rng.random() < 0.5 else [line.replace("value", "item") for line in CODE]
    return "pre { font: 9pt/1.35 'DejaVu Sans Mono'; margin-left: 2em; }", (
        f"{paragraphs(rng, w, 2)}<pre>{escape(chr(10).join(lines))}</pre>{paragraphs(rng, w, 2)}<pre>$ make test\nBuild complete! (12.3s)\nTest run with 214 tests passed after 3.1 seconds</pre>")


def formulas(rng, w):
    out = []
    for i, f in enumerate(rng.sample(FORMULAS, 5)):
        out.append(paragraphs(rng, w, 1))
        out.append(f'<div style="display:flex"><span style="flex:1;text-align:center;font-style:italic">{escape(f)}</span><span>({i + 1})</span></div>')
    return "", "".join(out)


def letter(rng, w):
    people = rng.sample(PEOPLE[w.tag], 2)
    head = (f'<div style="text-align:center;color:#b00;font-size:1.6em;border-bottom:2pt solid #b00">{escape(w.title[1])}</div>'
            f'<div style="display:flex;justify-content:space-between"><span>{PLACES[w.tag]}</span><span>{"2024年3月15日" if w.tag == "zh" else "15 March 2024"}</span></div>')
    end = f'<p style="text-align:right">{people[0]}</p><p style="text-align:right">{"办公室主任" if w.tag == "zh" else "Head of office"}</p>'
    greeting = f"<p>{people[1]}{'：' if w.tag == 'zh' else ','}</p>"
    return "", head + "<br>" + greeting + paragraphs(rng, w, 4) + end


def references(rng, w):
    out = [f"<h2>{'参考文献' if w.tag == 'zh' else 'References'}</h2>"]
    for i in range(12):
        who = ", ".join(rng.sample(PEOPLE[w.tag], 2))
        out.append(f'<p style="padding-left:2em;text-indent:-2em">[{i + 1}] {who}. {escape(rng.choice(w.captions))}. {2000 + rng.randint(0, 24)}, '
                   f'{rng.randint(1, 40)}({rng.randint(1, 12)}): {rng.randint(1, 90)}–{rng.randint(91, 200)}.</p>')
    return "", "".join(out)


def boxed(rng, w):
    return ("div.b { border: 1pt solid #444; padding: 8pt; margin: 1em 0; background: #f3f3f3; } h2 { border-bottom: 1pt solid #000; }",
            f"<h2>{w.headings[0]}</h2>{paragraphs(rng, w, 2)}<div class='b'>{paragraphs(rng, w, 1)}</div><h2>{w.headings[1]}</h2>{paragraphs(rng, w, 3)}<hr>{paragraphs(rng, w, 1)}")


def dialogue(rng, w):
    colon = "：" if w.tag == "zh" else ": "
    return "", "".join(f'<p style="padding-left:5em;text-indent:-5em"><b>{rng.choice(PEOPLE[w.tag])}</b>{colon}{escape(rng.choice(w.prose))}</p>' for _ in range(12))


KINDS = (plain, lists, contents, form, code, formulas, letter, columns, references, numbered, boxed, dialogue)


def page(rng, index):
    """(name, HTML) of one page or two."""
    words = (ZH, EN)[index // len(KINDS) % 2]
    kind = KINDS[index % len(KINDS)]
    font = rng.choice(["Noto Serif CJK SC", "AR PL UMing CN", "WenQuanYi Zen Hei"] if words.tag == "zh"
                      else ["Liberation Serif", "Liberation Sans", "DejaVu Serif"])
    extra, body = kind(rng, words)
    title = "" if kind in (contents, form, letter) else f"<h1>{rng.choice(words.title)}</h1>"
    return f"{kind.__name__}-{words.tag}", (
        f'<!doctype html><html lang="{words.tag}"><head><meta charset="utf-8"><title>{kind.__name__}</title>'
        f"<style>{css(font, rng.choice([10, 10.5, 11, 12]), extra)}</style></head><body>{title}{body}</body></html>")
