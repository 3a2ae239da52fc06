"""Planning a briefing, giving it in team meetings or once for all, and marking who was there.

What a briefing is about is settled before it is given: whoever chose its questions afterwards could choose those that
happened to do well.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from goldenthread.framework.models import Theme
from goldenthread.framework.queries import framework_in_force
from goldenthread.learn.models import Attendance, Briefing, BriefingSession, Edition
from goldenthread.learn.queries.briefings import REPORT, marked_at, may_plan_briefings, members_to_mark
from goldenthread.learn.queries.effect import items_of, template_on
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person, Team
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON, day, listed

MOST_QUESTIONS = 10  # a briefing about everything is about nothing, and files that show all of it are none


# --- the briefing ------------------------------------------------------------------------------------------


@step
def plan_briefing(
    *, by: Person, title: str, period: Period, themes: Sequence[Theme], questions: Sequence[str], message: str,
    now: datetime,
) -> Briefing:  # fmt: skip
    """A briefing on what the audits of a period found. Refused: a question that the template does not ask, or the same
    title twice for one period."""
    _refuse_unless_planning(by)
    _refuse_questions(by, questions, now)
    same = Briefing.objects.filter(authority=by.authority_id, period_starts_on=period.starts_on, title=title)
    if same.exists():
        raise Refused(
            f"There is a briefing “{title}” for {period.label} already. Open it, or give this one another title."
        )
    made = Briefing.objects.create(
        authority_id=by.authority_id, title=title, period_starts_on=period.starts_on, period_ends_on=period.ends_on,
        questions=list(questions), message=message, made_at=now, made_by=by,
    )  # fmt: skip
    made.themes.set(themes)
    record(by=by, verb="planned", thing=made, at=now, now=_facts(made))
    return made


@step
def change_briefing(
    *, by: Person, briefing: Briefing, title: str, period: Period, themes: Sequence[Theme], questions: Sequence[str],
    message: str, now: datetime,
) -> Briefing:  # fmt: skip
    """Other words, themes or questions. Refused for its period and questions once it has been given anywhere."""
    _refuse_unless_planning(by)
    briefing = Briefing.objects.select_for_update(of=("self",)).get(pk=briefing.pk)
    was = _facts(briefing)
    moved = (period.starts_on, period.ends_on) != (briefing.period_starts_on, briefing.period_ends_on)
    if (moved or set(questions) != set(briefing.questions)) and (first := _first_given(briefing, now)):
        raise Refused(
            f"The briefing was given on {day(first, 'plain')}, so its period and its questions stay as they were then. "
            "Plan another briefing for others."
        )
    if set(questions) != set(briefing.questions):
        _refuse_questions(by, questions, now)
        briefing.questions, briefing.made_at, briefing.made_by = list(questions), now, by
    briefing.title, briefing.message = title, message
    briefing.period_starts_on, briefing.period_ends_on = period.starts_on, period.ends_on
    briefing.save()
    briefing.themes.set(themes)
    record(by=by, verb="changed", thing=briefing, at=now, was=was, now=_facts(briefing))
    return briefing


def _first_given(briefing: Briefing, now: datetime) -> date | None:
    given = briefing.sessions.filter(cancelled_at__isnull=True, held_on__lte=now.astimezone(LONDON).date())
    return given.order_by("held_on").values_list("held_on", flat=True).first()


@step
def hand_out(*, by: Person, briefing: Briefing, edition: Edition, now: datetime) -> Briefing:
    """Give this edition of the briefing report out at its sessions. Refused: a draft, or another report's."""
    _refuse_unless_planning(by)
    if edition.report != REPORT or edition.state != "published" or edition.authority_id != briefing.authority_id:
        raise Refused("What is handed out is a published edition of the briefing report. Publish one first.")
    was, briefing.edition = briefing.edition_id, edition
    briefing.save(update_fields=["edition"])
    record(by=by, verb="handed out", thing=briefing, at=now, was={"edition": was}, now={"edition": edition.pk})
    return briefing


# --- its sessions ------------------------------------------------------------------------------------------


def arrange_briefings(
    *, by: Person, briefing: Briefing, teams: Sequence[Team], held_on: date, way: str, led_by: Person | None,
    now: datetime,
) -> list[BriefingSession]:  # fmt: skip
    """A session in the meeting of each of these teams or, without any, one for all.

    A team that has one already gets no second one, nor has a day two for all: those that were arranged anew.
    """
    _refuse_unless_planning(by)
    _refuse_way(by, way, now)
    if held_on < briefing.period_starts_on:
        raise Refused(
            f"A briefing on the audits of {_period(briefing).label} is given once they have begun, not on "
            f"{day(held_on, 'plain')}."
        )
    stands = BriefingSession.objects.filter(briefing=briefing, cancelled_at__isnull=True)
    if teams:
        have = set(stands.filter(team__isnull=False).values_list("team_id", flat=True))
        places: list[Team | None] = [team for team in teams if team.pk not in have]
    else:
        places = [] if stands.filter(team__isnull=True, held_on=held_on).exists() else [None]
    return _arrange(by, briefing, places, held_on, way, led_by, now) if places else []


@step
def _arrange(
    by: Person, briefing: Briefing, places: Sequence[Team | None], held_on: date, way: str, led_by: Person | None,
    now: datetime,
) -> list[BriefingSession]:  # fmt: skip
    Briefing.objects.select_for_update(of=("self",)).get(pk=briefing.pk)
    made = [
        BriefingSession.objects.create(
            authority_id=briefing.authority_id, briefing=briefing, team=team, held_on=held_on, way=way, led_by=led_by
        )
        for team in places
    ]
    for session in made:
        record(by=by, verb="arranged", thing=session, at=now, now=_of_session(session))
    return made


