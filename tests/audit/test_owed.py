"""What post-holders owe and how it stands: counted from the posts, absences, excusals and submitted audits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine

from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit
from goldenthread.audit.queries.owed import (
    Ledger,
    account_of,
    ledger,
    ledger_visible_to,
    owed_now,
    to_open,
)
from goldenthread.audit.tallies import by_month, by_post, by_team, often_late
from goldenthread.method.framework import Owing
from goldenthread.method.periods import Period
from goldenthread.people.models import Authority, Person, Post
from goldenthread.plan.models import Absence, Session
from goldenthread.plan.queries.owed import holder_visible_to
from goldenthread.plan.services.rounds import open_round
from tests import make
from tests.audit import parting
from tests.audit.owing import NOW, TODAY, each_day, grant, lines, only, submit, submitted
from tests.cast import Council

pytestmark = pytest.mark.django_db

JUNE, JULY = Period(date(2027, 6, 1), date(2027, 6, 30)), Period(date(2027, 7, 1), date(2027, 7, 31))
AUGUST = Period(date(2027, 8, 1), date(2027, 8, 31))


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here() -> Council:
    return make.council()


def stands(found: Ledger, period: Period = JULY) -> dict[str, tuple[int, int, int]]:
    """(asked, submitted, late) of each person in a month."""
    return {
        line.holder.name.split()[0].lower(): (line.account.asked, line.account.submitted, line.account.late)
        for line in found.ending_in(period)
    }


def everybody(here: Council, period: Period = JULY) -> dict[str, tuple[int, int, int]]:
    return stands(ledger(here.authority.pk, TODAY), period)


def test_each_post_owes_what_the_framework_says(here: Council) -> None:
    assert everybody(here) == {
        "bridget": (2, 0, 0), "desmond": (1, 0, 0), "grace": (2, 0, 0), "helena": (1, 0, 0), "nadia": (2, 0, 0),
        "rafiq": (4, 0, 0), "zofia": (4, 0, 0),
    }  # fmt: skip


def test_nothing_is_owed_from_before_the_council_had_its_rules(here: Council) -> None:
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    found = [line.account for line in account_of(here.rafiq, TODAY).lines]

    assert found[-1].due.period == october
    assert found[-1].due.why == "4 a month, from 6 October (26 of 31 days): 3.35, so 3"


def test_audits_submitted_in_the_month_count_whoever_else_is_their_auditor(here: Council) -> None:
    held = make.drawn_session(2, of=make.session(held_on=date(2027, 7, 6)), cases=lines(2))
    for audit in make.audits(held):
        case = audit.case
        auditing.allot(by=here.maya, case=case, auditors=[here.grace, here.rafiq], now=NOW)
        submit(audit, date(2027, 7, 8))

    assert (everybody(here)["grace"], everybody(here)["rafiq"]) == ((2, 2, 0), (4, 2, 0))


def test_an_audit_that_two_made_apart_counts_for_both_once_they_have_agreed(here: Council) -> None:
    held = make.drawn_session(1, of=make.session(held_on=date(2027, 7, 6), seats=(here.grace,)), cases=lines(1))
    audit = parting.apart(make.audits(held)[0], here.rafiq)
    parting.answered(audit, here.grace, "good")
    parting.answered(audit, here.rafiq, "inadequate")
    before = everybody(here)
    parting.agreed(audit, here.rafiq, "good", now=datetime(2027, 7, 8, 12, tzinfo=UTC))

    assert (before["grace"], before["rafiq"]) == ((2, 0, 0), (4, 0, 0))
    assert (everybody(here)["grace"], everybody(here)["rafiq"]) == ((2, 1, 0), (4, 1, 0))


def test_a_round_counts_for_its_month_though_it_comes_in_the_next(here: Council) -> None:
    june = open_round(by=here.maya, month=JUNE, holders={here.rafiq: "team_manager"}, now=NOW)
    submitted(here.rafiq, date(2027, 7, 5), date(2027, 7, 6), of=june)

    assert (everybody(here, JUNE)["rafiq"], everybody(here)["rafiq"]) == ((4, 2, 2), (4, 0, 0))


def test_only_her_own_records_count_where_the_framework_says_so(here: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    own = replace(here.framework.parsed, owing=Owing(counts="own"))
    monkeypatch.setattr(type(here.framework), "parsed", property(lambda version: own))
    submitted(here.rafiq, date(2027, 7, 5))
    july = open_round(by=here.maya, month=JULY, holders={here.rafiq: "team_manager"}, now=NOW)
    submitted(here.rafiq, date(2027, 7, 6), date(2027, 7, 7), of=july)

    assert everybody(here)["rafiq"] == (4, 2, 0)


def test_half_a_month_half_a_week_and_an_absence_owe_so_much_less(here: Council) -> None:
    Post.objects.filter(person=here.rafiq).update(started_on=date(2027, 7, 16))
    Post.objects.filter(person=here.zofia).update(share="0.5")
    Absence.objects.create(
        authority=here.authority, person=here.bridget, from_on=date(2027, 7, 1), to_on=date(2027, 7, 15),
        recorded_at=NOW, recorded_by=here.maya,
    )  # fmt: skip

    july = everybody(here)

    assert {name: july[name][0] for name in ("rafiq", "zofia", "bridget")} == {"rafiq": 2, "zofia": 2, "bridget": 1}


def test_a_withdrawn_absence_changes_nothing(here: Council) -> None:
    Absence.objects.create(
        authority=here.authority, person=here.bridget, from_on=JULY.starts_on, to_on=JULY.ends_on, recorded_at=NOW,
        recorded_by=here.maya, withdrawn_at=NOW, withdrawn_by=here.maya,
    )  # fmt: skip

    assert everybody(here)["bridget"] == (2, 0, 0)


def test_a_closed_account_owes_nothing(here: Council) -> None:
    Person.objects.filter(pk=here.rafiq.pk).update(is_active=False)

    assert "rafiq" not in everybody(here)


def test_another_councils_holders_are_nobodys_here(here: Council) -> None:
    elsewhere = Authority.objects.create(name="Elsewhere", short_name="Elsewhere")
    stranger = Person.objects.create(authority=elsewhere, username="stranger", name="Stranger")
    Post.objects.create(
        authority=elsewhere, person=stranger, kind="team_manager", title="Team Manager", started_on=make.BEGAN
    )

    assert "stranger" not in everybody(here)
    assert holder_visible_to(here.maya, stranger.code) is None


def test_an_exemption_and_an_extension_are_taken_off_what_is_asked_now(here: Council) -> None:
    grant(here, "exemption", 1)
    grant(here, "extension", 2, date(2027, 8, 13))

    account = next(line.account for line in account_of(here.rafiq, TODAY).lines if TODAY in line.account.due.period)

    assert (account.owed, account.exempt, account.to_do) == (
        4, 1, (date(2027, 7, 30), date(2027, 8, 13), date(2027, 8, 13)),
    )  # fmt: skip


def test_who_is_to_move_stands_in_the_team_she_is_in_today(here: Council) -> None:
    post = Post.objects.get(person=here.rafiq)
    Post.objects.filter(pk=post.pk).update(ended_on=JULY.ends_on)
    Post.objects.create(
        authority=here.authority, person=here.rafiq, kind=post.kind, title=post.title, oversees="team",
        team=make.team("Duty 3"), started_on=AUGUST.starts_on,
    )  # fmt: skip

    assert {line.holder.team_name for line in account_of(here.rafiq, TODAY).lines} == {"Duty 2"}


def test_the_posts_that_nobody_holds_are_named(here: Council) -> None:
    Post.objects.filter(kind="independent_reviewing_officer").update(ended_on=date(2027, 7, 1))

    assert [quota.post for quota in ledger(here.authority.pk, TODAY).unheld] == ["independent_reviewing_officer"]


def test_your_work_is_told_what_is_late_and_what_is_to_come(here: Council) -> None:
    Post.objects.filter(person=here.rafiq).update(started_on=JUNE.starts_on)
    submitted(here.rafiq, *each_day(date(2027, 6, 7), 3))

    assert [(each.due.period, len(each.to_do)) for each in owed_now(here.rafiq, TODAY)] == [(JUNE, 1), (JULY, 4)]


def test_nobody_without_a_quota_owes_anything_and_that_takes_one_statement(
    here: Council, django_assert_num_queries: object
) -> None:
    assert here.ffion.posts_held
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert owed_now(here.ffion, TODAY) == []


# --- who sees what --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("maya", {"bridget", "desmond", "grace", "helena", "nadia", "rafiq", "zofia"}),
        ("helena", {"bridget", "desmond", "grace", "helena", "nadia", "rafiq", "zofia"}),
        ("bridget", {"rafiq"}),
        ("nadia", set()),
        ("rafiq", set()),
        ("grace", None),
        ("ffion", None),
    ],
)
def test_the_unit_and_directors_see_everybody_and_managers_those_below_them(
    here: Council, who: str, sees: set[str] | None
) -> None:
    found = ledger_visible_to(getattr(here, who), TODAY)

    assert (None if found is None else set(stands(found))) == sees


@pytest.mark.parametrize("who", ["maya", "helena", "bridget", "nadia", "rafiq", "grace", "ffion"])
def test_one_holder_can_be_opened_by_exactly_those_who_see_her_in_the_list_and_herself(here: Council, who: str) -> None:
    viewer = getattr(here, who)
    found = ledger_visible_to(viewer, TODAY)
    listed = {line.holder.person for line in found.lines} if found else set()
    owing = {line.holder.person: line.holder.code for line in ledger(here.authority.pk, TODAY).lines}

    opened = {person for person, code in owing.items() if holder_visible_to(viewer, code)}

    assert opened == listed | ({viewer.pk} & owing.keys())


# --- rounds ---------------------------------------------------------------------------------------------


def test_a_round_is_for_everybody_who_still_owes(here: Council) -> None:
    submitted(here.grace, date(2027, 7, 5), date(2027, 7, 6))
    grant(here, "exemption", 4)

    holders = to_open(here.authority.pk, JULY, TODAY)

    assert {person.name.split()[0].lower(): post for person, post in holders.items()} == {
        "bridget": "service_manager", "desmond": "childrens_services_manager", "helena": "service_director",
        "nadia": "service_manager", "zofia": "team_manager",
    }  # fmt: skip


def test_next_months_round_can_be_opened_ahead(here: Council) -> None:
    assert here.rafiq in to_open(here.authority.pk, AUGUST, TODAY)


def shares(held: Session) -> dict[str, int]:
    found: dict[str, int] = {}
    for audit in Audit.objects.filter(session=held):
        name = make.auditor_of(audit).name.split()[0].lower()
        found[name] = found.get(name, 0) + 1
    return found


def a_round(here: Council, *people: Person, files: int) -> Session:
    held = open_round(
        by=here.maya, month=JULY, holders={each: each.posts_held[0].kind for each in people}, now=NOW
    )  # fmt: skip
    return make.drawn_session(files, of=held, cases=lines(files))


def test_a_rounds_files_are_shared_as_each_owes(here: Council) -> None:
    held = a_round(here, here.rafiq, here.bridget, here.desmond, files=7)

    auditing.share_out(by=here.maya, session=held, now=NOW)

    assert shares(held) == {"rafiq": 4, "bridget": 2, "desmond": 1}


def test_who_submitted_some_already_is_given_so_many_fewer(here: Council) -> None:
    submitted(here.rafiq, date(2027, 7, 5), date(2027, 7, 6), date(2027, 7, 7))
    held = a_round(here, here.rafiq, here.bridget, files=3)

    auditing.share_out(by=here.maya, session=held, now=NOW)

    assert shares(held) == {"rafiq": 1, "bridget": 2}


# --- counted together -----------------------------------------------------------------------------------


def test_posts_stand_in_the_frameworks_order_and_teams_by_name(here: Council) -> None:
    july = ledger(here.authority.pk, TODAY).ending_in(JULY)

    assert [label for label, _ in by_post(july, here.framework.parsed, TODAY)] == [
        "Team Managers", "Service Managers", "Independent Reviewing Officers", "Children's Services Managers",
        "Service Directors",
    ]  # fmt: skip
    assert [label for label, _ in by_team(july, TODAY)] == [
        "Assessment and Duty Service", "Children's Social Care", "Duty 2", "Independent Reviewing Unit",
        "Looked After 1", "Safeguarding Service",
    ]  # fmt: skip


def test_each_month_counts_what_fell_due_in_it(here: Council) -> None:
    submitted(here.grace, date(2027, 6, 7), date(2027, 6, 8))
    found = ledger(here.authority.pk, TODAY)

    june, july = by_month(found, found.lines, TODAY)[-2:]

    assert ((june[1].asked, june[1].submitted, june[1].overdue), (july[1].asked, july[1].overdue)) == (
        (16, 2, 14), (16, 0),
    )  # fmt: skip


def test_only_who_is_late_in_three_of_six_months_is_late_time_and_again(here: Council) -> None:
    only(here.grace, here.bridget, since=date(2027, 2, 1))
    for month in (2, 3, 4, 5):
        submitted(here.grace, *each_day(date(2027, month, 2), 2))
    for month in (2, 3):
        submitted(here.bridget, *each_day(date(2027, month, 9), 2))

    found = often_late(ledger(here.authority.pk, TODAY).lines, TODAY)

    assert [(holder.name.split()[0].lower(), times) for holder, times in found] == [("bridget", 3)]


# --- how it is read ------------------------------------------------------------------------------------


def test_the_moment_of_a_submission_is_the_day_on_the_wall(here: Council) -> None:
    audit = submitted(here.grace, date(2027, 6, 29))[0]
    Audit.objects.filter(pk=audit.pk).update(submitted_at=datetime(2027, 6, 30, 23, 30, tzinfo=UTC))

    assert (everybody(here, JUNE)["grace"], everybody(here)["grace"]) == ((2, 0, 0), (2, 1, 0))


@pytest.mark.parametrize("number", [1, 3])
def test_everybodys_accounts_take_the_same_statements_however_many_there_are(
    here: Council, number: int, django_assert_num_queries: object
) -> None:
    for day in each_day(date(2027, 7, 5), number):
        submitted(make.person("team_manager", "Duty 2"), day)
    with django_assert_num_queries(6):  # type: ignore[operator]
        ledger(here.authority.pk, TODAY)
