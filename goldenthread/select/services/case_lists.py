"""Case lists: uploaded and read, checked by a person who says what unknown words mean, then loaded or discarded.

The file itself is never kept. What was read of it is kept, compressed, until the list is loaded or discarded.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection

from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.select import formats
from goldenthread.select.formats.model import CASE_FILE, Case, CrossCheck, Frame, NamedBytes, Reading
from goldenthread.select.formats.reading import reading_from_json, reading_to_json
from goldenthread.select.formats.tables import uncollected
from goldenthread.select.models import CaseList
from goldenthread.select.models import Mapping as Meaning
from goldenthread.select.queries.case_lists import Directory, difference, directory_of, meanings_of, newest_loaded
from goldenthread.select.queries.changes import Changes, changes_between
from goldenthread.trail.services import record, step

FAULTS_KEPT = 2_000
"""How many faults stay with a list for good; while it is being checked, all can be had from the reading."""
ADD_LINE = """
INSERT INTO select_caseline (authority_id, case_list_id, ref, status, tags, team_name, team_id, worker_name, worker_id,
    opened_on, age_band, reviewer_name, reviewer_id, locality, family, linked, restricted)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
LONGEST = 200  # of a word whose meaning is kept
REFUSALS_SHOWN = 20
REFS_KEPT = 200
"""How many references of each kind of difference to another source stay with a list; all are among its faults."""
LONGEST_OF_A_LINE = {"reference": 60, "team": 200, "worker": 200, "reviewer": 200, "locality": 100, "family": 60}


@step
@uncollected()
def upload_case_list(
    *, by: Person, files: Sequence[NamedBytes], as_at: date | None, now: datetime,
    columns: Mapping[str, str] | None = None, kind: str = CASE_FILE,
) -> CaseList:  # fmt: skip
    """Read the files and keep what they say for checking. `columns`: heading in an extract → the field it holds.

    `kind`: whose files they are: children's, staff's supervision notes, or carers'.

    Raises `Refused`, a sentence per problem, for files that cannot be read or are no case list; then nothing is kept.
    """
    _allowed(by)
    if columns:
        _keep_meanings(by, "extract", {"columns": columns}, now)
    reading = formats.read(files, meanings_of(by.authority_id, "extract"), kind)
    day, whence = _day_of(reading, as_at, now.date())
    framed = _framed(by.authority_id, reading, day)
    case_list = CaseList.objects.create(
        authority_id=by.authority_id, source=reading.source, kind=kind, as_at=day,
        reading=zlib.compress(reading_to_json(reading), level=1), counted=_counted(framed.cases),
        summary=_summary(framed, reading, by.authority_id) | {"as_at_from": whence},
        uploaded_at=now, uploaded_by=by,
    )  # fmt: skip
    record(by=by, verb="uploaded", thing=case_list, at=now, now=_facts(case_list))
    return case_list


@step
def decide_meanings(
    *, by: Person, case_list: CaseList, meanings: Mapping[str, Mapping[str, str]], now: datetime
) -> CaseList:
    """Keep what words of this council's files mean, `{field: {value: meaning}}`, and count the list again by them."""
    case_list = _being_checked(by, case_list)
    if not any(meanings.values()):
        raise Refused("Say what at least one of the words means.")
    _keep_meanings(by, case_list.source, meanings, now)
    reading = reading_of(case_list)
    framed = _framed(case_list.authority_id, reading, case_list.as_at)
    said = _summary(framed, reading, case_list.authority_id)
    case_list.summary, case_list.counted = case_list.summary | said, _counted(framed.cases)
    case_list.save(update_fields=["summary", "counted"])
    record(by=by, verb="decided", thing=case_list, at=now, now={field: dict(said) for field, said in meanings.items()})
    return case_list


