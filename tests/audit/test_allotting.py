"""Files go to those who may audit them, and to nobody else; each refusal is a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from goldenthread.audit import services
from goldenthread.audit.models import Audit
from goldenthread.audit.queries import allotment_of, auditors_of, audits_in, audits_to_write
from goldenthread.audit.queries.allotting import session_table
from goldenthread.framework import models as versions
from goldenthread.method.capacity import Effort, Measured
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.select.models import DrawnCase
from goldenthread.select.queries.draws import cases_to_audit
from goldenthread.select.services import draws
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


# --- all at once -------------------------------------------------------------------------------------------


def under(**rules: object) -> None:
    """The council's framework, allotting by these rules."""
    version = make.council().framework
    allotting = replace(version.parsed.allotting, **rules)  # type: ignore[arg-type]
    changed = replace(version.parsed, allotting=allotting)
    versions._frameworks[version.sha256] = changed


@pytest.fixture
def apart() -> Iterator[None]:
    """Two audit each file apart, one of them more senior."""
    kept = dict(versions._frameworks)
    under(pairs="apart", mixed_seniority=True)
    yield
    versions._frameworks.clear()
    versions._frameworks.update(kept)


def parts_of(audit: Audit) -> dict[str, set[Person]]:
    return {part.kind: set(part.people.all()) for part in audit.parts.all()}


def test_files_of_one_status_go_to_different_people() -> None:
    cases = [Line(f"C{n}", "looked_after" if n % 2 else "care_leaver") for n in range(4)]
    held = make.drawn_session(4, of=make.session("looked_after"), cases=cases)

    services.share_out(by=make.council().maya, session=held, now=make.NOW)

    mix = Counter((person.pk, audit.status) for audit in audits_in(held) for person in auditors_of(audit))
    assert set(mix.values()) == {1}


def test_a_measured_effort_counts_for_the_framework_where_it_is_known() -> None:
    held = make.drawn_session(3)
    table = session_table(held, make.DAY)
    known = Effort("under_1", 20, 40, 8, effort=1.5, low=1.2, high=1.8)
    cases = list(table.cases.values())

    assert {table.effort(case) for case in cases} == {100}
    measured = replace(table, measured=Measured(20, 8, (known,), {}))
    assert {measured.effort(case) for case in cases} == {150}


def test_two_who_audit_apart_have_a_part_each(apart: None) -> None:
    here = make.council()

    audit = allot(duty_case(), here.grace, here.sunita)

    assert parts_of(audit) == {"auditor": {here.grace}, "co_auditor": {here.sunita}}
    assert Event.objects.filter(verb="allotted").latest("seq").now == sorted([here.grace.pk, here.sunita.pk])


def test_whoever_audits_apart_already_keeps_her_part(apart: None) -> None:
    here = make.council()
    case = duty_case()
    allot(case, here.grace, here.sunita)

    audit = allot(case, here.zofia, here.grace)

    assert parts_of(audit) == {"auditor": {here.grace}, "co_auditor": {here.zofia}}


def test_a_second_part_that_is_not_begun_goes_with_its_person(apart: None) -> None:
    here = make.council()
    case = duty_case()
    allot(case, here.grace, here.sunita)

    assert parts_of(allot(case, here.grace)) == {"auditor": {here.grace}}


def test_three_do_not_audit_apart(apart: None) -> None:
    here = make.council()

    assert refusal(duty_case(), here.grace, here.sunita, here.zofia) == (
        "Two people at most audit a file apart: choose one or two.",
    )


def test_files_are_shared_out_to_pairs_of_different_seniority(apart: None) -> None:
    here = make.council()
    make.person("social_worker", "Looked After 1", name="Junior One")
    junior = Person.objects.get(name="Junior One")
    held = make.drawn_session(4, of=make.session(seats=(here.grace, here.sunita, here.joel, junior)))

    services.share_out(by=here.maya, session=held, now=make.NOW)

    seniors = {here.grace.pk, here.sunita.pk}
    pairs = [{person.pk in seniors for person in auditors_of(audit)} for audit in audits_in(held)]
    assert pairs == [{True, False}] * 4


def test_an_audit_is_of_the_kind_its_case_was_drawn_for() -> None:
    assert allot(duty_case(), make.council().grace).kind == "case_file"


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

    draws.replace(by=make.council().maya, case=audit.case, because="The file is with the court.", now=make.NOW)

    assert list(audits_to_write(auditor)) == []
