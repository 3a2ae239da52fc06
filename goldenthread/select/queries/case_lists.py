"""Reading case lists: those loaded and being checked, their lines, and what the council's own words mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from goldenthread.people.models import Person, Team
from goldenthread.select.formats.model import Case
from goldenthread.select.formats.model import Mapping as Meanings
from goldenthread.select.models import CaseLine, CaseList
from goldenthread.select.models import Mapping as Meaning
from goldenthread.web.keyset import beyond, page_of, place_of

LINES_A_PAGE = 50
OLDER_OFFERED = 20
SHOWN = ("case_list", "ref", "status", "team_name", "worker_name", "reviewer_name", "locality", "linked", "family")
DAY = "as_at"  # what lists stand in the order of
POSTS = "posts"  # the source of a list made from who holds which post, and seen by its draw


def _uploaded(authority_id: int) -> QuerySet[CaseList]:
    return CaseList.objects.filter(authority=authority_id).exclude(source=POSTS)


def case_lists_of(person: Person) -> QuerySet[CaseList]:
    """Lists loaded and being checked, newest first, with `cases` and `faults`; what is large in them is left behind."""
    lists = _uploaded(person.authority_id).exclude(state="discarded")
    counted = lists.annotate(cases=F("summary__cases"), faults=F("summary__fault_count"))
    return counted.defer("reading", "counted", "summary").select_related("uploaded_by", "loaded_by")


def case_list_or_none(person: Person, code: str) -> CaseList | None:
    lists = _uploaded(person.authority_id).filter(code=code)
    return lists.defer("reading", "counted").select_related("uploaded_by", "loaded_by").first()


def loaded_lists(authority_id: int) -> QuerySet[CaseList]:
    """The lists of children's cases that files can be drawn from, newest first."""
    return _loaded(authority_id, "case_file")


def newest_loaded(authority_id: int, kind: str = "case_file") -> CaseList | None:
    return _loaded(authority_id, kind).first()


def lists_before(case_list: CaseList) -> list[CaseList]:
    """The loaded lists of its kind that came before it, the nearest first: those it can be compared with."""
    earlier = Q(as_at__lt=case_list.as_at) | Q(as_at=case_list.as_at, pk__lt=case_list.pk)
    return list(_loaded(case_list.authority_id, case_list.kind).filter(earlier)[:OLDER_OFFERED])


def _loaded(authority_id: int, kind: str) -> QuerySet[CaseList]:
    lists = _uploaded(authority_id).filter(kind=kind, state="loaded")
    return lists.defer("reading", "counted", "summary")


@dataclass(frozen=True, slots=True)
class ListsPage:
    """Fifty case lists, newest first, and the places where the pages beside it begin ("": there is none)."""

    rows: Sequence[CaseList]
    newer: str
    older: str


def page_of_lists(person: Person, *, below: str = "", above: str = "") -> ListsPage:
    """The lists that come below, or above, a place in the order by day; one statement."""
    lists = case_lists_of(person)
    if beyond(DAY, above):
        upwards, newer = page_of(lists, DAY, above)
        return ListsPage(upwards[::-1], newer, place_of(upwards[0], DAY) if upwards else "")
    rows, older = page_of(lists, DAY, below, newest_first=True)
    return ListsPage(rows, place_of(rows[0], DAY) if beyond(DAY, below) and rows else "", older)


def meanings_of(authority_id: int, source: str) -> Meanings:
    """What people of this council have said its words mean in files of this source."""
    values: dict[str, dict[str, str]] = {}
    rows = Meaning.objects.filter(authority=authority_id, source=source)
    for field, value, meaning in rows.values_list("field", "value", "meaning"):
        values.setdefault(field, {})[value] = meaning
    columns = values.pop("columns", {})
    return Meanings(values=values, columns=columns)


@dataclass(frozen=True, slots=True)
class LinesPage:
    """Fifty lines of a list in the order of its files, and the keys where the pages beside it end and begin."""

    lines: Sequence[CaseLine]
    before: int | None
    after: int | None


