"""Moderation: sent there by rule when an audit is submitted, allotted, graded blind, agreed with the reason for each
change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse

from goldenthread.audit.models import Audit, Judgement, Moderation, Part
from goldenthread.audit.queries.counting import marks_of
from goldenthread.audit.queries.drawn import draw_of
from goldenthread.audit.queries.moderation import (
    AUDITORS,
    Given,
    OpenModeration,
    asked_of_moderator,
    moderations_to_allot,
    moderators_grades,
    opened,
    standing_grades,
    with_all_it_needs,
)
from goldenthread.audit.queries.moderators import auditors_of_audit, candidates_for
from goldenthread.audit.services.answers import Change, Saved, save_answers
from goldenthread.audit.services.counting import count
from goldenthread.method.access import Is, may
from goldenthread.method.deadlines import due_date
from goldenthread.method.framework.moderating import ModerationStage
from goldenthread.method.lifecycles import MODERATION, ModerationFacts
from goldenthread.method.moderation import Facts, differing, seed_without_chance, ticket, why_moderated
from goldenthread.method.refusal import Refused
from goldenthread.method.sharing import fair_shares
from goldenthread.notices.services import link, tell
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON, day

# --- which audits -----------------------------------------------------------------------------------------


def send_to_moderation(*, by: Person, audit: Audit, now: datetime, after: str = "") -> Moderation | None:
    """Send a submitted audit to the first stage of moderation that wants it, of those that follow the stage `after`.

    Part of the act that submits it, or that ends the stage before; None where no stage wants it.
    """
    stages = audit.framework.parsed.moderation
    places = [place for place, stage in enumerate(stages, start=1) if stage.key == after]
    for stage in stages[places[0] if places else 0 :]:
        seed = _seed(audit)
        if reason := why_moderated(stage, _facts(audit, stage), ticket(seed, stage.key, audit.ref)):
            return _begin(by, audit, stage, reason, now)
    return None


def _begin(by: Person, audit: Audit, stage: ModerationStage, reason: str, now: datetime) -> Moderation:
    due_on = due_date(now.astimezone(LONDON).date(), stage.days)
    made = Moderation.objects.create(
        authority_id=audit.authority_id, audit=audit, stage=stage.key, reason=reason, due_on=due_on, chosen_at=now,
        chosen_by=by,
    )  # fmt: skip
    told = {"audit": audit.pk, "stage": stage.key, "reason": reason, "due_on": due_on.isoformat()}
    record(by=by, verb="sent to moderation", thing=made, at=now, now=told)
    return made


def _seed(audit: Audit) -> str:
    draw = draw_of(audit)
    return draw.seed or seed_without_chance(draw.frame_sha256, audit.code)


def _facts(audit: Audit, stage: ModerationStage) -> Facts:
    grade = Judgement.objects.filter(audit=audit, section="", stands=True).values_list("grade", flat=True).first()
    return Facts(grade or "", _earlier(audit) if stage.first_of_auditor else 0)


def _earlier(audit: Audit) -> int:
    """How many audits the least practised of its auditors had submitted before it."""
    theirs = Part.people.through.objects.filter(part__kind__in=AUDITORS)
    auditors = list(theirs.filter(part__audit=audit).values_list("person", flat=True))
    before = theirs.filter(person__in=auditors, part__audit__state="submitted").exclude(part__audit=audit)
    counted: Any = before.values("person").annotate(n=Count("part__audit", distinct=True))
    earlier = {row["person"]: row["n"] for row in counted}
    return min((earlier.get(auditor, 0) for auditor in auditors), default=0)


# --- who moderates ----------------------------------------------------------------------------------------


@step
def allot_moderator(*, by: Person, found: OpenModeration, moderator: Person, now: datetime) -> Moderation:
    """Give an audit to a moderator, instead of any before. Raises `Refused` saying why she may not."""
    moderation = _locked(found)
    if found.stage is None:
        raise Refused("A challenge is decided, not moderated.")
    if moderation.part and moderation.part.frozen:
        raise Refused("The moderator has given her grades, so this stays with her.")
    fitting = candidates_for(found, now.astimezone(LONDON).date())
    why = "" if moderator.pk in fitting.people else _why(moderator, dict(fitting.barred))
    name = "allot blind" if found.stage.blind else "allot"
    row = MODERATION.take(name, moderation.state, found.standings, ModerationFacts(found.stage.blind, why))
    part = moderation.part or Part.objects.create(
        authority_id=moderation.authority_id, audit_id=moderation.audit_id, kind="moderator", stage=moderation.stage,
        due_on=moderation.due_on,
    )  # fmt: skip
    was = sorted(part.people.values_list("pk", flat=True))
    if was and was != [moderator.pk] and part.answers.exists():
        raise Refused("The moderator has begun to grade this audit, so it stays with her.")
    part.people.set([moderator])
    moderation.part, moderation.state = part, row.after
    moderation.save(update_fields=["part", "state"])
    record(by=by, verb="allotted", thing=moderation, at=now, was=was, now=[moderator.pk])
    if was != [moderator.pk]:
        _tell_moderator(moderation, moderator, found.stage, now)
    return moderation


def _why(moderator: Person, barred: Mapping[str, str]) -> str:
    return f"{moderator.name} {barred.get(moderator.name, 'holds no post that moderates')}, so may not moderate this."


@step
def share_out_moderation(*, by: Person, now: datetime) -> int:
    """Allot everything that waits for a moderator, evenly among those who may; how many were allotted."""
    if not may("arrange moderation", standings(by)):
        raise Refused("Moderators are chosen by the Quality Assurance Unit.")
    waiting = {each.pk: opened(by, each) for each in with_all_it_needs(moderations_to_allot(by))[:SHARED_AT_ONCE]}
    today = now.astimezone(LONDON).date()
    able = {key: candidates_for(found, today) for key, found in waiting.items() if found.stage}
    people = {key: person for each in able.values() for key, person in each.people.items()}
    load = next((each.load for each in able.values()), {})

    def barred(file: int, person: int) -> str | None:
        return None if person in able[file].people else "may not"

    shares = fair_shares(list(able), list(people), barred, load)
    if not shares:
        raise Refused("Nothing that waits for a moderator can be allotted: nobody who may moderate it holds the post.")
    for key, person in shares.items():
        allot_moderator(by=by, found=waiting[key], moderator=people[person], now=now)
    return len(shares)


SHARED_AT_ONCE = 50


# --- graded blind -----------------------------------------------------------------------------------------


def save_grades(*, by: Person, found: OpenModeration, changes: Sequence[Change], now: datetime) -> list[Saved]:
    """Keep what a blind moderator has written so far, all of it or (with `Refused`) none."""
    asked_only(found, changes)
    return save_answers(by=by, opened=found, changes=changes, now=now)


def asked_only(found: OpenModeration, changes: Sequence[Change]) -> None:
    """Raises `Refused` where an answer is none that a moderator is asked for."""
    hers = {name for each in asked_of_moderator(found) for name in (each.grade_question, each.because_question)}
    if strange := [change.question for change in changes if change.question not in hers]:
        raise Refused(f"A moderator is not asked “{strange[0][:60]}”.")


CLASH = "You wrote something else here in another window. Both stand below: choose which to keep, then submit."


@step
def submit_grades(*, by: Person, found: OpenModeration, changes: Sequence[Change], now: datetime) -> Moderation:
    """Keep the last changes and give the grades for good. Where all equal the auditor's, they are agreed at once."""
    moderation = _locked(found)
    saved = save_grades(by=by, found=found, changes=changes, now=now)
    if any(each.clash for each in saved):
        raise Refused(CLASH)
    asked = asked_of_moderator(found)
    lacking = sum(not (each.grade and each.grade.value) or not (each.because and each.because.value) for each in asked)
    row = MODERATION.take("submit grades", moderation.state, found.standings, ModerationFacts(ungraded=lacking))
    part = found.part
    part.frozen, part.submitted_at, part.submitted_by = True, now, by
    part.save(update_fields=["frozen", "submitted_at", "submitted_by"])
    moderation.state = row.after
    moderation.save(update_fields=["state"])
    given = {each.section: each.grade.value for each in asked if each.grade}
    record(by=by, verb="graded", thing=moderation, at=now, now=_told(given))
    standing = standing_grades(found.audit)
    if not differing({section: each.grade for section, each in standing.items()}, given):
        _agreed(by, found, moderation, standing, standing, now)
    return moderation


