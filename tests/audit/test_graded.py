"""Files chosen for the grade they were last given, and how each audit says its file was chosen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from goldenthread.audit.queries.graded import LastGraded, cases_last_graded
from goldenthread.audit.services.graded import choose_graded
from goldenthread.method.refusal import Refused
from goldenthread.select.models import Draw
from tests import make
from tests.audit import moderating
from tests.browsing import form_in, signed_in, words

pytestmark = pytest.mark.django_db
NEXT = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def graded(*grades: str, moderated: bool = True) -> list[str]:
    """One submitted audit for each of these grades, all of one session, and their moderation; their references."""
    held = make.drawn_session(len(grades))
    audits = [make.submitted_audit(audit, grade=grade) for audit, grade in zip(make.audits(held), grades, strict=True)]
    for audit, grade in zip(audits, grades, strict=True):
        if moderated:
            assert moderating.graded(audit, grade).state == "agreed"
    return [audit.ref for audit in audits]


def last_graded(*grades: str, since: date = make.DAY - timedelta(days=60)) -> set[str]:
    return {case.ref for case in cases_last_graded(make.council().maya, grades, since)}


def test_the_cases_are_those_whose_last_audit_stands_at_the_grade() -> None:
    poor, good = graded("inadequate", "good")

    assert (last_graded("inadequate"), last_graded("good", "inadequate")) == ({poor}, {poor, good})


def test_a_grade_of_long_ago_is_not_asked_for() -> None:
    graded("inadequate")

    assert last_graded("inadequate", since=make.NOW.date() + timedelta(days=1)) == set()


def test_a_grade_that_is_being_moderated_does_not_stand_yet() -> None:
    graded("inadequate", moderated=False)

    assert last_graded("inadequate") == set()


def test_each_is_known_with_its_grade_and_day() -> None:
    (ref,) = graded("inadequate")

    found = cases_last_graded(make.council().maya, ["inadequate"], make.DAY - timedelta(days=60))
    assert found == [LastGraded(ref, "inadequate", make.NOW.date())]


def test_the_files_are_taken_for_a_session_and_marked_not_random() -> None:
    (ref,) = graded("inadequate")
    session, maya = make.session(held_on=NEXT), signed_in(make.council().maya)
    path = f"/audit/sessions/{session.code}/graded/"
    shown = maya.get(path)
    assert f"{ref} Inadequate" in words(shown)

    page = words(maya.post(path, form_in(shown), follow=True))

    draw = Draw.objects.get(session=session)
    case = draw.cases.get()
    assert (draw.way, draw.kind, draw.rule, case.ref) == ("event", "reaudit", "grade", ref)
    assert case.because.startswith("Last graded Inadequate, on ")
    assert "Not random Every case that something happened to." in page


def test_without_such_a_file_the_page_says_so() -> None:
    graded("good")

    page = words(signed_in(make.council().maya).get(f"/audit/sessions/{make.session(held_on=NEXT).code}/graded/"))

    assert "No file of the last 12 months stands at Inadequate and waits to be audited again." in page


def test_only_the_unit_chooses_them() -> None:
    session = make.session()

    assert signed_in(make.council().grace).get(f"/audit/sessions/{session.code}/graded/").status_code == 403


def test_an_audit_says_on_its_page_how_its_file_was_chosen() -> None:
    audit = make.audit()

    for who in (make.auditor_of(audit), make.council().maya):
        page = words(signed_in(who).get(f"/audit/{audit.code}/", follow=True))
        assert "Random Chosen at random, 1 of 6 children in need in " in page


def test_without_a_case_list_nothing_is_taken() -> None:
    here = make.council()
    with pytest.raises(Refused, match=r"^Load a case list first: the files are taken from it\.$"):
        choose_graded(
            by=here.maya, session=make.session(), framework=here.framework, kind="reaudit",
            cases=[LastGraded("C1", "inadequate", make.DAY)], now=make.NOW,
        )  # fmt: skip
