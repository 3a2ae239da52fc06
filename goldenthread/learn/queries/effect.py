"""Reading whether practice changed: the random files before and after a briefing, or a new procedure, item by item.

An item is a question of the case file's template that is answered yes, or with a grade. Answers to older and newer
versions of the template are followed to it, as the council decided which question goes on in which. A grade that was
moderated counts as it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from goldenthread.audit.models import Answer, Audit, Judgement
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.framework.models import FrameworkVersion, TemplateVersion
from goldenthread.framework.queries import by_name, corresponding, framework_in_force
from goldenthread.learn.models import Briefing, BriefingSession
from goldenthread.method.effect import Compared, Looked, compared, in_words
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.method.selecting import RANDOM
from goldenthread.people.models import Person
from goldenthread.plan.models import Focus
from goldenthread.web.wording import LONDON

KIND = "case_file"  # of audit: an audit that is done again, or of another file, is none of the random case files
LOOKED_AT = ("yes_no", "graded")  # kinds of question whose answer says whether something is there
GRADED = ("section_grade", "overall_grade")
AFTER = timedelta(days=365)  # files audited later than this say little of it


@dataclass(frozen=True, slots=True)
class Item:
    """A question in which a change is looked for: its name, its words, its section, and the answer hoped for."""

    name: str
    number: int
    label: str
    section: str
    hoped: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What the files say, in `sentence`; `period`: the days whose files were counted; `given`: whether it began yet."""

    items: tuple[Item, ...]
    compared: Compared
    sentence: str
    period: Period
    given: bool = True


# --- what can be looked at ---------------------------------------------------------------------------------


def template_on(authority_id: int, day: date, at: datetime | None = None) -> TemplateVersion:
    """The newest version of the template that case files are audited by; as it was `at` that moment, if one is given.

    Refused where the council has none.
    """
    key = framework_in_force(authority_id, day).parsed.templates.get(KIND, KIND)
    versions = TemplateVersion.objects.filter(authority=authority_id, key=key).order_by("-version")
    found = versions.filter(adopted_at__lte=at).first() if at else versions.first()
    if found is None:
        raise Refused("This council has no template for case files yet, so there is no question to look at.")
    return found


def items_of(template: TemplateVersion, framework: Framework) -> tuple[Item, ...]:
    """Every question in which a change can be looked for, in the template's order."""
    good = f"{framework.grade(framework.grading.good_from).label} or better"
    return tuple(
        Item(each.name, each.number, each.label, section.label, good if each.kind == "graded" else "Yes")
        for section in template.parsed.sections
        for each in section.questions
        if each.kind in LOOKED_AT
    )


# --- a briefing, a new procedure ---------------------------------------------------------------------------


def effect_of_briefing(person: Person, briefing: Briefing, today: date) -> Measured:
    """From the first day of the briefing's period until a year after it was last given.

    A team knew from the day on which it was given in that team's meeting, or for all, whichever was first.
    """
    template = template_on(briefing.authority_id, today, briefing.made_at)
    held = BriefingSession.objects.filter(briefing=briefing, cancelled_at__isnull=True, held_on__lte=today)
    days = list(held.values_list("team_id", "held_on"))
    told = _first_days(days)
    until = min(today, max((day for _, day in days), default=today) + AFTER)
    return _measured(
        person, template, briefing.questions, Period(briefing.period_starts_on, until),
        lambda team: told.get(team, told.get(None)), "the briefing", given=bool(days),
    )  # fmt: skip


def _first_days(days: Iterable[tuple[int | None, date]]) -> dict[int | None, date]:
    """Team → the day from which it knew; None: every team that has none of its own."""
    first: dict[int | None, date] = {}
    for team, day in days:
        first[team] = min(day, first.get(team, day))
    everyone = first.get(None)
    return {team: min(day, everyone) if everyone else day for team, day in first.items()}


def effect_of_procedure(
    person: Person, focus: Focus, in_force_on: date, questions: Collection[str], today: date
) -> Measured:
    """The year before a new procedure came into force, beside the year from that day on, in these questions."""
    template = template_on(focus.authority_id, today)
    eve = in_force_on - timedelta(days=1)
    span = Period(in_force_on - AFTER, max(eve, min(today, in_force_on + AFTER)))
    known = set(template.parsed.questions)
    chosen = [name for name in questions if name in known]
    return _measured(person, template, chosen, span, lambda team: eve, "it came into force", given=in_force_on <= today)