@step
@uncollected()
def load_case_list(*, by: Person, case_list: CaseList, now: datetime) -> CaseList:
    """Make the list's open cases, as they were shown, lines that can be drawn from, and forget the rest."""
    case_list = _being_checked(by, case_list)
    cases = json.loads(zlib.decompress(case_list.counted or _counted([])))
    if not cases:
        raise Refused(
            "This list holds no open case, so there is nothing to load. Discard it, or say what its words mean."
        )
    _add_lines(case_list, cases, directory_of(case_list.authority_id))
    case_list.state, case_list.loaded_at, case_list.loaded_by = "loaded", now, by
    case_list.reading = case_list.counted = None
    case_list.save(update_fields=["state", "loaded_at", "loaded_by", "reading", "counted"])
    record(by=by, verb="loaded", thing=case_list, at=now, now=_facts(case_list))
    return case_list


@step
def discard_case_list(*, by: Person, case_list: CaseList, now: datetime) -> CaseList:
    """Drop a list that was not loaded: what was read goes, that it was uploaded stays in the trail."""
    case_list = _being_checked(by, case_list)
    case_list.state, case_list.summary = "discarded", {}
    case_list.reading = case_list.counted = None
    case_list.save(update_fields=["state", "reading", "counted", "summary"])
    record(by=by, verb="discarded", thing=case_list, at=now)
    return case_list


def reading_of(case_list: CaseList) -> Reading:
    """What was read of a list that is being checked."""
    if case_list.reading is None:
        raise Refused("What was read of this list is no longer kept; the list has been loaded or discarded.")
    return reading_from_json(zlib.decompress(case_list.reading))


@step
def export_faults(*, by: Person, case_list: CaseList, now: datetime) -> Sequence[Mapping[str, Any]]:
    """All faults while the list is being checked; of a loaded list, those that were kept; on the trail."""
    _allowed(by)
    faults: Sequence[Mapping[str, Any]] = case_list.summary.get("faults", [])
    if case_list.state == "checking":
        framed = _framed(case_list.authority_id, reading_of(case_list), case_list.as_at)
        faults = [asdict(fault) for fault in framed.faults]
    record(by=by, verb="exported", thing=case_list, at=now, now={"faults": len(faults)})
    return faults


@step
def export_changes(*, by: Person, older: CaseList, newer: CaseList, now: datetime) -> Changes:
    """What changed between two lists, to be taken away; on the trail, as every file that holds references is."""
    if not may("see case lists and draws", standings(by)):
        raise Refused("Case lists are read by the Quality Assurance Unit.")
    changes = changes_between(older, newer)
    record(by=by, verb="exported", thing=newer, at=now, now={"changes since": older.as_at.isoformat()})
    return changes


def _day_of(reading: Reading, given: date | None, today: date) -> tuple[date, str]:
    """The day the list is as at, and where that is from. Conferences to come make no list younger than today."""
    if given:
        return given, "the one you gave"
    if reading.newest is None:
        raise Refused("The files hold no date that says how old this list is: give the day it was taken.")
    if reading.newest > today:
        return today, "today, because the files hold dates to come"
    return reading.newest, "the newest date in the files"


def _allowed(by: Person) -> None:
    if not may("load case lists and draw", standings(by)):
        raise Refused("Case lists are loaded by the Quality Assurance Unit.")


def _being_checked(by: Person, case_list: CaseList) -> CaseList:
    """The list under a lock, so that of two people who load it at once the second is told."""
    _allowed(by)
    locked = CaseList.objects.select_for_update(of=("self",)).get(pk=case_list.pk)
    if locked.state != "checking":
        raise Refused(f"This case list has been {locked.get_state_display()} already.")
    return locked


def _framed(authority_id: int, reading: Reading, day: date) -> Frame:
    """The frame by this council's meanings. Raises `Refused` where a name is longer than a line can keep."""
    framed = formats.frame(reading, day, meanings_of(authority_id, reading.source))
    if long := [sentence for case in framed.cases for sentence in _too_long(case)]:
        raise Refused(*long[:REFUSALS_SHOWN])
    return framed


def _too_long(case: Case) -> Iterator[str]:
    values = (case.ref, case.team, case.worker, case.reviewer, case.locality, case.family)
    for (what, longest), value in zip(LONGEST_OF_A_LINE.items(), values, strict=True):
        if len(value) > longest:
            where = f"sheet {case.sheet!r} of {case.file}" if case.sheet else case.file
            yield f"Row {case.row} of {where}: the {what} “{value[:40]}…” is longer than {longest} characters."


