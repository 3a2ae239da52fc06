"""What has to hold of a council's rows after any step. Each is worked out anew here, slowly, and not by the product."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import holidays

from goldenthread.act.models import Extension, Return, SignOff, Task
from goldenthread.audit.models import Answer, Audit, Finding, Judgement, Moderation, Part
from goldenthread.audit.queries import audits_visible_to, open_audit_or_none
from goldenthread.method.framework import Framework, ModerationStage
from goldenthread.people.models import Conflict
from goldenthread.select.models import Draw, DrawnCase
from goldenthread.trail.models import Event
from goldenthread.trail.queries import breaks
from tests.any_order.councils import Small

Invariant = Callable[["Kept", Small], None]
INVARIANTS: list[Invariant] = []
CLOSED = holidays.country_holidays("GB", subdiv="ENG", years=(2026, 2027))


class Kept:
    """What one story has seen, to hold later states against."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.states: dict[int, str] = {}
        self.submitted: dict[int, str] = {}
        self.judged: dict[int, tuple[str, ...]] = {}
        self.returns: dict[int, str] = {}
        self.events = 0
        self.due: dict[int, date] = {}
        self.drawn: dict[int, tuple[str, ...]] = {}
        self.signed: dict[int, str] = {}


def invariant(holds: Invariant) -> Invariant:
    INVARIANTS.append(holds)
    return holds


def audits(small: Small) -> list[Audit]:
    found = Audit.objects.filter(authority=small.version.authority).select_related("case__line", "worker")
    return list(found.order_by("pk"))


# --- select -----------------------------------------------------------------------------------------------------


@invariant
def a_draw_follows_from_its_list_and_its_source(kept: Kept, small: Small) -> None:
    """goldenthread-draw-1 by its definition: digest, seed, ticket, the smallest of each stratum."""
    for draw in Draw.objects.filter(authority=small.version.authority, state="drawn"):
        digest = hashlib.sha256(draw.frame.encode()).hexdigest()
        seed = hashlib.sha256(f"goldenthread-draw-1|{digest}|{draw.source}|{draw.draw_id}".encode()).hexdigest()
        assert (draw.frame_sha256, draw.seed) == (digest, seed)
        strata: dict[str, list[str]] = {}
        for ref, stratum in list(csv.reader(io.StringIO(draw.frame)))[1:]:
            strata.setdefault(stratum, []).append(ref)
        for stratum, refs in strata.items():
            order = sorted(refs, key=lambda ref: hashlib.sha256(f"{seed}|{ref}".encode()).hexdigest())
            places = {case.ref: case.place for case in draw.cases.filter(stratum=stratum)}
            assert places == {ref: place for place, ref in enumerate(order[: len(places)], start=1)}


@invariant
def so_many_stand_of_each_stratum_as_were_asked_for(kept: Kept, small: Small) -> None:
    for draw in Draw.objects.filter(authority=small.version.authority, state="drawn"):
        standing = Counter(draw.cases.filter(standing="selected").values_list("stratum", flat=True))
        assert standing == Counter(draw.quotas)


@invariant
def a_case_replaced_has_its_reason_and_its_reserve(kept: Kept, small: Small) -> None:
    for case in DrawnCase.objects.filter(authority=small.version.authority, standing="replaced"):
        assert case.replaced_because
        assert case.replaced_with.stratum == case.stratum


@invariant
def what_was_drawn_stays_drawn(kept: Kept, small: Small) -> None:
    for draw in Draw.objects.filter(authority=small.version.authority, state="drawn"):
        refs = tuple(draw.cases.order_by("pk").values_list("ref", flat=True))
        before = kept.drawn.get(draw.pk, ())
        assert refs[: len(before)] == before
        kept.drawn[draw.pk] = refs


