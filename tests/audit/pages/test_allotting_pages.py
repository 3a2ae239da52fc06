"""Pages on which files are shared out, taken back and replaced: who has what, who may not and why."""

from __future__ import annotations

import pytest
from django.test import Client

from goldenthread.audit import services
from goldenthread.audit.models import Audit
from goldenthread.people.models import Person
from goldenthread.people.services import declare_conflict
from goldenthread.select.models import Draw, DrawnCase
from goldenthread.select.queries.draws import cases_to_audit
from tests import make
from tests.audit.counting import statements
from tests.browsing import faults, signed_in, words
from tests.make import Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya() -> Client:
    return signed_in(make.council().maya)


def declared(person: Person, **about: object) -> None:
    declare_conflict(by=person, person=person, sort="relative", now=make.NOW, **about)


# --- who has what ------------------------------------------------------------------------------------------


def test_the_page_says_what_each_has_and_who_may_not_audit_which(maya) -> None:
    here = make.council()
    held = make.drawn_session(of=make.session(seats=(here.rafiq, here.grace)), cases=[Line("C1"), Line("C2")])
    services.share_out(by=here.maya, session=held, now=make.NOW)

    page = words(maya.get(f"/audit/sessions/{held.code}/allotment/"))

    assert f"{here.rafiq.name} 0 none" in page
    assert "2 2 Child in need" in page
    assert f"{here.rafiq.name} manages the team that holds this case: C1, C2" in page.replace("\n", " ")


def test_a_file_that_nobody_who_sits_may_audit_comes_with_each_ones_reason(maya) -> None:
    here = make.council()
    held = make.drawn_session(1, of=make.session(seats=(here.rafiq, here.bridget)), cases=[Line("C1")])

    page = words(maya.get(f"/audit/sessions/{held.code}/allotment/"))

    assert (
        f"C1 {here.bridget.name} manages the service that holds this case. {here.rafiq.name} manages the team" in page
    )
    assert "Share out the files evenly" not in page


def test_a_conflict_declared_since_is_told_with_the_way_to_allot_it_anew(maya) -> None:
    audit = make.audit()
    auditor = make.auditor_of(audit)
    declared(auditor, ref=audit.ref)

    page = words(maya.get(f"/audit/sessions/{audit.session.code}/allotment/"))

    assert (
        f"{auditor.name} has declared a conflict of interest, so {audit.ref} is shut to them. "
        f"Allot it to somebody else. Change who audits {audit.ref}"
    ) in page


def test_without_seats_the_page_says_what_it_will_show(maya) -> None:
    held = make.drawn_session(1)
    held.seats.all().delete()

    assert "Nobody sits at this session yet." in words(maya.get(f"/audit/sessions/{held.code}/allotment/"))


@pytest.mark.parametrize("files", [1, 3])
def test_who_has_what_takes_as_many_statements_however_many_files_there_are(files: int, maya) -> None:
    held = make.drawn_session(files)
    make.audits(held)

    assert statements(lambda: maya.get(f"/audit/sessions/{held.code}/allotment/")) == 12


@pytest.mark.parametrize("who", ["grace", "helena", "ffion"])
def test_only_the_unit_sees_who_has_what(who: str) -> None:
    held = make.drawn_session(1)

    assert signed_in(getattr(make.council(), who)).get(f"/audit/sessions/{held.code}/allotment/").status_code == 403


# --- taken back --------------------------------------------------------------------------------------------


def test_what_nobody_has_begun_is_taken_back_and_the_rest_stays(maya) -> None:
    held = make.drawn_session(3)
    begun, *_ = make.audits(held)
    make.answered_audit(begun)

    page = words(maya.post(f"/audit/sessions/{held.code}/take-back/", follow=True))

    assert "2 files are taken back, to be shared out anew." in page
    assert list(Audit.objects.filter(session=held).exclude(state="withdrawn")) == [begun]


