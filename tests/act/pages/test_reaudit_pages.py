"""Re-audits: the list, asking, arranging and excusing, one file before and after, and all of them."""

from __future__ import annotations

import pytest
import time_machine

from goldenthread.act.models import Reaudit
from goldenthread.act.services.returning import return_to_team
from goldenthread.audit.models import Audit
from tests import make
from tests.act import again
from tests.browsing import faults, signed_in, statements, words

pytestmark = pytest.mark.django_db

EVERYBODY = ("maya", "idris", "helena", "desmond", "bridget", "rafiq", "nadia", "zofia", "ffion", "grace", "sunita")
MANAGE = {"maya", "idris", "helena", "desmond", "bridget", "rafiq", "nadia", "zofia", "sunita"}


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False) as travel:
        yield travel


def opened_by(path: str) -> dict[str, int]:
    here = make.council()
    return {name: signed_in(getattr(here, name)).get(path).status_code for name in EVERYBODY}


# --- who may -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/act/reaudits/", "/act/reaudits/changes/"])
def test_the_lists_are_for_managers_the_directors_and_the_unit(path: str) -> None:
    opened = opened_by(path)

    assert {name for name, status in opened.items() if status == 200} == MANAGE
    assert {opened["ffion"], opened["grace"]} == {403}


def test_one_is_not_found_by_whoever_does_not_manage_its_team() -> None:
    opened = opened_by(f"/act/reaudits/{again.owed().code}/")

    assert {name for name, status in opened.items() if status == 200} == {
        "maya", "idris", "helena", "desmond", "bridget", "rafiq"
    }  # fmt: skip
    assert {opened[name] for name in ("nadia", "zofia", "ffion", "grace", "sunita")} == {404}


@pytest.mark.parametrize("step", ["arrange", "excuse"])
def test_only_the_unit_arranges_and_excuses(step: str) -> None:
    opened = opened_by(f"/act/reaudits/{again.owed().code}/{step}/")

    assert {name for name, status in opened.items() if status == 200} == {"maya", "idris"}


# --- the list ----------------------------------------------------------------------------------------------


def test_empty_it_says_when_one_is_owed() -> None:
    page = words(signed_in(make.council().maya).get("/act/reaudits/"))

    assert "No re-audit is to be arranged. One is owed when an audit is returned whose grade calls for it" in page


def test_a_line_says_which_file_why_and_by_when() -> None:
    again.owed()

    page = words(signed_in(make.council().maya).get("/act/reaudits/"))

    assert "1 re-audit, the soonest due first." in page
    assert "C001 Duty 2 For its grade To arrange, due in 92 days Arrange the re-audit of C001" in page


def test_a_place_or_a_state_that_is_none_is_the_beginning() -> None:
    again.owed()
    maya = signed_in(make.council().maya)

    pages = [words(maya.get(f"/act/reaudits/?{query}")) for query in ("after=then", "state=lost", "after=2026-01-01.x")]

    assert ["1 re-audit" in page for page in pages] == [True] * 3


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_statements_however_many_there_are(number: int) -> None:
    held = make.drawn_session(number, cases=[make.Line(f"C00{place}") for place in range(1, 5)])
    for audit in make.audits(held):
        make.returned_audit(make.submitted_audit(audit, grade="inadequate"))

    assert statements(signed_in(make.council().maya), "/act/reaudits/") == 8


# --- asked for, excused ------------------------------------------------------------------------------------


def test_one_is_asked_for_by_the_cases_reference_with_a_reason() -> None:
    audit = make.submitted_audit()
    maya = signed_in(make.council().maya)

    told = words(maya.post("/act/reaudits/ask/", {"ref": audit.ref, "because": "A complaint."}, follow=True))

    assert "A re-audit is owed by 6 January 2027." in told
    assert "Asked for: A complaint." in told


def test_what_cannot_be_asked_for_is_said() -> None:
    audit, maya = make.audit(), signed_in(make.council().maya)

    said = [
        faults(maya.post("/act/reaudits/ask/", given))
        for given in (
            {"ref": "Z999", "because": "A complaint."}, {"ref": audit.ref, "because": "A complaint."},
            {"ref": audit.ref, "because": " "},
        )
    ]  # fmt: skip

    assert said == [
        ["Case reference: no file “Z999” was ever audited here."],
        ["This audit is not submitted yet, so there is nothing to audit again."],
        ["Say why this file is to be audited again: it stays on record."],
    ]


def test_one_is_excused_with_a_reason() -> None:
    owed, maya = again.owed(), signed_in(make.council().maya)
    path = f"/act/reaudits/{owed.code}/excuse/"
    nothing = faults(maya.post(path, {"because": ""}))

    maya.post(path, {"because": "The case is closed."})

    assert nothing in ([], ["Say why this file is not audited again: it stays on record."])
    assert "Excused The case is closed." in words(maya.get("/act/reaudits/?state=excused"))


