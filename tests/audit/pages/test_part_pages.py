"""The pages of an audit's parts: written, checked, submitted, read; and agreed where two audit apart."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.audit.models import Answer, Audit, Judgement, Part
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.audit import parting
from tests.audit.counting import statements as counted
from tests.browsing import faults, form_in, signed_in, statements, words
from tests.cast import Council

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Council:
    return make.council()


@pytest.fixture
def audit(here: Council) -> Audit:
    return parting.audit()


def path(audit: Audit, kind: str = "practitioner", then: str = "") -> str:
    return f"/audit/{audit.code}/parts/{kind}/{then}"


def test_the_practitioner_writes_her_view_and_sees_nothing_of_the_audit(here: Council, audit: Audit) -> None:
    page = words(signed_in(here.ffion).get(path(audit)))

    assert "What should we know?" in page
    assert "Tuesday 13 October 2026" in page
    assert not {each.name for each in (here.grace, here.sunita) if each.name in page}


def test_what_she_sends_is_kept_and_checked_and_submitted_once(here: Council, audit: Audit) -> None:
    client = signed_in(here.ffion)
    form = form_in(client.get(path(audit))) | {"q-said": "She is doing well.", "then": "submit"}

    assert client.post(path(audit), form).url == path(audit, then="submit/")
    assert "She is doing well." in words(client.get(path(audit, then="submit/")))
    assert client.post(path(audit, then="submit/")).url == path(audit, then="read/")
    assert client.post(path(audit, then="submit/")).url == path(audit, then="read/")
    assert [part.submitted_by for part in Part.objects.filter(kind="practitioner")] == [here.ffion]
    assert "Given by Ffion Carrow" in words(client.get(path(audit, then="read/")))


def test_what_cannot_be_kept_stays_on_the_page(here: Council, audit: Audit) -> None:
    response = signed_in(here.ffion).post(path(audit), {"q-said": "x" * 20_001, "seen-said": "0"})

    assert response.status_code == 400
    assert len(faults(response)) == 1
    assert "x" * 20_001 in response.content.decode()


def test_the_script_saves_as_typed(here: Council, audit: Audit) -> None:
    answer = signed_in(here.ffion).post(path(audit, then="save/"), {"q-said": "She is", "seen-said": "0"})

    assert [each["version"] for each in answer.json()["saved"]] == [1]
    assert Answer.objects.get(part__kind="practitioner").value == "She is"


def test_two_answers_that_differ_are_settled_on_the_parts_own_page(here: Council, audit: Audit) -> None:
    parting.write(audit, here.grace, "discussion", ("said", "We agreed.", 0))
    parting.write(audit, here.sunita, "discussion", ("said", "We did not.", 0))
    client = signed_in(here.grace)

    assert path(audit, "discussion", "settle/") in client.get(path(audit, "discussion")).content.decode()
    client.post(path(audit, "discussion", "settle/"), {"settle": "said:both", "seen-said": "1"})
    assert Answer.objects.get(part__kind="discussion").value == "We agreed.\n\nWe did not."


@pytest.mark.parametrize("then", ["", "save/", "settle/", "submit/", "read/"])
def test_for_whom_it_is_not_there_is_nothing_there(here: Council, audit: Audit, then: str) -> None:
    client = signed_in(here.kwame)
    post = then in {"save/", "settle/"}

    assert (client.post if post else client.get)(path(audit, then=then)).status_code == 404


@pytest.mark.parametrize("kind", ["auditor", "co_auditor", "moderator", "nothing"])
def test_only_parts_beside_the_auditors_are_written_here(here: Council, audit: Audit, kind: str) -> None:
    assert signed_in(make.auditor_of(audit)).get(path(audit, kind)).status_code == 404


def test_an_auditor_does_not_read_what_is_not_submitted(here: Council, audit: Audit) -> None:
    parting.write(audit, here.ffion, "practitioner")
    client = signed_in(make.auditor_of(audit))
    assert client.get(path(audit, then="read/")).status_code == 404

    parting.give(audit, here.ffion, "practitioner", ("said", "She is doing well.", 1))
    assert "She is doing well." in words(client.get(path(audit, then="read/")))


def test_reading_a_part_is_on_the_trail(here: Council, audit: Audit) -> None:
    parting.give(audit, here.ffion, "practitioner")
    signed_in(here.maya).get(path(audit, then="read/"))

    assert [event.now for event in Event.objects.filter(verb="saw", by_id=here.maya.pk)] == [{"part": "practitioner"}]


def test_the_audits_page_lists_its_parts(here: Council, audit: Audit) -> None:
    audit.parts.filter(kind="family").update(due_on=date(2040, 12, 31))
    page = words(signed_in(make.auditor_of(audit)).get(f"/audit/{audit.code}/"))

    assert "Practitioner's own view Not given by 13 Oct 2026 You see it once it is submitted." in page
    assert "The family's voice Asked for, by 31 Dec 2040 Write it" in page


def test_the_returned_audits_page_has_what_was_given_and_the_reply(here: Council, audit: Audit) -> None:
    parting.give(audit, here.ffion, "practitioner")
    returned = make.returned_audit(make.submitted_audit(audit))
    client = signed_in(here.ffion)

    assert path(audit, "reply") in client.get(f"/act/{returned.code}/").content.decode()
    assert "She is doing well." in words(client.get(f"/act/{returned.code}/audit/"))


def test_opening_a_part_takes_as_many_statements_however_many_parts_there_are(here: Council) -> None:
    one = parting.audit("practitioner")
    client = signed_in(here.ffion)
    few = statements(client, path(one))
    parting.templates()
    for kind in ("family", "discussion", "reply"):
        Part.objects.create(authority=here.authority, audit=one, kind=kind)

    assert statements(client, path(one)) == few


@pytest.mark.parametrize("kinds", [("practitioner",), ("practitioner", "family", "discussion")])
@pytest.mark.parametrize(("page", "number"), [("", 11), ("read/", 12)])
def test_an_audits_pages_take_as_many_statements_however_many_parts_it_has(
    here: Council, kinds: tuple[str, ...], page: str, number: int
) -> None:
    audit = parting.audit(*kinds)
    if page:
        make.submitted_audit(audit)
    client, address = signed_in(make.auditor_of(audit)), f"/audit/{audit.code}/{page}"
    client.get(address)

    assert (audit.parts.count(), counted(lambda: client.get(address))) == (len(kinds) + 1, number)


def test_an_auditor_comes_back_to_the_audit_and_the_practitioner_to_her_work(here: Council, audit: Audit) -> None:
    auditor = make.auditor_of(audit)

    assert (
        f'href="/audit/{audit.code}/" class="govuk-back-link"'
        in signed_in(auditor).get(path(audit, "family")).content.decode()
    )
    assert 'href="/" class="govuk-back-link"' in signed_in(here.ffion).get(path(audit)).content.decode()


# --- agreeing ----------------------------------------------------------------------------------------------


@pytest.fixture
def both(here: Council) -> Audit:
    audit = make.audit()
    parting.apart(audit, other(here, audit))
    parting.answered(audit, make.auditor_of(audit), "good")
    return parting.answered(audit, other(here, audit), "inadequate")


def other(here: Council, audit: Audit) -> Person:
    return here.sunita if make.auditor_of(audit) == here.grace else here.grace


def test_two_auditors_agree_on_one_page(here: Council, both: Audit) -> None:
    client = signed_in(make.auditor_of(both))
    page = client.get(f"/audit/{both.code}/agree/")
    form = form_in(page)
    for name in [name for name in form if name.startswith("because-")]:
        form |= {name: "The visits are in the notes.", name.replace("because", "grade"): "good"}

    assert {here.grace.name, here.sunita.name} <= {
        name for name in (here.grace.name, here.sunita.name) if name in words(page)
    }
    assert client.post(f"/audit/{both.code}/agree/", form).url == f"/audit/{both.code}/read/"
    assert set(Judgement.objects.values_list("grade", flat=True)) == {"good"}


def test_what_is_not_agreed_is_said_at_its_field(here: Council, both: Audit) -> None:
    client = signed_in(make.auditor_of(both))
    response = client.post(f"/audit/{both.code}/agree/", form_in(client.get(f"/audit/{both.code}/agree/")))

    assert faults(response)[-1] == "Choose the grade you agree on for “The whole file”."
    assert Judgement.objects.count() == 0


def test_the_page_to_agree_is_there_for_the_two_of_them_alone(here: Council, both: Audit) -> None:
    opened = [
        signed_in(each).get(f"/audit/{both.code}/agree/").status_code for each in (here.grace, here.sunita, here.maya)
    ]

    assert opened == [200, 200, 404]
