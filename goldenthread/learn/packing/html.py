"""The pages of a pack: plain HTML with its own style, no script and nothing from outside; read in any browser, offline.

Everything that comes in is text and is escaped here. A page is given out a part at a time, so that a long table is
never whole in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from goldenthread.learn.rendering.model import (
    Block,
    Chart,
    Figures,
    Points,
    Protected,
    Report,
    Table,
    Text,
    Words,
)

STYLE = """
body{font:1.05rem/1.5 Arial,"Liberation Sans",sans-serif;color:#0b0c0c}
body{margin:0 auto;max-width:62rem;padding:0 1rem 3rem}
a{color:#1d70b8}a:focus{outline:3px solid #0b0c0c;background:#fd0;color:#0b0c0c}
h1{font-size:1.9rem;line-height:1.2;margin:1.5rem 0 .5rem}h2{font-size:1.4rem;margin:2rem 0 .5rem}
.skip{position:absolute;left:-999rem}.skip:focus{position:static}
.wide{overflow-x:auto}.wide:focus{outline:3px solid #0b0c0c}
table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}
caption{font-weight:bold;text-align:left;padding:.3rem 0}
th,td{border-bottom:1px solid #b1b4b6;padding:.4rem .8rem .4rem 0;text-align:left;vertical-align:top}
dd,p,li,h1{overflow-wrap:anywhere}td{overflow-wrap:anywhere;min-width:4rem}.n{text-align:right}
.said{border-left:.4rem solid #b1b4b6;padding-left:1rem;white-space:pre-line}
.left{border-left:.4rem solid #0b0c0c;padding:.1rem 1rem}
footer{border-top:1px solid #b1b4b6;margin-top:3rem;padding-top:.5rem;font-size:.95rem}
dt{font-weight:bold}dd{margin:0 0 .6rem}
@media print{.skip{display:none}a{color:inherit}}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(title: str, body: Iterable[str], *, up: str = "", depth: int = 0) -> Iterator[str]:
    """One page. `up`: the words of the link back to the index; `depth`: how many folders down the page lies."""
    yield (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to main content</a>\n'
    )
    if up:
        yield f'<nav aria-label="Pack"><p>{link("../" * depth + "index.html", up)}</p></nav>\n'
    yield f'<main id="main">\n<h1>{escape(title)}</h1>\n'
    yield from body
    yield "</main>\n</body>\n</html>\n"


def link(href: str, text: str) -> str:
    return f'<a href="{escape(href)}">{escape(text)}</a>'


def heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>\n"


def paragraph(*sentences: str) -> str:
    return f"<p>{escape(' '.join(sentences))}</p>\n" if any(sentences) else ""


def bullets(items: Iterable[str]) -> str:
    """A list of texts."""
    return "<ul>\n" + "".join(f"<li>{escape(item)}</li>\n" for item in items) + "</ul>\n"


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """What is known, by its label."""
    return "<dl>\n" + "".join(f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>\n" for name, said in rows) + "</dl>\n"


def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numeric: Sequence[int] = (),
    links: Sequence[int] = (),
) -> Iterator[str]:
    """A table a row at a time. A cell of a column in `links` is "address|words" and becomes a link."""
    yield f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption)}">\n<table>\n'
    yield f"<caption>{escape(caption)}</caption>\n<thead><tr>"
    for place, name in enumerate(head):
        yield f'<th scope="col"{_side(place, numeric)}>{escape(name)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for row in rows:
        cells = []
        for place, cell in enumerate(row):
            said = link(*cell.split("|", 1)) if place in links and "|" in cell else escape(cell)
            opened = '<th scope="row"' if place == 0 else "<td"
            cells.append(f"{opened}{_side(place, numeric)}>{said}</{'th' if place == 0 else 'td'}>")
        yield f"<tr>{''.join(cells)}</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def _side(place: int, numeric: Sequence[int]) -> str:
    return ' class="n"' if place in numeric else ""


def report(made: Report) -> Iterator[str]:
    """A report's parts, each under its heading."""
    for part in made.parts:
        yield heading(part.title)
        for block in part.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Text):
        yield paragraph(*block.sentences)
    elif isinstance(block, Words):
        yield f'<div class="said"><p>{escape(block.by)}:</p><p>{escape(block.text)}</p></div>\n'
    elif isinstance(block, Figures):
        yield facts((figure.label, " ".join(filter(None, (figure.number, figure.detail)))) for figure in block.items)
    elif isinstance(block, Table):
        yield from table(block.caption, block.head, block.rows, block.numeric_columns)
        yield paragraph(block.note)
    elif isinstance(block, Chart):
        yield paragraph(block.alt)
        yield from _block(block.table)
    elif isinstance(block, Points):
        yield f"<p><b>{escape(block.title)}</b></p>\n"
        yield bullets(" ".join(filter(None, (item.text, item.count))) for item in block.items)
    elif isinstance(block, Protected):
        yield paragraph(block.text)