@invariant
def chance_is_known_of_every_case_that_chance_chose(kept: Kept, small: Small) -> None:
    for case in DrawnCase.objects.filter(authority=small.version.authority).select_related("draw"):
        held = sum(1 for row in csv.reader(io.StringIO(case.draw.frame)) if row[1] == case.stratum)
        assert (case.sought, case.held) == (case.draw.quotas[case.stratum], held)


@invariant
def nobodys_file_is_drawn_twice(kept: Kept, small: Small) -> None:
    standing = DrawnCase.objects.filter(authority=small.version.authority, standing="selected")
    assert max(Counter(standing.values_list("ref", flat=True)).values(), default=1) == 1


# --- audit ------------------------------------------------------------------------------------------------------


@invariant
def no_auditor_is_tied_to_her_file(kept: Kept, small: Small) -> None:
    """The ties that these frameworks forbid and this council can have: her case, her team, what she manages."""
    for audit in audits(small):
        for part in audit.parts.filter(kind__in=["auditor", "co_auditor"]):
            for person in part.people.all():
                [post] = person.posts_held
                assert person.pk != audit.worker_id, "holds the case"
                assert post.team_id != audit.team_id, "is in the team or manages it"
                assert not (post.oversees == "service" and post.team_id == audit.service_id), "manages the service"


@invariant
def states_follow_one_another_as_the_table_says(kept: Kept, small: Small) -> None:
    allowed = {
        "": {"allotted"},
        "allotted": {"allotted", "in progress", "withdrawn"},
        "in progress": {"in progress", "submitted", "withdrawn"},
        "submitted": {"submitted"},
        "withdrawn": {"withdrawn"},
    }
    for audit in audits(small):
        before = kept.states.get(audit.pk, "")
        assert audit.state in allowed[before]
        kept.states[audit.pk] = audit.state


@invariant
def a_case_has_one_audit_that_stands(kept: Kept, small: Small) -> None:
    standing = Counter(audit.case_id for audit in audits(small) if audit.state != "withdrawn")
    assert max(standing.values(), default=1) == 1


@invariant
def an_audit_says_what_the_list_said(kept: Kept, small: Small) -> None:
    for audit in audits(small):
        line = audit.case.line
        assert (audit.ref, audit.status, audit.team_id, audit.worker_id) == (
            line.ref, line.status, line.team_id, line.worker_id,
        )  # fmt: skip


def content_of(audit: Audit) -> str:
    parts = Part.objects.filter(audit=audit, kind__in=["auditor", "co_auditor"])
    answers = Answer.objects.filter(part__in=parts).order_by("pk").values_list("part", "question", "value", "version")
    findings = Finding.objects.filter(part__in=parts).order_by("pk").values_list("part", "text", "action", "removed")
    return repr((list(answers), list(findings)))


@invariant
def what_is_submitted_is_never_changed(kept: Kept, small: Small) -> None:
    for audit in audits(small):
        if audit.state == "submitted":
            content = content_of(audit)
            assert kept.submitted.setdefault(audit.pk, content) == content


@invariant
def what_is_submitted_is_frozen_signed_and_dated(kept: Kept, small: Small) -> None:
    for audit in audits(small):
        parts = list(audit.parts.filter(kind__in=["auditor", "co_auditor"]))
        assert (audit.state == "submitted") == bool(audit.submitted_at and audit.submitted_by_id)
        assert audit.state != "submitted" or all(part.frozen for part in parts)
        assert len(parts) > 1 or parts[0].frozen == (audit.state == "submitted")
        assert all(part.frozen == bool(part.submitted_at and part.submitted_by_id) for part in audit.parts.all())


@invariant
def nothing_is_missing_in_what_is_submitted(kept: Kept, small: Small) -> None:
    for audit in audits(small):
        if audit.state == "submitted":
            answered = set(
                Answer.objects.filter(part__audit=audit, part__kind="auditor")
                .exclude(value="")
                .values_list("question", flat=True)
            )
            roles = [each for each in audit.template.parsed.questions.values() if each.role == "overall_grade"]
            assert {each.name for each in roles} <= answered


