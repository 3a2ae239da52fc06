"""An audit's grades looked at again: sent by rule, allotted to somebody independent, graded, agreed with reasons."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from goldenthread.audit.models import Audit, Judgement, Moderation
from goldenthread.audit.queries.moderation import Given, moderations_to_allot, moderations_to_do
from goldenthread.audit.queries.moderators import candidates_for
from goldenthread.audit.services import moderation as services
from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.audit import moderating

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


# --- sent there -------------------------------------------------------------------------------------------


def test_a_submitted_audit_is_sent_with_its_reason_and_a_day() -> None:
    audit = moderating.audit("inadequate")

    [sent] = Moderation.objects.all()
    assert (sent.audit, sent.stage, sent.reason, sent.state) == (audit, "moderation", "grade", "waiting")
    assert sent.due_on == date(2026, 10, 13)  # five working days from Tuesday the 6th


def test_a_new_auditors_first_three_are_sent_and_then_those_in_the_random_share_only() -> None:
    audits = make.audits(make.drawn_session(10))
    for audit in audits:
        make.submitted_audit(audit, grade="good")

    reasons = {row.audit_id: row.reason for row in Moderation.objects.all()}
    auditor = {audit.pk: make.auditor_of(audit) for audit in audits}
    first = {person: [a.pk for a in audits if auditor[a.pk] == person][:3] for person in set(auditor.values())}
    firsts = {key for keys in first.values() for key in keys}
    assert {key for key, reason in reasons.items() if reason == "new auditor"} == firsts
    assert {reason for key, reason in reasons.items() if key not in firsts} <= {"random"}


def test_sending_is_an_event() -> None:
    moderating.audit("inadequate")

    event = Event.objects.filter(thing="moderation").get()
    assert (event.verb, event.now["reason"], event.now["due_on"]) == ("sent to moderation", "grade", "2026-10-13")


# --- allotted ---------------------------------------------------------------------------------------------


def barred(audit: Audit) -> dict[str, str]:
    return dict(candidates_for(moderating.opened(audit), make.DAY).barred)


def test_neither_the_auditor_nor_her_manager_nor_the_teams_may_moderate() -> None:
    grace = make.council().grace
    audit = make.submitted_audit(make.audit(make.drawn_session(1, of=make.session(seats=[grace]))), grade="inadequate")

    assert barred(audit)[grace.name] == "audited this file"
    team = audit.team
    assert team is not None
    manager = make.council().bridget if team.name == "Duty 2" else make.council().nadia
    assert barred(audit)[manager.name] == "manages the service that holds this case"


def test_whoever_holds_no_such_post_may_not() -> None:
    audit = moderating.audit()

    with pytest.raises(Refused, match="Ffion Carrow holds no post that moderates"):
        moderating.allotted(audit, make.council().ffion)


def test_the_unit_allots_and_nobody_else() -> None:
    audit, vera = moderating.audit(), moderating.moderator()
    found = moderating.opened(audit, make.auditor_of(audit))

    with pytest.raises(Refused, match="for the Quality Assurance Unit"):
        services.allot_moderator(by=make.auditor_of(audit), found=found, moderator=vera, now=make.NOW)


def test_the_moderator_is_told_without_a_word_of_the_child() -> None:
    audit = moderating.audit()
    vera = moderating.allotted(audit)

    [notice] = Notice.objects.filter(person_id=vera.pk, kind="moderation")
    assert "Grade it before you see the auditor's grades" in notice.body
    assert audit.ref not in notice.body + notice.subject


def test_sharing_out_is_even_among_those_who_may() -> None:
    audits = make.audits(make.drawn_session(4))
    for audit in audits:
        make.submitted_audit(audit, grade="inadequate")
    people = [moderating.moderator("Vera Blind"), moderating.moderator("Wanda Blind")]

    number = services.share_out_moderation(by=make.council().maya, now=make.NOW)

    load = sorted(moderations_to_do(person).count() for person in Person.objects.all())
    assert (number, sum(load), load[-1]) == (4, 4, 1 if number < len(load) else load[-1])
    assert all(moderations_to_do(person).count() >= 1 for person in people)
    assert not moderations_to_allot(make.council().maya).exists()


# --- graded blind ------------------------------------------------------------------------------------------


def test_equal_grades_are_agreed_by_themselves() -> None:
    audit = moderating.audit("inadequate")

    moderation = moderating.graded(audit, "inadequate")

    assert (moderation.state, moderation.agreed_because) == ("agreed", "")
    stages = set(Judgement.objects.filter(audit=audit, stands=True).values_list("stage", flat=True))
    assert stages == {"moderation"}


def test_every_grade_and_reason_is_needed() -> None:
    audit = moderating.audit()
    vera = moderating.allotted(audit)

    with pytest.raises(Refused, match="are still missing"):
        services.submit_grades(by=vera, found=moderating.opened(audit, vera), changes=[], now=make.NOW)


def test_she_is_asked_for_grades_only() -> None:
    audit = moderating.audit()
    vera = moderating.allotted(audit)
    strange = moderating.changes_in({"q-plan_smart": "yes", "seen-plan_smart": "0"})

    with pytest.raises(Refused, match="is not asked"):
        services.save_grades(by=vera, found=moderating.opened(audit, vera), changes=strange, now=make.NOW)


def test_what_she_wrote_in_another_window_is_not_lost() -> None:
    audit = moderating.audit()
    vera = moderating.allotted(audit)
    found = moderating.opened(audit, vera)
    first, second = moderating.typed(found, "good"), moderating.typed(found, "outstanding")
    services.save_grades(by=vera, found=found, changes=moderating.changes_in(first), now=make.NOW)

    with pytest.raises(Refused, match="in another window"):
        services.submit_grades(by=vera, found=found, changes=moderating.changes_in(second), now=make.NOW)
    kept = {each.grade.value for each in moderating.asked_of_moderator(found) if each.grade}
    assert kept == {"good"}


def test_what_was_submitted_is_never_changed() -> None:
    audit = moderating.audit()
    moderating.graded(audit, "good")
    vera = moderating.moderator()
    found = moderating.opened(audit, vera)

    with pytest.raises(Refused):
        services.save_grades(
            by=vera, found=found, changes=moderating.changes_in(moderating.typed(found, "outstanding")), now=make.NOW
        )


# --- agreed ------------------------------------------------------------------------------------------------

PLAN = {"plan": "good"}


def test_a_grade_that_differs_has_to_be_chosen() -> None:
    audit = moderating.audit("inadequate")
    moderating.graded(audit, "inadequate", PLAN)

    with pytest.raises(Refused, match="Choose the agreed grade: "):
        moderating.agreed(audit, {}, moderating.moderator())


def test_a_change_needs_its_reason() -> None:
    audit = moderating.audit("inadequate")
    moderating.graded(audit, "inadequate", PLAN)

    with pytest.raises(Refused, match="Say why the grade was changed: "):
        moderating.agreed(audit, {"plan": Given("good", " ")}, moderating.moderator())
    assert moderating.standing(audit)["plan"] == "inadequate"


def test_the_agreed_grade_stands_and_the_first_is_kept() -> None:
    audit = moderating.audit("inadequate")
    moderating.graded(audit, "inadequate", PLAN)
    moderating.agreed(audit, {"plan": Given("good", "The plan is dated.")}, moderating.moderator())

    assert moderating.standing(audit)["plan"] == "good"
    assert {grade for name, grade in moderating.standing(audit).items() if name != "plan"} == {"inadequate"}
    rows = Judgement.objects.filter(audit=audit, section="plan").order_by("pk")
    assert [(row.stage, row.grade, row.stands) for row in rows] == [
        ("auditor", "inadequate", False),
        ("moderation", "good", True),
    ]


def test_the_trail_says_what_was_changed_by_whom_and_why() -> None:
    audit = moderating.audit("inadequate")
    moderating.graded(audit, "inadequate", PLAN)
    moderating.agreed(audit, {"plan": Given("good", "The plan is dated.")}, moderating.moderator())

    event = Event.objects.get(thing="audit", verb="moderated")
    assert (event.by_name, event.was["plan"], event.now["plan"]) == ("Vera Blind", "inadequate", "good")
    assert "The plan is dated." in event.because


def test_somebody_else_does_not_agree_them() -> None:
    audit = moderating.audit("inadequate")
    moderating.graded(audit, "good")

    with pytest.raises(Refused, match="the Quality Assurance Unit or the moderator"):
        services.agree_grades(
            by=make.auditor_of(audit), found=moderating.opened(audit, make.auditor_of(audit)),
            agreed={name: Given("good", "So.") for name in moderating.standing(audit)}, now=make.NOW,
        )  # fmt: skip


# --- the audit itself --------------------------------------------------------------------------------------


def test_the_moderator_says_how_well_the_audit_was_done_once_she_has_seen_it() -> None:
    audit = moderating.audit()
    vera = moderating.allotted(audit)
    said = {"quality": "sound", "because": "Evidence for each grade.", "now": make.NOW}

    with pytest.raises(Refused, match="Give your own grades first"):
        services.grade_the_audit(by=vera, found=moderating.opened(audit, vera), **said)
    moderating.graded(audit, "good", by=vera)
    kept = services.grade_the_audit(by=vera, found=moderating.opened(audit, vera), **said)

    assert (kept.quality, kept.quality_because) == ("sound", "Evidence for each grade.")


def test_nobody_else_says_so() -> None:
    audit = moderating.audit()
    moderating.graded(audit, "good")

    with pytest.raises(Refused, match="said by its moderator"):
        services.grade_the_audit(
            by=make.council().maya, found=moderating.opened(audit), quality="sound", because="x",
            now=make.NOW + timedelta(hours=1),
        )  # fmt: skip
