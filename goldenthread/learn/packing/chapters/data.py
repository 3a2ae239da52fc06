"""The same as tables of data: one row a thing, with the dictionary. In a pseudonymous pack no protected column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from goldenthread.learn.feeds import dictionary, tables
from goldenthread.learn.feeds.model import Asked, Table
from goldenthread.learn.feeds.writing import DICTIONARY, write_table
from goldenthread.learn.packing import html
from goldenthread.learn.packing.hand import Hand, Part
from goldenthread.web.wording import plural

NAME = "data.html"


def write(hand: Hand, today: date) -> Part | None:
    scope = hand.scope
    if not scope.may("download data"):
        return None
    shared: Any = {"protected": hand.named, "said": None if hand.named else hand.said}
    of_audits = Asked(scope.pack.authority_id, hand.aliases, audits=scope.audits, **shared)
    of_days = Asked(scope.pack.authority_id, hand.aliases, since=scope.first, until=scope.last, **shared)
    rows = []
    chosen = [table for table in tables().values() if scope.may(table.may) and (table.audit or _fits(table, hand))]
    for table in chosen:
        with hand.archive.entry(f"data/{table.name}.csv") as file:
            count = write_table(table, of_audits if table.audit else of_days, "csv", file)  # type: ignore[arg-type]
        rows.append((f"data/{table.name}.csv|{table.name}.csv", table.about, str(count)))
        hand.tick()
    hand.archive.add(f"data/{DICTIONARY}", dictionary.as_csv(chosen, protected=hand.named))
    hand.page(NAME, "The data", _body(rows))
    return Part("The data", NAME, f"{plural(len(chosen), 'table')} as CSV, with their dictionary.")


def _fits(table: Table, hand: Hand) -> bool:
    """Whether a table that is of no audit belongs here: those always whole do, others in the council's own pack."""
    return hand.scope.whole or (not table.day and table.name != "coverage")


def _body(rows: list[tuple[str, str, str]]) -> Iterator[str]:
    yield "<p>" + html.link(f"data/{DICTIONARY}", "What every column means") + "</p>\n"
    yield from html.table("Tables", ("File", "What it holds", "Rows"), rows, numeric=(2,), links=(0,))
