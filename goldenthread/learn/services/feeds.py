"""Taking tidy tables away: on a page by somebody who may, on the command line by the operator. It is recorded."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from goldenthread.audit.queries.blindness import hidden_from
from goldenthread.learn.feeds import dictionary, tables
from goldenthread.learn.feeds.formats import formats
from goldenthread.learn.feeds.model import PURPOSE, Asked, Table
from goldenthread.learn.feeds.writing import DICTIONARY, write_all, write_table
from goldenthread.learn.pseudonym_key import pseudonyms
from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority, Person
from goldenthread.people.standing import standings
from goldenthread.trail.services import Actor, record, step

LONGEST_REASON = 300


@dataclass(slots=True)
class Operator:
    """Whoever runs a command on the server: nobody of the council, known by the name of the account."""

    name: str
    authority_id: int
    pk: None = None
    capacity: str = "Operator, on the command line"


def tables_for(person: Person) -> list[Table]:
    """The tables this person may take away."""
    held = standings(person)
    return [table for table in tables().values() if may("download data", held) and may(table.may, held)]


def asked_by(person: Person, *, protected: bool = False, since: date | None = None) -> Asked:
    """What is asked when a person asks: never what is of a file that she is grading blind."""
    return Asked(
        person.authority_id, pseudonyms(person.authority_id, PURPOSE), protected=protected, since=since,
        hidden=hidden_from(person),
    )  # fmt: skip


def take_tables(
    *, by: Person, names: Sequence[str], form: str, protected: bool = False, because: str = "",
    since: date | None = None, file: BinaryIO, now: datetime,
) -> None:  # fmt: skip
    """Write one table to the file, or several in one zip with their dictionary.

    Protected columns come only to those who may have them, for a reason that stays on the trail. Reading is no part
    of the transaction that records it: on SQLite nobody could save anything meanwhile.
    """
    open_to_her = {table.name: table for table in tables_for(by)}
    if not names or not set(names) <= set(open_to_her) or form not in formats():
        raise Refused("These tables are not yours to take away. The page of the data lists those that are.")
    because = because.strip()
    if protected:
        if not may("download protected data", standings(by)):
            raise Refused("Protected columns are taken away by the Quality Assurance Unit only.")
        _with_a_reason(because)
    asked, chosen = asked_by(by, protected=protected, since=since), [open_to_her[name] for name in names]
    if len(chosen) == 1:
        rows = {chosen[0].name: write_table(chosen[0], asked, form, file)}
    else:
        rows = write_all(chosen, asked, form, file)
    _note(by, by.authority, "downloaded data", asked, form, rows, because, now)


def export_tables(
    *, by: Operator, authority: Authority, to: Path, form: str, names: Sequence[str] = (), protected: str = "",
    since: date | None = None, now: datetime,
) -> dict[str, int]:  # fmt: skip
    """Write the tables to a folder, each file whole or not at all, and their dictionary; the rows of each.

    The operator has the database anyway, so nothing is hidden as blind; `protected` is the reason for taking away
    what leads to children, families and staff. Without one it stays out.
    """
    unknown = [name for name in names if name not in tables()]
    if unknown:
        raise Refused(f"There is no table “{unknown[0]}”. The tables are: {', '.join(tables())}.")
    if protected:
        _with_a_reason(protected)
    chosen = [table for table in tables().values() if not names or table.name in names]
    purpose = pseudonyms(authority.pk, PURPOSE)
    asked = Asked(authority.pk, purpose, protected=bool(protected), since=since)
    rows = {}
    try:
        to.mkdir(parents=True, exist_ok=True)
        for table in chosen:
            with _whole(to / f"{table.name}.{form}") as file:
                rows[table.name] = write_table(table, asked, form, file)
        with _whole(to / DICTIONARY) as file:
            file.write(dictionary.as_csv(chosen, protected=bool(protected)))
    except OSError as fault:
        raise Refused(f"{to}: this cannot be written ({fault.strerror}).") from None
    _note(by, authority, "exported data", asked, form, rows, protected, now)
    return rows


@step
def _note(
    by: Actor, authority: Authority, verb: str, asked: Asked, form: str, rows: dict[str, int], because: str,
    now: datetime,
) -> None:  # fmt: skip
    """Record what was taken away, before it is handed over."""
    since = asked.since.isoformat() if asked.since else None
    said = {"tables": rows, "format": form, "protected": asked.protected, "since": since}
    record(by=by, verb=verb, thing=authority, at=now, because=because, now=said)


class _whole:  # noqa: N801 - used as a function is
    """A file that is there under its name only once it is all written; only its owner can read it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> BinaryIO:
        handle, self._fresh = tempfile.mkstemp(prefix=f".{self.path.name}-", dir=self.path.parent)
        self._file: BinaryIO = os.fdopen(handle, "wb")
        return self._file

    def __exit__(self, kind: object, *rest: object) -> None:
        self._file.close()
        if kind is None:
            Path(self._fresh).replace(self.path)
        else:
            Path(self._fresh).unlink(missing_ok=True)


def _with_a_reason(because: str) -> None:
    if len(because.split()) < 2:
        raise Refused("Say why the protected columns are needed, in a few words: it stays on the trail.")
    if len(because) > LONGEST_REASON:
        raise Refused(f"The reason is too long: give at most {LONGEST_REASON} characters.")