@step
def change_briefing_session(
    *, by: Person, session: BriefingSession, held_on: date, way: str, led_by: Person | None, now: datetime
) -> BriefingSession:
    """Another day, way or leader. Refused of one that was cancelled, and to a day ahead where people are marked."""
    _refuse_unless_planning(by)
    _refuse_way(by, way, now)
    session = _standing(session)
    if held_on > now.astimezone(LONDON).date() and session.attendances.exists():
        raise Refused("People are marked as having been there, so it cannot be moved to a day ahead.")
    was = _of_session(session)
    session.held_on, session.way, session.led_by = held_on, way, led_by
    session.save(update_fields=["held_on", "way", "led_by"])
    record(by=by, verb="changed", thing=session, at=now, was=was, now=_of_session(session))
    return session


@step
def cancel_briefing_session(*, by: Person, session: BriefingSession, now: datetime) -> BriefingSession:
    """It will not be held. Refused once somebody is marked as having been there."""
    _refuse_unless_planning(by)
    session = _standing(session)
    if session.attendances.exists():
        raise Refused("People are marked as having been there, so it was held. Take their marks away first.")
    session.cancelled_at, session.cancelled_by = now, by
    session.save(update_fields=["cancelled_at", "cancelled_by"])
    record(by=by, verb="cancelled", thing=session, at=now, was=_of_session(session))
    return session


# --- who was there -----------------------------------------------------------------------------------------


def mark_briefed(
    *, by: Person, session: BriefingSession, people: Collection[int], held_on: date, now: datetime
) -> tuple[int, int]:
    """These people, of those `by` may mark, were there on that day, and the others were not: how many marks were set,
    and how many taken away. The same again changes nothing.

    Refused: a day ahead; somebody who was not in the team; a session that is not hers to mark.
    """
    if held_on > now.astimezone(LONDON).date():
        raise Refused(f"{day(held_on, 'plain')} is ahead. Mark who was there once it has been held.")
    hers = session.team_id in by.teams_managed if session.team_id else bool(by.teams_managed)
    if not (may_plan_briefings(by) or hers):
        raise Refused("Who was briefed is marked by the team’s manager, or by the Quality Assurance Unit.")
    if held_on != session.held_on and session.team_id is None and not may_plan_briefings(by):
        raise Refused("The day of a session for all is changed by the Quality Assurance Unit.")
    before, session.held_on = session.held_on, held_on
    there, ticked = marked_at(session), set(people)
    members = {each.person for each in members_to_mark(by, session, _framework(by, now.astimezone(LONDON).date()))}
    if ticked - members - there:
        raise Refused(f"Somebody who was ticked was not in the team on {day(held_on, 'plain')}. Open the page again.")
    new, gone = ticked - there, (there & members) - ticked
    if new or gone or held_on != before:
        _mark(by, session, new, gone, before, now)
    return len(new), len(gone)


@step
def _mark(
    by: Person, session: BriefingSession, new: Collection[int], gone: Collection[int], before: date, now: datetime
) -> None:
    held_on = session.held_on
    session = _standing(session)
    session.held_on = held_on
    session.save(update_fields=["held_on"])
    Attendance.objects.filter(session=session, person__in=gone).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(authority_id=session.authority_id, session=session, person_id=key, marked_at=now, marked_by=by)
            for key in sorted(new)
        ],
        ignore_conflicts=True,
    )
    record(
        by=by, verb="marked", thing=session, at=now, was={"held_on": before.isoformat(), "people": sorted(gone)},
        now={"held_on": held_on.isoformat(), "people": sorted(new)},
    )  # fmt: skip


# --- refusals ----------------------------------------------------------------------------------------------


def _refuse_unless_planning(by: Person) -> None:
    if not may_plan_briefings(by):
        raise Refused("Briefings are planned by the Quality Assurance Unit.")


def _refuse_questions(by: Person, questions: Sequence[str], now: datetime) -> None:
    today = now.astimezone(LONDON).date()
    known = {item.name for item in items_of(template_on(by.authority_id, today), _framework(by, today))}
    if not questions:
        raise Refused("Choose at least one question in which you will look for a change.")
    if len(questions) > MOST_QUESTIONS:
        raise Refused(f"{len(questions)} questions are too many to be about. Choose at most {MOST_QUESTIONS}.")
    if set(questions) - known:
        raise Refused(
            "A question that was chosen is not in the template any more. Open the page again and choose anew."
        )


def _refuse_way(by: Person, way: str, now: datetime) -> None:
    ways = _framework(by, now.astimezone(LONDON).date()).briefing.ways
    if way not in ways:
        raise Refused(f"The framework knows briefings by {listed(ways, 'or')}, not by “{way}”.")


def _framework(by: Person, today: date) -> Framework:
    return framework_in_force(by.authority_id, today).parsed


def _standing(session: BriefingSession) -> BriefingSession:
    session = BriefingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.cancelled_at:
        raise Refused("This session was cancelled. Arrange another one.")
    return session


# --- for the trail -----------------------------------------------------------------------------------------


def _period(briefing: Briefing) -> Period:
    return Period(briefing.period_starts_on, briefing.period_ends_on)


def _facts(briefing: Briefing) -> dict[str, object]:
    return {
        "title": briefing.title, "period_starts_on": briefing.period_starts_on.isoformat(),
        "period_ends_on": briefing.period_ends_on.isoformat(), "questions": briefing.questions,
        "themes": sorted(briefing.themes.values_list("key", flat=True)), "message": briefing.message,
    }  # fmt: skip


def _of_session(session: BriefingSession) -> dict[str, object]:
    return {
        "held_on": session.held_on.isoformat(), "way": session.way, "team": session.team_id,
        "led_by": session.led_by_id,
    }  # fmt: skip
