"""Who sees which audit: the list and the single form agree over the whole cast, and what is not hers is not there."""

from __future__ import annotations

import pytest
from django.test import Client

from goldenthread.audit.models import Audit
from goldenthread.audit.queries import (
    AuditFilter,
    audits_visible_to,
    open_audit_or_none,
    page_of_audits,
    session_files,
    standings_of,
)
from goldenthread.method.access import may
from goldenthread.people.models import Authority, Person
from goldenthread.people.sign_in import signed_in
from tests import make
from tests.make import Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def audits() -> list[Audit]:
    """Four files of two sessions: allotted, in progress, submitted, withdrawn."""
    here = make.council()
    two = make.audits(make.drawn_session(2))
    looked_after = make.session("looked_after", seats=(here.zofia, here.nadia))
    cases = [Line(f"L{number}", "looked_after") for number in range(4)]
    others = make.audits(make.drawn_session(2, of=looked_after, cases=cases))
    make.answered_audit(two[1])
    make.submitted_audit(others[0])
    Audit.objects.filter(pk=others[1].pk).update(state="withdrawn")
    return [*two, *others]


def everyone() -> list[Person]:
    stranger = Authority.objects.create(name="Another council", short_name="Another")
    Person.objects.create(authority=stranger, username="stranger", name="Stranger There")
    found = [signed_in(person.pk) for person in Person.objects.all()]
    return [person for person in found if person]


def reads(person: Person, audit: Audit) -> bool:
    """The single form: what she is to it, held against the table of rights."""
    hers = audit.parts.filter(people=person).exists()
    return may("read an audit", standings_of(person, audit, audits_it=hers))


def test_the_list_and_the_single_form_agree_over_the_whole_cast(audits: list[Audit]) -> None:
    people = everyone()

    by_list = {(person.username, audit.pk) for person in people for audit in audits_visible_to(person)}
    by_one = {(person.username, audit.pk) for person in people for audit in audits if reads(person, audit)}
    by_page = {(p.username, a.pk) for p in people for a in audits if open_audit_or_none(p, a.code)}
    by_paging = {(p.username, a.pk) for p in people for a in page_of_audits(p, AuditFilter()).audits}

    assert (by_list, by_page, by_paging) == (by_one, by_one, by_one)


def test_these_and_no_others_see_audits(audits: list[Audit]) -> None:
    seen = {person.name.split()[0]: audits_visible_to(person).count() for person in everyone()}

    assert {name: count for name, count in seen.items() if count} == {
        "Maya": 4, "Idris": 4, "Helena": 4, "Desmond": 4, "Grace": 1, "Sunita": 1, "Zofia": 1, "Nadia": 1
    }  # fmt: skip


def test_an_auditor_sees_her_own_files_of_a_session_and_the_unit_all(audits: list[Audit]) -> None:
    here, session = make.council(), audits[0].session

    seen = {person.name: len(session_files(person, session)) for person in (here.maya, here.grace, here.rafiq)}

    assert list(seen.values()) == [2, 1, 0]


def test_what_is_not_hers_reads_like_what_is_not_there(audits: list[Audit]) -> None:
    client = Client()
    client.force_login(make.council().ffion, backend="goldenthread.people.sign_in.PersonBackend")
    pages = ("", "sections/record/", "submit/", "read/", "blank/", "history/", "findings/record/add/")

    for page in pages:
        hers, nothing = client.get(f"/audit/{audits[0].code}/{page}"), client.get(f"/audit/nothinghere/{page}")
        assert (hers.status_code, hers.content) == (404, nothing.content)
