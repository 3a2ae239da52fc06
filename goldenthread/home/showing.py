"""What somebody owes today as her page shows it: kinds of work with their lines, and what to do when there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from goldenthread.act.showing import due_words, standing_of
from goldenthread.act.signed import severity_in_words
from goldenthread.audit.queries.parts import label_of
from goldenthread.home.queries import MOST, FirstSteps, Some, Work
from goldenthread.learn.listing import title_of
from goldenthread.method.deadlines import late_by
from goldenthread.people.models import Person
from goldenthread.web.wording import day, plural, when

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
        _kind("concerns", "A child may be unsafe now", "concern to answer|concerns to answer", work.concerns,
              _concerns(work), reverse("concerns")),
        _kind("tasks", "Tasks for you", "task", work.tasks, _tasks(work, today), f"{reverse('tasks')}?mine=on"),
        _kind("decide", "Challenged tasks to decide", "challenged task to decide|challenged tasks to decide",
              work.to_decide, _to_decide(work, today), f"{reverse('tasks')}?state=challenged"),
        _kind("sign", "To sign off", signing, work.to_sign, _to_sign(work, today), returns),
        _kind("audits", "Files to audit", "file to audit|files to audit", work.audits, _audits(work),
              reverse("audits")),
        _kind("parts", "Your view is asked for", "view asked for|views asked for", work.parts, _parts(work, today)),
        _kind("moderate", "To moderate", "audit to moderate|audits to moderate", work.to_moderate,
              _to_moderate(work, today), reverse("moderations")),
        _kind("agree", "Grades to agree with the other auditor", "audit to agree on|audits to agree on", work.to_agree,
              _to_agree(work)),
        _kind("challenges", "Challenges to decide", "challenge to decide|challenges to decide", work.challenges,
              _challenges(work, today), reverse("moderations")),
        _kind("calibrations", "Calibration", "file to grade for calibration|files to grade for calibration",
              work.to_calibrate, _to_calibrate(work, today), reverse("calibrations")),
        _kind("numbers", "Draws that wait for your number", "number to reveal|numbers to reveal", work.numbers,
              _numbers(work)),
        _kind("owed", "Records you owe", "record you owe|records you owe", _records(work), _owed(work, today)),
        _kind("away", "Seats of people who cannot come", "seat to re-plan|seats to re-plan", work.away, _away(work),
              reverse("rota")),
        _kind("shut", "Audits that a conflict shuts", "audit to allot again|audits to allot again", work.shut,
              _shut(work)),
        _kind("draws", "Draws to settle", "draw to settle|draws to settle", work.draws, _draws(work),
              reverse("case_lists")),
        _kind("allot", "Audits without a moderator", "audit without a moderator|audits without a moderator",
              work.to_allot, _to_allot(work, today), reverse("moderations")),
        _kind("calibrated", "Calibrations to agree", "calibration to agree|calibrations to agree",
              Some((), len(work.calibrated)), _calibrated(work), reverse("calibrations")),
        _kind("coverage", "What the year will not cover", "gap in coverage|gaps in coverage",
              Some(work.uncovered[:MOST], len(work.uncovered)), _uncovered(work), reverse("coverage")),
        _kind("inspections", "Supervision notes to inspect", "inspection to record|inspections to record",
              work.inspections, _inspections(work, today), reverse("my_inspections")),
        _kind("messages", "Messages that did not go out", "message stuck|messages stuck", Some((), work.stuck),
              _stuck(work)),
        _kind("accept", "Come back from the teams", "section to accept|sections to accept", work.to_accept,
              _to_accept(work), f"{returns}?state=signed+off"),
        _kind("checks", "Signed-off tasks to check", "signed-off task to check|signed-off tasks to check", work.checks,
              _checks(work), reverse("assurance")),
        _kind("reaudits", "Re-audits to arrange", "re-audit to arrange|re-audits to arrange", work.reaudits,
              _reaudits(work, today), reverse("reaudits")),
        _kind("return", "Audits to return", "session to return|sessions to return", work.to_return, _to_return(work)),
        _kind("reports", "Reports to write", "report to write|reports to write", work.to_report, _to_report(work),
              reverse("reports")),
        _kind("quarters", "Quarterly reports to write", "quarterly report to write|quarterly reports to write",
              Some(work.quarters[:MOST], len(work.quarters)), _quarters(work), reverse("reports")),
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


def _concerns(work: Work) -> Iterable[Line]:
    """A concern's clock runs in hours, so the moment itself is said."""
    for concern in work.concerns.rows:
        waits = concern.state == "raised"
        status = f"Acknowledge by {when(concern.answer_by)}" if waits else "Acknowledged: close it with what was done"
        href = reverse("open_concern", args=[concern.code])
        hint = concern.audit.team_name or "No team"
        yield Line(f"Concern, case {concern.audit.ref}", href, status, "red" if waits else "yellow", hint)


