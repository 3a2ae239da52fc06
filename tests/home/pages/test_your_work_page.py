"""Your work: what each post owes today, and what to do when there is nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from goldenthread.act.services import return_session
from goldenthread.audit.services import allot
from goldenthread.learn.periodic.spans import to_write
from goldenthread.learn.services import draft_edition
from goldenthread.people.models import Person, Post
from goldenthread.people.services import open_authority
from goldenthread.plan.models import Absence, Year
from goldenthread.plan.services.absences import record_absence
from tests import make
from tests.act import duty
from tests.browsing import signed_in, statements, words

pytestmark = pytest.mark.django_db

LATE = datetime(2026, 10, 23, 9, 0, tzinfo=UTC)
NEVER = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False) as travel:
        yield travel


def work(person) -> str:
    return words(signed_in(person).get("/"))


def test_a_practitioner_sees_her_tasks_with_their_day() -> None:
    here, returned = make.council(), duty.returned()

    assert (
        f"1 task Tasks for you Write the chronology. Case {returned.audit.ref}, Duty 2, Standard Due in 14 days"
        in work(here.ffion)
    )


def test_what_is_late_is_said_in_words_and_colour(the_day) -> None:
    here = make.council()
    duty.returned()
    the_day.move_to(LATE)

    response = signed_in(here.ffion).get("/")

    assert "Write the chronology." in words(response)
    assert '<strong class="govuk-tag govuk-tag--red">3 days late</strong>' in response.content.decode()
    assert "gt-stat--attention" in response.content.decode()


def test_a_team_manager_sees_what_waits_for_her_signature() -> None:
    here, returned = make.council(), make.completed_return(duty.returned())

    assert f"To sign off Case {returned.audit.ref} Duty 2 Due in 21 days" in work(here.rafiq)
    assert "To sign off" not in work(here.bridget)


def test_those_who_can_act_see_what_is_late(the_day) -> None:
    here, returned = make.council(), duty.returned()
    the_day.move_to(LATE)

    seen = {name: "Late with the teams" in work(getattr(here, name)) for name in
            ("maya", "helena", "bridget", "rafiq", "ffion", "nadia", "grace")}  # fmt: skip

    assert seen == {
        "maya": True, "helena": True, "bridget": True, "rafiq": True, "ffion": False, "nadia": False, "grace": False,
    }  # fmt: skip
    assert f"Case {returned.audit.ref} Duty 2 Tasks 3 days late" in work(here.maya)


def test_an_auditor_sees_her_files_and_how_far_they_are() -> None:
    here, audit = make.council(), make.audit()
    allot(by=here.maya, case=audit.case, auditors=[here.grace], now=make.NOW)

    assert (
        f"1 file to audit 2 records you owe 1 session to come Files to audit Case {audit.ref} "
        "Safeguarding and child protection, Tuesday 6 October 2026 Not started" in work(here.grace)
    )


def test_the_unit_sees_what_waits_to_be_returned_and_what_came_back() -> None:
    here = make.council()
    duty.submitted()

    assert "Audits to return Safeguarding and child protection, Tuesday 6 October 2026 1 audit" in work(here.maya)


def test_the_unit_sees_what_came_back_signed() -> None:
    here, returned = make.council(), make.signed_return(duty.returned())

    assert f"Come back from the teams Case {returned.audit.ref} Duty 2 Signed off" in work(here.maya)
    assert "Come back from the teams" not in work(here.rafiq)


def test_the_unit_sees_the_reports_to_write() -> None:
    here = make.council()
    duty.submitted()

    assert "Reports to write Safeguarding and child protection, Tuesday 6 October 2026 Not begun" in work(here.maya)


def test_the_unit_sees_the_quarterly_reports_of_the_quarter_that_ended_until_they_are_begun(the_day) -> None:
    maya = make.council().maya
    make.submitted_audit()
    the_day.move_to(datetime(2027, 1, 4, 9, 0, tzinfo=UTC))
    before = work(maya)
    subject = to_write(maya.authority, "quarterly", "quarter", date(2027, 1, 4))[0]
    draft_edition(by=maya, report="quarterly", subject=subject, now=make.NOW)

    assert f"Quarterly reports to write {subject.title} Not begun" in before
    assert subject.title.startswith("October to December 2026, ")
    assert f"{subject.title} Not begun" not in work(maya)


def test_a_session_to_come_is_seen_by_who_sits_there() -> None:
    here = make.council()
    make.session()

    seen = ["Sessions to come" in work(person) for person in (here.grace, here.maya, here.ffion)]
    assert seen == [True, True, False]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("helena", "Nothing waits for you today. You can see how the audits stand. See the audits"),
        (
            "rafiq",
            "of one of your team’s cases comes back, its tasks and what you sign off are listed here",
        ),
        ("ffion", "of one of your cases comes back, what is to be put right and by when is listed here"),
    ],
)
def test_with_nothing_to_do_each_post_is_told_what_will_be_here(name: str, said: str) -> None:
    person = getattr(make.council(), name)
    Post.objects.filter(person=person).update(started_on=make.DAY)  # since today, so nothing is owed yet
    Person.objects.filter(pk=person.pk).update(email="somebody@ambermere.example")
    Absence.objects.create(
        authority=person.authority, person=person, from_on=make.DAY, to_on=make.DAY + timedelta(days=60),
        recorded_at=make.NOW, recorded_by=person,
    )  # fmt: skip

    assert said in work(person)


def test_what_somebody_owes_is_said_by_the_month_with_its_day() -> None:
    page = work(make.council().rafiq)

    assert "Records you owe 3 of 3 records of October 2026 Due in 24 days" in page


def test_the_unit_sees_whose_seat_has_to_be_re_planned() -> None:
    here = make.council()
    session = make.session(seats=(here.grace,))
    record_absence(
        by=here.maya, person=here.grace, from_on=make.DAY, to_on=session.held_on, kind="unplanned", now=make.NOW
    )

    said = (
        "Seats of people who cannot come Safeguarding and child protection, Tuesday 6 October 2026 Grace Adewole Away"
    )
    assert said in work(here.maya)
    assert "cannot come" not in work(here.grace)


def test_the_unit_sees_how_many_messages_did_not_go_out() -> None:
    make.session()

    assert "Messages that did not go out See why, and try again 2 messages" in work(make.council().maya)


def test_a_unit_that_has_had_its_first_round_is_led_to_the_next_session(the_day) -> None:
    here = make.council()
    Person.objects.update(email="somebody@ambermere.example")
    make.drawn_session()
    the_day.move_to(LATE)

    assert "The cycle goes on with the next session. Arrange a session" in work(here.maya)


def test_somebody_without_a_post_is_told_whom_to_ask(the_day) -> None:
    here = make.council()
    here.mei.posts.all().delete()

    assert "You hold no post at the moment. Ask the Quality Assurance Unit" in work(here.mei)


def test_a_new_council_is_led_through_its_first_steps_in_order() -> None:
    founder = open_authority(
        name="Farwick Council", short_name="Farwick", username="una.stone", person_name="Una Stone", password=None,
        post={"kind": "qa_officer", "title": "Quality Assurance Officer", "quality_assurance": True}, now=make.NOW,
        on=make.BEGAN,
    )  # fmt: skip

    page = work(founder)

    steps = ["Adopt a framework", "Adopt an audit template", "Form the auditing groups", "Add the teams and the people",
             "Load a case list", "Arrange the first session", "Draw its files"]  # fmt: skip
    assert sorted(steps, key=page.index) == steps
    assert page.count("To do") == 7


def test_a_step_that_is_done_says_so() -> None:
    page = work(make.council().maya)

    assert (page.count("Done"), page.count("To do")) == (4, 3)


def test_the_steps_are_the_units_only() -> None:
    assert "First steps" not in work(make.council().helena)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("name", "expected"), [("maya", 33), ("helena", 24), ("rafiq", 24), ("ffion", 13), ("grace", 20)]
)
def test_it_takes_the_same_statements_however_much_there_is(name: str, expected: int, number: int) -> None:
    session = duty.submitted(files=number).session
    return_session(by=make.council().maya, session=session, now=make.NOW, today=make.DAY)

    assert statements(signed_in(getattr(make.council(), name)), "/") == expected


def test_where_there_are_more_than_fit_the_page_says_how_many_and_leads_to_all() -> None:
    here = make.council()
    duty.returned({f"Write part {place}.": "practitioner" for place in range(9)})

    page = work(here.ffion)

    assert "9 tasks" in page
    assert (page.count("Write part"), "See all 9" in page) == (8, True)


def test_the_unit_reads_what_the_year_will_not_cover() -> None:
    here = make.council()
    Year.objects.create(
        authority=here.authority, framework=here.framework, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        uncovered=["Duty 2 still owes 2 files, and only one more session takes its cases."], opened_at=make.NOW,
        opened_by=here.maya,
    )  # fmt: skip

    assert "1 gap in coverage What the year will not cover Duty 2 still owes 2 files" in work(here.maya)
    assert "Duty 2 still owes" not in work(here.rafiq)
