"""The list of reports as its page shows it: each thing with its title, and the address that leads on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from goldenthread.framework.queries import framework_or_none_on
from goldenthread.learn.models import Edition
from goldenthread.learn.queries.editions import drafts_of, subjects_begun, years_reported
from goldenthread.learn.queries.period_facts import label_of
from goldenthread.learn.readers import WORDS, readers_of
from goldenthread.learn.reports import all_reports
from goldenthread.method.access import may
from goldenthread.method.periods import Period
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.web.wording import day

SHORT = {"unit": "The unit only", "service": "The service", "circulation": "Circulated"}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list may be narrowed by, and the words for it: (key, label), years with their first and last day."""

    reports: tuple[tuple[str, str], ...]
    bodies: tuple[tuple[str, str], ...]
    years: tuple[tuple[str, str, date, date], ...]

    def report(self, key: str) -> str:
        return dict(self.reports).get(key, key)

    def body(self, key: str) -> str:
        return dict(self.bodies).get(key, key)


def choices_of(person: Person, today: date) -> Choices:
    version = framework_or_none_on(person.authority_id, today)
    bodies = tuple((body.key, body.label) for body in version.parsed.bodies) if version else ()
    starts_month = version.parsed.year_starts_month if version else 4
    reports = tuple((kind.key, kind.title) for kind in all_reports())
    return Choices(reports, bodies, tuple(years_reported(person, starts_month)))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What could be written now of one kind of report."""

    title: str
    cadence: str
    rows: tuple[tuple[str, str, str], ...]  # address, title, note


@dataclass(frozen=True, slots=True)
class Row:
    """An edition, or a draft, as a list says it."""

    href: str
    report: str
    title: str
    number: int
    readers: str = ""
    published: str = ""
    by: str = ""


def waiting(person: Person, today: date) -> list[Waiting]:
    """What the unit could write now, by kind; what is begun or published already is left out."""
    if not may("write reports", standings(person)):
        return []
    found = []
    for kind in all_reports():
        subjects = kind.subjects(person.authority, today)
        begun = subjects_begun(person.authority_id, kind.key, [each.key for each in subjects]) if subjects else set()
        rows = tuple(
            (reverse("write_report", args=[kind.key, each.key]), each.title, each.note)
            for each in subjects
            if each.key not in begun
        )
        if rows:
            found.append(Waiting(kind.title, kind.cadence, rows))
    return found


def drafts_shown(person: Person, choices: Choices) -> list[Row]:
    """The drafts, each leading on to its writing."""
    return [
        Row(
            reverse("write_report", args=[draft.report, draft.subject]), choices.report(draft.report),
            title_of(draft, choices), draft.number,
        )
        for draft in drafts_of(person)
    ]  # fmt: skip


def editions_shown(editions: Sequence[Edition], choices: Choices) -> list[Row]:
    return list(_published(editions, choices))


def _published(editions: Iterable[Edition], choices: Choices) -> Iterator[Row]:
    for edition in editions:
        readers = readers_of({"readers": edition.readers, "circulated": edition.circulated})  # type: ignore[attr-defined]
        by = edition.published_by.name if edition.published_by else ""
        yield Row(
            reverse("read_edition", args=[edition.code]), choices.report(edition.report), title_of(edition, choices),
            edition.number, SHORT.get(readers, WORDS.get(readers, "")), day(edition.published_at, "plain"), by,
        )  # fmt: skip


def title_of(edition: Edition, choices: Choices | None = None) -> str:
    """Of what an edition is, from what it keeps beside its content: a session, a period, for whom, of which team."""
    parts = []
    if edition.session:
        parts += [edition.session.group.name, day(edition.session.held_on, "plain")]
    elif edition.period_starts_on and edition.period_ends_on:
        parts.append(label_of(Period(edition.period_starts_on, edition.period_ends_on)))
    if edition.body:
        parts.append(choices.body(edition.body) if choices else edition.body)
    if edition.team:
        parts.append(edition.team.name)
    if edition.audit_id:
        parts.append("one audit")
    return ", ".join(parts)