# --- agreed -----------------------------------------------------------------------------------------------


@step
def agree_grades(*, by: Person, found: OpenModeration, agreed: Mapping[str, Given], now: datetime) -> Moderation:
    """Set the grades that stand from now on, by section; each that differs from the one before, with the reason.

    A section left out keeps its grade where moderator and auditor gave the same. Raises `Refused` naming those that
    nobody decided and those without a reason.
    """
    moderation = _locked(found)
    standing = standing_grades(found.audit)
    apart = differing({name: each.grade for name, each in standing.items()}, _hers(found))
    decided = judged_as(found, standing, agreed, undecided=[name for name in apart if name not in agreed])
    unexplained = tuple(
        label_of(found, name)
        for name, each in decided.items()
        if each.grade != standing[name].grade and not each.because.strip()
    )
    row = MODERATION.take("agree", moderation.state, found.standings, ModerationFacts(unexplained=unexplained))
    moderation.state = row.after
    return _agreed(by, found, moderation, standing, decided, now)


def judged_as(
    found: OpenModeration, standing: Mapping[str, Given], said: Mapping[str, Given], undecided: Sequence[str] = ()
) -> dict[str, Given]:
    """The grades that would stand: those said, in place of those that stand. A grade kept keeps its reason."""
    if undecided:
        raise Refused(f"Choose the agreed grade: {', '.join(label_of(found, name) for name in undecided)}.")
    for name, each in said.items():
        if name not in standing:
            raise Refused("A grade was given to a section of this audit that was not graded.")
        found.framework.grade(each.grade)
    return {
        name: said[name] if name in said and said[name].grade != before.grade else before
        for name, before in standing.items()
    }