@invariant
def each_graded_section_has_one_judgement_that_stands(kept: Kept, small: Small) -> None:
    for audit in audits(small):
        standing = Counter(Judgement.objects.filter(audit=audit, stands=True).values_list("section", flat=True))
        assert max(standing.values(), default=1) == 1
        assert ("" in standing) == (audit.state == "submitted")


@invariant
def a_judgement_once_made_is_kept(kept: Kept, small: Small) -> None:
    for audit in audits(small):
        made = tuple(
            f"{section}|{stage}|{grade}"
            for section, stage, grade in Judgement.objects.filter(audit=audit)
            .order_by("pk")
            .values_list("section", "stage", "grade")
        )
        before = kept.judged.get(audit.pk, ())
        assert made[: len(before)] == before
        kept.judged[audit.pk] = made


@invariant
def grades_are_on_the_councils_scale(kept: Kept, small: Small) -> None:
    scale = {grade.key for grade in kept.framework.grades}
    assert set(Judgement.objects.filter(authority=small.version.authority).values_list("grade", flat=True)) <= scale


@invariant
def the_ledger_knows_the_day_of_every_submission(kept: Kept, small: Small) -> None:
    for audit in audits(small):
        if audit.submitted_at:
            assert audit.case.audited_on == audit.submitted_at.date()


# --- act --------------------------------------------------------------------------------------------------------


def by_hand(start: date, days: int, kind: str) -> date:
    """The day so many working or calendar days after another, counted one at a time."""
    day = start
    while days:
        day += timedelta(days=1)
        if kind == "calendar" or (day.weekday() < 5 and day not in CLOSED):
            days -= 1
    return day


@invariant
def deadlines_are_as_the_framework_rules(kept: Kept, small: Small) -> None:
    rule = kept.framework.returns
    for returned in Return.objects.filter(authority=small.version.authority):
        due = by_hand(returned.returned_at.date(), rule.days, rule.day_kind)
        tasks = list(returned.tasks.all())
        assert {task.first_due_on for task in tasks} <= {due}  # nobody here says that anything is urgent
        assert returned.due_on == max([due, *(task.due_on for task in tasks)])
        assert returned.sign_off_due_on == by_hand(returned.due_on, rule.signs_extra_days, rule.day_kind)
        assert kept.due.setdefault(returned.pk, due) == due


@invariant
def more_time_is_anothers_to_give_and_within_the_rule(kept: Kept, small: Small) -> None:
    most = kept.framework.tasking.extension_days
    for given in Extension.objects.filter(authority=small.version.authority).select_related("task"):
        assert given.allowed_by_id != given.task.owner_id
        assert given.due_on <= by_hand(given.task.first_due_on, most, "working")
    for task in Task.objects.filter(authority=small.version.authority):
        last = task.extensions.order_by("pk").last()
        assert task.due_on == (last.due_on if last else task.first_due_on)


@invariant
def a_challenge_is_decided_by_somebody_else(kept: Kept, small: Small) -> None:
    for task in Task.objects.filter(authority=small.version.authority, decided_by__isnull=False):
        assert task.decided_by_id not in {task.owner_id, task.challenged_by_id}


@invariant
def only_what_was_submitted_is_returned_and_once(kept: Kept, small: Small) -> None:
    returned = list(Return.objects.filter(authority=small.version.authority).values_list("audit", "audit__state"))
    assert {state for _, state in returned} <= {"submitted"}
    assert len({audit for audit, _ in returned}) == len(returned)


@invariant
def every_action_asked_for_is_one_task_with_one_owner(kept: Kept, small: Small) -> None:
    for returned in Return.objects.filter(authority=small.version.authority):
        asked = Finding.objects.filter(part__audit=returned.audit_id, removed=False).exclude(action="").count()
        assert returned.tasks.filter(owner__isnull=False).count() == asked


