"""What a table of the feed is made of, what is asked of it, and how its rows are read: a batch of columns at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import Model, Q, QuerySet

from goldenthread.audit.models import Audit
from goldenthread.framework.models import FrameworkVersion, TemplateVersion
from goldenthread.method.framework import Framework
from goldenthread.method.pseudonyms import Pseudonyms
from goldenthread.method.template import Template
from goldenthread.web.wording import LONDON

AT_ONCE = 5_000  # rows read at a time; two such batches are held at once
PURPOSE = "feed"

# What kinds of value a column holds, in the words of the dictionary.
KINDS = {
    "key": "text that never changes and names one thing",
    "id": "whole number that never changes and names one thing",
    "text": "text",
    "whole": "whole number",
    "number": "number",
    "yes_no": "true or false",
    "date": "date, as 2026-11-26",
    "moment": "date and time in UTC, as 2026-11-26T14:00:00Z",
}

# Who a column could harm. Only the first two are in a default export.
CLASSES = {
    "public": "could be printed in a leaflet",
    "operational": "how the council audits: no child, family or member of staff can be named by it",
    "staff": "names a member of staff",
    "sensitive": "could lead to a child or family: a reference, or words somebody wrote",
}
OPEN = ("public", "operational")

Made = Callable[..., Any]
Batch = list[Sequence[Any]]  # a sequence for each column, all as long


@dataclass(frozen=True)
class Asked:
    """What is asked of the tables: by whom, of which audits and days, and whether protected columns come too.

    `person`: whose blindness is respected; none for the operator. `audits`: only what is of these; none: of all.
    `hidden`: not what is of these. `since`, `until`: by each table's own day, both included. `said`: what is made of a
    title or a place that somebody typed, where even those must name nobody.
    """

    authority: int
    pseudonyms: Pseudonyms
    protected: bool = False
    since: date | None = None
    until: date | None = None
    audits: QuerySet[Audit] | None = None
    hidden: QuerySet[Audit] | None = None
    said: Callable[[str], str] | None = None

    @cached_property
    def templates(self) -> Mapping[int, Template]:
        """Every template of the council, parsed, by its id: one statement."""
        found = TemplateVersion.objects.filter(authority=self.authority).order_by("pk")
        return {version.pk: version.parsed for version in found}

    @cached_property
    def frameworks(self) -> Mapping[int, Framework]:
        found = FrameworkVersion.objects.filter(authority=self.authority).order_by("pk")
        return {version.pk: version.parsed for version in found}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `paths`: the fields it is read from, seen from the table's model; `make`: what is made of them."""

    name: str
    kind: str
    meaning: str
    paths: tuple[str, ...]
    protection: str = "operational"
    make: Callable[[Asked], Made] | None = None
    typed: bool = False  # a few words that somebody typed, and that say nothing of a case

    def maker(self, asked: Asked) -> Made | None:
        if self.typed and asked.said:
            return asked.said
        return self.make(asked) if self.make else None


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `audit`: the path to the audit its rows are of ("pk": they are audits); none: they are of no audit.

    `day`: the path of the day by which rows are asked for, none: they are always given whole; `at`: it is a moment.
    `worked_out`: columns of the query's own, and where each comes from. `may`: the act that opens the table on a page.
    `rows`: for what no statement gives, the rows themselves.
    """

    name: str
    title: str
    about: str
    model: type[Model]
    columns: tuple[Column, ...]
    audit: str = ""
    day: str = ""
    at: bool = False
    query: Callable[[], QuerySet[Any]] | None = None
    worked_out: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ("pk",)
    may: str = "download data"
    rows: Callable[[Asked], Iterator[Sequence[Any]]] | None = None

    def columns_for(self, *, protected: bool) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if protected or column.protection in OPEN)

    def batches(self, asked: Asked) -> Iterator[Batch]:
        """The columns that may be seen, so many rows at a time; one statement, however many rows there are."""
        columns = self.columns_for(protected=asked.protected)
        paths = list(dict.fromkeys(path for column in columns for path in column.paths))
        makers = [column.maker(asked) for column in columns]
        places = [[paths.index(path) for path in column.paths] for column in columns]
        for rows in self._read(asked, paths):
            read = list(zip(*rows, strict=True))
            yield [
                list(map(make, *(read[place] for place in of))) if make else read[of[0]]
                for make, of in zip(makers, places, strict=True)
            ]

    def _read(self, asked: Asked, paths: Sequence[str]) -> Iterator[list[Sequence[Any]]]:
        if self.rows:
            every = [path for column in self.columns for path in column.paths]
            wanted = [every.index(path) for path in paths]
            given: Iterator[Any] = ([row[place] for place in wanted] for row in self.rows(asked))
        else:
            given = self.narrowed(asked).order_by(*self.order).values_list(*paths).iterator(AT_ONCE)
        while rows := list(islice(given, AT_ONCE)):
            yield rows

    def narrowed(self, asked: Asked) -> QuerySet[Any]:
        """The rows that are asked for."""
        start = self.query() if self.query else self.model._default_manager.all()
        return start.filter(self._days(asked), self._audits(asked), authority=asked.authority)

    def _days(self, asked: Asked) -> Q:
        since: Any = asked.since
        after: Any = asked.until + timedelta(days=1) if asked.until else None
        if self.at:  # midnight in England, held against the moment as it is stored: an index still serves
            since, after = (datetime.combine(each, time(), LONDON) if each else None for each in (since, after))
        wanted = Q()
        if self.day and since:
            wanted &= Q(**{f"{self.day}__gte": since})
        if self.day and after:
            wanted &= Q(**{f"{self.day}__lt": after})
        return wanted

    def _audits(self, asked: Asked) -> Q:
        wanted = Q()
        if self.audit and asked.audits is not None:
            wanted &= Q(**{f"{self.audit}__in": asked.audits.order_by().values("pk")})
        if self.audit and asked.hidden is not None:
            wanted &= ~Q(**{f"{self.audit}__in": asked.hidden.order_by().values("pk")})
        return wanted


# --- what several tables make of a field --------------------------------------------------------------------


def pseudonym(asked: Asked) -> Made:
    """The pseudonym of a case's reference: the same for the same child in every table of the feed."""
    return asked.pseudonyms.remembering()


def words(choices: Sequence[tuple[str, str]]) -> Callable[[Asked], Made]:
    """The words for one of these choices."""
    said = dict(choices)
    return lambda asked: lambda value: said.get(value, value)


def known(asked: Asked) -> Made:
    """Whether there is a value."""
    return lambda value: value is not None and value != ""


def joined(asked: Asked) -> Made:
    """A list as one text, parted by spaces; a list of no plain words as JSON."""
    return lambda value: " ".join(map(str, value)) if isinstance(value, list) else json.dumps(value, sort_keys=True)


def case_columns(path: str) -> tuple[Column, Column]:
    """The case a row is of, seen from its model: by a pseudonym for everybody, by its reference for a few."""
    return (
        Column("case_key", "key", "The case, by a pseudonym: the same in every table of this feed and in no other.",
               (path,), make=pseudonym),
        Column("case_reference", "text", "The case's reference in the council's case system.", (path,), "sensitive"),
    )  # fmt: skip


def team_columns(path: str, of: str) -> tuple[Column, Column]:
    """The team (or the service) a row is of, by its id and its name."""
    name = path.rpartition("__")[2]
    return (
        Column(f"{name}_id", "id", f"The {name} {of}: a row of teams.", (path,)),
        Column(name, "text", f"The {name}'s name today.", (f"{path}__name",)),
    )