def judge(
    *, by: Person, audit: Audit, stage: str, grades: Mapping[str, Given], now: datetime
) -> list[Judgement]:  # fmt: skip
    """Put these judgements in the place of those that stand, which are kept."""
    Judgement.objects.filter(audit=audit, stands=True).update(stands=False)
    made = [
        Judgement(
            authority_id=audit.authority_id, audit=audit, section=name, stage=stage, grade=each.grade,
            rationale=each.because, made_at=now, made_by=by,
        )
        for name, each in grades.items()
    ]  # fmt: skip
    return Judgement.objects.bulk_create(made)


def _agreed(
    by: Person, found: OpenModeration, moderation: Moderation, standing: Mapping[str, Given],
    decided: Mapping[str, Given], now: datetime,
) -> Moderation:  # fmt: skip
    audit, today = found.audit, now.astimezone(LONDON).date()
    changed = differing(grades_of(standing), grades_of(decided))
    because = " ".join(f"{label_of(found, name)}: {decided[name].because}" for name in changed)
    before = marks_of(audit)
    judge(by=by, audit=audit, stage=moderation.stage, grades=decided, now=now)
    moderation.state, moderation.agreed_at, moderation.agreed_by = "agreed", now, by
    moderation.agreed_because = because
    if moderation.challenge_due_on:  # it was returned meanwhile: the team has its days from the grade it now has
        days = found.framework.challenge.days
        moderation.challenge_due_on = max(moderation.challenge_due_on, due_date(today, days))
    moderation.save()
    told = {"stage": moderation.stage, "was": _told(grades_of(standing)), "now": _told(grades_of(decided))}
    record(by=by, verb="agreed", thing=moderation, at=now, was=told["was"], now=told["now"], because=because)
    record(by=by, verb="moderated", thing=audit, at=now, was=told["was"], now=told["now"], because=because)
    count(audit, before)
    _tell_auditors(moderation, bool(changed), now)
    following = send_to_moderation(by=by, audit=audit, now=now, after=moderation.stage)
    if following and moderation.challenge_due_on:
        following.challenge_due_on = moderation.challenge_due_on
        following.save(update_fields=["challenge_due_on"])
    return moderation