def _keep_meanings(by: Person, source: str, meanings: Mapping[str, Mapping[str, str]], now: datetime) -> None:
    rows = [
        Meaning(
            authority_id=by.authority_id, source=source, field=field, value=value, meaning=meaning,
            decided_at=now, decided_by=by,
        )
        for field, said in meanings.items()
        for value, meaning in said.items()
    ]  # fmt: skip
    if long := [row.value for row in rows if len(row.value) > LONGEST]:
        raise Refused(*(f"“{value[:40]}…” is too long to be remembered: mend it in the file." for value in long))
    Meaning.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["authority", "source", "field", "value"],
        update_fields=["meaning", "decided_at", "decided_by"],
    )


def _counted(cases: Sequence[Case]) -> bytes:
    """What becomes lines when the list is loaded: exactly these cases, whatever words come to mean meanwhile."""
    rows = [
        (
            case.ref, case.status, case.tags, case.team, case.worker, case.opened_on, case.age_band, case.reviewer,
            case.locality, case.family, case.linked, case.restricted,
        )
        for case in cases
    ]  # fmt: skip
    return zlib.compress(json.dumps(rows, separators=(",", ":"), default=date.isoformat).encode(), level=1)


def _add_lines(case_list: CaseList, cases: Sequence[Sequence[Any]], known: Directory) -> None:
    """The counted cases as lines. One prepared statement: as models, 12,000 would take several times as long."""
    team_of, worker_of = cache(known.team), cache(known.worker)
    rows = [
        (
            case_list.authority_id, case_list.pk, ref, status, json.dumps(tags), team, team_of(team), worker,
            worker_of(worker), opened_on, age_band, reviewer, worker_of(reviewer), locality, family,
            json.dumps(linked), restricted,
        )
        for (
            ref, status, tags, team, worker, opened_on, age_band, reviewer, locality, family, linked, restricted
        ) in cases
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(ADD_LINE, rows)


def _summary(framed: Frame, reading: Reading, authority_id: int) -> dict[str, Any]:
    known = directory_of(authority_id)
    return {
        "rows": framed.rows,
        "cases": len(framed.cases),
        "closed": framed.closed,
        "undecided": framed.undecided,
        "by_status": dict(framed.by_status),
        "by_tag": dict(framed.by_tag),
        "by_team": dict(framed.by_team),
        "restricted": sum(case.restricted for case in framed.cases),
        "files": list(reading.files),
        "recognised": [asdict(table) for table in reading.tables],
        "ignored": [asdict(sheet) for sheet in reading.ignored],
        "fault_count": len(framed.faults),
        "faults": [asdict(fault) for fault in framed.faults[:FAULTS_KEPT]],
        "unmapped": [asdict(value) for value in framed.unmapped],
        "unknown_teams": _unknown((case.team for case in framed.cases), known.team),
        "unknown_workers": _unknown((case.worker for case in framed.cases), known.worker),
        "difference": difference(framed.cases, newest_loaded(authority_id, framed.kind)),
        "cross_checks": [_compared(check) for check in framed.cross_checks],
    }


def _compared(check: CrossCheck) -> dict[str, Any]:
    """How many differ, and the first of them by reference."""
    differing = {name: getattr(check, name) for name in ("missing", "extra", "disagree")}
    counts = {name: len(cases) for name, cases in differing.items()}
    refs = {name: cases[:REFS_KEPT] for name, cases in differing.items()}
    return {"source": check.source, "both": check.both, "refs": refs} | counts


def _unknown(names: Any, found: Any) -> list[list[Any]]:
    """The names nobody here has, with how many cases each stands on, the commonest first."""
    return [[name, count] for name, count in Counter(names).most_common() if name and found(name) is None]


def _facts(case_list: CaseList) -> dict[str, Any]:
    kept = ("rows", "cases", "closed", "undecided", "fault_count")
    return {"source": case_list.source, "as_at": case_list.as_at.isoformat()} | {
        name: case_list.summary[name] for name in kept
    }