def test_one_file_is_taken_back_from_the_page_that_allots_it(maya) -> None:
    audit = make.audit()

    assert "Take it back: nobody has begun" in words(maya.get(f"/audit/cases/{audit.case.code}/allot/"))
    page = words(maya.post(f"/audit/{audit.code}/take-back/", follow=True))

    assert f"{audit.ref} is taken back and waits for somebody to audit it." in page
    assert "1 file has no auditor yet." in page


def test_a_file_that_is_begun_is_not_offered_to_be_taken_back(maya) -> None:
    audit = make.answered_audit()

    assert "Take it back" not in words(maya.get(f"/audit/cases/{audit.case.code}/allot/"))
    assert "Somebody has begun this audit, so it is not taken back." in words(
        maya.post(f"/audit/{audit.code}/take-back/")
    )


# --- replacing -------------------------------------------------------------------------------------------


def test_a_case_is_replaced_with_a_reason_that_stays(maya) -> None:
    draw = Draw.objects.get(session=make.drawn_session())
    case = draw.cases.order_by("pk")[0]
    path = f"/audit/cases/{case.code}/replace/"
    assert faults(maya.post(path, {"because": ""})) == [
        "Say why this file cannot be audited; the reason is kept with the draw."
    ]

    page = words(maya.post(path, {"because": "The file is with the court."}, follow=True))

    reserve = DrawnCase.objects.get(replaces=case)
    assert f"{case.ref} is replaced by {reserve.ref}, the next reserve." in page
    assert "Replaced The file is with the court." in page
    assert f"Takes the place of {case.ref}." in page


def test_a_case_without_a_reserve_is_said_on_the_form(maya) -> None:
    draw = Draw.objects.get(session=make.drawn_session(1, cases=[make.Line("C1")]))

    answer = maya.post(f"/audit/cases/{draw.cases.get().code}/replace/", {"because": "The file is with the court."})

    assert faults(answer) == ["All 0 reserves of 'child_in_need / Duty 2' have been used: no case is left to take."]


def test_a_case_of_another_council_is_not_found(maya) -> None:
    assert maya.get("/audit/cases/nothing/replace/").status_code == 404


def test_the_audit_of_a_replaced_case_is_withdrawn_with_it(maya) -> None:
    audit = make.audit(make.drawn_session(1))

    maya.post(f"/audit/cases/{audit.case.code}/replace/", {"because": "The file is with the court."})

    audit.refresh_from_db()
    assert (audit.state, audit.case.standing) == ("withdrawn", "replaced")


def test_of_an_audit_that_is_begun_it_is_asked_first(maya) -> None:
    audit = make.answered_audit(make.audit(make.drawn_session(1)))
    path, name = f"/audit/cases/{audit.case.code}/replace/", make.auditor_of(audit).name
    because = {"because": "The file is with the court."}

    assert faults(maya.post(path, because)) == [f"{name} began this file’s audit: tick the box, or keep the case."]
    audit.refresh_from_db()
    assert (audit.state, audit.case.standing) == ("in progress", "selected")

    maya.post(path, because | {"withdraw_begun": "on"})
    audit.refresh_from_db()
    assert (audit.state, audit.case.standing) == ("withdrawn", "replaced")


def test_the_case_of_a_submitted_audit_stays(maya) -> None:
    audit = make.submitted_audit()

    answer = maya.post(f"/audit/cases/{audit.case.code}/replace/", {"because": "Because.", "withdraw_begun": "on"})

    assert faults(answer) == ["The audit of this file is submitted, so its case cannot be replaced."]


def test_the_reserve_waits_to_be_allotted_in_its_place(maya) -> None:
    audit = make.audit(make.drawn_session(1))
    maya.post(f"/audit/cases/{audit.case.code}/replace/", {"because": "The file is with the court."})

    assert [case.replaces for case in cases_to_audit(audit.session)] == [audit.case]
