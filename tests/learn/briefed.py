"""A briefing with random files before and after it, for tests: by the real steps, on the days that are said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

from goldenthread.audit.models import Audit
from goldenthread.framework.models import Theme
from goldenthread.learn.models import Briefing, BriefingSession
from goldenthread.learn.services import briefings as services
from goldenthread.method.periods import Period
from goldenthread.people.models import Team
from goldenthread.select.queries.choosing import cases_named
from goldenthread.select.services.choosing import choose
from goldenthread.select.services.draws import Chosen
from tests import make

PERIOD = Period(date(2026, 4, 1), date(2026, 9, 30))
GIVEN = date(2026, 10, 13)
PLANNED = make.NOW
LATER = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # the day on which the tests look
TODAY = LATER.date()
CHRONOLOGY = ("chronology",)


def briefing(
    questions: Sequence[str] = CHRONOLOGY, title: str = "Chronologies that say why", **given: object
) -> Briefing:
    """One that is planned, on the half-year from April."""
    said: dict[str, object] = {"themes": [], "message": "Say what each event meant for the child.", "now": PLANNED}
    return services.plan_briefing(
        by=make.council().maya, title=title, period=PERIOD, questions=questions, **{**said, **given},  # type: ignore[arg-type]
    )  # fmt: skip


def theme(key: str = "planning", label: str = "Planning") -> Theme:
    found, _ = Theme.objects.get_or_create(authority=make.council().authority, key=key, defaults={"label": label})
    return found


def arranged(of: Briefing | None = None, *teams: Team, held_on: date = GIVEN) -> list[BriefingSession]:
    """Sessions in the meetings of these teams, or one for all."""
    return services.arrange_briefings(
        by=make.council().maya, briefing=of or briefing(), teams=teams, held_on=held_on,
        way="team meeting" if teams else "one-off session", led_by=None, now=PLANNED,
    )  # fmt: skip


def duty() -> Team:
    return make.team("Duty 2")


def files(on: date, *answers: str, question: str = "chronology", grade: str = "good") -> list[Audit]:
    """A file for each answer, drawn at random for a session of this day and submitted on it; in two teams in turn."""
    cases = make.lines(2 * len(answers) + 2)
    cases = [make.Line(f"{on:%m%d}{each.ref}", each.status, each.team, each.worker) for each in cases]
    held = make.drawn_session(len(answers), of=make.session(held_on=on), cases=cases)
    return _submitted(make.audits(held), on, answers, question, grade)


def _submitted(audits: list[Audit], on: date, answers: Sequence[str], question: str, grade: str) -> list[Audit]:
    for audit, answer in zip(audits, answers, strict=True):
        make.answered_audit(audit, grade=grade, answers={question: answer})
        now = datetime(on.year, on.month, on.day, 15, 0, tzinfo=UTC)
        make.auditing.submit(by=make.auditor_of(audit), opened=make.opened(audit), now=now)
        audit.refresh_from_db()
    return audits


def picked(on: date, *answers: str) -> list[Audit]:
    """A file for each answer, named by hand for a session of this day and submitted on it."""
    here, held = make.council(), make.session(held_on=on)
    listed = make.case_list([make.Line(f"P{on:%m%d}{place:02}") for place in range(len(answers))])
    reasons = {line.ref: "Asked for by the board." for line in listed.lines.all()}
    found = cases_named(listed, reasons)
    choose(
        by=here.maya, case_list=listed, session=held, framework=here.framework, picks=found.picks,
        exclusions=found.exclusions, chosen=Chosen(way="hand", because="Asked for by the board."), now=PLANNED,
    )  # fmt: skip
    return _submitted(make.audits(held), on, answers, "chronology", "good")


def marked(session: BriefingSession, people: Collection[int], now: datetime = LATER) -> tuple[int, int]:
    """These people were there, as the unit marks it."""
    return services.mark_briefed(
        by=make.council().maya, session=session, people=people, held_on=session.held_on, now=now
    )
