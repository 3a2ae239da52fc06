"""Reading grades in pairs: the auditors' and the moderated one, the blind moderator's own, and those challenged.

Three comparisons, never one: moderation looks at audits whoever is content with them, so it says how kind first grades
are; a team challenges what it thinks too low, so what a decision moved says nothing of all the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from goldenthread.audit.models import Answer, Judgement, Moderation, Part
from goldenthread.audit.queries.blindness import hidden_from
from goldenthread.audit.queries.challenge import DECIDED
from goldenthread.audit.queries.moderation import OPEN, UNMODERATED
from goldenthread.framework.models import TemplateVersion
from goldenthread.method.access import may
from goldenthread.people.models import Person
from goldenthread.people.standing import standings

RANDOM = ("simple_random", "stratified")
SETTLED = ("agreed", "challenged", "decided")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two grades of one section ("" the whole file) of one audit, and what they are counted by.

    `reason`: why it went to moderation first; `auditor`: who submitted it.
    """

    audit: int
    section: str
    first: str
    second: str
    reason: str
    submitted_on: date
    auditor: int


@dataclass(frozen=True, slots=True)
class Moderated:
    """What was moderated of what was submitted: grades kept or moved, the blind second grades beside the first, and
    the grades that stood when a team challenged them beside those that were decided."""

    submitted: int
    shifts: tuple[Pair, ...]
    blind: tuple[Pair, ...]
    challenged: tuple[Pair, ...] = ()


def moderated_between(person: Person, since: date, until: date, *, by_chance: bool) -> Moderated:
    """The pairs of audits submitted from one day to another, drawn by chance or chosen; never the two in one.

    Whoever sees agreement sees all of her council's; nobody sees an audit that she grades blind just now. A fixed
    number of statements, however many audits.
    """
    if not may("see agreement", standings(person)):
        return Moderated(0, (), ())
    chosen = Q(audit__case__draw__way__in=RANDOM)
    within = Q(audit__submitted_at__date__gte=since, audit__submitted_at__date__lte=until)
    first = Judgement.objects.filter(
        within, chosen if by_chance else ~chosen, authority=person.authority_id, stage="auditor"
    ).exclude(audit__in=hidden_from(person))
    return Moderated(
        submitted=first.filter(section="").count(), shifts=tuple(_shifts(first)), blind=tuple(_blind(first)),
        challenged=tuple(_challenged(first)),
    )  # fmt: skip


def _shifts(first: QuerySet[Judgement]) -> Iterable[Pair]:
    """The auditors' grade and the last that moderation set, of every audit that is through all its stages.

    What only waits to be challenged was never moderated, and what a challenge decided since is not moderation's.
    """
    of_it = Moderation.objects.filter(audit=OuterRef("audit"))
    real = of_it.filter(state__in=SETTLED).exclude(stage=UNMODERATED)
    moderated = _judged().exclude(stage__in=("auditor", DECIDED))
    rows = first.filter(Exists(real), ~Exists(of_it.filter(state__in=OPEN))).annotate(
        before=F("grade"), last=Subquery(moderated[:1]), why=Subquery(real.order_by("pk").values("reason")[:1])
    )
    return _pairs(rows)


def _challenged(first: QuerySet[Judgement]) -> Iterable[Pair]:
    """The grade that stood and the one decided on, of every challenge that is decided, moderated before or never."""
    decided = Exists(Moderation.objects.filter(audit=OuterRef("audit"), state="decided"))
    rows = first.filter(decided).annotate(
        before=Subquery(_judged().exclude(stage=DECIDED)[:1]), last=Subquery(_judged().filter(stage=DECIDED)[:1]),
        why=Value(UNMODERATED),
    )  # fmt: skip
    return _pairs(rows)


def _judged() -> QuerySet[Judgement, Any]:
    """The grades of one section of one audit, the last first."""
    rows = Judgement.objects.filter(audit=OuterRef("audit"), section=OuterRef("section"))
    return rows.order_by("-pk").values("grade")


def _pairs(rows: QuerySet[Judgement]) -> Iterable[Pair]:
    named = ("audit_id", "section", "before", "last", "why", "audit__submitted_at__date", "audit__submitted_by")
    return (Pair(*row) for row in rows.order_by("pk").values_list(*named))


def _blind(first: QuerySet[Judgement]) -> Iterable[Pair]:
    """The auditors' grade and the first moderator's own, where she gave hers without seeing theirs."""
    parts = Part.objects.filter(kind="moderator", frozen=True, audit__in=first.values("audit"))
    own = _own_grades(parts)
    reasons = dict(
        Moderation.objects.filter(part__in=parts).order_by("-pk").values_list("audit", "reason")
    )  # fmt: skip
    rows = first.filter(audit__in=parts.values("audit")).order_by("pk")
    named = ("audit_id", "section", "grade", "audit__submitted_at__date", "audit__submitted_by")
    for audit, section, grade, submitted_on, auditor in rows.values_list(*named):
        if (audit, section) in own:
            yield Pair(audit, section, grade, own[audit, section], reasons.get(audit, ""), submitted_on, auditor)


def _own_grades(parts: QuerySet[Part]) -> dict[tuple[int, str], str]:
    """The grade of each (audit, section) in these parts: the answers to the questions that grade."""
    answers = Answer.objects.filter(part__in=parts).exclude(value="").order_by("-part")
    rows = list(answers.values_list("part__audit", "part__audit__template", "question", "value"))
    versions = TemplateVersion.objects.in_bulk({template for _, template, _, _ in rows})
    graded = {
        (key, name): question.section if question.role == "section_grade" else ""
        for key, version in versions.items()
        for name, question in version.parsed.questions.items()
        if question.role in {"section_grade", "overall_grade"}
    }
    return {
        (audit, graded[template, name]): value for audit, template, name, value in rows if (template, name) in graded
    }


def section_labels(authority_id: int) -> dict[str, str]:
    """The newest words for each section of the council's templates."""
    versions = TemplateVersion.objects.filter(authority=authority_id).order_by("pk")
    return {section.name: section.label for version in versions for section in version.parsed.sections}
