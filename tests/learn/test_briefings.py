"""Planning a briefing, giving it, and marking who was there: what each act keeps, refuses, and does not do twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from goldenthread.audit.services.themes import delete_theme
from goldenthread.learn.models import Attendance, Briefing, BriefingSession, Edition
from goldenthread.learn.queries.briefings import briefings_listed, hand_outs_of, periods_to_brief, sessions_of, told_of
from goldenthread.learn.services import briefings as services
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.queries import events_of
from tests import make
from tests.learn import briefed

pytestmark = pytest.mark.django_db


def people(*names: str) -> list[int]:
    here = make.council()
    return [getattr(here, name).pk for name in names]


def there(session: BriefingSession) -> set[str]:
    return set(Attendance.objects.filter(session=session).values_list("person__name", flat=True))


def changed(of: Briefing, **other: object) -> Briefing:
    said: dict[str, object] = {
        "title": of.title, "period": briefed.PERIOD, "themes": [], "questions": of.questions, "message": of.message
    }  # fmt: skip
    return services.change_briefing(by=make.council().maya, briefing=of, now=briefed.LATER, **{**said, **other})  # type: ignore[arg-type]


# --- planning ----------------------------------------------------------------------------------------------


def test_a_briefing_keeps_what_it_is_about_and_who_planned_it() -> None:
    made = briefed.briefing(themes=[briefed.theme()])

    assert (made.questions, made.made_by, [each.key for each in made.themes.all()]) == (
        ["chronology"], make.council().maya, ["planning"]
    )  # fmt: skip
    assert [event.verb for event in events_of(made)] == ["planned"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"questions": []}, "Choose at least one question in which you will look for a change."),
        ({"questions": ["nonsense"]}, "A question that was chosen is not in the template any more"),
        ({"questions": ["supervision_date"]}, "A question that was chosen is not in the template any more"),
        ({"questions": [f"q{n}" for n in range(11)]}, "11 questions are too many to be about. Choose at most 10."),
    ],
)
def test_what_it_cannot_be_about_is_refused(given: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        briefed.briefing(**given)  # type: ignore[arg-type]


def test_the_same_title_twice_for_one_period_is_refused() -> None:
    briefed.briefing()
    with pytest.raises(Refused, match="There is a briefing “Chronologies that say why” for April to September 2026"):
        briefed.briefing()


def test_nobody_but_the_unit_plans_one() -> None:
    with pytest.raises(Refused, match="Briefings are planned by the Quality Assurance Unit"):
        services.plan_briefing(
            by=make.council().rafiq, title="Mine", period=briefed.PERIOD, themes=[], questions=["chronology"],
            message="", now=make.NOW,
        )  # fmt: skip


def test_its_questions_may_change_until_it_is_given() -> None:
    of = briefed.briefing()
    briefed.arranged(of, held_on=briefed.TODAY + timedelta(days=1))

    assert changed(of, questions=["record_current"]).questions == ["record_current"]


def test_once_it_was_given_its_questions_stay() -> None:
    of = briefed.briefing()
    briefed.arranged(of)
    with pytest.raises(
        Refused, match="The briefing was given on 13 October 2026, so its period and its questions stay"
    ):
        changed(of, questions=["record_current"])


def test_its_words_and_themes_may_change_even_then() -> None:
    of = briefed.briefing()
    briefed.arranged(of)

    made = changed(of, title="Chronologies", themes=[briefed.theme()])
    assert (made.title, made.themes.count()) == ("Chronologies", 1)


def test_a_theme_that_a_briefing_takes_up_is_not_deleted() -> None:
    theme = briefed.theme("drift", "Drift and delay")
    made = briefed.briefing(themes=[theme])

    with pytest.raises(Refused, match="^A briefing takes “Drift and delay” up, so it cannot be deleted; retire it"):
        delete_theme(by=make.council().maya, theme=theme, now=make.NOW)

    assert list(made.themes.all()) == [theme]


def test_the_periods_to_brief_on_are_the_frameworks_half_years() -> None:
    found = periods_to_brief(make.council().framework.parsed, date(2026, 11, 20))

    assert [each.label for each in found[:2]] == ["April to September 2026", "October 2025 to March 2026"]
    assert found[-1].label == "October 2026 to March 2027"


# --- its hand-out ------------------------------------------------------------------------------------------


def edition(**given: object) -> Edition:
    here = make.council()
    said: dict[str, object] = {
        "report": "briefing", "subject": "2026-04-01", "period_starts_on": briefed.PERIOD.starts_on,
        "period_ends_on": briefed.PERIOD.ends_on, "state": "published", "published_at": make.NOW,
        "published_by": here.maya, "content": {},
    }  # fmt: skip
    return Edition.objects.create(authority=here.authority, **{**said, **given})


def test_published_editions_on_the_same_period_are_offered_as_hand_outs() -> None:
    of, fits = briefed.briefing(), edition()
    edition(subject="2025-10-01", period_starts_on=date(2025, 10, 1), period_ends_on=date(2026, 3, 31))
    edition(number=2, state="draft", published_at=None, published_by=None)
    edition(report="quarterly")

    assert hand_outs_of(of) == [fits]


def test_an_edition_becomes_the_hand_out() -> None:
    of, chosen = briefed.briefing(), edition()
    services.hand_out(by=make.council().maya, briefing=of, edition=chosen, now=briefed.LATER)

    of.refresh_from_db()
    assert of.edition == chosen


def test_a_draft_is_no_hand_out() -> None:
    draft = edition(state="draft", published_at=None, published_by=None)
    with pytest.raises(Refused, match="What is handed out is a published edition of the briefing report"):
        services.hand_out(by=make.council().maya, briefing=briefed.briefing(), edition=draft, now=briefed.LATER)


# --- its sessions ------------------------------------------------------------------------------------------


def test_each_team_gets_a_session_and_never_a_second_one() -> None:
    of = briefed.briefing()
    first = briefed.arranged(of, make.team("Duty 2"))
    again = briefed.arranged(of, make.team("Duty 2"), make.team("Safeguarding 1"))

    assert [[each.team.name for each in made if each.team] for made in (first, again)] == [
        ["Duty 2"],
        ["Safeguarding 1"],
    ]


def test_a_session_for_all_is_arranged_once_a_day() -> None:
    of = briefed.briefing()
    briefed.arranged(of)

    assert briefed.arranged(of) == []


def test_a_way_that_the_framework_does_not_know_is_refused() -> None:
    with pytest.raises(
        Refused, match="The framework knows briefings by team meeting or one-off session, not by “post”"
    ):
        services.arrange_briefings(
            by=make.council().maya, briefing=briefed.briefing(), teams=[], held_on=briefed.GIVEN, way="post",
            led_by=None, now=make.NOW,
        )  # fmt: skip


def test_a_day_before_the_audits_it_is_on_is_refused() -> None:
    with pytest.raises(
        Refused, match="A briefing on the audits of April to September 2026 is given once they have begun"
    ):
        briefed.arranged(held_on=date(2026, 3, 1))


def test_a_session_that_was_cancelled_leaves_room_for_another() -> None:
    of = briefed.briefing()
    (session,) = briefed.arranged(of, make.team("Duty 2"))
    services.cancel_briefing_session(by=make.council().maya, session=session, now=briefed.LATER)

    assert len(briefed.arranged(of, make.team("Duty 2"))) == 1


def test_a_session_where_people_were_is_not_cancelled() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    briefed.marked(session, people("ffion"))
    with pytest.raises(Refused, match="People are marked as having been there, so it was held"):
        services.cancel_briefing_session(by=make.council().maya, session=session, now=briefed.LATER)


def test_a_session_where_people_were_is_not_moved_to_a_day_ahead() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    briefed.marked(session, people("ffion"))
    with pytest.raises(Refused, match="it cannot be moved to a day ahead"):
        services.change_briefing_session(
            by=make.council().maya, session=session, held_on=briefed.TODAY + timedelta(days=3), way="team meeting",
            led_by=None, now=briefed.LATER,
        )  # fmt: skip


# --- who was there -----------------------------------------------------------------------------------------


def as_marked(by: Person, session: BriefingSession, *names: str, held_on: date = briefed.GIVEN) -> tuple[int, int]:
    return services.mark_briefed(by=by, session=session, people=people(*names), held_on=held_on, now=briefed.LATER)


def test_a_manager_marks_her_team_and_takes_a_mark_away_again() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    rafiq = make.council().rafiq

    assert as_marked(rafiq, session, "ffion", "rafiq") == (2, 0)
    assert as_marked(rafiq, session, "ffion") == (0, 1)
    assert there(session) == {"Ffion Carrow"}


def test_the_same_marks_again_do_nothing_and_leave_no_trace() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    as_marked(make.council().rafiq, session, "ffion")

    assert as_marked(make.council().rafiq, session, "ffion") == (0, 0)
    assert [event.verb for event in events_of(session).order_by("seq")] == ["arranged", "marked"]


def test_the_day_on_which_it_was_truly_given_is_kept_with_the_marks() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    as_marked(make.council().rafiq, session, "ffion", held_on=briefed.GIVEN + timedelta(days=2))

    session.refresh_from_db()
    assert session.held_on == briefed.GIVEN + timedelta(days=2)


def test_another_teams_manager_marks_nobody() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    with pytest.raises(Refused, match="Who was briefed is marked by the team’s manager"):
        as_marked(make.council().zofia, session, "ffion")


def test_somebody_of_another_team_is_not_marked() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    with pytest.raises(Refused, match="Somebody who was ticked was not in the team on 13 October 2026"):
        as_marked(make.council().rafiq, session, "joel")


def test_a_day_ahead_is_refused() -> None:
    (session,) = briefed.arranged(None, make.team("Duty 2"))
    with pytest.raises(Refused, match="21 November 2026 is ahead"):
        as_marked(make.council().rafiq, session, "ffion", held_on=briefed.TODAY + timedelta(days=1))


def test_at_a_session_for_all_a_manager_marks_her_own_and_leaves_others_be() -> None:
    (session,) = briefed.arranged()
    briefed.marked(session, people("joel"))

    assert as_marked(make.council().rafiq, session, "ffion") == (1, 0)
    assert there(session) == {make.council().joel.name, "Ffion Carrow"}


# --- who was briefed ---------------------------------------------------------------------------------------


def told(by: Person, of: Briefing):  # type: ignore[no-untyped-def]
    return told_of(by, of, sessions_of(by, of), briefed.TODAY)


def test_practitioners_are_counted_once_however_often_they_were_there() -> None:
    of = briefed.briefing()
    for session in (*briefed.arranged(of), *briefed.arranged(of, make.team("Duty 2"))):
        briefed.marked(session, people("ffion"))

    found = told(make.council().maya, of)
    assert (found.briefed, found.of) == (
        1,
        Person.objects.filter(posts__kind__in=["social_worker", "senior_practitioner"]).count(),
    )


def test_the_names_of_those_not_briefed_go_to_their_manager_and_the_unit() -> None:
    of, here = briefed.briefing(), make.council()
    briefed.arranged(of)

    def names(by: Person) -> dict[str, tuple[str, ...] | None]:
        return {each.team: each.not_yet for each in told(by, of).teams if each.team in ("Duty 2", "Looked After 1")}

    assert names(here.maya) == {"Duty 2": ("Ffion Carrow",), "Looked After 1": (here.joel.name,)}
    assert names(here.rafiq) == {"Duty 2": ("Ffion Carrow",), "Looked After 1": None}
    assert names(here.helena) == {"Duty 2": None, "Looked After 1": None}


def test_the_list_counts_sessions_and_people() -> None:
    of = briefed.briefing()
    sessions = briefed.arranged(of, make.team("Duty 2"), make.team("Looked After 1"))
    briefed.arranged(of, held_on=briefed.TODAY + timedelta(days=5))
    briefed.marked(sessions[0], people("ffion", "rafiq"))

    (row,) = briefings_listed(make.council().maya, briefed.TODAY)
    assert (row.held, row.arranged, row.briefed) == (2, 3, 2)  # type: ignore[attr-defined]
