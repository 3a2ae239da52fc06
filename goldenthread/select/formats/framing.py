"""The rules that make a frame of a reading: which children are open at a date, each once, with what they carry.

Rules: List 6 rows with an open status and no closure date on or before the date; every care leaver; early help with no
completion date; by precedence looked after > child protection > child in need > open assessment > care leaver > early
help. A looked-after child on short breaks only (V3, V4) is not looked after. Source: Ofsted's Annex A guidance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from goldenthread.select.formats.cells import ADULT
from goldenthread.select.formats.crossing import cross_checked
from goldenthread.select.formats.meanings import MAPPED_FIELDS, meaning, plain, status
from goldenthread.select.formats.model import (
    CASE_FILE,
    NO_TEAM,
    STATUSES,
    Case,
    Fault,
    Frame,
    Mapping,
    Reading,
    Row,
    Unmapped,
)
from goldenthread.select.formats.tables import uncollected

_WORDS = {
    "looked_after": "looked after",
    "child_protection": "on a protection plan",
    "child_in_need": "a child in need",
    "open_assessment": "in assessment",
    "care_leaver": "a care leaver",
    "early_help": "in early help",
}
FOSTERING_FILE = "fostering_file"
"""A framework's own key for the file read beside a fostered child's."""
_PRECEDENCE = {name: place for place, name in enumerate(STATUSES)}
_ELSEWHERE = frozenset({"care_leaver", "early_help"})
"""Statuses that have lists of their own in Annex A, Lists 9 and 2."""
_LISTINGS = {"List 6": "List 6", "The extract": "the extract", "The census": "the census"}
"""The lists that hold every child's own episode, and what they are called."""
_CLOSED = frozenset({"closed"})
_FACTS = ("disability", "uasc", "restricted")
"""Fields in which one row that says yes is enough."""


def frame(reading: Reading, as_at: date | None, mapping: Mapping) -> Frame:
    """Which children are open at `as_at` (the newest date in the files where none is given), by this council's mapping.

    Where the files hold no date at all, nothing depends on one and the frame has none.
    """
    on = as_at or reading.newest
    with uncollected():
        framing = _Framing(reading, on or date.max, mapping)
        cases = tuple(framing.cases())
        checks, differences = cross_checked(cases, [(check, frame(check, on, mapping)) for check in reading.checks])
    return Frame(
        source=reading.source,
        as_at=on,
        as_at_said="given" if as_at else "the newest date in the files" if on else "no date in the files",
        rows=reading.row_count,
        cases=cases,
        closed=framing.closed,
        undecided=framing.undecided,
        by_status=_counted(STATUSES if reading.kind == CASE_FILE else (reading.kind,), (case.status for case in cases)),
        by_tag=dict(sorted(Counter(tag for case in cases for tag in case.tags).items())),
        by_team=dict(sorted(Counter(case.team or NO_TEAM for case in cases).items())),
        faults=(*reading.faults, *framing.faults, *differences),
        unmapped=framing.words.unmapped(),
        kind=reading.kind,
        cross_checks=checks,
    )


def _counted(names: Sequence[str], values: Iterable[str]) -> dict[str, int]:
    counts = Counter(values)
    return {name: counts[name] for name in names}


class _Words:
    """What every raw value of a reading means: the person's mapping first, then the vocabulary; each asked once."""

    def __init__(self, rows: Sequence[Row], mapping: Mapping) -> None:
        self._given = {
            name: {plain(raw): said for raw, said in values.items()} for name, values in mapping.values.items()
        }
        self._counts = {name: Counter(map(attrgetter(name), rows)) for name in MAPPED_FIELDS}
        self.statuses = {raw: self._statuses(raw) for raw in self._counts["status"]}
        self.any_status = any(self.statuses)
        self.known = {
            name: {
                raw: self._given.get(name, {}).get(plain(raw)) or meaning(name, raw) if raw else "" for raw in counts
            }
            for name, counts in self._counts.items()
            if name != "status"
        }

        self.yes = {name: {raw for raw, said in self.known[name].items() if said == "yes"} for name in _FACTS}

    def _statuses(self, raw: str) -> frozenset[str]:
        given = self._given.get("status", {}).get(plain(raw))
        return frozenset({given}) if given else status(raw)

    def name(self, name: str, raw: str) -> str:
        """A team's or worker's name, as the person wants it written."""
        given = self._given.get(name)
        return given.get(plain(raw), raw) if given and raw else raw

    def unmapped(self) -> tuple[Unmapped, ...]:
        """Every value without a meaning, the commonest first within its field."""
        return tuple(
            Unmapped(name, raw, count)
            for name, counts in self._counts.items()
            for raw, count in counts.most_common()
            if raw and not (self.statuses[raw] if name == "status" else self.known[name][raw])
        )


