"""Two auditors apart: neither sees the other's part before both have submitted; then they agree, and both are kept."""

from __future__ import annotations

import pytest

from goldenthread.audit import services
from goldenthread.audit.models import Audit, Judgement
from goldenthread.audit.queries import audits_to_write
from goldenthread.audit.queries.agreeing import Agreement, agreement_or_none
from goldenthread.audit.queries.parts import audits_to_agree, open_part_or_none
from goldenthread.audit.services.agreeing import Agreed
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.audit import parting
from tests.audit.parting import answered
from tests.cast import Council

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Council:
    return make.council()


@pytest.fixture
def audit(here: Council) -> Audit:
    """A file that Grace and Sunita audit, each by herself."""
    audit = make.audit()
    services.allot(by=here.maya, case=audit.case, auditors=[here.grace], now=make.NOW)
    return parting.apart(audit, here.sunita)


@pytest.fixture
def both(here: Council, audit: Audit) -> Audit:
    answered(audit, here.grace, "good")
    return answered(audit, here.sunita, "inadequate")


def agreement(audit: Audit, by: Person) -> Agreement:
    found = agreement_or_none(by, audit.code)
    assert found is not None
    return found


def all_agreed(of: Agreement, grade: str = "good", because: str = "The visits are in the notes.") -> list[Agreed]:
    return [Agreed(each.section, grade, because) for each in of.to_agree]


def judgements(audit: Audit) -> set[tuple[str, str, bool]]:
    return set(Judgement.objects.filter(audit=audit).values_list("stage", "grade", "stands"))


def test_each_opens_her_own_part(here: Council, audit: Audit) -> None:
    assert (make.opened(audit, here.grace).part.kind, make.opened(audit, here.sunita).part.kind) == (
        "auditor",
        "co_auditor",
    )


def test_neither_sees_the_others_part_until_both_are_submitted(here: Council, audit: Audit) -> None:
    answered(audit, here.grace, "good")

    assert open_part_or_none(here.sunita, audit.code, "auditor") is None
    assert open_part_or_none(here.grace, audit.code, "co_auditor") is None

    answered(audit, here.sunita, "inadequate")
    assert open_part_or_none(here.sunita, audit.code, "auditor") is not None
    assert open_part_or_none(here.grace, audit.code, "co_auditor") is not None


def test_one_part_submitted_is_no_audit_submitted(here: Council, audit: Audit) -> None:
    answered(audit, here.grace, "good")

    assert (audit.state, judgements(audit), list(audits_to_write(here.grace))) == ("in progress", set(), [])
    assert list(audits_to_write(here.sunita)) == [audit]


def test_her_submitted_part_is_not_written_in_while_the_other_writes(here: Council, audit: Audit) -> None:
    before = make.opened(audit, here.grace)
    answered(audit, here.grace, "good")

    with pytest.raises(Refused, match="Your part of this audit is submitted"):
        services.save_answers(by=here.grace, opened=before, changes=[], now=make.NOW)


def test_her_part_is_submitted_once_while_the_other_writes(here: Council, audit: Audit) -> None:
    answered(audit, here.grace, "good")

    with pytest.raises(Refused, match="You have submitted your part of this audit already"):
        services.submit(by=here.grace, opened=make.opened(audit, here.grace), now=make.NOW)


def test_there_is_nothing_to_agree_before_both_are_submitted(here: Council, audit: Audit) -> None:
    answered(audit, here.grace, "good")

    assert (agreement_or_none(here.grace, audit.code), list(audits_to_agree(here.grace))) == (None, [])


def test_both_sides_are_shown_section_by_section(here: Council, both: Audit) -> None:
    found = agreement(both, here.sunita)

    assert {(name, said.grade if said else "") for each in found.to_agree for name, said in each.said} == {
        (here.grace.name, "good"),
        (here.sunita.name, "inadequate"),
    }
    assert (found.differing, found.to_agree[-1].label) == (len(found.to_agree), "The whole file")
    assert [list(audits_to_agree(each)) for each in (here.grace, here.sunita, here.maya)] == [[both], [both], []]


def test_only_the_two_of_them_agree(here: Council, both: Audit) -> None:
    assert [agreement_or_none(each, both.code) for each in (here.maya, here.helena, here.ffion)] == [None, None, None]


@pytest.mark.parametrize("first", [True, False])
def test_what_they_agree_is_the_judgement_and_both_parts_are_kept(here: Council, both: Audit, first: bool) -> None:
    by = here.grace if first else here.sunita
    found = agreement(both, by)
    services.agree(by=by, agreement=found, agreed=all_agreed(found), now=make.NOW)

    both.refresh_from_db()
    assert (both.state, both.submitted_by, judgements(both)) == ("submitted", by, {("auditor", "good", True)})
    grades = {
        part.kind: set(part.answers.filter(value__in=["good", "inadequate"]).values_list("value", flat=True))
        for part in both.parts.filter(kind__in=["auditor", "co_auditor"])
    }
    assert grades == {"auditor": {"good"}, "co_auditor": {"inadequate"}}
    assert agreement_or_none(by, both.code) is None


def test_what_each_had_said_is_on_the_trail(here: Council, both: Audit) -> None:
    found = agreement(both, here.grace)
    services.agree(by=here.grace, agreement=found, agreed=all_agreed(found), now=make.NOW)

    assert Event.objects.get(verb="agreed").was["overall"] == {here.grace.name: "good", here.sunita.name: "inadequate"}


def test_where_they_differ_the_reason_is_asked_for_and_nothing_is_kept_by_half(here: Council, both: Audit) -> None:
    found = agreement(both, here.grace)
    agreed = [*all_agreed(found)[:-1], Agreed("", "good", "  ")]

    with pytest.raises(Refused, match="Say why you agree on that grade for “The whole file”"):
        services.agree(by=here.grace, agreement=found, agreed=agreed, now=make.NOW)

    both.refresh_from_db()
    assert (both.state, judgements(both)) == ("in progress", set())


def test_a_grade_that_was_not_offered_is_refused(here: Council, both: Audit) -> None:
    found = agreement(both, here.grace)

    with pytest.raises(Refused) as refused:
        services.agree(by=here.grace, agreement=found, agreed=all_agreed(found, "splendid"), now=make.NOW)
    assert refused.value.sentences[-1] == "Choose the grade you agree on for “The whole file”."


def test_where_both_say_the_same_their_own_reasons_stand(here: Council, audit: Audit) -> None:
    answered(audit, here.grace, "good")
    answered(audit, here.sunita, "good")
    found = agreement(audit, here.grace)
    services.agree(by=here.grace, agreement=found, agreed=all_agreed(found, because=""), now=make.NOW)

    overall = Judgement.objects.get(audit=audit, section="")
    said = make.PLAIN_ANSWERS["narrative"]
    assert overall.rationale == f"{here.grace.name}: {said}\n\n{here.sunita.name}: {said}"
