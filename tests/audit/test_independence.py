"""Each tie to a file refuses its auditor: when it is allotted, when its audit is opened, when it is submitted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from goldenthread.audit import services
from goldenthread.audit.models import Audit, Part
from goldenthread.audit.queries import file_of, files_of
from goldenthread.audit.queries.allotting import audits_in_conflict
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Agency, Person, Post
from goldenthread.people.services import declare_conflict, end_conflict
from goldenthread.select.models import CaseList, DrawnCase
from goldenthread.select.queries.draws import cases_to_audit
from goldenthread.select.queries.frames import draw_frame
from goldenthread.select.services.draws import Chosen, cast, freeze
from goldenthread.web import clock
from tests import make
from tests.audit.counting import statements
from tests.browsing import signed_in, words
from tests.make import Line

pytestmark = pytest.mark.django_db
CASE = Line("C900", team="Duty 2", worker="Ffion Carrow")
Tie = Callable[[Person, DrawnCase], object]


def case(kind: str = "case_file") -> DrawnCase:
    """One drawn file, held by Ffion in Duty 2, for this kind of audit."""
    here, held = make.council(), make.session()
    listed = make.case_list([CASE])
    frame = draw_frame(listed, held, here.framework.parsed)
    draw = freeze(
        by=here.maya, case_list=listed, session=held, framework=here.framework, cases=frame.cases, exclusions=(),
        quotas=dict.fromkeys(frame.sizes, 1), now=make.NOW, chosen=Chosen(kind=kind, because="To test it."),
    )  # fmt: skip
    cast(by=here.maya, draw=draw, rolls=make.DICE, witnesses=make.WITNESSES, now=make.NOW)
    return cases_to_audit(held).get()


def held_before(person: Person, drawn: DrawnCase, *, months: int = 3, state: str = "loaded") -> CaseList:
    """An earlier list on which this person held the case."""
    as_at = clock.today() - relativedelta(months=months)
    earlier = make.case_list([Line(drawn.ref, team="Safeguarding 1", worker=person.name)], as_at=as_at)
    CaseList.objects.filter(pk=earlier.pk).update(state=state)
    return earlier


def reviews(person: Person, drawn: DrawnCase) -> None:
    """The list that the case was drawn from names this person as the child's reviewing officer."""
    line, listed = drawn.line, make.case_list([Line("C1")])
    line.pk, line.case_list, line.reviewer = None, listed, person
    line.save(force_insert=True)
    DrawnCase.objects.filter(pk=drawn.pk).update(line=line)


def manages_the_worker(person: Person, drawn: DrawnCase) -> None:
    """The worker's own post is in another team than the case, and this person manages that one."""
    other = make.team("Locality 9")
    Post.objects.filter(person=drawn.line.worker).update(team=other)
    _post(person, other, oversees="team")


def is_managed_by_the_worker(person: Person, drawn: DrawnCase) -> None:
    other = make.team("Locality 9")
    _post(drawn.line.worker, other, oversees="team")
    Post.objects.filter(person=person).update(team=other)


def _post(person: Person | None, team: object, **facts: str) -> None:
    Post.objects.create(
        authority=make.council().authority, person=person, team=team, kind="x", title="X", started_on=make.BEGAN,
        **facts,
    )  # fmt: skip


def audited_it(person: Person, drawn: DrawnCase) -> None:
    """She audited the same child's file at an earlier session."""
    audited(person, drawn.ref, date(2026, 5, 5))


def audited(person: Person, ref: str, held_on: date) -> None:
    """An audit of this child's file that this person submitted on this day."""
    earlier = make.drawn_session(1, of=make.session(held_on=held_on, seats=(person,)), cases=[Line(f"X{held_on}")])
    audit = make.submitted_audit(make.audit(earlier))
    Audit.objects.filter(pk=audit.pk).update(ref=ref)
    DrawnCase.objects.filter(pk=audit.case_id).update(audited_on=held_on)


def declares(person: Person, drawn: DrawnCase) -> None:
    declare_conflict(by=person, person=person, sort="relative", ref=drawn.ref, now=make.NOW)


TIES: dict[str, Tie] = {
    "held this case within the last 12 months": held_before,
    "is this child’s own reviewing officer or conference chair": reviews,
    "manages the worker who holds this case": manages_the_worker,
    "is managed by the worker who holds this case": is_managed_by_the_worker,
    "audited this file last time": audited_it,
    "has declared a conflict of interest": declares,
}
each_tie = pytest.mark.parametrize("why", TIES)


def of(why: str) -> DrawnCase:
    """A case for the tie: at a re-audit the framework asks who audited it last time."""
    return case("reaudit" if "audited" in why else "case_file")


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def tied(why: str, person: Person, drawn: DrawnCase) -> None:
    TIES[why](person, drawn)


@each_tie
def test_it_refuses_her_when_the_file_is_allotted(why: str) -> None:
    grace, drawn = make.council().grace, of(why)
    tied(why, grace, drawn)

    again = cases_to_audit(drawn.draw.session).get(pk=drawn.pk)

    with pytest.raises(Refused) as refused:
        services.allot(by=make.council().maya, case=again, auditors=[fresh(grace)], now=make.NOW)

    assert refused.value.sentences == (f"{grace.name} {why}, so may not audit this file.",)


