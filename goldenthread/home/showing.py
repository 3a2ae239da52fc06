"""What somebody owes today as her page shows it: kinds of work with their lines, and what to do when there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from goldenthread.act.showing import due_words, standing_of
from goldenthread.home.queries import FirstSteps, Some, Work
from goldenthread.method.deadlines import late_by
from goldenthread.people.models import Person
from goldenthread.web.wording import day, plural

LONGEST = 140  # characters of a task shown in a line


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: what and where, how it stands, and whether it is late."""

    title: str
    href: str
    status: str
    colour: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work with its lines; `whole` leads to all of them when there are more."""

    key: str
    title: str
    label: str
    count: int
    lines: Sequence[Line]
    whole: str = ""

    @property
    def tone(self) -> str:
        return "attention" if any(line.colour == "red" for line in self.lines) else ""


def kinds_of(work: Work, today: date) -> list[Kind]:
    """The kinds of work there is any of, in the order in which a day is best begun."""
    returns = reverse("returns")
    signing = "section to sign off|sections to sign off"
    kinds = [
        _kind("tasks", "Tasks for you", "task", work.tasks, _tasks(work, today), returns),
        _kind("sign", "To sign off", signing, work.to_sign, _to_sign(work, today), returns),
        _kind("audits", "Files to audit", "file to audit|files to audit", work.audits, _audits(work),
              reverse("audits")),
        _kind("owed", "Records you owe", "record you owe|records you owe", _records(work), _owed(work, today)),
        _kind("away", "Seats of people who cannot come", "seat to re-plan|seats to re-plan", work.away, _away(work),
              reverse("rota")),
        _kind("inspections", "Supervision notes to inspect", "inspection to record|inspections to record",
              work.inspections, _inspections(work, today), reverse("my_inspections")),
        _kind("messages", "Messages that did not go out", "message stuck|messages stuck", Some((), work.stuck),
              _stuck(work)),
        _kind("accept", "Come back from the teams", "section to accept|sections to accept", work.to_accept,
              _to_accept(work), f"{returns}?state=signed+off"),
        _kind("return", "Audits to return", "session to return|sessions to return", work.to_return, _to_return(work)),
        _kind("reports", "Reports to write", "report to write|reports to write", work.to_report, _to_report(work),
              reverse("reports")),
        _kind("drafts", "Reports begun", "report begun|reports begun", work.drafts, _drafts(work), reverse("reports")),
        _kind("late", "Late with the teams", "late return", work.late, _late(work, today), f"{returns}?late=on"),
        _kind("sessions", "Sessions to come", "session to come|sessions to come", work.coming, _coming(work, today),
              reverse("sessions")),
    ]  # fmt: skip
    return [kind for kind in kinds if kind.lines]


def _kind(key: str, title: str, noun: str, some: Some, lines: Iterable[Line], whole: str = "") -> Kind:
    one, _, many = noun.partition("|")
    label = one if some.count == 1 else many or f"{one}s"
    return Kind(key, title, label, some.count, list(lines), whole if some.more else "")


def _due(due_on: date, today: date) -> tuple[str, str]:
    """The words and the colour of a day something is due."""
    return due_words(due_on, today).capitalize(), "red" if late_by(due_on, today) else "blue"


def _tasks(work: Work, today: date) -> Iterable[Line]:
    for task in work.tasks.rows:
        returned = task.returned
        title = task.text if len(task.text) <= LONGEST else f"{task.text[:LONGEST].rsplit(' ', 1)[0]} …"
        where = f"Case {returned.audit.ref}, {returned.team.name}" if returned.team else f"Case {returned.audit.ref}"
        yield Line(title, reverse("open_return", args=[returned.code]), *_due(task.due_on, today), hint=where)


def _to_sign(work: Work, today: date) -> Iterable[Line]:
    for returned in work.to_sign.rows:
        href = reverse("open_return", args=[returned.code])
        status, colour = _due(returned.sign_off_due_on, today)
        yield Line(f"Case {returned.audit.ref}", href, status, colour, _team_of(returned))


def _audits(work: Work) -> Iterable[Line]:
    for audit in work.audits.rows:
        session = audit.session
        status = f"{audit.answered} of {audit.asked}" if audit.answered else "Not started"
        hint = f"{session.group.name}, {day(session.held_on)}"
        yield Line(f"Case {audit.ref}", reverse("open_audit", args=[audit.code]), status, "blue", hint)


def _records(work: Work) -> Some:
    """The number shown is that of records, the lines are months."""
    return Some((), sum(len(account.to_do) for account in work.owed))


def _owed(work: Work, today: date) -> Iterable[Line]:
    for account in work.owed:
        left = f"{len(account.to_do)} of {plural(account.asked, 'record')} of {account.due.period.label}"
        yield Line(left, reverse("owed"), *_due(account.to_do[0], today))


def _inspections(work: Work, today: date) -> Iterable[Line]:
    for inspection in work.inspections.rows:
        href = reverse("record_inspection", args=[inspection.code])
        yield Line(f"Notes {inspection.case.ref}", href, "Not inspected", "blue", inspection.case.line.team_name)


def _away(work: Work) -> Iterable[Line]:
    for seat in work.away.rows:
        session = seat.session
        yield Line(f"{session.group.name}, {day(session.held_on)}", reverse("rota"), "Away", "red", seat.person.name)


def _stuck(work: Work) -> Iterable[Line]:
    if work.stuck:
        yield Line("See why, and try again", reverse("messages"), plural(work.stuck, "message"), "red")


def _to_accept(work: Work) -> Iterable[Line]:
    for returned in work.to_accept.rows:
        href = reverse("open_return", args=[returned.code])
        yield Line(f"Case {returned.audit.ref}", href, "Signed off", "teal", _team_of(returned))


def _to_return(work: Work) -> Iterable[Line]:
    for session in work.to_return.rows:
        href = reverse("return_session", args=[session.code])
        yield Line(f"{session.group.name}, {day(session.held_on)}", href, plural(session.waiting, "audit"), "yellow")


def _to_report(work: Work) -> Iterable[Line]:
    for session in work.to_report.rows:
        href = reverse("write_report", args=[session.code])
        yield Line(f"{session.group.name}, {day(session.held_on)}", href, "Not begun", "blue")


def _drafts(work: Work) -> Iterable[Line]:
    for edition in work.drafts.rows:
        if session := edition.session:
            href = reverse("write_report", args=[session.code])
            yield Line(f"{session.group.name}, {day(session.held_on)}", href, "Draft", "yellow")


def _late(work: Work, today: date) -> Iterable[Line]:
    for returned in work.late.rows:
        standing = standing_of(returned, returned.undone, today)
        href = reverse("open_return", args=[returned.code])
        yield Line(f"Case {returned.audit.ref}", href, standing.words, standing.colour, _team_of(returned))


def _coming(work: Work, today: date) -> Iterable[Line]:
    for session in work.coming.rows:
        days = (session.held_on - today).days
        status = "Today" if days == 0 else "Tomorrow" if days == 1 else f"In {days} days"
        href = reverse("open_session", args=[session.code])
        yield Line(f"{session.group.name}, {day(session.held_on)}", href, status, hint=session.venue)


def _team_of(returned: object) -> str:
    team = getattr(returned, "team", None)
    return team.name if team else "No team"


def steps_of(steps: FirstSteps) -> list[Line]:
    """What a new council does first, in order; what is done is said, what comes next is a link."""
    planned = [
        ("Adopt a framework", reverse("frameworks"), steps.framework, "Who audits, how often, with which grades"),
        ("Adopt an audit template", reverse("templates"), steps.template, "The questions every audit asks"),
        ("Form the auditing groups", reverse("groups"), steps.groups, "With the themes the framework names"),
        ("Add the teams and the people", reverse("people"), steps.people, "Whoever audits, holds cases or manages"),
        ("Load a case list", reverse("case_lists"), steps.case_list, "Ofsted’s Annex A, or any extract"),
        ("Arrange the first session", reverse("arrange_session"), steps.session, "A day, a place, and who sits"),
        ("Draw its files", reverse("sessions"), steps.draw, "At random, so that nobody has to ask who chose them"),
    ]
    return [
        Line(title, href, "Done" if done else "To do", "" if done else "blue", hint)
        for title, href, done, hint in planned
    ]


def nothing_to_do(person: Person) -> tuple[str, str, str]:
    """What is said to somebody who owes nothing today: the sentence, and perhaps what she can do instead and where."""
    if person.is_quality_assurance:
        said = "Nothing waits for you today. The cycle goes on with the next session."
        return said, "Arrange a session", reverse("arrange_session")
    if person.is_director:
        return "Nothing waits for you today. You can see how the audits stand.", "See the audits", reverse("audits")
    if not person.posts_held:
        return "You hold no post at the moment. Ask the Quality Assurance Unit to put you in yours.", "", ""
    managing = bool(person.teams_managed or person.services_managed)
    hers = "of one of your team’s cases comes back, its tasks and what you sign off are"
    if not managing:
        hers = "of one of your cases comes back, what is to be put right and by when is"
    said = f"Nothing waits for you today. When an audit {hers} listed here; so are the files you are asked to audit."
    return said, "", ""
