"""The register of senior managers' inspections, her own page, recording, and the statement that is signed."""

from __future__ import annotations

import pytest
import time_machine

from goldenthread.audit.models import Inspection, Statement
from goldenthread.select.models import Draw
from goldenthread.trail.models import Event
from tests import make
from tests.audit import inspecting
from tests.audit.inspecting import AFTER
from tests.browsing import faults, form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db

STATEMENT = "/audit/inspections/2026-10-01/statement/"


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False) as travel:
        yield travel


def recorded(inspection: Inspection, **typed: str):
    said = {
        "inspected_on-day": "6", "inspected_on-month": "10", "inspected_on-year": "2026", "good": "Held monthly.",
        "to_improve": "",
    }  # fmt: skip
    client = signed_in(inspection.person)
    return client.post(f"/audit/inspections/notes/{inspection.code}/", said | typed, follow=True)


# --- the register ------------------------------------------------------------------------------------------


def test_before_anything_is_drawn_the_unit_is_led_to_the_draw() -> None:
    response = signed_in(make.council().maya).get("/audit/inspections/")

    assert "/select/supervision/draw/" in response.content.decode()
    assert "No supervision notes yet (none allotted)" in words(response)


def test_a_cell_says_what_was_inspected_and_what_is_missing() -> None:
    inspecting.inspected(inspecting.shared_out()[0])

    page = words(signed_in(make.council().helena).get("/audit/inspections/"))

    assert "1 set of supervision notes" in page
    assert "No case file yet" in page


@pytest.mark.parametrize(
    ("name", "status"), [("maya", 200), ("idris", 200), ("helena", 200), ("bridget", 403), ("rafiq", 403)]
)
def test_the_register_is_for_the_unit_and_the_directors(name: str, status: int) -> None:
    assert signed_in(getattr(make.council(), name)).get("/audit/inspections/").status_code == status


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_takes_the_same_statements_however_many_there_are(number: int) -> None:
    for inspection in inspecting.shared_out()[:number]:
        inspecting.inspected(inspection)

    assert statements(signed_in(make.council().maya), "/audit/inspections/") == 9


@pytest.mark.parametrize("written", ["2026-10-02", "nonsense", "9999-12-31"])
def test_an_address_that_names_no_quarter_is_not_found(written: str) -> None:
    make.council()

    assert signed_in(make.council().helena).get(f"/audit/inspections/{written}/statement/").status_code == 404


# --- hers --------------------------------------------------------------------------------------------------


def test_she_sees_what_she_is_to_inspect_and_records_it() -> None:
    inspection = inspecting.shared_out()[0]
    page = words(signed_in(inspection.person).get("/audit/inspections/mine/"))

    response = recorded(inspection)

    inspection.refresh_from_db()
    assert inspection.case.line.worker_name in page
    assert (inspection.good, inspection.inspected_by) == ("Held monthly.", inspection.person)
    assert "is on record." in words(response)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"inspected_on-day": "31", "inspected_on-month": "2"}, "is not a real date"),
        ({"inspected_on-day": "7"}, "It must be on or before 6 October 2026."),
        ({"inspected_on-day": "5"}, "It must be on or after 6 October 2026."),
        ({"good": " "}, "Say what is good, or below what is to be put right."),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(typed: dict[str, str], said: str) -> None:
    inspection = inspecting.shared_out()[0]

    found = faults(recorded(inspection, **typed))

    assert len(found) == 1
    assert said in found[0]
    assert Inspection.objects.filter(inspected_at__isnull=False).count() == 0


def test_anothers_notes_are_not_found() -> None:
    shared = inspecting.shared_out()
    other = next(each.person for each in shared if each.person != shared[0].person)

    assert signed_in(other).get(f"/audit/inspections/notes/{shared[0].code}/").status_code == 404


def test_opening_notes_is_an_event() -> None:
    inspection = inspecting.shared_out()[0]
    before = Event.objects.filter(verb="read").count()
    signed_in(inspection.person).get(f"/audit/inspections/notes/{inspection.code}/")

    assert Event.objects.filter(verb="read").count() == before + 1


def test_a_director_opens_what_one_manager_inspected_with_its_draw() -> None:
    inspection = inspecting.inspected(inspecting.shared_out()[0])
    client = signed_in(make.council().helena)

    page = words(client.get(f"/audit/inspections/2026-10-01/people/{inspection.person.code}/"))

    assert "2026-10-01-supervision" in page


def test_the_unit_shares_out_from_the_register() -> None:
    draw = inspecting.drawn_notes()
    page = words(signed_in(make.council().maya).post(f"/audit/inspections/draws/{draw.code}/share-out/", follow=True))

    assert "4 sets of supervision notes are shared out." in page
    assert Inspection.objects.count() == 4


def test_a_director_may_not_share_out() -> None:
    draw = inspecting.drawn_notes()

    response = signed_in(make.council().helena).post(f"/audit/inspections/draws/{draw.code}/share-out/")
    assert (response.status_code, Inspection.objects.count()) == (409, 0)


# --- the statement -----------------------------------------------------------------------------------------


def test_before_the_quarter_is_over_the_page_says_when_it_can_be_signed() -> None:
    page = words(signed_in(make.council().helena).get(STATEMENT))

    assert "October to December 2026 is not over: the statement can be signed after 31 December 2026." in page


def test_the_director_signs_and_the_page_says_who_signed(the_day) -> None:
    inspecting.inspected(inspecting.shared_out()[0])
    the_day.move_to(AFTER)
    client = signed_in(make.council().helena)

    response = client.post(STATEMENT, form_in(client.get(STATEMENT)), follow=True)

    assert Statement.objects.count() == 1
    assert "The statement is signed." in words(response)
    assert "Helena Summerlath" in words(response)


def test_a_statement_that_changed_since_it_was_shown_is_shown_again_unsigned(the_day) -> None:
    first, second = inspecting.shared_out()[:2]
    inspecting.inspected(first)
    the_day.move_to(AFTER)
    client = signed_in(make.council().helena)
    shown = form_in(client.get(STATEMENT))
    inspecting.inspected(second)

    response = client.post(STATEMENT, shown)

    assert len(faults(response)) == 1
    assert Statement.objects.count() == 0


def test_the_unit_sees_the_statement_and_cannot_sign_it(the_day) -> None:
    make.council()
    the_day.move_to(AFTER)

    assert "A director signs this statement." in words(signed_in(make.council().maya).get(STATEMENT))


# --- the draw ----------------------------------------------------------------------------------------------


def test_the_unit_freezes_a_draw_of_notes_and_is_led_to_its_dice() -> None:
    client = signed_in(make.council().maya)
    page = client.get("/select/supervision/draw/")

    response = client.post("/select/supervision/draw/", form_in(page) | {"then": "freeze"}, follow=True)

    draw = Draw.objects.get()
    assert (draw.state, draw.session) == ("frozen", None)
    assert response.request["PATH_INFO"] == f"/select/draws/{draw.code}/"


def test_the_draw_of_notes_is_the_units_only() -> None:
    assert signed_in(make.council().helena).get("/select/supervision/draw/").status_code == 403