@dataclass(slots=True)
class _Child:
    """The evidence about one child: the episode kept, and every other row still open."""

    episode: Row | None = None
    others: list[Row] = field(default_factory=list)
    statuses: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    family: str = ""


class _Framing:
    """One pass over a reading: children in the order they first appear, faults as they are found."""

    def __init__(self, reading: Reading, on: date, mapping: Mapping) -> None:
        self.reading, self.on, self.words = reading, on, _Words(reading.rows, mapping)
        self.listing = next((_LISTINGS[table.list] for table in reading.tables if table.list in _LISTINGS), "")
        self.closed = self.undecided = 0
        self.faults: list[Fault] = []

    def cases(self) -> Iterable[Case]:
        for child in self._children().values():
            self._decide(child)
            if child.statuses:
                yield self._case(child)

    def fault(self, row: Row, value: str, message: str) -> None:
        self.faults.append(Fault(row.file, row.sheet, row.row, "", value, message))

    def _children(self) -> dict[str, _Child]:
        children: dict[str, _Child] = {}
        for row in self.reading.rows:
            child = children.get(row.ref)
            if child is None:
                child = children[row.ref] = _Child()
            if row.evidence == "episode":
                child.episode = self._latest(child.episode, row)
                continue
            still = row.ended_on is None or row.ended_on > self.on
            if row.evidence == "adoption":
                child.family = child.family or row.family  # brothers and sisters stay so when the plan changes
                if still:
                    child.tags.add("adoption")
            elif still:
                child.others.append(row)
        return children

    def _latest(self, kept: Row | None, row: Row) -> Row:
        """Of two rows about one child, the one that started later (the first where neither did)."""
        if kept is None:
            return row
        later, other = (row, kept) if (row.opened_on or date.min) > (kept.opened_on or date.min) else (kept, row)
        self.fault(other, row.ref, f"Child {row.ref} is here twice; the latest start counts, which is row {later.row}.")
        return later

    def _decide(self, child: _Child) -> None:
        """Fill in the child's statuses: none at all means the child is not open, or cannot be decided yet."""
        for row in child.others:
            self._other(child, row)
        listed = child.statuses - _ELSEWHERE
        if child.episode is None:
            self._not_listed(child, listed)
            return
        said = self._said(child.episode)
        if "closed" in said:
            self._closed(child, child.episode, listed)
        elif not said:
            self.undecided += not child.statuses
        else:
            self._open(child, child.episode, said, listed)

    def _other(self, child: _Child, row: Row) -> None:
        if row.evidence == "looked_after" and self.words.known["legal_status"][row.legal_status] == "short_breaks":
            child.tags.add("short_breaks")
            child.statuses.add("child_in_need")
        else:
            child.statuses.add(row.evidence)

    def _not_listed(self, child: _Child, listed: set[str]) -> None:
        if not listed or not self.listing:
            return
        row = next(row for row in child.others if row.evidence in ("looked_after", "child_protection"))
        told = _WORDS[_highest(listed)]
        self.fault(row, row.ref, f"Child {row.ref} is {told} here but not in {self.listing}; counted as {told}.")

    def _said(self, row: Row) -> frozenset[str]:
        """What an episode says of itself: closed by its date, else by its words; nothing where they are unknown."""
        said = self.words.statuses[row.status]
        if row.ended_on is not None and row.ended_on <= self.on:
            if said and "closed" not in said:
                closed_on = _said_day(row.ended_on)
                self.fault(row, row.status, f"{row.status!r} is an open status, but the case closed on {closed_on}.")
            return _CLOSED
        if not row.status and self.words.any_status:
            self.fault(row, row.ref, f"Child {row.ref} has no status and no closure date.")
        if self.reading.source == "annex_a" and said & _ELSEWHERE:
            self.fault(
                row, row.status, f"{row.status!r} is not a status of List 6; the child counts only in its own list."
            )
            return _CLOSED
        return said

    def _closed(self, child: _Child, row: Row, listed: set[str]) -> None:
        if listed and self.reading.source == "cin_census":  # which does not know who is looked after
            told = _WORDS[_highest(listed)]
            self.fault(row, row.status, f"Child {row.ref} is closed in the census but {told} in the SSDA903, so open.")
            return
        self.closed += 1
        if listed:
            told = _WORDS[_highest(listed)]
            message = f"Child {row.ref} is closed here but still {told} in another list; counted as closed."
            self.fault(row, row.status, message)
            child.statuses -= listed
            child.tags.discard("short_breaks")

    def _open(self, child: _Child, row: Row, said: frozenset[str], listed: set[str]) -> None:
        if "short_breaks" in child.tags or self.words.known["legal_status"][row.legal_status] == "short_breaks":
            child.tags.add("short_breaks")
            said = (said - {"looked_after"}) or frozenset({"child_in_need"})
        elif listed and self.reading.source != "cin_census" and (highest := _highest(listed | said)) not in said:
            message = f"Child {row.ref} is {row.status!r} here but {_WORDS[highest]} in another list, which is counted."
            self.fault(row, row.status, message)
        child.statuses |= said
        self._unlikely(row)

    def _unlikely(self, row: Row) -> None:
        if row.opened_on is not None and row.opened_on > self.on:
            message = f"The case starts on {_said_day(row.opened_on)}, after the date of the list."
            self.fault(row, str(row.opened_on), message)
        if row.age_band == ADULT:
            self.fault(row, row.age_band, f"Child {row.ref} is 18 or over and still open here.")

    def _case(self, child: _Child) -> Case:
        rows = [child.episode, *child.others] if child.episode else child.others
        main = rows[0] if len(rows) == 1 else self._merged(rows)
        known, yes = self.words.known, self.words.yes
        fostered = "looked_after" in child.statuses and known["placement"][main.placement] == "fostering"
        tags = child.tags | child.statuses
        if main.disability in yes["disability"]:
            tags.add("disability")
        if main.uasc in yes["uasc"]:
            tags.add("uasc")
        if fostered:
            tags.add("fostering")
        return Case(
            ref=main.ref,
            status=_highest(child.statuses),
            tags=tuple(sorted(tags)),
            team=self.words.name("team", main.team),
            worker=self.words.name("worker", main.worker),
            opened_on=main.opened_on,
            reviewer=self.words.name("worker", main.reviewer),
            locality=main.locality,
            family=main.family or child.family,
            age_band=main.age_band,
            linked=(FOSTERING_FILE,) if fostered else (),
            restricted=main.restricted in yes["restricted"],
            need=known["need"][main.need] or "",
            abuse=known["abuse"][main.abuse] or "",
            file=main.file,
            sheet=main.sheet,
            row=main.row,
        )

    def _merged(self, rows: Sequence[Row]) -> Row:
        """A child's rows as one: in each field the first that says something, in a fact the first that says yes."""
        self._workers(rows)
        filled = rows[0]
        for row in rows[1:]:
            filled = Row._make([first or then for first, then in zip(filled, row, strict=True)])
        for name, yes in self.words.yes.items():
            if getattr(filled, name) not in yes and (
                said := [raw for row in rows if (raw := getattr(row, name)) in yes]
            ):
                filled = filled._replace(**{name: said[0]})
        return filled

    def _workers(self, rows: Sequence[Row]) -> None:
        first = next((row.worker for row in rows if row.worker), "")
        for row in rows[1:]:
            if row.worker and row.worker != first and plain(row.worker) != plain(first):
                said = f"Child {row.ref} has another worker here than in row {rows[0].row} of {_place(rows[0])}."
                self.fault(row, row.worker, said)


def _highest(statuses: Set[str]) -> str:
    return next(iter(statuses)) if len(statuses) == 1 else min(statuses, key=_PRECEDENCE.__getitem__)


def _place(row: Row) -> str:
    return row.sheet or row.file


def _said_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
