"""The pages of moderation: the list, allotting, grading blind, both side by side, agreeing, the audit's own grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from goldenthread.audit.models import Moderation
from goldenthread.audit.queries.moderation import (
    Given,
    ModerationFilter,
    OpenModeration,
    moderation_reminders,
    page_of_moderations,
)
from tests import make
from tests.audit import moderating
from tests.audit.counting import statements
from tests.browsing import faults, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def page(of: object, name: str = "") -> str:
    return f"/audit/moderation/{moderating.of(of).code}/{name}"  # type: ignore[arg-type]


# --- the list ----------------------------------------------------------------------------------------------


def test_an_empty_list_says_what_it_will_show() -> None:
    here = make.council()

    assert "Audits whose grades are looked at again will be listed here" in words(
        signed_in(here.maya).get("/audit/moderation/")
    )
    assert "Nothing waits for you at present" in words(signed_in(here.ffion).get("/audit/moderation/"))


def test_each_line_says_how_far_why_and_by_when() -> None:
    audit = moderating.audit("inadequate")

    said = words(signed_in(make.council().maya).get("/audit/moderation/"))
    assert f"{audit.ref} {audit.team_name} Moderation Waiting for a moderator Nobody yet" in said
    assert "13 Oct 2026 Because of its overall grade" in said


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_six_statements(number: int) -> None:
    for audit in make.audits(make.drawn_session(number)):
        moderating.allotted(make.submitted_audit(audit, grade="inadequate"))
    maya = signed_in(make.council().maya)
    maya.get("/audit/moderation/")

    assert statements(lambda: maya.get("/audit/moderation/")) == 6


def test_the_filters_narrow_and_say_when_nothing_fits() -> None:
    first, second = make.audits(make.drawn_session(2))
    for audit in (first, second):
        make.submitted_audit(audit, grade="inadequate")
    moderating.allotted(first)
    maya = signed_in(make.council().maya)

    waiting = words(maya.get("/audit/moderation/?state=waiting"))
    assert (second.ref in waiting, first.ref in waiting) == (True, False)
    assert "fits these filters" in words(maya.get("/audit/moderation/?state=decided"))
    assert "fits these filters" in words(maya.get("/audit/moderation/?late=on"))
    with time_machine.travel(make.NOW + timedelta(days=30), tick=False):
        assert first.ref in words(signed_in(make.council().maya).get("/audit/moderation/?late=on"))


def test_the_list_is_exported_as_it_is_narrowed() -> None:
    audit = moderating.audit("inadequate")
    maya = signed_in(make.council().maya)

    lines = maya.get("/audit/moderation/export/").content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith(f"{audit.ref},{audit.team_name},Moderation,Waiting for a moderator,,2026-10-13")
    assert len(maya.get("/audit/moderation/export/?state=agreed").content.decode().splitlines()) == 1


def test_pages_lead_through_the_list() -> None:
    for audit in make.audits(make.drawn_session(3)):
        make.submitted_audit(audit, grade="inadequate")
    maya, seen, after = make.council().maya, [], ""
    while True:
        shown = page_of_moderations(maya, ModerationFilter(), make.DAY, after, most=1)
        seen += [line.ref for line in shown.lines]
        if not (after := shown.next):
            break
    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == shown.count == 3


@pytest.mark.parametrize("after", ["x", "2026-10-13.x", "2026-13-01.1", "2026-10-13.999999999999999999999", "."])
def test_a_place_that_makes_no_sense_is_the_first_page(after: str) -> None:
    audit = moderating.audit("inadequate")

    assert audit.ref in words(signed_in(make.council().maya).get("/audit/moderation/", {"after": after}))


# --- allotted ----------------------------------------------------------------------------------------------


def test_the_least_burdened_is_proposed_and_the_others_have_their_reasons() -> None:
    session = make.drawn_session(1, of=make.session(seats=[make.council().grace]))
    audit = make.submitted_audit(make.audit(session), grade="inadequate")
    moderating.moderator()
    maya = signed_in(make.council().maya)

    said = words(maya.get(page(audit, "allot/")))
    assert "Vera Blind, Independent Reviewing Officer" in said
    assert "Grace Adewole audited this file." in said


def test_somebody_is_allotted_by_the_page() -> None:
    audit, vera = moderating.audit("inadequate"), moderating.moderator()
    maya = signed_in(make.council().maya)

    assert maya.post(page(audit, "allot/"), {"moderator": str(vera.pk)}).status_code == 302
    assert "Vera Blind" in words(maya.get("/audit/moderation/"))
    assert faults(maya.post(page(audit, "allot/"), {"moderator": "0"}))


def test_only_the_unit_opens_the_page() -> None:
    audit = moderating.audit("inadequate")

    assert signed_in(make.auditor_of(audit)).get(page(audit, "allot/")).status_code == 403


# --- graded and agreed -------------------------------------------------------------------------------------


def test_she_grades_keeps_and_submits_and_then_sees_both() -> None:
    audit = moderating.audit("inadequate")
    vera = moderating.allotted(audit)
    client, found = signed_in(vera), moderating.opened(audit, vera)

    assert client.get(page(audit)).headers["Location"] == page(audit, "grade/")
    assert client.post(page(audit, "grade/"), moderating.typed(found, "good") | {"then": "later"}).status_code == 302
    assert "As I read it: " in client.get(page(audit, "grade/")).content.decode()
    sent = moderating.typed(moderating.opened(audit, vera), "good") | {"then": "submit"}
    assert client.post(page(audit, "grade/"), sent).status_code == 302
    assert "They differ" in words(client.get(page(audit)))


def sent_without(found: OpenModeration, *questions: str) -> dict[str, str]:
    """What a moderator's form sends, but for these questions, when she presses Submit."""
    fields = {f"q-{name}" for name in questions}
    return {name: value for name, value in moderating.typed(found, "good").items() if name not in fields} | {
        "then": "submit"
    }


