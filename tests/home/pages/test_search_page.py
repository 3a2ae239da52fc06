"""The search finds what one may see, and nothing else."""

from __future__ import annotations

import pytest
import time_machine

from tests import make
from tests.act import duty
from tests.browsing import signed_in, statements, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def found(person, text: str) -> str:
    return words(signed_in(person).get("/search/", {"q": text}))


def test_a_case_is_found_by_the_beginning_of_its_reference() -> None:
    here, returned = make.council(), duty.returned()

    page = found(here.maya, returned.audit.ref[:3].lower())

    assert f"Returned audits {returned.audit.ref} , Duty 2, with the team Audits {returned.audit.ref} ," in page


@pytest.mark.parametrize(
    ("name", "audits", "returns"),
    [("ffion", False, True), ("rafiq", False, True), ("zofia", False, False), ("helena", True, True)],
)
def test_each_finds_only_what_she_may_see(name: str, audits: bool, returns: bool) -> None:
    here, returned = make.council(), duty.returned()

    response = signed_in(getattr(here, name)).get("/search/", {"q": returned.audit.ref}).content.decode()

    assert (f"/audit/{returned.audit.code}/" in response, f"/act/{returned.code}/" in response) == (audits, returns)


def test_a_session_is_found_by_its_group_venue_or_focus() -> None:
    here = make.council()
    make.session()

    texts = ("safeg", "civic", "plans that", "duty")
    assert ["Tuesday 6 October 2026" in found(here.maya, text) for text in texts] == [True, True, True, False]


def test_people_are_found_by_the_unit_only() -> None:
    here = make.council()

    assert "Ffion Carrow , Social Worker, Duty 2" in found(here.maya, "carrow")
    assert "Ffion Carrow" not in found(here.helena, "carrow")


def test_nothing_found_says_so() -> None:
    assert "Nothing that you can see fits “Z999”." in found(make.council().maya, "Z999")


def test_one_letter_is_too_little() -> None:
    assert "Give at least two letters or figures." in found(make.council().maya, "C")


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_statements_however_much_is_found(number: int) -> None:
    duty.submitted(files=number)

    assert statements(signed_in(make.council().maya), "/search/?q=C0") == 6
