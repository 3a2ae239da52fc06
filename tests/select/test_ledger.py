"""The ledger of coverage as it is read: what counts for the year, by when it can be done, what a next draw proposes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.method.coverage import Line
from goldenthread.method.framework import Selecting
from goldenthread.people.models import Team
from goldenthread.plan.models import Group, Year
from goldenthread.plan.services.years import open_year
from goldenthread.select.models import DrawnCase
from goldenthread.select.queries.choosing import cases_named
from goldenthread.select.queries.frames import draw_frame
from goldenthread.select.queries.ledger import Ledger, ledger, proposed_for, words_of_strata
from goldenthread.select.services.choosing import choose
from goldenthread.select.services.draws import Chosen as ByWay
from tests import make

pytestmark = pytest.mark.django_db
STRATIFIED = Selecting("case_file", "stratified")
LAST = date(2027, 3, 31)


def this_year(target: int = 120) -> Year:
    here = make.council()
    found = Year.objects.filter(authority=here.authority).first()
    return found or open_year(
        by=here.maya, framework=here.framework, starts_on=date(2026, 4, 1), ends_on=LAST,
        kinds={"case_file": target}, now=make.NOW,
    )  # fmt: skip


def reckoned(today: date = make.DAY) -> Ledger:
    found = ledger(this_year(), today)
    assert found
    return found


def line(found: Ledger, what: str, key: str) -> Line:
    return next(each for each in found.lines if (each.what, each.key) == (what, key))


def sessions(*weeks: int, group: str = "safeguarding") -> None:
    for week in weeks:
        make.session(group, make.DAY + timedelta(weeks=week))


# --- what counts -----------------------------------------------------------------------------------------


def test_before_any_case_list_there_is_no_ledger() -> None:
    assert ledger(this_year(), make.DAY) is None


def test_a_file_is_owed_then_drawn_then_covered() -> None:
    make.case_list()
    before = line(reckoned(), "team", "Duty 2")
    held = make.drawn_session(4)
    drawn = line(reckoned(), "team", "Duty 2")
    for audit in make.audits(held):
        make.submitted_audit(audit)
    after = line(reckoned(), "team", "Duty 2")

    assert [(each.owed, each.waiting, each.random, each.state) for each in (before, drawn, after)] == [
        (2, 0, 0, before.state), (0, 2, 0, "drawn"), (0, 0, 2, "covered"),
    ]  # fmt: skip


def test_files_that_no_chance_chose_are_counted_apart() -> None:
    here, listed, held = make.council(), make.case_list(), make.session()
    choose(
        by=here.maya, case_list=listed, session=held, framework=here.framework, exclusions=(), now=make.NOW,
        picks=cases_named(listed, {"C001": "A review is about it."}).picks,
        chosen=ByWay(way="hand", because="The review asks for it."),
    )  # fmt: skip
    make.submitted_audit(make.audits(held)[0])

    duty = line(reckoned(), "team", "Duty 2")
    assert (duty.random, duty.purposive, duty.owed) == (0, 1, 1)


def test_a_replaced_case_a_reaudit_and_another_years_files_do_not_count() -> None:
    held = make.drawn_session(4)
    cases = list(DrawnCase.objects.filter(draw__session=held).order_by("pk"))
    DrawnCase.objects.filter(pk__in=[each.pk for each in cases]).update(audited_on=date(2026, 3, 31))

    assert sum(each.audited + each.waiting for each in reckoned().lines if each.what == "team") == 0


def test_restricted_cases_are_not_held_against_a_team() -> None:
    make.case_list([make.Line("A1", team="Duty 2"), make.Line("A2", team="Duty 2", restricted=True)])

    assert line(reckoned(), "team", "Duty 2").needed == 1


def test_a_team_stands_by_its_own_name_whatever_the_list_calls_it() -> None:
    make.case_list([make.Line("A1", team="Duty 2")])
    Team.objects.filter(name="Duty 2").update(name="Duty North")

    assert [each.key for each in reckoned().lines if each.what == "team"] == ["Duty North"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_ledger_takes_the_same_statements_whatever_is_on_record(number: int) -> None:
    for place in range(number):
        make.drawn_session(2, of=make.session(held_on=make.DAY + timedelta(weeks=place)))
    year = this_year()
    year.framework.parsed  # noqa: B018 - parsed once a process

    with CaptureQueriesContext(connection) as taken:
        ledger(year, make.DAY)

    assert len(taken) == 7


# --- by when ---------------------------------------------------------------------------------------------


def test_the_last_day_is_that_of_the_last_session_with_a_place() -> None:
    make.case_list()
    sessions(2, 8)

    assert line(reckoned(), "team", "Duty 2").last_day == make.DAY + timedelta(weeks=8)


def test_a_session_whose_files_are_drawn_has_no_place_left() -> None:
    make.drawn_session(2, of=make.session(held_on=make.DAY + timedelta(weeks=8)))

    assert line(reckoned(), "status", "child_in_need").state == "impossible"


def test_a_status_that_only_another_group_takes_cannot_be_reached_by_this_one() -> None:
    make.case_list([make.Line(f"L{number}", "looked_after") for number in range(9)])
    sessions(2)

    care = line(reckoned(), "status", "looked_after")
    assert (care.last_day, care.words) == (None, "5 more files, but no session to come has a place left.")


def test_a_status_that_no_group_takes_says_so() -> None:
    make.case_list([make.Line(f"L{number}", "looked_after") for number in range(9)])
    for group in Group.objects.all():
        group.statuses = ["child_in_need"]
        group.save()
    sessions(2)

    assert line(reckoned(), "status", "looked_after").words == "5 more files, but no auditing group takes such files."


def test_a_year_that_is_over_warns_of_nothing() -> None:
    make.case_list()

    assert reckoned(LAST + timedelta(days=1)).warnings(LAST + timedelta(days=1)) == ()


def test_what_becomes_impossible_within_a_round_of_sessions_is_warned_of() -> None:
    make.case_list()
    sessions(2)

    assert reckoned().warnings(make.DAY) == (
        "2 teams (Duty 2 and Safeguarding 1) still need 4 files: draw them for a session by 20 October 2026.",
        "1 kind of case (children in need) still needs 5 files: draw them for a session by 20 October 2026.",
        "2 teams (Duty 2 and Safeguarding 1) still need files of 2 more workers: draw them for a session by 20 October "
        "2026.",
    )


# --- the next draw ---------------------------------------------------------------------------------------


def test_a_draw_proposes_first_what_the_year_still_owes() -> None:
    this_year()
    many = [make.Line(f"A{number:02}", team="Duty 2") for number in range(40)]
    few = [make.Line(f"B{number}", team="Safeguarding 1", worker="Kwame Larkfield") for number in range(3)]
    here, listed, held = make.council(), make.case_list(many + few), make.session()

    made = proposed_for(
        held, draw_frame(listed, held, here.framework.parsed), here.framework.parsed, STRATIFIED, 5, make.DAY
    )

    assert made.quotas == {"child_in_need / Duty 2": 3, "child_in_need / Safeguarding 1": 2}


def test_with_no_year_open_the_shares_are_those_of_the_sizes() -> None:
    here, listed, held = make.council(), make.case_list(make.lines(10)), make.session()

    made = proposed_for(
        held, draw_frame(listed, held, here.framework.parsed), here.framework.parsed, STRATIFIED, 4, make.DAY
    )

    assert made.quotas == {"child_in_need / Duty 2": 2, "child_in_need / Safeguarding 1": 2}


def test_teams_put_together_are_named() -> None:
    here, held = make.council(), make.session()
    cases = [make.Line(f"A{team}{number}", team=f"Duty {team}") for team in range(1, 6) for number in range(2)]
    framework = here.framework.parsed
    made = proposed_for(held, draw_frame(make.case_list(cases), held, framework), framework, STRATIFIED, 2, make.DAY)

    assert set(words_of_strata(made, framework).values()) == {
        "Child in need, Duty 2", "Child in need, other teams (Duty 1, Duty 3 and 2 others)",
    }  # fmt: skip
