"""The pages of immediate concerns: raised in two steps, the list with its clock, answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from goldenthread.act.models import Concern
from goldenthread.trail.models import Event
from tests import make
from tests.act import concerned
from tests.browsing import faults, form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False) as travel:
        yield travel


def test_it_is_raised_in_two_steps_one_key_from_where_the_audit_is_written() -> None:
    here, [audit] = make.council(), concerned.half_written()
    client, raising = signed_in(here.grace), f"/act/concerns/audits/{audit.code}/raise/"
    section = make.opened(audit).template.sections[0].name
    for path in (f"/audit/{audit.code}/", f"/audit/{audit.code}/sections/{section}/"):
        assert f'href="{raising}" accesskey="c"' in client.get(path).content.decode()

    lacking = client.post(raising, {"then": "confirm", "worry": concerned.WORRY})
    assert (lacking.status_code, faults(lacking)) == (400, ["Say where in the record you saw it."])

    looked_over = client.post(raising, {"then": "confirm", "worry": concerned.WORRY, "seen": concerned.SEEN})
    assert f"Who is told at once {here.rafiq.name}, {here.bridget.name}" in words(looked_over)
    assert not Concern.objects.exists()

    changed = client.post(raising, form_in(looked_over) | {"then": "change"})
    assert (form_in(changed)["worry"], Concern.objects.count()) == (concerned.WORRY, 0)

    done = client.post(raising, form_in(looked_over) | {"then": "raise"}, follow=True)
    assert "The concern is raised. Told now:" in words(done)
    assert f"{concerned.WORRY} Seen in the record: {concerned.SEEN}" in words(done)


def test_the_list_has_the_open_ones_first_with_their_clock_in_words(the_day) -> None:
    here, audits = make.council(), concerned.half_written(2)
    first, second = (concerned.raised(audit) for audit in audits)
    client = signed_in(here.rafiq)
    client.post(f"/act/concerns/{first.code}/acknowledge/")
    assert faults(client.post(f"/act/concerns/{first.code}/close/", {"outcome": ""})) == [
        "Say what was done and where the record shows it."
    ]
    client.post(f"/act/concerns/{first.code}/close/", {"outcome": "Visited today."})
    the_day.move_to(make.NOW + timedelta(hours=2))

    page = words(client.get("/act/concerns/"))
    assert f"{second.audit.ref} Answer due by 7:00pm, in 2 hours Duty 2 {here.grace.name}" in page
    assert (
        page.index(second.audit.ref) < page.index("Closed, the newest first") < page.index(f"{first.audit.ref} Closed")
    )

    the_day.move_to(make.NOW + timedelta(hours=5))
    assert "Answer was due by 7:00pm, 1 hour ago" in words(client.get("/act/concerns/"))
    assert second.audit.ref not in words(client.get("/act/concerns/?state=closed"))
    assert "No concern fits these filters." in words(client.get("/act/concerns/?text=NONE"))


def test_opening_it_is_on_record_and_whoever_raised_it_reads_that_it_is_in_hand() -> None:
    here, concern = make.council(), concerned.raised()
    signed_in(here.rafiq).get(f"/act/concerns/{concern.code}/")
    signed_in(here.rafiq).post(f"/act/concerns/{concern.code}/acknowledge/")

    page = words(signed_in(here.grace).get(f"/act/concerns/{concern.code}/"))

    assert Event.objects.filter(thing="concern", verb="read", by_id=here.rafiq.pk).count() == 1
    assert f"{here.rafiq.name} has it in hand." in page
    assert all(said in page for said in ("Raised the concern", "Acknowledged it", "Opened it"))


def test_your_work_says_it_before_anything_else_to_those_who_were_told() -> None:
    here, concern = make.council(), concerned.raised()

    told, others = words(signed_in(here.rafiq).get("/")), words(signed_in(here.maya).get("/"))

    assert f"Concern, case {concern.audit.ref}" in told
    assert "Acknowledge by 6 Oct 2026 at 7:00pm" in told
    assert "A child may be unsafe now" not in others


@pytest.mark.parametrize("path", ["", "acknowledge/", "close/"])
def test_to_anybody_else_there_is_no_such_concern(path: str) -> None:
    here, concern = make.council(), concerned.raised()
    for person in (here.ffion, here.nadia):
        client, address = signed_in(person), f"/act/concerns/{concern.code}/{path}"
        answer = client.post(address) if path else client.get(address)
        assert (answer.status_code, client.get("/act/concerns/nosuchcode00/").status_code) == (404, 404)


def test_who_may_not_raise_one_finds_no_page_for_it() -> None:
    here, [audit] = make.council(), concerned.half_written()
    for person in (here.rafiq, here.helena, here.kwame):
        assert signed_in(person).get(f"/act/concerns/audits/{audit.code}/raise/").status_code == 404
    assert signed_in(here.maya).get(f"/act/concerns/audits/{audit.code}/raise/").status_code == 200


def test_a_concern_that_waits_cannot_be_closed_and_the_unit_cannot_answer_for_others() -> None:
    here, concern = make.council(), concerned.raised()

    early = signed_in(here.rafiq).get(f"/act/concerns/{concern.code}/close/")
    units = signed_in(here.maya).post(f"/act/concerns/{concern.code}/acknowledge/")

    assert (early.status_code, units.status_code) == (403, 409)
    assert "once it is acknowledged" in words(early)
    assert "whoever was told that a child may be unsafe" in words(units)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_statements_however_many_there_are(number: int) -> None:
    for audit in concerned.half_written(number):
        concerned.raised(audit)

    assert statements(signed_in(make.council().maya), "/act/concerns/") == 4
