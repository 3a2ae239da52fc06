"""The session report: what one auditing group found on one day, in practice and in process.

The seed: "The Quality Assurance Unit will continue to take responsibility for the production of reports following the
audit every 6 weeks. These reports will highlight issues in relation to practice and process."
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from goldenthread.learn.queries.editions import audits_submitted, released_before, sessions_waiting
from goldenthread.learn.queries.session_facts import SessionFigures
from goldenthread.learn.queries.sessions import session_figures
from goldenthread.learn.rendering.model import Block, Figure, Figures, Protected, Report, Section, Text, Words
from goldenthread.learn.rendering.model import day_in_words as day
from goldenthread.learn.reports.session.findings import finding_blocks, theme_words
from goldenthread.learn.reports.session.following import LATE, task_blocks, task_states, task_words
from goldenthread.learn.reports.session.grades import classes, grade_blocks, headline, headline_words
from goldenthread.learn.reports.session.outcomes import early_help_blocks, outcome_blocks
from goldenthread.learn.reports.session.selection import audited_words, selection_blocks
from goldenthread.learn.reports.session.shield import Shield, in_words, shield_for
from goldenthread.learn.subjects import Subject
from goldenthread.method.disclosure import Released
from goldenthread.people.models import Authority
from goldenthread.plan.models import Session

KEY, TITLE, AUDIENCE, CADENCE = "session", "Session report", "Quality Assurance Unit, managers", "after every session"

# The parts the unit may add its own words to, in the order they are read.
PARTS = {
    "summary": "Summary",
    "grades": "Grades",
    "practice": "Practice",
    "process": "Process",
    "outcomes": "Outcomes for children",
    "early_help": "Early help and the regional points",
    "tasks": "Tasks",
    "selection": "How the files were chosen",
}


def of(session: Session, note: str = "") -> Subject:
    """This session as what a report is of."""
    title = f"{session.group.name}, {day(session.held_on)}"
    return Subject(f"{KEY}:{session.code}", title, session.authority, session=session, note=note)


def subjects(authority: Authority, today: date) -> Sequence[Subject]:
    """The sessions that wait for their report, the oldest first: what was audited longest ago is reported first."""
    found = sessions_waiting(authority.pk)
    counted = audits_submitted(found)
    return [of(each, "{} of {} audits submitted".format(*counted[each.pk])) for each in found]


def subject(authority: Authority, key: str) -> Subject | None:
    word, _, code = key.partition(":")
    sessions = Session.objects.filter(authority=authority, code=code).select_related("group", "authority")
    session = sessions.first() if word == KEY else None
    return of(session) if session else None


def figures(subject: Subject, today: date, *, circulated: bool = False) -> SessionFigures:
    """What the session found, as of `today`; `circulated` for readers from whom small numbers are kept."""
    assert subject.session
    found = session_figures(subject.session, today, circulated=circulated)
    if not circulated:
        return found
    tables = released_before(subject.authority.pk)
    earlier = tuple(table for table in tables if table.population.startswith(f"{subject.key}:"))
    return replace(found, of=subject.key, earlier=earlier)


def lacking(figures: SessionFigures) -> str:
    """No report of nothing, and none for circulation in which one file could be told from the others."""
    number, least = len(figures.files), figures.framework.protection.suppress_below
    if not number:
        return "No audit of this session has been submitted yet, so there is nothing to report."
    if figures.circulated and number < least:
        said = "1 file of this session is" if number == 1 else f"{number} files of this session are"
        return (
            f"Only {said} audited. An edition for circulation needs {least}, so that none of them can be told from the "
            "others. Publish it for the unit only."
        )
    if figures.earlier and _told(figures).differs:
        return (
            "This session’s report was circulated with other numbers. Beside that edition this one would tell which "
            "file was changed, or came late. Publish it for the unit only."
        )
    return ""


def released(figures: SessionFigures) -> Sequence[Released]:
    """Every count that the report shows, as the tables they were protected in."""
    return _told(figures).released


def _told(figures: SessionFigures) -> Shield:
    """The shield once the whole report has been said through it."""
    shield = shield_for(figures)
    _blocks(figures, shield)
    return shield


def compose(figures: SessionFigures, words: Mapping[str, str]) -> Report:
    """The report as a draft: the sentences and charts, with the unit's own words (by part, see `PARTS`) beside them."""
    shield = shield_for(figures)
    parts = {key: (*blocks, *_own(figures, words.get(key, ""))) for key, blocks in _blocks(figures, shield).items()}
    return Report(
        title=TITLE,
        subtitle=f"{figures.group}, {day(figures.held_on)}",
        council=figures.council,
        period=f"Session of {day(figures.held_on)}" + (f", {figures.venue}" if figures.venue else ""),
        edition="",
        published_on=None,
        published_by="",
        audience=_audience(figures),
        summary=parts.pop("summary"),
        sections=tuple(Section(PARTS[key], blocks) for key, blocks in parts.items()),
        about=tuple(_about(figures, shield)),
    )


