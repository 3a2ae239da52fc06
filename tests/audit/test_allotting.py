"""Files go to those who may audit them, and to nobody else; each refusal is a sentence."""

from __future__ import annotations

import pytest

from goldenthread.audit import services
from goldenthread.audit.models import Audit
from goldenthread.audit.queries import allotment_of, auditors_of, audits_in, audits_to_write
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.select.models import DrawnCase
from goldenthread.select.queries.draws import cases_to_audit
from goldenthread.select.services.draws import replace
from goldenthread.trail.models import Event
from tests import make
from tests.make import Line

pytestmark = pytest.mark.django_db
DUTY_CASE = Line("C900", team="Duty 2", worker="Ffion Carrow")


def duty_case() -> DrawnCase:
    """One drawn file, held by Ffion in Duty 2, which is part of the Assessment and Duty Service."""
    return cases_to_audit(make.drawn_session(1, cases=[DUTY_CASE])).get()


def allot(case: DrawnCase, *auditors: Person, by: Person | None = None) -> Audit:
    return services.allot(by=by or make.council().maya, case=case, auditors=auditors, now=make.NOW)


def refusal(case: DrawnCase, *auditors: Person, by: Person | None = None) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        allot(case, *auditors, by=by)
    return refused.value.sentences


def test_an_audit_copies_what_the_case_list_said() -> None:
    here = make.council()
    audit = allot(duty_case(), here.grace)

    assert (audit.state, audit.ref, audit.status, audit.age_band, audit.team_name, audit.worker_name) == (
        "allotted",
        "C900",
        "child_in_need",
        "5 to 9",
        "Duty 2",
        "Ffion Carrow",
    )
    assert (audit.service, audit.worker, audit.answered, audit.asked) == (
        make.team("Assessment and Duty Service"),
        here.ffion,
        0,
        45,
    )


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("ffion", "holds this case"),
        ("rafiq", "manages the team that holds this case"),
        ("bridget", "manages the service that holds this case"),
    ],
)
def test_who_may_not_audit_a_file_is_refused_with_the_reason(who: str, why: str) -> None:
    person = getattr(make.council(), who)

    assert refusal(duty_case(), person) == (f"{person.name} {why}, so may not audit this file.",)


def test_a_colleague_in_the_team_is_refused() -> None:
    colleague = make.person("senior_practitioner", "Duty 2", name="Colleague Here")

    assert refusal(duty_case(), colleague) == (
        "Colleague Here is in the team that holds this case, so may not audit this file.",
    )


def test_of_two_each_who_may_not_is_named_and_nothing_is_allotted() -> None:
    here = make.council()

    assert len(refusal(duty_case(), here.grace, here.ffion, here.rafiq)) == 2
    assert Audit.objects.count() == 0


def test_nobody_is_nobody() -> None:
    assert refusal(duty_case()) == ("Choose who audits this file.",)


@pytest.mark.parametrize("who", ["grace", "rafiq", "helena", "desmond"])
def test_only_the_unit_allots(who: str) -> None:
    here = make.council()

    assert refusal(duty_case(), here.grace, by=getattr(here, who)) == (
        "Files are allotted by the Quality Assurance Unit.",
    )


def test_allotting_again_changes_who_and_keeps_what_was_written() -> None:
    here = make.council()
    case = duty_case()
    audit = make.answered_audit(allot(case, here.grace))

    again = allot(case, here.sunita, here.grace)

    assert (again.pk, again.state) == (audit.pk, "in progress")
    assert set(again.parts.get().people.all()) == {here.sunita, here.grace}
    assert again.parts.get().answers.count() > 40
    event = Event.objects.filter(verb="allotted").latest("seq")
    assert (event.was, event.now) == ([here.grace.pk], sorted([here.grace.pk, here.sunita.pk]))


def test_a_submitted_audit_stays_with_those_who_made_it() -> None:
    audit = make.submitted_audit()

    assert refusal(audit.case, make.council().sunita) == (
        "This audit is submitted, so it stays with those who made it.",
    )