def test_what_is_missing_is_said_at_its_field_and_all_the_rest_is_kept() -> None:
    audit = moderating.audit("inadequate")
    vera = moderating.allotted(audit)
    found = moderating.opened(audit, vera)

    answer = signed_in(vera).post(page(audit, "grade/"), sent_without(found, "overall_grade", "plan_rationale"))
    said = answer.content.decode()
    assert answer.status_code == 409
    assert re.findall(r'<a href="#q-(\w+)">([^<]*)</a>', said) == [
        ("plan_rationale", "Plan and review: no reason was given. Say why you give this grade."),
        ("overall_grade", "The whole file: no grade was given. Choose one."),
    ]
    assert "As I read it: The whole file." in said
    kept = {each.section for each in moderating.asked_of_moderator(found) if each.because}
    assert kept == {each.section for each in moderating.asked_of_moderator(found)} - {"plan"}


def test_what_she_types_is_saved_and_told_at_which_version() -> None:
    audit = moderating.audit("inadequate")
    vera = moderating.allotted(audit)

    answer = signed_in(vera).post(page(audit, "grade/save/"), {"q-plan_grade": "good", "seen-plan_grade": "0"})
    assert answer.json()["saved"] == [
        {"question": "plan_grade", "version": 1, "clash": False, "theirs": "", "by": ""}
    ]  # fmt: skip


def test_only_her_own_questions_are_saved_and_only_while_she_grades() -> None:
    audit = moderating.audit("inadequate")
    vera = moderating.allotted(audit)
    strange, own = {"q-plan_smart": "yes", "seen-plan_smart": "0"}, {"q-plan_grade": "good", "seen-plan_grade": "0"}

    assert signed_in(vera).post(page(audit, "grade/save/"), strange).status_code == 409
    assert signed_in(make.council().maya).post(page(audit, "grade/save/"), own).status_code == 404
    moderating.graded(audit, "inadequate", {"plan": "good"}, by=vera)
    assert signed_in(vera).post(page(audit, "grade/save/"), own).status_code == 404


def test_two_windows_stand_beside_each_other_until_she_chooses() -> None:
    audit = moderating.audit("inadequate")
    vera = moderating.allotted(audit)
    client = signed_in(vera)
    for words_ in ("Seen twice.", "Seen once."):
        client.post(page(audit, "grade/save/"), {"q-plan_rationale": words_, "seen-plan_rationale": "0"})

    said = client.get(page(audit, "grade/")).content.decode()
    assert ("Seen twice." in said, "Seen once." in said) == (True, True)
    settled = {"settle": f"plan_rationale:{vera.pk}", "seen-plan_rationale": "1"}
    assert client.post(page(audit, "grade/settle/"), settled).status_code == 302
    said = client.get(page(audit, "grade/")).content.decode()
    assert ("Seen twice." in said, "Seen once." in said) == (False, True)


def test_only_what_differs_is_asked_and_a_change_needs_its_reason() -> None:
    audit = moderating.audit("inadequate")
    moderating.graded(audit, "inadequate", {"plan": "good"})
    client = signed_in(moderating.moderator())

    assert "1 grade differs" in words(client.get(page(audit, "agree/")))
    refused = client.post(page(audit, "agree/"), {"grade-0": "good", "because-0": ""})
    assert (refused.status_code, [said[:30] for said in faults(refused)]) == (400, ["Say why the grade was changed:"])
    assert client.post(page(audit, "agree/"), {"grade-0": "good", "because-0": "It is dated."}).status_code == 302
    assert "It is dated." in words(client.get(page(audit)))


def test_the_auditor_reads_how_well_it_was_done_and_a_director_does_not() -> None:
    audit = moderating.audit("inadequate")
    moderating.graded(audit, "inadequate")
    vera = signed_in(moderating.moderator())
    assert vera.post(page(audit, "audit/"), {"quality": "thin", "because": "No dates."}).status_code == 302

    readers = {
        name: "No dates." in words(signed_in(who).get(page(audit)))
        for name, who in (
            ("auditor", make.auditor_of(audit)), ("unit", make.council().maya), ("director", make.council().helena),
        )
    }  # fmt: skip
    assert readers == {"auditor": True, "unit": True, "director": False}


def test_the_audits_page_leads_to_its_moderation() -> None:
    audit = moderating.audit("inadequate")

    read = signed_in(make.council().maya).get(f"/audit/{audit.code}/read/").content.decode()
    assert page(audit) in read


def test_a_moderator_is_reminded_from_the_day_before_until_she_has_graded() -> None:
    audit = moderating.audit("inadequate")
    vera = moderating.allotted(audit)
    council, due = vera.authority_id, moderating.of(audit).due_on

    assert list(moderation_reminders(council, due - timedelta(days=2))) == []
    [reminder] = moderation_reminders(council, due - timedelta(days=1))
    assert (reminder.person, reminder.sentence) == (vera, "An audit to be graded, due Tuesday 13 October 2026.")
    moderating.graded(audit, "inadequate", by=vera)
    assert list(moderation_reminders(council, due)) == []


def test_a_stage_that_is_sighted_goes_straight_to_be_agreed() -> None:
    audit = moderating.audit("inadequate")
    Moderation.objects.filter(audit=audit).update(state="to agree")
    moderating.agreed(audit, {"plan": Given("good", "Dated.")}, make.council().maya)

    assert moderating.standing(audit)["plan"] == "good"
