"""The grade that stands beside the one its auditor gave: who reads it, in what words, and with the reason."""

from __future__ import annotations

import pytest

from goldenthread.audit.models import Audit
from goldenthread.audit.queries.moderation import Given
from goldenthread.people.models import Person
from tests import make
from tests.audit import moderating, parting
from tests.browsing import signed_in, words
from tests.cast import Council

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Council:
    return make.council()


@pytest.fixture
def apart(here: Council) -> Audit:
    """Graded good by Grace and inadequate by Sunita, who agreed on inadequate."""
    audit = make.audit(make.drawn_session(1, of=make.session(seats=(here.grace,)), cases=[make.Line("C001")]))
    parting.apart(audit, here.sunita)
    parting.answered(audit, here.grace, "good")
    parting.answered(audit, here.sunita, "inadequate")
    return parting.agreed(audit, here.grace, "inadequate")


@pytest.fixture
def moderated(here: Council) -> Audit:
    """Graded outstanding by its auditor, and good by the moderator, on which they agreed."""
    audit = moderating.audit("outstanding")
    vera = moderating.allotted(audit)
    moderating.graded(audit, "good", by=vera)
    sections = moderating.standing(audit)
    moderating.agreed(audit, {name: Given("good", "The plan is late.") for name in sections}, vera)
    return audit


def reads(person: Person, audit: Audit) -> str:
    return words(signed_in(Person.objects.get(pk=person.pk)).get(f"/audit/{audit.code}/read/"))


AGREED = f"Good, agreed by both auditors as Inadequate, because: “{parting.BECAUSE}”"
MODERATED = "Outstanding, moderated to Good, because: “The plan is late.”"


def test_what_two_auditors_agreed_stands_beside_what_the_first_gave(here: Council, apart: Audit) -> None:
    assert AGREED in reads(here.maya, apart)


def test_the_second_auditor_reads_her_own_grade_which_stands(here: Council, apart: Audit) -> None:
    page = reads(here.sunita, apart)

    assert ("agreed by both auditors" in page, "Inadequate" in page) == (False, True)


def test_a_moderated_grade_stands_beside_the_auditors_for_the_unit_and_for_her(here: Council, moderated: Audit) -> None:
    assert MODERATED in reads(here.maya, moderated)
    assert MODERATED in reads(make.auditor_of(moderated), moderated)


def test_a_grade_that_stands_as_it_was_given_is_said_once(here: Council) -> None:
    page = reads(here.maya, make.submitted_audit())

    assert [each for each in ("agreed by both", "moderated to", "because:") if each in page] == []


@pytest.mark.parametrize(("which", "sentence"), [("apart", AGREED), ("moderated", MODERATED)])
def test_those_to_whom_it_is_returned_read_what_stands(request, here: Council, which: str, sentence: str) -> None:
    returned = make.returned_audit(request.getfixturevalue(which))
    ffion = signed_in(here.ffion)

    assert sentence in words(ffion.get(f"/act/{returned.code}/audit/"))
    first, _, rest = sentence.partition(", ")
    assert f"The whole file was graded {first} at first, {rest}" in words(ffion.get(f"/act/{returned.code}/"))


def test_the_grade_of_a_returned_audit_is_the_one_that_stands(here: Council, apart: Audit) -> None:
    returned = make.returned_audit(apart)

    assert "Grade Inadequate" in words(signed_in(here.ffion).get(f"/act/{returned.code}/"))