@invariant
def nobody_signs_off_what_she_did_herself(kept: Kept, small: Small) -> None:
    for signed in SignOff.objects.filter(authority=small.version.authority):
        asked = Task.objects.filter(returned=signed.returned_id).exclude(state="dropped")
        doers = asked.values_list("owner", "done_by")
        assert signed.signed_by_id not in {person for pair in doers for person in pair}


@invariant
def what_is_accepted_was_signed_and_done(kept: Kept, small: Small) -> None:
    for returned in Return.objects.filter(authority=small.version.authority, state="accepted"):
        assert SignOff.objects.filter(returned=returned).exists()
        assert set(returned.tasks.values_list("state", flat=True)) <= {"signed off", "dropped"}


@invariant
def a_signature_stands_for_exactly_what_was_signed(kept: Kept, small: Small) -> None:
    for signed in SignOff.objects.filter(authority=small.version.authority):
        content = repr((signed.content, signed.sha256, signed.capacity))
        assert kept.signed.setdefault(signed.pk, content) == content


# --- trail ------------------------------------------------------------------------------------------------------


@invariant
def the_trail_is_whole_and_only_grows(kept: Kept, small: Small) -> None:
    assert breaks() == []
    events = Event.objects.count()
    assert events >= kept.events
    kept.events = events


AUDITS = {
    "allotted": "allotted", "answered": "in progress", "noted": "in progress", "submitted": "submitted",
    "withdrew": "withdrawn",
}  # fmt: skip
MODERATIONS = {
    "allotted": "grading", "graded": "to agree", "agreed": "agreed", "challenged": "challenged", "decided": "decided",
}  # fmt: skip
RETURNS = {"signed off": "signed off", "accepted": "accepted", "sent back": "with the team"}


@invariant
def the_trail_replays_to_the_same_states(kept: Kept, small: Small) -> None:
    replayed: dict[tuple[str, int], str] = {}
    for event in Event.objects.filter(authority_id=small.version.authority.pk).order_by("seq"):
        thing = (event.thing, event.thing_id)
        if event.thing == "audit" and event.verb in AUDITS:
            begun = replayed.get(thing, "allotted") != "allotted"
            replayed[thing] = replayed[thing] if event.verb == "allotted" and begun else AUDITS[event.verb]
        if event.thing == "return" and event.verb in RETURNS:
            replayed[thing] = RETURNS[event.verb]
        if event.thing == "moderation" and event.verb in MODERATIONS:
            replayed[thing] = MODERATIONS[event.verb]
    for audit in audits(small):
        assert replayed["audit", audit.pk] == audit.state
    for returned in Return.objects.filter(authority=small.version.authority):
        assert replayed.get(("return", returned.pk), "with the team") == returned.state
    for each in moderations(small):
        unsaid = "agreed" if each.reason == "challenge" else "waiting"
        sighted = not next((s.blind for s in kept.framework.moderation if s.key == each.stage), True)
        said = replayed.get(("moderation", each.pk), unsaid)
        assert ("to agree" if sighted and said == "grading" else said) == each.state


# --- moderation, parts, conflicts -------------------------------------------------------------------------------


def moderations(small: Small) -> list[Moderation]:
    found = Moderation.objects.filter(authority=small.version.authority)
    return list(found.select_related("audit__case__draw", "part").order_by("pk"))


@invariant
def the_first_stage_takes_exactly_what_its_rule_says(kept: Kept, small: Small) -> None:
    """Every audit it wants by grade, by a new auditor's first, or by the share that its draw's seed decides."""
    if not kept.framework.moderation:
        return
    submitted = [audit for audit in audits(small) if audit.state == "submitted"]
    for audit in submitted:
        first = Judgement.objects.get(audit=audit, section="", stage="auditor").grade
        wanted = [stage.key for stage in kept.framework.moderation if _wants(stage, audit, first)]
        made = [
            each.stage for each in Moderation.objects.filter(audit=audit).exclude(reason="challenge").order_by("pk")
        ]
        assert made[:1] == wanted[:1] or _new(kept, audit, made)