def _measured(
    person: Person, template: TemplateVersion, names: Collection[str], period: Period,
    told_on: Callable[[int | None], date | None], since: str, *, given: bool,
) -> Measured:  # fmt: skip
    framework = framework_in_force(template.authority_id, period.ends_on).parsed
    wanted = {item.name: item for item in items_of(template, framework) if item.name in set(names)}
    files = _files(person, template, wanted, period, told_on)
    found = compared(files, list(wanted), since=period.starts_on, until=period.ends_on)
    return Measured(tuple(wanted.values()), found, in_words(found.whole, since=since), period, given)


# --- the files ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Followed:
    """A version of the template: its question → the item it is about, for those that are looked at."""

    questions: Mapping[str, str]
    sections: Mapping[str, str]  # section ("": the whole file) → the item that is its grade


def _files(
    person: Person, template: TemplateVersion, items: Collection[str], period: Period,
    told_on: Callable[[int | None], date | None],
) -> Iterator[Looked]:  # fmt: skip
    """The files drawn at random and submitted in these days, but those that this person grades blind."""
    audits = _random_files(person, period)
    rows = list(audits.values_list("pk", "submitted_at", "team_id", "template_id", "framework_id").order_by("pk"))
    followed = _followed(template, items, {row[3] for row in rows})
    good = _good_enough({row[4] for row in rows})
    versions = {row[0]: (followed[row[3]], good[row[4]]) for row in rows}
    met: dict[int, dict[str, bool]] = defaultdict(dict)
    for audit, item, answered in (*_answers(audits, versions), *_grades(audits, versions)):
        met[audit][item] = answered
    for pk, submitted_at, team, *_ in rows:
        if submitted_at:
            yield Looked(submitted_at.astimezone(LONDON).date(), told_on(team), met.get(pk, {}))


def _random_files(person: Person, period: Period) -> QuerySet[Audit]:
    return Audit.objects.filter(
        ~blind_to(person.pk), authority=person.authority_id, kind=KIND, state="submitted",
        case__draw__way__in=RANDOM, submitted_at__date__gte=period.starts_on, submitted_at__date__lte=period.ends_on,
    )  # fmt: skip


def _followed(template: TemplateVersion, items: Collection[str], used: Collection[int]) -> dict[int, _Followed]:
    """Each version that these files were audited by; one with a focus's questions is followed by name."""
    found = {}
    for version in TemplateVersion.objects.filter(pk__in=used).order_by("pk"):
        names = {now: item for now, item in _names(version, template).items() if item in items}
        asked = version.parsed.questions
        grades = {name: item for name, item in names.items() if asked[name].role in GRADED}
        sections = {
            "" if asked[name].role == "overall_grade" else asked[name].section: item for name, item in grades.items()
        }
        found[version.pk] = _Followed({name: item for name, item in names.items() if name not in grades}, sections)
    return found


def _names(version: TemplateVersion, template: TemplateVersion) -> Mapping[str, str]:
    """Question of the version → question of the briefing's template."""
    if version.pk == template.pk:
        return {name: name for name in template.parsed.questions}
    if version.key != template.key:
        return by_name(version, template)
    if version.version < template.version:
        return corresponding(version, template)
    return {now: was for was, now in corresponding(template, version).items()}


def _good_enough(frameworks: Collection[int]) -> dict[int, frozenset[str]]:
    found = {}
    for version in FrameworkVersion.objects.filter(pk__in=frameworks):
        rules = version.parsed
        scale = [grade.key for grade in rules.grades]
        found[version.pk] = frozenset(scale[: scale.index(rules.grading.good_from) + 1])
    return found


Versions = Mapping[int, tuple[_Followed, frozenset[str]]]
NOT_ASKED = ("", "not_applicable")  # what does not apply to a child is not asked of its file


def _answers(audits: QuerySet[Audit], versions: Versions) -> Iterator[tuple[int, str, bool]]:
    wanted = {name for followed, _ in versions.values() for name in followed.questions}
    if not wanted:
        return
    given = Answer.objects.filter(part__audit__in=audits.values("pk"), part__kind="auditor", question__in=wanted)
    rows: Any = given.exclude(value__in=NOT_ASKED).order_by("pk").values_list("part__audit_id", "question", "value")
    for audit, name, value in rows:
        followed, good = versions[audit]
        if item := followed.questions.get(name):
            yield audit, item, value == "yes" or value in good


def _grades(audits: QuerySet[Audit], versions: Versions) -> Iterator[tuple[int, str, bool]]:
    wanted = {section for followed, _ in versions.values() for section in followed.sections}
    if not wanted:
        return
    standing = Judgement.objects.filter(audit__in=audits.values("pk"), stands=True, section__in=wanted).order_by("pk")
    for audit, section, grade in standing.values_list("audit_id", "section", "grade"):
        followed, good = versions[audit]
        if item := followed.sections.get(section):
            yield audit, item, grade in good