def _tasks(work: Work, today: date) -> Iterable[Line]:
    for task in work.tasks.rows:
        returned = task.returned
        title = _short(task.text)
        urgent = severity_in_words(returned.audit.framework.parsed, task.severity)
        where = [f"Case {returned.audit.ref}", returned.team.name if returned.team else "", urgent]
        hint = ", ".join(part for part in where if part)
        yield Line(title, reverse("open_return", args=[returned.code]), *_due(task.due_on, today), hint=hint)


def _to_decide(work: Work, today: date) -> Iterable[Line]:
    for task in work.to_decide.rows:
        href = reverse("decide_task", args=[task.returned.code, task.code])
        hint = f"Case {task.returned.audit.ref}, {_team_of(task.returned)}"
        yield Line(f"{task.owner.name} challenges a task", href, *_due(task.due_on, today), hint=hint)


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


def _parts(work: Work, today: date) -> Iterable[Line]:
    for part in work.parts.rows:
        label = label_of(part, part.audit.framework.parsed)
        due = _due(part.due_on, today) if part.due_on else ("Asked for", "blue")
        href = reverse("write_part", args=[part.audit.code, part.kind])
        yield Line(f"Case {part.audit.ref}", href, *due, hint=label)


def _to_moderate(work: Work, today: date) -> Iterable[Line]:
    for moderation in work.to_moderate.rows:
        asked = "Grade it, blind" if moderation.state == "grading" else "Agree the grades"
        href = reverse("open_moderation", args=[moderation.code])
        yield Line(f"Case {moderation.audit.ref}", href, *_due(moderation.due_on, today), hint=asked)


def _to_allot(work: Work, today: date) -> Iterable[Line]:
    for moderation in work.to_allot.rows:
        href = reverse("allot_moderator", args=[moderation.code])
        yield Line(f"Case {moderation.audit.ref}", href, *_due(moderation.due_on, today))


def _to_agree(work: Work) -> Iterable[Line]:
    for audit in work.to_agree.rows:
        hint = f"{audit.session.group.name}, {day(audit.session.held_on)}"
        yield Line(f"Case {audit.ref}", reverse("agree_parts", args=[audit.code]), "Both submitted", "yellow", hint)


def _challenges(work: Work, today: date) -> Iterable[Line]:
    for moderation in work.challenges.rows:
        href = reverse("open_challenge", args=[moderation.code])
        yield Line(f"Case {moderation.audit.ref}", href, *_due(moderation.due_on, today))


def _to_calibrate(work: Work, today: date) -> Iterable[Line]:
    for calibration in work.to_calibrate.rows:
        yield Line(calibration.title, reverse("rate", args=[calibration.code]), *_due(calibration.closes_on, today))


def _calibrated(work: Work) -> Iterable[Line]:
    for calibration in work.calibrated:
        href = reverse("open_calibration", args=[calibration.code])
        yield Line(calibration.title, href, f"{calibration.answered} of {calibration.in_all} answered", "yellow")


def _shut(work: Work) -> Iterable[Line]:
    for audit in work.shut.rows:
        yield Line(f"Case {audit.ref}", reverse("allot", args=[audit.case.code]), "Shut", "red", audit.auditor_name)


def _uncovered(work: Work) -> Iterable[Line]:
    for sentence in work.uncovered[:MOST]:
        yield Line(sentence, reverse("coverage"), "Gap", "red")


def _numbers(work: Work) -> Iterable[Line]:
    for draw in work.numbers.rows:
        yield Line(draw.purpose, reverse("share_number", args=[draw.code]), "Reveal it", "yellow")


def _draws(work: Work) -> Iterable[Line]:
    for draw in work.draws.rows:
        yield Line(draw.purpose, reverse("open_draw", args=[draw.code]), draw.get_seed_kind_display(), "yellow")


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


def _checks(work: Work) -> Iterable[Line]:
    for check in work.checks.rows:
        where = f"Case {check.task.returned.audit.ref}, {_team_of(check.task.returned)}"
        yield Line(_short(check.task.text), reverse("check_task", args=[check.code]), "To check", "yellow", where)


def _reaudits(work: Work, today: date) -> Iterable[Line]:
    for reaudit in work.reaudits.rows:
        href = reverse("before_and_after", args=[reaudit.code])
        yield Line(f"Case {reaudit.audit.ref}", href, *_due(reaudit.due_on, today), hint=_team_of(reaudit.audit))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


def _to_return(work: Work) -> Iterable[Line]:
    for session in work.to_return.rows:
        href = reverse("return_session", args=[session.code])
        yield Line(f"{session.group.name}, {day(session.held_on)}", href, plural(session.waiting, "audit"), "yellow")


def _to_report(work: Work) -> Iterable[Line]:
    for session in work.to_report.rows:
        href = reverse("write_report", args=[session.code])
        yield Line(f"{session.group.name}, {day(session.held_on)}", href, "Not begun", "blue")


def _quarters(work: Work) -> Iterable[Line]:
    for subject in work.quarters[:MOST]:
        yield Line(subject.title, reverse("write_report", args=["quarterly", subject.key]), "Not begun", "blue")


def _drafts(work: Work) -> Iterable[Line]:
    for edition in work.drafts.rows:
        href = reverse("write_report", args=[edition.report, edition.subject])
        yield Line(title_of(edition), href, "Draft", "yellow")


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
