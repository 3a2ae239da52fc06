"""What changed from one case list to a later one: who came, who went, whose case another team or worker holds now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goldenthread.method.refusal import Refused
from goldenthread.select.models import CaseLine, CaseList
from goldenthread.select.queries.case_lists import lists_before, plain_name

Moved = tuple[CaseLine, CaseLine]  # as the older list has it, as the newer one has it
KEPT = (  # of a line, in the order of its columns
    "id", "authority_id", "case_list_id", "ref", "status", "tags", "team_name", "team_id", "worker_name", "worker_id",
    "opened_on", "age_band", "reviewer_name", "reviewer_id", "locality", "family", "linked", "restricted",
)  # fmt: skip
REF, TEAM, WORKER = KEPT.index("ref"), KEPT.index("team_name"), KEPT.index("worker_name")  # each name before its key


@dataclass(frozen=True, slots=True)
class Changes:
    """What a newer list says otherwise than an older one. `opened` are lines of the newer, `closed` of the older."""

    older: CaseList
    newer: CaseList
    opened: tuple[CaseLine, ...]
    closed: tuple[CaseLine, ...]
    moved_team: tuple[Moved, ...]
    moved_worker: tuple[Moved, ...]


def changes_between(older: CaseList, newer: CaseList) -> Changes:
    """The cases that opened, closed, and moved to another team or worker, each by reference; two statements.

    A team or worker known here is compared as what it is, so that another spelling is no move; others by their names.
    Raises `Refused` for lists of different kinds or councils.
    """
    if (older.kind, older.authority_id) != (newer.kind, newer.authority_id):
        raise Refused("Only lists of one kind can be compared with each other.")
    was, now = _rows(older), _rows(newer)
    kept = [(was[ref], row) for ref, row in now.items() if ref in was]
    return Changes(
        older,
        newer,
        opened=_lines(row for ref, row in now.items() if ref not in was),
        closed=_lines(row for ref, row in was.items() if ref not in now),
        moved_team=tuple(_pairs(kept, TEAM)),
        moved_worker=tuple(_pairs(kept, WORKER)),
    )


def changes_since_last(case_list: CaseList) -> Changes | None:
    """The changes since the list of its kind that came before it; None where it is the first."""
    older = lists_before(case_list)
    return changes_between(older[0], case_list) if older else None


Row = tuple[Any, ...]


def _rows(case_list: CaseList) -> dict[str, Row]:
    """Every line by its reference, as plain values: as models, 12,000 would take several times as long."""
    return {row[REF]: row for row in case_list.lines.order_by("ref").values_list(*KEPT)}


def _lines(rows: Iterator[Row]) -> tuple[CaseLine, ...]:
    return tuple(CaseLine.from_db("default", KEPT, row) for row in rows)


def _pairs(kept: list[tuple[Row, Row]], at: int) -> Iterator[Moved]:
    for was, now in kept:
        if was[at : at + 2] != now[at : at + 2] and _is_another(was, now, at):
            before, after = _lines(iter((was, now)))
            yield before, after


def _is_another(was: Row, now: Row, at: int) -> bool:
    """Whether it is another team or worker that stands in these two columns, the name and what it is here."""
    if was[at + 1] and now[at + 1]:
        return bool(was[at + 1] != now[at + 1])
    return plain_name(was[at]) != plain_name(now[at])
