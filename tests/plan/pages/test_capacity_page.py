"""What the year can deliver, and what other numbers would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import time_machine

from goldenthread.method.capacity import Effort, Measured
from goldenthread.plan.models import Group, Session, Year
from goldenthread.plan.services.capacity import keep_effort
from goldenthread.plan.services.groups import form_group
from goldenthread.plan.services.sessions import cancel_session
from goldenthread.plan.services.years import open_year
from tests import make
from tests.browsing import faults, form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db
PAGE = "/plan/capacity/"
DAYS = [date(2027, 4, 6) + timedelta(weeks=6 * turn) for turn in range(9)]


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def next_year(target: int = 300, kinds: dict[str, int] | None = None) -> Year:
    here = make.council()
    return open_year(
        by=here.maya, framework=here.framework, starts_on=date(2027, 4, 1), ends_on=date(2028, 3, 31),
        kinds=kinds or {"case_file": target}, now=make.NOW,
    )  # fmt: skip


def sessions(group: str = "duty", days: Sequence[date] = DAYS) -> list[Session]:
    return [make.session(group, day) for day in days]


def only(*keys: str) -> None:
    Group.objects.exclude(key__in=keys).delete()


def page(**given: str | int):
    return signed_in(make.council().maya).get(PAGE, given)


def test_without_a_year_the_unit_is_led_to_opening_one() -> None:
    make.council()

    answer = page()

    assert "No year is open yet. Open the year" in words(answer)
    assert 'href="/plan/year/"' in answer.content.decode()


def test_without_a_year_a_director_is_told_who_opens_it() -> None:
    answer = signed_in(make.council().helena).get(PAGE)

    assert "No year is open yet; the Quality Assurance Unit opens it." in words(answer)


def test_without_a_group_the_unit_is_led_to_forming_them() -> None:
    next_year()
    Group.objects.all().delete()

    assert "No group is formed yet. Form the auditing groups" in words(page())


def test_a_year_that_is_over_is_not_planned_any_more() -> None:
    next_year()
    with time_machine.travel("2028-04-01T12:00Z", tick=False):
        assert "No year is open yet." in words(page())


@pytest.mark.parametrize(("who", "status"), [("maya", 200), ("idris", 200), ("helena", 200), ("rafiq", 403)])
def test_the_unit_and_the_directors_see_it(who: str, status: int) -> None:
    assert signed_in(getattr(make.council(), who)).get(PAGE).status_code == status


def test_the_plan_is_said_in_one_sentence_with_what_would_close_the_gap() -> None:
    next_year()
    only("duty")
    sessions()

    said = words(page())

    assert (
        "As planned, about 283 of 300 files: 17 short. One more session of Frontline duty would close the gap. "
        "See that plan"
    ) in said
    assert "Frontline duty 7 seats × 5 files × 9 sessions × 90 % = 283" in said


def test_the_way_to_the_plan_that_closes_the_gap_shows_it_closed() -> None:
    next_year()
    only("duty")
    sessions()
    way = page().content.decode().partition('<a class="govuk-link gt-nowrap" href="')[2].partition('"')[0]

    answer = signed_in(make.council().maya).get(PAGE + way.replace("&amp;", "&").partition("#")[0])

    assert "With these numbers, about 315 files, 15 more than the target of 300." in words(answer)


def test_other_numbers_are_worked_out_and_stay_in_the_form() -> None:
    next_year()
    only("duty")
    sessions()

    answer = page(people=6, absence=0)

    assert "With these numbers, about 270 of 300 files: 30 short." in words(answer)
    sent = form_in(answer)
    assert (sent["people"], sent["files_a_day"], sent["sessions-duty"], sent["absence"]) == ("6", "5", "9", "0")


def test_each_number_has_a_slider_with_the_same_bounds() -> None:
    next_year()
    only("duty")

    shown = page().content.decode()

    assert '<input class="gt-slider__range" type="range" min="1" max="30" value="7" data-number="people"' in shown
    assert shown.count('type="range"') == 4


def test_groups_with_other_seats_have_each_their_own_number_of_people() -> None:
    next_year()
    only("duty", "safeguarding")
    Group.objects.filter(key="duty").update(seats=[{"posts": ["team_manager"], "number": 4}])

    sent = form_in(page())

    assert (sent["people-duty"], sent["people-safeguarding"]) == ("4", "7")


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"people": "99"}, "People at a session: 99 is too much. Give 30 or less."),
        ({"absence": "-1"}, "Absence: -1 is too little. Give 0 or more."),
        ({"files_a_day": "five"}, "Files a day: what was given cannot be read. Give a whole number."),
        ({"sessions-duty": ""}, "Sessions of Frontline duty: nothing was given. Give a whole number."),
    ],
)
def test_a_number_that_cannot_be_is_said_at_its_field(given: dict[str, str], fault: str) -> None:
    next_year()
    only("duty")

    answer = page(**given)

    assert faults(answer) == [fault]
    assert f"Nothing is worked out yet: {fault}" in words(answer)


def test_sessions_already_held_cannot_be_taken_away() -> None:
    here = make.council()
    open_year(
        by=here.maya, framework=here.framework, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        kinds={"case_file": 120}, now=make.NOW,
    )  # fmt: skip
    only("duty")
    sessions(days=[date(2026, 5, 5), date(2026, 9, 1), date(2026, 11, 3)])

    answer = page(**{"sessions-duty": "1"})

    assert faults(answer) == ["Sessions of Frontline duty: 1 is too little. Give 2 or more."]
    assert "Sessions already held count as planned here, not as audited." in words(answer)


def test_before_any_session_stands_the_frameworks_rhythm_stands_for_them() -> None:
    next_year()
    only("duty")

    said = words(page())

    assert (
        "No session stands in this year yet. These are the sessions there could be: one of each group every 6 weeks"
        in said
    )
    assert "7 seats × 5 files × 9 sessions × 90 % = 283" in said


def test_a_cancelled_session_does_not_count() -> None:
    next_year()
    only("duty")
    first, *_ = sessions()
    cancel_session(by=make.council().maya, session=first, because="Snow", now=make.NOW)

    assert "× 8 sessions ×" in words(page())


def test_each_quarter_stands_with_its_target() -> None:
    next_year()
    only("duty")
    sessions()

    said = words(page())

    assert "April to June 2027 94 75 –" in said
    assert "July to September 2027 63 75 12" in said
    assert "The year 283 300 17" in said


def test_duties_that_can_be_met_are_said_to_be() -> None:
    next_year()
    sessions("duty")
    sessions("safeguarding", [day + timedelta(days=1) for day in DAYS])
    sessions("looked_after", [day + timedelta(days=2) for day in DAYS])

    said = words(page())

    assert "At least 2 of each team: 4 × 2 = 8 files The plan can meet this." in said
    assert "At least 5 of each kind of case: 6 × 5 = 30 files The plan can meet this." in said


def test_duties_that_cannot_be_met_are_said_with_the_files_short() -> None:
    next_year()
    only("duty", "looked_after")
    sessions("duty", DAYS[:1])

    said = words(page(people=1))

    assert "4 teams × 2 = 8 files are needed and the sessions planned give 4: 4 short." in said
    assert "No group takes children on a child protection plan and children in need: 10 files short." in said
    assert (
        "The 1 session of Frontline duty can audit 4 files; children with an open assessment and children with early "
        "help need 2 × 5 = 10: 6 short."
    ) in said
    assert (
        "The 0 sessions of Looked after children can audit 0 files; looked after children and care leavers need "
        "2 × 5 = 10: 10 short."
    ) in said


def test_a_team_in_which_nobody_holds_cases_need_not_be_covered() -> None:
    next_year()
    make.team("Adoption")

    assert "At least 2 of each team: 4 × 2 = 8 files" in words(page())


def test_what_files_take_is_said_with_the_days_behind_it_and_divides_the_sum() -> None:
    year = next_year()
    only("duty")
    sessions()
    seen = (Effort("over_3_linked", 40, 120, 12, 1.3, 1.12, 1.48), Effort("under_1", 3, 4, 2))
    keep_effort(year=year, measured=Measured(43, 13, seen, {"open_assessment": (120, 1.3)}), on=make.DAY)

    said = words(page())

    assert (
        "From 43 days of 13 auditors at past sessions that show how much a day holds, measured on 6 October 2026."
        in said
    )
    assert "Involved over 3 years, with linked files 120 40 1.30 1.12 to 1.48" in said
    assert "Involved under 1 year, without linked files 4 3 1 Too few to say; counts as ordinary" in said
    assert "7 seats × 5 files × 9 sessions × 90 % ÷ 1.30 effort = 218" in said


def test_days_that_do_not_show_how_much_they_hold_are_said_to_be_none() -> None:
    keep_effort(year=next_year(), measured=Measured(0, 0, (Effort("under_1", 0, 40, 0),), {}), on=make.DAY)

    said = words(page())

    assert "So far nobody finished 5 files at a session or was given more than she could finish." in said
    assert "From 0 days" not in said


def test_where_nothing_was_measured_the_page_says_what_it_waits_for() -> None:
    next_year()

    assert "Past sessions say nothing yet, so every file counts as ordinary." in words(page())


def test_the_frameworks_own_numbers_are_laid_out() -> None:
    next_year()

    assert "8 people × 5 files × 4 sessions each are 160 files a year; the target is 120, 40 fewer." in words(page())


def test_only_case_files_are_the_sessions_target() -> None:
    next_year(kinds={"case_file": 100, "supervision_file": 40})

    assert "files, " in words(page())
    assert "target of 100." in words(page())


def test_another_year_to_come_is_one_click_away() -> None:
    first = next_year()
    here = make.council()
    second = open_year(
        by=here.maya, framework=here.framework, starts_on=date(2028, 4, 1), ends_on=date(2029, 3, 31),
        kinds={"case_file": 80}, now=make.NOW,
    )  # fmt: skip

    assert f'href="?year={second.code}"' in page().content.decode()
    assert "target of 80." in words(page(year=second.code))
    assert "target of 300." in words(page(year=first.code))


def test_a_year_of_others_is_not_found() -> None:
    next_year()

    assert page(year="nosuchyear").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_statements_however_many_groups_and_sessions_there_are(number: int) -> None:
    next_year()
    only(*["duty", "looked_after", "safeguarding"][:number])
    for place, key in enumerate(Group.objects.values_list("key", flat=True)):
        sessions(key, [day + timedelta(days=place) for day in DAYS[:number]])

    assert statements(signed_in(make.council().maya), PAGE) == 6


@pytest.mark.parametrize("number", [1, 3])
def test_before_any_session_stands_it_takes_one_statement_more(number: int) -> None:
    next_year()
    only(*["duty", "looked_after", "safeguarding"][:number])

    assert statements(signed_in(make.council().maya), PAGE) == 7


def test_a_fourth_group_is_planned_like_the_others() -> None:
    next_year()
    form_group(by=make.council().maya, name="Early help", statuses=["early_help"], now=make.NOW)

    assert form_in(page())["sessions-early_help"] == "9"