def lines_page(case_list: CaseList, *, after: int | None = None, before: int | None = None) -> LinesPage:
    """The lines after, or before, a key: no page costs more than another, and no address holds a child's reference."""
    lines = case_list.lines.only(*SHOWN)
    if before is not None:
        found = list(lines.filter(pk__lt=before).order_by("-pk")[: LINES_A_PAGE + 1])
        kept = found[:LINES_A_PAGE][::-1]
        return LinesPage(kept, kept[0].pk if len(found) > LINES_A_PAGE else None, kept[-1].pk if kept else None)
    found = list(lines.filter(pk__gt=after or 0).order_by("pk")[: LINES_A_PAGE + 1])
    kept = found[:LINES_A_PAGE]
    return LinesPage(kept, kept[0].pk if after and kept else None, kept[-1].pk if len(found) > LINES_A_PAGE else None)


def lines_found(case_list: CaseList, prefix: str) -> Sequence[CaseLine]:
    """The first fifty lines whose reference begins so."""
    return list(case_list.lines.filter(ref__startswith=prefix).only(*SHOWN).order_by("ref")[:LINES_A_PAGE])


def brothers_and_sisters(case_list: CaseList, lines: Sequence[CaseLine]) -> dict[int, list[str]]:
    """Line → the references of its brothers and sisters on the list; one statement for all the lines of a page."""
    families = {line.family for line in lines if line.family}
    of: dict[str, list[str]] = {}
    if families:
        together = case_list.lines.filter(family__in=families).order_by("ref")
        for family, ref in together.values_list("family", "ref"):
            of.setdefault(family, []).append(ref)
    return {line.pk: [ref for ref in of.get(line.family, ()) if ref != line.ref] for line in lines}


# --- who and what a file's names are here ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Directory:
    """The council's teams and people by the names that files give them."""

    teams: Mapping[str, int]
    people: Mapping[str, int]

    def team(self, name: str) -> int | None:
        return self.teams.get(plain_name(name)) if name else None

    def worker(self, name: str) -> int | None:
        """By staff number or by name; a name that two people have is nobody's."""
        return self.people.get(plain_name(name)) if name else None


def directory_of(authority_id: int) -> Directory:
    teams = {plain_name(name): pk for pk, name in Team.objects.filter(authority=authority_id).values_list("pk", "name")}
    people: dict[str, int] = {}
    twice: set[str] = set()
    numbers: dict[str, int] = {}
    rows = Person.objects.filter(authority=authority_id).values_list("pk", "name", "staff_number")
    for pk, name, number in rows:
        key = plain_name(name)
        twice |= {key} & people.keys()
        people[key] = pk
        if number:
            numbers[plain_name(number)] = pk
    return Directory(teams, {name: pk for name, pk in people.items() if name not in twice} | numbers)


def plain_name(name: str) -> str:
    """A name without regard to case, doubled spaces, or which part comes first: "Poole, Dana" is "dana poole"."""
    last, comma, first = name.partition(",")
    return " ".join((f"{first} {last}" if comma else name).casefold().split())


# --- what changed ----------------------------------------------------------------------------------------


def difference(cases: Sequence[Case], before: CaseList | None) -> dict[str, Any] | None:
    """How these cases differ from the list before: how many opened and closed, and how many moved or changed."""
    if before is None:
        return None
    old = {ref: rest for ref, *rest in before.lines.values_list("ref", "status", "team_name", "worker_name")}
    kept = [(old[case.ref], case) for case in cases if case.ref in old]
    return {
        "since": before.as_at.isoformat(),
        "opened": len(cases) - len(kept),
        "closed": len(old) - len(kept),
        "status": sum(was[0] != case.status for was, case in kept),
        "team": sum(was[1] != case.team for was, case in kept),
        "worker": sum(was[2] != case.worker for was, case in kept),
    }
