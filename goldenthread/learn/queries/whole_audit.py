"""Reading everything about one audit: how its file was chosen, what was said of it, what followed, and who saw it.

Read with the eyes of one person: what she may not see is left out and the facts say so. With nobody's, as the Quality
Assurance Unit sees it. Grades hidden from her because she is grading the file blind hide the whole audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from goldenthread.act.models import Concern, Return
from goldenthread.act.queries import returns_visible_to
from goldenthread.audit.models import Audit, Finding, Judgement, Part
from goldenthread.audit.queries.audits import Held, Written, audits_visible_to
from goldenthread.audit.queries.chosen import LEFT
from goldenthread.audit.queries.moderation import moderations_visible_to
from goldenthread.audit.queries.parts import answers_of, label_of, parts_of
from goldenthread.audit.questions import shown_answer
from goldenthread.learn.queries.whole_audit_facts import OVERALL, GivenPart, Judged, Noted, Selected, WholeAudit
from goldenthread.learn.queries.whole_audit_following import followed
from goldenthread.learn.queries.whole_audit_names import without_names
from goldenthread.learn.queries.whole_audit_trail import trail_of
from goldenthread.method.access import Is
from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.method.template import Template, applicable_sections
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.select.models import DrawnCase
from goldenthread.select.queries.chosen import how_chosen

UNREAD = ("framework__source", "template__source")
NOT_YET = "This audit has not been submitted yet, so there is nothing complete to write down."
TOLD = {Is.QUALITY_ASSURANCE, Is.DIRECTOR}  # who reads what was said of a child who may be unsafe


@dataclass(frozen=True, slots=True)
class Eyes:
    """What one reader sees of this audit beside its own answers; `parts`: the keys of the parts she sees."""

    parts: frozenset[int]
    moderation: bool
    following: bool
    concerns: bool


def whole_audit_or_none(
    person: Person, code: str, today: date, *, alias: Callable[[str], str] | None = None
) -> WholeAudit | None:
    """An audit as this person may read it; None alike when there is none and when it is not hers.

    Refused when it has not been submitted. `alias` gives a reference's pseudonym: with it no name is in the facts.
    """
    audit = _with_what_it_needs(audits_visible_to(person)).filter(code=code).first()
    return _whole(audit, today, person, alias) if audit else None


def whole_audit(audit: Audit, today: date, *, alias: Callable[[str], str] | None = None) -> WholeAudit:
    """The same as the Quality Assurance Unit sees it, for a report or a pack that it makes."""
    return _whole(_with_what_it_needs(Audit.objects.all()).get(pk=audit.pk), today, None, alias)


def whole_audit_read_by(reader: Person, audit: Audit, today: date) -> WholeAudit:
    """The same as somebody reads it to whom it is open: also for having come back to her team."""
    return _whole(_with_what_it_needs(Audit.objects.all()).get(pk=audit.pk), today, reader, None)


def _with_what_it_needs(audits: Any) -> Any:
    return audits.select_related("authority", "session__group", "framework", "template", "team", "service").defer(
        *UNREAD
    )


def _whole(audit: Audit, today: date, reader: Person | None, alias: Callable[[str], str] | None) -> WholeAudit:
    """A fixed number of statements, however much was written in the audit."""
    if audit.state != "submitted" or audit.submitted_at is None:
        raise Refused(NOT_YET)
    framework = audit.framework.parsed
    parts = list(
        Part.objects.filter(audit=audit.pk).select_related("template").prefetch_related("people").order_by("pk")
    )
    eyes = _eyes(audit, parts, reader)
    shown = [part for part in parts if part.pk in eyes.parts]
    hidden = [label_of(part, framework) for part in parts if part.frozen and part not in shown]
    after = followed(audit, today, following=eyes.following, moderation=eyes.moderation, concerns=eyes.concerns)
    case = DrawnCase.objects.select_related("draw__case_list", "replaces").defer(*LEFT).get(pk=audit.case_id)
    statuses = {status.key: status.label for status in framework.statuses}
    tags = {tag.key: tag.label for tag in framework.tags}
    kinds = {kind.key: kind.label for kind in framework.kinds}
    whole = WholeAudit(
        council=audit.authority.name, framework=framework, code=audit.code, reference=audit.ref,
        kind=kinds.get(audit.kind, audit.kind), template=str(audit.template), group=audit.session.group.name,
        held_on=audit.session.held_on, as_of=today, status=statuses.get(audit.status, audit.status),
        tags=tuple((tags | statuses).get(tag, tag) for tag in audit.tags if tag != audit.status),
        age_band=audit.age_band,
        linked=tuple(_linked(audit, framework)), team=audit.team_name,
        service=audit.service.name if audit.service else "", practitioner=audit.worker_name,
        auditors=tuple(person.name for part in parts if part.kind in ("auditor", "co_auditor")
                       for person in part.people.all()),
        allotted_at=audit.allotted_at, submitted_at=audit.submitted_at, selected=_selected(case, framework),
        parts=tuple(_given(audit, framework, shown)), judged=tuple(_judged(audit, framework, eyes)),
        trail=trail_of(audit, case, after, concerns=eyes.concerns),
        left_out=(*_left_out(hidden, eyes), *after.left_out), **after.facts,
    )  # fmt: skip
    return without_names(whole, parts, alias)


# --- who sees what ----------------------------------------------------------------------------------------------


def _eyes(audit: Audit, parts: Sequence[Part], reader: Person | None) -> Eyes:
    given = frozenset(part.pk for part in parts if part.frozen)
    if reader is None:
        return Eyes(given, moderation=True, following=True, concerns=True)
    held = standings(reader)
    found = parts_of(reader, Q(audit=audit.pk))
    seen = frozenset(part.pk for part in found.parts if part.frozen and found.may_see(part)) if found else frozenset()
    hers = Concern.objects.filter(Q(told=reader.pk) | Q(raised_by=reader.pk), audit=audit.pk)
    return Eyes(
        parts=seen,
        moderation=bool(held & TOLD) or moderations_visible_to(reader).filter(audit=audit.pk).exists(),
        following=returns_visible_to(reader).filter(audit=audit.pk).exists()
        or (bool(held & TOLD) and not Return.objects.filter(audit=audit.pk).exists()),
        concerns=bool(held & TOLD) or hers.exists(),
    )


def _left_out(hidden: Sequence[str], eyes: Eyes) -> Iterator[str]:
    for label in hidden:
        yield f"“{label}” is left out: it is not yours to read."
    if not eyes.moderation:
        yield "Moderation is left out: it is read by those who moderate and by the unit."


# --- the file and how it was chosen -----------------------------------------------------------------------------


def _linked(audit: Audit, framework: Framework) -> Iterator[str]:
    labels = {file.file: file.label for file in framework.linked_files}
    for one in audit.linked:
        yield labels.get(str(one), str(one).replace("_", " "))


def _selected(case: DrawnCase, framework: Framework) -> Selected:
    draw = case.draw
    return Selected(
        draw_id=draw.draw_id, way=how_chosen(case, framework).words, source=draw.source, seed=draw.seed,
        list_sha256=draw.frame_sha256, listed_on=draw.case_list.as_at, stratum=case.stratum, place=case.place,
        sought=case.sought, held=case.held, because=case.because,
        instead_because=case.replaces.replaced_because if case.replaces else "",
    )  # fmt: skip


# --- what was said in it ----------------------------------------------------------------------------------------


def _given(audit: Audit, framework: Framework, parts: Sequence[Part]) -> Iterator[GivenPart]:
    words = answers_of([part.pk for part in parts])
    found = _findings(audit, framework, [part.pk for part in parts])
    for part in parts:
        template = part.template.parsed if part.template else audit.form
        yield GivenPart(
            kind=part.kind,
            label=label_of(part, framework),
            by=tuple(person.name for person in part.people.all()),
            at=part.submitted_at,
            sections=tuple(_answered(audit, template, Written(words.get(part.pk, {}), ()))),
            findings=found.get(part.pk, ()),
        )


def _answered(audit: Audit, template: Template, written: Written) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Each section that applied, with the questions that were answered."""
    answers: Mapping[str, Held] = written.answers
    for section in applicable_sections(template, audit.facts, written.values):
        rows = tuple(
            (question.label, shown_answer(answers[question.name].value, question))
            for question in section.questions
            if question.name in answers and answers[question.name].value
        )
        if rows:
            yield section.label, rows


