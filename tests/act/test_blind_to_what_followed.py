"""Whoever grades a file blind finds nothing of what followed from its audit: no check of its tasks, no re-audit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from goldenthread.audit.models import Audit
from goldenthread.audit.services import calibration as calibrating
from goldenthread.people.models import Person
from tests import make
from tests.act import again, assured
from tests.audit import moderating
from tests.browsing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(assured.LATER, tick=False):
        yield


def blind_to(audit: Audit, name: str) -> Person:
    """Somebody of the unit, who reads everything else, asked to grade this file with another."""
    blind = moderating.who_reads_everything(name)
    people = [blind, moderating.moderator(f"Beside {name}")]
    calibrating.begin_calibration(
        by=make.council().maya, audit=audit, title="Plans", people=people, closes_on=assured.LATER.date(),
        now=assured.LATER,
    )  # fmt: skip
    return blind


def leads(person: Person, address: str, to: str) -> bool:
    return f'href="{to}"' in signed_in(person).get(address).content.decode()


def opens(person: Person, page: str) -> int:
    return int(signed_in(person).get(page).status_code)


def test_a_check_of_one_of_its_tasks() -> None:
    check = assured.a_check()
    page, sample = f"/act/assurance/checks/{check.code}/", f"/act/assurance/samples/{check.sample.code}/"
    blind, maya = blind_to(check.task.returned.audit, "Vera Blind"), make.council().maya

    assert (opens(maya, page), leads(maya, sample, page)) == (200, True)
    assert (opens(blind, page), leads(blind, sample, page)) == (404, False)


@pytest.mark.parametrize("second", [False, True])
def test_its_re_audit_as_well_as_the_audit_that_it_followed_from(second: bool) -> None:
    found = again.audited_again()
    page, listed, maya = f"/act/reaudits/{found.code}/", "/act/reaudits/?state=done", make.council().maya
    blind = blind_to(Audit.objects.get(pk=found.again_id) if second else found.audit, "Vera Blind")

    assert (opens(maya, page), leads(maya, listed, page)) == (200, True)
    assert (opens(blind, page), leads(blind, listed, page)) == (404, False)