def grades_of(given: Mapping[str, Given]) -> dict[str, str]:
    return {name: each.grade for name, each in given.items()}


def label_of(found: OpenModeration, section: str) -> str:
    labels = {each.name: each.label for each in found.template.sections}
    return labels.get(section, "The whole file")


# --- the audit itself -------------------------------------------------------------------------------------


@step
def grade_the_audit(*, by: Person, found: OpenModeration, quality: str, because: str, now: datetime) -> Moderation:
    """Say how well the audit was done, apart from the practice it looked at; its auditor and the unit read it."""
    if Is.MODERATOR not in found.standings:
        raise Refused("How well the audit was done is said by its moderator.")
    moderation = _locked(found)
    if moderation.state in {"waiting", "grading"}:
        raise Refused("Give your own grades first: then you see the audit, and can say how well it was done.")
    found.framework.audit_grade(quality)
    if not because.strip():
        raise Refused("Say why: the auditor reads it.")
    was = {"quality": moderation.quality, "because": moderation.quality_because}
    moderation.quality, moderation.quality_because = quality, because.strip()
    moderation.save(update_fields=["quality", "quality_because"])
    record(by=by, verb="graded the audit", thing=moderation, at=now, was=was, now={"quality": quality}, because=because)
    return moderation


# --- within -----------------------------------------------------------------------------------------------


def _locked(found: OpenModeration) -> Moderation:
    """The moderation as it stands now, held until the end of the transaction."""
    rows = Moderation.objects.select_for_update(of=("self",)).select_related("part")
    return rows.get(pk=found.moderation.pk)


def _hers(found: OpenModeration) -> dict[str, str]:
    return grades_of(moderators_grades(found))


def _told(grades: Mapping[str, str]) -> dict[str, str]:
    return {name or "overall": grade for name, grade in grades.items()}


def _tell_moderator(moderation: Moderation, moderator: Person, stage: ModerationStage, now: datetime) -> None:
    asked = "Grade it before you see the auditor's grades" if stage.blind else "Confirm its grades, or change them"
    tell(
        key=f"moderation:{moderation.code}:{moderator.pk}:{now.isoformat()}",
        to=moderator, kind="moderation",
        subject=f"{stage.label}: an audit is yours by {day(moderation.due_on, 'plain')}",
        body=f"{moderator.name},\n\nAn audit is yours to moderate. {asked}, by {day(moderation.due_on)}.\n\n"
        f"{link(reverse('open_moderation', args=[moderation.code]))}\n",
        now=now,
    )  # fmt: skip


def _tell_auditors(moderation: Moderation, changed: bool, now: datetime) -> None:
    said = "and some were changed, with the reasons" if changed else "and they stand as you gave them"
    for auditor in auditors_of_audit(moderation.audit_id):
        tell(
            key=f"moderated:{moderation.code}:{auditor.pk}", to=auditor, kind="moderation",
            subject="The grades of an audit of yours are agreed",
            body=f"{auditor.name},\n\nThe grades of an audit of yours were looked at again, {said}.\n\n"
            f"{link(reverse('open_moderation', args=[moderation.code]))}\n",
            now=now,
        )  # fmt: skip