@each_tie
def test_it_shuts_the_audit_to_her_when_it_came_after_the_allotment(why: str) -> None:
    grace, drawn = make.council().grace, of(why)
    audit = services.allot(by=make.council().maya, case=drawn, auditors=[grace], now=make.NOW)
    tied(why, grace, drawn)

    opened = make.opened(audit, fresh(grace))

    assert (opened.why_not, opened.may_write) == (why, False)


@each_tie
def test_it_refuses_what_she_submits(why: str) -> None:
    grace, drawn = make.council().grace, of(why)
    audit = make.answered_audit(services.allot(by=make.council().maya, case=drawn, auditors=[grace], now=make.NOW))
    tied(why, grace, drawn)
    answer = signed_in(fresh(grace)).post(f"/audit/{audit.code}/submit/")

    audit.refresh_from_db()
    assert (answer.status_code, audit.state) == (409, "in progress")
    assert f"You may not audit this file: you are someone who {why}." in words(answer)


@pytest.mark.parametrize(
    ("months", "state"), [(13, "loaded"), (3, "checking"), (3, "discarded")], ids=["long ago", "unloaded", "discarded"]
)
def test_who_held_it_longer_ago_or_on_a_list_that_does_not_count_may(months: int, state: str) -> None:
    grace, drawn = make.council().grace, case()
    held_before(grace, drawn, months=months, state=state)

    assert make.council().grace.pk not in (file_of(drawn).held or {})


def test_the_present_worker_is_not_one_who_held_it_before() -> None:
    drawn = case()
    held_before(make.council().ffion, drawn)

    assert file_of(drawn).held == {}


def test_of_several_audits_the_last_one_counts() -> None:
    here, drawn = make.council(), case()
    audited(here.grace, drawn.ref, date(2026, 5, 5))
    audited(here.sunita, drawn.ref, date(2026, 6, 2))

    assert file_of(drawn).audited_by == {here.sunita.pk}


def test_an_audit_is_not_its_own_last_one() -> None:
    audit = make.submitted_audit()

    assert file_of(audit).audited_by == frozenset()


def test_a_conflict_with_a_worker_or_a_team_counts_until_it_ends() -> None:
    here, drawn = make.council(), case()
    conflicts = [
        declare_conflict(by=here.grace, person=here.grace, sort="other", worker=here.ffion, now=make.NOW),
        declare_conflict(by=here.sunita, person=here.sunita, sort="other", team=make.team("Duty 2"), now=make.NOW),
        declare_conflict(
            by=here.zofia, person=here.zofia, sort="other", team=make.team("Looked After 1"), now=make.NOW
        ),
    ]
    assert file_of(drawn).declared == {here.grace.pk, here.sunita.pk}

    end_conflict(by=here.grace, conflict=conflicts[0], now=make.NOW)

    assert file_of(drawn).declared == {here.sunita.pk}


def test_the_agency_of_a_file_is_its_teams() -> None:
    here, drawn = make.council(), case()
    police = Agency.objects.create(authority=here.authority, name="Police")
    type(drawn.line.team).objects.filter(pk=drawn.line.team_id).update(agency=police)

    again = cases_to_audit(drawn.draw.session).get()
    audit = services.allot(by=here.maya, case=again, auditors=[here.grace], now=make.NOW)

    assert (file_of(again).agency, file_of(Audit.objects.get(pk=audit.pk)).agency) == (police.pk, police.pk)


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_on_record_takes_one_statement_however_many_files(number: int) -> None:
    cases = list(cases_to_audit(make.drawn_session(number)))

    assert statements(lambda: files_of(cases)) == 1


def test_of_no_files_nothing_is_asked() -> None:
    make.council()

    assert (statements(lambda: files_of([])), files_of([])) == (0, [])


# --- a conflict declared meanwhile ---------------------------------------------------------------------------


def test_a_conflict_declared_while_she_writes_refuses_the_next_save() -> None:
    audit = make.audit()
    auditor = make.auditor_of(audit)
    client, address = signed_in(auditor), f"/audit/{audit.code}/save/"
    sent = {"q-early_help_detail": "Some words.", "seen-early_help_detail": "0"}
    declare_conflict(by=auditor, person=auditor, sort="other", ref=audit.ref, now=make.NOW)

    answer = client.post(address, sent)

    assert answer.status_code == 409
    assert Part.objects.get(audit=audit).answers.count() == 0


def test_the_unit_is_told_of_audits_that_a_conflict_shuts() -> None:
    held = make.drawn_session(4)
    first, second, *_ = make.audits(held)
    auditor = make.auditor_of(first)
    declare_conflict(by=auditor, person=auditor, sort="other", ref=first.ref, now=make.NOW)
    submitted = make.submitted_audit(second)
    hers = make.auditor_of(submitted)
    declare_conflict(by=hers, person=hers, sort="other", ref=submitted.ref, now=make.NOW)

    found = list(audits_in_conflict(held.authority_id))

    assert [(audit.pk, audit.auditor_name) for audit in found] == [(first.pk, auditor.name)]


def test_opening_an_audit_takes_no_more_for_whoever_does_not_audit_it() -> None:
    audit, maya = make.audit(), make.council().maya
    make.opened(audit, maya)

    assert statements(lambda: make.opened(audit, maya)) == 1


def test_lists_after_today_do_not_count() -> None:
    grace, drawn = make.council().grace, case()
    earlier = held_before(grace, drawn)
    CaseList.objects.filter(pk=earlier.pk).update(as_at=clock.today() + timedelta(days=1))

    assert file_of(drawn).held == {}