def _findings(audit: Audit, framework: Framework, parts: Sequence[int]) -> Mapping[int, tuple[Noted, ...]]:
    themes = {theme.key: theme.label for theme in framework.themes}
    labels = {section.name: section.label for section in audit.template.parsed.sections}
    found: dict[int, tuple[Noted, ...]] = {}
    rows = Finding.objects.filter(part__in=parts, removed=False).order_by("pk")
    for one in rows:
        noted = Noted(
            one.get_sort_display(), one.domain, themes.get(one.theme, one.theme), labels.get(one.section, one.section),
            one.text, one.action,
        )  # fmt: skip
        found[one.part_id] = (*found.get(one.part_id, ()), noted)
    return found


def _judged(audit: Audit, framework: Framework, eyes: Eyes) -> Iterator[Judged]:
    """Every grade that was given and kept; why a moderator changed one is for those who see the moderation."""
    labels = {section.name: section.label for section in audit.template.parsed.sections}
    order = {name: place for place, name in enumerate(labels)}
    stages = {stage.key: stage.label for stage in framework.moderation} | {
        "auditor": "Auditor",
        "decided": "Decided on a challenge",
    }
    grades = {grade.key: grade.label for grade in framework.grades}
    rows = list(Judgement.objects.filter(audit=audit.pk).select_related("made_by").order_by("pk"))
    for one in sorted(rows, key=lambda row: (order.get(row.section, -1 if not row.section else len(order)), row.pk)):
        if one.stage != "auditor" and not one.stands and not eyes.moderation:
            continue
        because = one.rationale if eyes.moderation or one.stage == "auditor" else ""
        yield Judged(
            labels.get(one.section, one.section) if one.section else OVERALL, stages.get(one.stage, one.stage),
            grades.get(one.grade, one.grade), because, one.made_by.name if one.made_by else "", one.made_at,
            one.stands,
        )  # fmt: skip