def _wants(stage: ModerationStage, audit: Audit, grade: str) -> bool:
    draw = audit.case.draw
    digest = hashlib.sha256(f"{draw.seed}|moderation|{stage.key}|{audit.ref}".encode()).hexdigest()
    return stage.every or grade in stage.grades or int(digest[:13], 16) / 16**13 < stage.random_percent / 100


def _new(kept: Kept, audit: Audit, made: list[str]) -> bool:
    """Whether it went there as one of somebody's first audits."""
    stage = kept.framework.moderation[0]
    return made[:1] == [stage.key] and stage.first_of_auditor > 0


@invariant
def moderation_is_due_when_the_framework_says(kept: Kept, small: Small) -> None:
    for each in moderations(small):
        stage = next((stage for stage in kept.framework.moderation if stage.key == each.stage), None)
        if stage and not each.challenged_at:
            assert each.due_on == by_hand(each.chosen_at.date(), stage.days, "working")


@invariant
def nobody_moderates_what_she_audited_or_is_tied_to(kept: Kept, small: Small) -> None:
    for each in moderations(small):
        auditors = set(
            Part.people.through.objects.filter(
                part__audit=each.audit_id, part__kind__in=["auditor", "co_auditor"]
            ).values_list("person", flat=True)
        )
        for moderator in each.part.people.all() if each.part else ():
            assert moderator.pk not in auditors
            assert moderator.pk != each.audit.worker_id
            assert each.audit.team_id not in {post.team_id for post in moderator.posts_held}


@invariant
def a_blind_moderator_sees_no_grade_before_she_gives_hers(kept: Kept, small: Small) -> None:
    for each in moderations(small):
        if each.state == "grading" and each.part:
            for moderator in each.part.people.all():
                assert not audits_visible_to(moderator).filter(pk=each.audit_id).exists()
                assert open_audit_or_none(moderator, each.audit.code) is None


@invariant
def what_stands_is_the_last_that_was_judged(kept: Kept, small: Small) -> None:
    for audit in audits(small):
        for section in Judgement.objects.filter(audit=audit).values_list("section", flat=True).distinct():
            last = Judgement.objects.filter(audit=audit, section=section).latest("pk")
            assert last.stands


@invariant
def a_challenge_comes_within_its_days_and_is_decided_by_somebody_else(kept: Kept, small: Small) -> None:
    for each in moderations(small):
        if each.challenged_at:
            assert each.challenge_due_on is not None
            assert each.challenged_at.date() <= each.challenge_due_on
        if each.decided_at:
            assert each.decided_by_id != each.challenged_by_id


@invariant
def an_own_part_is_its_practitioners_and_asked_for_in_time(kept: Kept, small: Small) -> None:
    rules = {rule.kind: rule for rule in kept.framework.parts}
    for part in Part.objects.filter(authority=small.version.authority, kind__in=rules).select_related("audit"):
        if part.kind in {"practitioner", "reply"} and part.submitted_by_id:
            assert part.submitted_by_id == part.audit.worker_id
        if part.kind != "reply":
            assert part.due_on == by_hand(part.audit.allotted_at.date(), rules[part.kind].days, "working")


@invariant
def a_part_that_is_required_is_there_before_the_submission(kept: Kept, small: Small) -> None:
    required = [rule.kind for rule in kept.framework.parts if rule.required]
    for audit in audits(small):
        if audit.state == "submitted":
            assert all(part.frozen for part in audit.parts.filter(kind__in=required))


@invariant
def who_declared_a_conflict_submits_nothing_of_that_child(kept: Kept, small: Small) -> None:
    for conflict in Conflict.objects.filter(authority=small.version.authority, ended_at__isnull=True):
        after = Audit.objects.filter(
            ref=conflict.ref, submitted_by=conflict.person_id, submitted_at__gt=conflict.declared_at
        )
        assert not after.exists()
