"""The guide as one HTML file: no script, nothing from elsewhere, made to be printed on A4.

Every text goes through `html.escape`; the only markup is what this module writes, and the pictures that Graphviz drew from escaped
labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from game.guide.blocks import (
    Block,
    Box,
    Bullets,
    Cell,
    Chart,
    Guide,
    Heading,
    Outline,
    Para,
    Picture,
    Script,
    ScriptLine,
    Table,
    Words,
)
from game.words import _

STYLE = """
:root { color-scheme: light dark; --ink: #1d2730; --paper: #fdfcf9; --quiet: #5b6670; --line: #d5d2c8; --soft: #f2efe6; --later: #8a5200;
  --spoiler: #fbf4e4; --spoiler-line: #c98a1b; --care: #e8f1f4; --care-line: #2b7a94; --accent: #0b5c73; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e2da; --paper: #14191e; --quiet: #a3abb2; --line: #3a434b; --soft: #1d242a; --later: #e2ab52;
  --spoiler: #262014; --spoiler-line: #b98324; --care: #15252b; --care-line: #4aa0b8; --accent: #7cc4d8; } }
* { box-sizing: border-box; }
html { font-size: 16px; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 52rem; background: var(--paper); color: var(--ink);
  font-family: "Source Serif 4", Charter, "Bitstream Charter", Cambria, Georgia, serif; line-height: 1.5; overflow-wrap: break-word; }
h1, h2, h3, h4, th, .meta, .who, nav, .tag { font-family: "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 2.4rem; line-height: 1.15; margin: 0 0 .2rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 .6rem; padding-top: .5rem; border-top: 3px solid var(--accent); line-height: 1.2; }
h3 { font-size: 1.15rem; margin: 2rem 0 .3rem; line-height: 1.25; }
h4 { font-size: .95rem; margin: 1rem 0 .3rem; }
p { margin: .45rem 0; }
.lead { font-size: 1.2rem; line-height: 1.4; }
.aside, .quiet { color: var(--quiet); }
.aside { font-size: .92rem; }
.soft { font-style: italic; }
.later { color: var(--later); }
.fill { background: var(--soft); border-bottom: 1px solid var(--quiet); padding: 0 .25em; }
blockquote { margin: .6rem 0; padding-left: .9rem; border-left: 3px solid var(--line); }
ul, ol { margin: .45rem 0; padding-left: 1.4rem; }
li { margin: .25rem 0; }
a { color: var(--accent); }
nav ol { columns: 2; column-gap: 2rem; font-size: .95rem; }
table { width: 100%; border-collapse: collapse; margin: .7rem 0; font-size: .92rem; }
caption { text-align: left; color: var(--quiet); font-size: .88rem; padding-bottom: .2rem; }
th { text-align: left; font-size: .82rem; color: var(--quiet); font-weight: 600; }
th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td p { margin: 0 0 .2rem; }
.box { margin: .9rem 0; padding: .5rem .9rem .6rem; border-left: 4px solid; border-radius: 0 4px 4px 0; }
.box > h4:first-child { margin-top: .2rem; }
.spoiler { background: var(--spoiler); border-color: var(--spoiler-line); }
.care { background: var(--care); border-color: var(--care-line); }
.script { margin: .6rem 0; padding: .5rem .9rem; background: var(--soft); border-radius: 4px; font-size: .9rem; line-height: 1.4; }
.script p { margin: .18rem 0; padding-left: 1.2rem; text-indent: -1.2rem; }
.script .who { font-weight: 600; }
.script .what { font-style: italic; color: var(--quiet); }
.script .tag { font-size: .8rem; color: var(--later); }
figure { margin: 1rem 0; background: #fff; border: 1px solid var(--line); border-radius: 4px; padding: .6rem; text-align: center; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; }
figcaption { color: #5a6672; font-size: .85rem; text-align: left; }
figure.chart { background: none; border: 0; padding: 0; } figure.chart figcaption { color: var(--quiet); } figure.chart svg { width: 100%; }
pre { font-size: .78rem; line-height: 1.35; background: var(--soft); padding: .7rem; border-radius: 4px; overflow-x: auto; }
@media screen and (max-width: 40rem) { nav ol { columns: 1; } table, tbody, tr, td { display: block; width: auto; } thead { display: none; }
  td[data-head]:not(:first-child)::before { content: attr(data-head) ": "; color: var(--quiet); font-size: .82rem; }
  td { border: 0; padding: .1rem 0; } tr { border-bottom: 1px solid var(--line); padding: .4rem 0; } }
@page { size: A4; margin: 17mm 16mm 18mm; }
@media print {
  :root { --ink: #111; --paper: #fff; --quiet: #4a4a4a; --line: #bbb; --soft: #f4f3ef; --later: #6d4100; --spoiler: #fdf8ec; --care: #eef5f7; --accent: #0b4a5c; }
  html { font-size: 9.8pt; } body { line-height: 1.4; } th, td { padding-top: .2rem; padding-bottom: .2rem; } body { max-width: none; padding: 0; background: none; }
  h2 { margin-top: 1.6rem; } .fresh { break-before: page; }
  h1, h2, h3, h4, .meta, .keep { break-after: avoid; } tr, li, .keep, figure, figcaption { break-inside: avoid; }
  p { orphans: 3; widows: 3; } a { color: inherit; text-decoration: none; }
  .box, .script, .fill { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  figure { border: 0; padding: 0; } figure svg { max-height: 228mm; }
  pre { white-space: pre-wrap; overflow: visible; }
}
"""


def page(guide: Guide) -> bytes:
    """The guide as HTML, in UTF-8."""
    body = "\n".join(_sections(guide))
    return f"""<!doctype html>
<html lang="{escape(guide.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(guide.title)}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<header>
<p class="meta quiet">{escape(guide.subtitle)}</p>
<h1>{escape(guide.title)}</h1>
</header>
{body}
</main>
</body>
</html>
""".encode()


def _sections(guide: Guide) -> Iterator[str]:
    """The blocks, each second-level heading with what follows it in a section of its own."""
    open_section = False
    for number, block in enumerate(guide.blocks):
        if isinstance(block, Heading) and block.level == 2:
            if open_section:
                yield "</section>"
            name = block.id or f"part-{number}"
            yield f'<section aria-labelledby="{escape(name)}"{_class("fresh" if block.fresh else "")}>'
            open_section = True
        yield _block(block)
    if open_section:
        yield "</section>"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        named = f' id="{escape(block.id)}"' if block.id else ""
        fresh = _class("fresh" if block.fresh and block.level > 2 else "")
        return f"<h{block.level}{named}{fresh}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Para):
        if block.kind == "quote":
            return f"<blockquote><p>{_inline(block.words)}</p></blockquote>"
        return f"<p{_class(block.kind)}>{_inline(block.words)}</p>"
    if isinstance(block, Bullets):
        tag = "ol" if block.ordered else "ul"
        return f"<{tag}>" + "".join(f"<li>{_inline(item)}</li>" for item in block.items) + f"</{tag}>"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Script):
        return '<div class="script">' + "".join(map(_script_line, block.lines)) + "</div>"
    if isinstance(block, Box):
        return f'<div class="box {block.kind}">' + "\n".join(map(_block, block.blocks)) + "</div>"
    if isinstance(block, Picture):
        return f"<figure>{_svg(block)}<figcaption>{escape(block.words)}</figcaption></figure>"
    if isinstance(block, Chart):
        return f'<figure class="chart">{block.svg}<figcaption>{escape(block.words)}</figcaption></figure>'
    if isinstance(block, Outline):
        return f"<pre>{escape(chr(10).join(block.lines))}</pre>"
    return f'<nav aria-label="{escape(_("Contents"))}"><ol>' + "".join(map(_entry, block.entries)) + "</ol></nav>"


def _entry(entry: tuple[str, str]) -> str:
    return f'<li><a href="#{escape(entry[0])}">{escape(entry[1])}</a></li>'


def _table(table: Table) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    columns = "".join(f'<col style="width:{int(width)}%">' for width in table.widths)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in table.head)
    head = f"<thead><tr>{head}</tr></thead>" if any(table.head) else ""
    rows = "".join(
        "<tr>" + "".join(_labelled(head, cell) for head, cell in zip(table.head, row, strict=True)) + "</tr>"
        for row in table.rows
    )
    return f"<table>{caption}<colgroup>{columns}</colgroup>{head}<tbody>{rows}</tbody></table>"


def _labelled(head: str, cell: Cell) -> str:
    """A cell that knows what its column is called: on a narrow screen there is no head above it."""
    named = f' data-head="{escape(head)}"' if head else ""
    return f"<td{named}>{_cell(cell)}</td>"


def _cell(cell: Cell) -> str:
    return "".join(f"<p>{_inline(part)}</p>" for part in cell)


def _script_line(line: ScriptLine) -> str:
    who, text, condition = line.who, line.text, line.condition
    tag = f'<span class="tag">{escape(_("[only if {condition}]").format(condition=condition))}</span> ' if condition else ""
    inner = _breaks(text)
    said = f'<span class="who">{escape(who)}:</span> {inner}' if who else f'<span class="what">{inner}</span>'
    return f"<p>{tag}{said}</p>"


def _inline(runs: Words) -> str:
    made = []
    for run in runs:
        text = _breaks(run.text)
        if run.style == "strong":
            text = f"<strong>{text}</strong>"
        elif run.style == "soft":
            text = f'<em class="soft">{text}</em>'
        elif run.style:
            text = f'<span class="{run.style}">{text}</span>'
        made.append(text)
    return "".join(made)


def _breaks(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


_PROLOG = re.compile(rb"^.*?(?=<svg)", re.DOTALL)
_IDS = re.compile(rb' id="[^"]*"')
_COMMENTS = re.compile(rb"<!--.*?-->\s*", re.DOTALL)


def _svg(picture: Picture) -> str:
    """The picture inside the page: without prolog and comments, without ids (each picture has the same), with words for those who do not see it."""
    inner = _IDS.sub(b"", _COMMENTS.sub(b"", _PROLOG.sub(b"", picture.svg))).decode()
    return inner.replace("<svg ", f'<svg role="img" aria-label="{escape(picture.words)}" ', 1).strip()