def test_files_are_shared_out_evenly() -> None:
    held = make.drawn_session(6)

    assert services.share_out(by=make.council().maya, session=held, now=make.NOW) == 6
    names = [person.name for audit in audits_in(held) for person in auditors_of(audit)]
    assert sorted(map(names.count, set(names))) == [3, 3]


def test_files_are_shared_out_to_nobody_who_may_not_audit_them() -> None:
    here = make.council()
    held = make.drawn_session(4, of=make.session(seats=(here.rafiq, here.grace)))

    services.share_out(by=here.maya, session=held, now=make.NOW)

    found = [(person, audit.team_name) for audit in audits_in(held) for person in auditors_of(audit)]
    assert len(found) == 4
    assert (here.rafiq, "Duty 2") not in found


def test_sharing_out_counts_the_files_that_are_allotted_already() -> None:
    here = make.council()
    held = make.drawn_session(4)
    for case in list(cases_to_audit(held))[:2]:
        allot(case, here.grace)

    services.share_out(by=here.maya, session=held, now=make.NOW)

    names = [person.name for audit in audits_in(held) for person in auditors_of(audit)]
    assert sorted(map(names.count, set(names))) == [2, 2]


def test_sharing_out_twice_says_that_nothing_is_left() -> None:
    held = make.drawn_session(2)
    make.audits(held)

    with pytest.raises(Refused, match="Every file that somebody seated here may audit is allotted already"):
        services.share_out(by=make.council().maya, session=held, now=make.NOW)


def test_the_page_says_who_may_not_and_why() -> None:
    here = make.council()
    held = make.drawn_session(1, of=make.session(seats=(here.rafiq, here.bridget, here.grace)), cases=[DUTY_CASE])

    found = allotment_of(cases_to_audit(held).get(), make.DAY)

    assert found.barred == [
        (here.bridget.name, "manages the service that holds this case"),
        (here.rafiq.name, "manages the team that holds this case"),
    ]
    assert [key for key, _ in found.choices] == [str(here.grace.pk)]


# --- taken away --------------------------------------------------------------------------------------------


def withdrawal(audit: Audit, because: str = "The family moved away.", by: Person | None = None) -> Audit:
    return services.withdraw(by=by or make.council().maya, audit=audit, because=because, now=make.NOW)


def test_a_withdrawn_audit_keeps_what_was_written_and_why() -> None:
    audit = make.answered_audit()

    withdrawn = withdrawal(audit)

    assert (withdrawn.state, withdrawn.parts.get().answers.count() > 40) == ("withdrawn", True)
    assert Event.objects.latest("seq").because == "The family moved away."


def test_a_withdrawal_needs_its_reason() -> None:
    with pytest.raises(Refused, match="Say why this audit is withdrawn"):
        withdrawal(make.audit(), because=" ")


def test_only_the_unit_withdraws() -> None:
    audit = make.audit()

    with pytest.raises(Refused, match="To withdraw this audit is for the Quality Assurance Unit"):
        withdrawal(audit, by=make.auditor_of(audit))


def test_a_submitted_audit_is_not_withdrawn() -> None:
    with pytest.raises(Refused, match="This audit is “submitted”, so there is nothing to withdraw"):
        withdrawal(make.submitted_audit())


def test_the_case_of_a_withdrawn_audit_may_be_allotted_anew() -> None:
    audit = make.audit()
    withdrawal(audit)

    again = allot(audit.case, make.council().grace)

    assert (again.pk != audit.pk, again.state) == (True, "allotted")


def test_a_case_that_was_replaced_leaves_the_list_of_her_who_was_to_audit_it() -> None:
    audit = make.audit()
    auditor = make.auditor_of(audit)
    assert list(audits_to_write(auditor)) == [audit]

    replace(by=make.council().maya, case=audit.case, because="The file is with the court.", now=make.NOW)

    assert list(audits_to_write(auditor)) == []