def _blocks(figures: SessionFigures, shield: Shield) -> dict[str, tuple[Block, ...]]:
    return {
        "summary": _summary(figures, shield),
        "grades": tuple(grade_blocks(figures, shield)),
        "practice": tuple(finding_blocks(figures, shield, "practice")),
        "process": tuple(finding_blocks(figures, shield, "process")),
        "outcomes": tuple(outcome_blocks(figures, shield)),
        "early_help": tuple(early_help_blocks(figures, shield)),
        "tasks": tuple(task_blocks(figures, shield)),
        "selection": tuple(selection_blocks(figures, shield)),
    }


def _own(figures: SessionFigures, text: str) -> tuple[Block, ...]:
    return (Words(f"the {figures.framework.word('quality_assurance')}", text),) if text.strip() else ()


def _summary(figures: SessionFigures, shield: Shield) -> tuple[Block, ...]:
    focus = (f"The session looked at this in particular: {figures.focus.rstrip('.')}.",) if figures.focus else ()
    sentences = (audited_words(figures), *focus)
    if not figures.files:
        return (Text(sentences),)
    good, shown = next(iter(classes(figures))), headline(figures, shield)
    of = len(figures.files)
    drawn = figures.chosen.drawn if figures.chosen else of
    items = [
        Figure(f"{of} of {drawn}", "files audited"),
        Figure("not shown" if shown[good] is None else f"{shown[good]} of {of}", good),
    ]
    if figures.tasks.total and shield.shows_whole(figures.tasks.total):
        late = in_words(task_states(figures, shield)[LATE])
        items.append(Figure(f"{figures.tasks.total}", "tasks set", f"late: {late}"))
    themes = (theme_words(figures, shield, domain) for domain in ("practice", "process"))
    return (
        Figures(tuple(items)),
        Text((*sentences, headline_words(figures, shield))),
        Text((*themes, task_words(figures, shield))),
    )


def _audience(figures: SessionFigures) -> str:
    """The unit alone, or those the framework gives this report to beside it."""
    unit = figures.framework.word("quality_assurance")
    if not figures.circulated:
        return f"{unit} only"
    keys = next((report.audiences for report in figures.framework.reports if report.key == KEY), ())
    labels = [figures.framework.body(key).label for key in keys if key != figures.framework.returns.back_to]
    return ", ".join(labels) or "For circulation"


def _about(figures: SessionFigures, shield: Shield) -> tuple[Block, ...]:
    framework = figures.framework
    rests = (
        f"This report rests on the audits submitted by {day(figures.as_of)}, under {framework.title}, version "
        f"{framework.version}{', with ' + ' and '.join(figures.templates) if figures.templates else ''}.",
        "What is called plausible holds for 95 samples of 100: Wilson's interval, corrected for the share of all cases "
        "that was read. A grade is what auditors agreed on the file; it is not a judgement of a person.",
    )
    if shield.rule is None:
        return (
            Text(rests),
            Text(("This edition holds small numbers and what was written of single files. Keep it in the unit.",)),
        )
    return (
        Text(rests),
        Protected(
            f"Numbers from 1 to {shield.rule.suppress_below - 1} are not shown, nor others from which they could be "
            f"worked out, nor any team with fewer than {shield.rule.team_minimum} files: they may tell who a child is."
        ),
    )