# --- arranged ----------------------------------------------------------------------------------------------


def test_first_the_session_is_chosen_then_who_of_those_seated_may() -> None:
    owed, session = again.owed(), again.session()
    maya, path = signed_in(make.council().maya), f"/act/reaudits/{owed.code}/arrange/"

    sessions = words(maya.get(path))
    auditors = words(maya.get(f"{path}?session={session.code}"))

    first = again.first_auditor(owed)
    assert "Safeguarding and child protection, Tuesday 17 November 2026" in sessions
    assert f"{first.name} audited this file last time." in auditors
    assert f"{again.somebody_else(owed).name}, " in auditors


def test_it_is_arranged_and_allotted_at_once() -> None:
    owed, session = again.owed(), again.session()
    maya, auditor = signed_in(make.council().maya), again.somebody_else(owed)

    told = words(
        maya.post(f"/act/reaudits/{owed.code}/arrange/?session={session.code}", {"auditor": auditor.code}, follow=True)
    )

    assert f"{auditor.name} audits the file again on 17 November 2026." in told
    assert make.auditor_of(Audit.objects.get(kind="reaudit")) == auditor


def test_the_first_auditor_cannot_be_chosen() -> None:
    owed, session = again.owed(), again.session()
    path = f"/act/reaudits/{owed.code}/arrange/?session={session.code}"

    answer = signed_in(make.council().maya).post(path, {"auditor": again.first_auditor(owed).code})

    assert "is not one of the answers. Choose one of those listed." in faults(answer)[0]
    assert Reaudit.objects.get().state == "owed"


def test_without_a_session_to_come_one_is_led_to_arranging_it() -> None:
    owed = again.owed()
    with time_machine.travel("2026-12-09T10:00:00Z", tick=False):
        page = words(signed_in(make.council().maya).get(f"/act/reaudits/{owed.code}/arrange/"))

    assert "No session is to come, and no month’s round is open. Arrange a session" in page


def test_what_is_arranged_is_not_arranged_again() -> None:
    arranged = again.arranged()

    answer = signed_in(make.council().maya).get(f"/act/reaudits/{arranged.code}/arrange/")

    assert (answer.status_code, "This re-audit is arranged, done or excused already." in words(answer)) == (403, True)


# --- before and after --------------------------------------------------------------------------------------


def test_one_file_stands_side_by_side_section_by_section() -> None:
    done = again.audited_again(grade="good")

    page = words(signed_in(make.council().maya).get(f"/act/reaudits/{done.code}/"))

    assert "The whole file Inadequate Good Better" in page
    assert "1 of 1 task of the first audit is still open." in page
    assert "Asked by the re-audit Nothing more." in page


def test_the_teams_side_sees_what_was_found_once_it_is_returned() -> None:
    done, here = again.audited_again(grade="good"), make.council()
    path = f"/act/reaudits/{done.code}/"
    before = words(signed_in(here.rafiq).get(path))
    return_to_team(by=here.maya, audit=done.again, now=make.NOW, today=make.DAY)

    after = words(signed_in(here.rafiq).get(path))

    whole = "The whole file Inadequate Good Better"
    assert (whole in before, whole in after) == (False, True)
    assert "What was found is shown here once the Quality Assurance Unit has returned it to the team." in before


def test_all_of_them_are_counted_better_the_same_or_worse_and_nobody_is_named() -> None:
    done = again.audited_again(grade="good")

    page = words(signed_in(make.council().maya).get("/act/reaudits/changes/"))

    assert "Files audited again for their grade 1 of 1 files were graded better than before." in page
    assert "Better The same Worse Files 1 0 0 1" in page
    assert make.auditor_of(done.again).name not in page


def test_before_any_is_done_it_says_what_will_be_there() -> None:
    page = words(signed_in(make.council().maya).get("/act/reaudits/changes/"))

    assert "No re-audit is submitted yet. Each file audited again is counted here" in page


@pytest.mark.parametrize("actions", [1, 3])
def test_before_and_after_take_the_same_statements_however_much_was_asked(actions: int) -> None:
    again.returned(actions=tuple(f"Do thing {place}." for place in range(actions)))
    done = again.audited_again(Reaudit.objects.get())

    assert statements(signed_in(make.council().maya), f"/act/reaudits/{done.code}/") == 8


# --- grades changed after the return -----------------------------------------------------------------------


def test_there_is_nothing_to_bring_up_to_date_where_no_grade_was_changed() -> None:
    again.owed()
    maya = signed_in(make.council().maya)

    answer = maya.post("/act/reaudits/up-to-date/")

    assert (answer.status_code, "is still called for" in words(answer)) == (409, True)
    assert "Bring the re-audits up to date" not in words(maya.get("/act/reaudits/"))
