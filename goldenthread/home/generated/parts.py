"""Who writes each part of an audit, who sees it and from when, from `method/parts.py`."""

from __future__ import annotations

from goldenthread.home.generated.markdown import page, table
from goldenthread.method.access import Is
from goldenthread.method.parts import TABLE, Row
from goldenthread.method.workflow import in_words


def document() -> str:
    return page(
        "The parts of an audit",
        "Read left to right: who writes a part, until or from when, and from when each of the others sees it. A blank "
        "is never. Whoever is blind to a part sees it no sooner than her own column says, whatever else she is.",
        table(
            ["part", "written by", "can be written", *(who.value for who in SEERS), "blind until then"],
            map(cells, TABLE),
        ),
    )


HEAD = ("part", "written by", "can be written")
SEERS = [who for who in Is if any(who in row.sees for row in TABLE)]


def cells(row: Row) -> list[str]:
    seen = [row.sees[who].value if who in row.sees else "" for who in SEERS]
    blind = in_words(row.blind) if row.blind else ""
    return [row.kind.replace("_", " "), in_words(row.writers), row.written.value, *seen, blind]
