"""Senior managers' inspections of one quarter: the statement, as it was signed or as it would be signed today.

Lord Laming's Recommendation 30 (2003), in the seed's words: senior managers inspect "at least once every three months,
a random selection of case files and supervision notes". Gaps are said plainly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from goldenthread.audit.queries.statements import statements_signed
from goldenthread.framework.queries import framework_or_none_on
from goldenthread.learn.queries.inspection_figures import InspectedLine, InspectionFigures, inspection_figures
from goldenthread.learn.readers import SERVICE, UNIT
from goldenthread.learn.rendering.model import Block, Figure, Figures, Report, Section, Table, Text, Words
from goldenthread.learn.rendering.model import day_in_words as day
from goldenthread.learn.reports.session.selection import in_groups
from goldenthread.learn.subjects import Subject
from goldenthread.method import access
from goldenthread.method.periods import Period, period_of
from goldenthread.people.models import Authority, Person
from goldenthread.people.standing import standings
from goldenthread.select.queries.supervision import quarter_of
from goldenthread.web.wording import plural, when

KEY, TITLE, CADENCE = "inspections", "Senior managers' inspection statement", "every quarter"
AUDIENCE = "The directors, the Quality Assurance Unit, inspectors"

PARTS = {
    "summary": "Summary",
    "inspected": "What each senior manager inspected",
    "gaps": "What is missing",
    "draws": "The draws behind it",
}
OFFERED = 4  # quarters, the one that runs among them


def subjects(authority: Authority, today: date) -> list[Subject]:
    """The quarter that runs and the three before it, each with whether its statement is signed."""
    version = framework_or_none_on(authority.pk, today)
    if version is None:
        return []
    quarters = [quarter_of(version.parsed, today)]
    while len(quarters) < OFFERED:
        quarters.append(quarter_of(version.parsed, date.fromordinal(quarters[-1].starts_on.toordinal() - 1)))
    signed = statements_signed(authority.pk, quarters)
    return [
        _subject(authority, quarter, "signed" if quarter.starts_on in signed else "not signed yet")
        for quarter in quarters
    ]


def subject(authority: Authority, key: str) -> Subject | None:
    """`key`: the first day of a quarter, "2026-07-01"; None where no quarter of the council begins then."""
    try:
        starts_on = date.fromisoformat(key)
    except ValueError:
        return None
    version = framework_or_none_on(authority.pk, starts_on)
    month = version.parsed.year_starts_month if version else 4
    quarter = period_of(starts_on, version.parsed.recommendation_30.every if version else "quarter", month)
    return _subject(authority, quarter) if quarter.starts_on == starts_on else None


def _subject(authority: Authority, quarter: Period, note: str = "") -> Subject:
    return Subject(quarter.starts_on.isoformat(), quarter.label, authority, period=quarter, note=note)


def may(person: Person, subject: Subject) -> bool:
    return access.may("see senior managers' inspections", standings(person))


def readers(subject: Subject) -> tuple[str, ...]:
    """It names senior managers, so an edition of it stays with those who manage them."""
    return SERVICE, UNIT


def figures(subject: Subject, today: date, *, circulated: bool = False) -> InspectionFigures:
    assert subject.period
    return inspection_figures(subject.authority, subject.period, today)


def lacking(figures: InspectionFigures) -> str:
    if figures.lines:
        return ""
    return f"Nobody held a senior manager's post in {figures.quarter.label}, so there is nothing to state."


def compose(figures: InspectionFigures, words: Mapping[str, str]) -> Report:
    """The statement, with the unit's own words (by part, see `PARTS`) where there are any."""
    blocks: dict[str, tuple[Block, ...]] = {
        "inspected": tuple(_inspected(figures)),
        "gaps": tuple(_gaps(figures)),
        "draws": tuple(_draws(figures)),
    }
    unit = figures.framework.word("quality_assurance")

    def own(key: str) -> tuple[Block, ...]:
        text = words.get(key, "")
        return (Words(f"the {unit}", text),) if text.strip() else ()

    return Report(
        title=TITLE,
        subtitle=figures.quarter.label,
        council=figures.council,
        period=figures.quarter.label,
        edition="",
        published_on=None,
        published_by="",
        audience=AUDIENCE,
        summary=(*_summary(figures), *own("summary")),
        sections=tuple(Section(PARTS[key], (*found, *own(key))) for key, found in blocks.items()),
        about=tuple(_about(figures)),
    )


def _summary(figures: InspectionFigures) -> Iterator[Block]:
    if not figures.lines:
        yield Text((lacking(figures),))
        return
    of = len(figures.lines)
    yield Figures(
        (
            Figure(f"{figures.without_gap} of {of}", "senior managers without a gap"),
            Figure(f"{sum(line.files_inspected for line in figures.lines)}", "random case files inspected"),
            Figure(
                f"{sum(line.notes_inspected for line in figures.lines)} of "
                f"{sum(line.allotted for line in figures.lines)}",
                "sets of supervision notes inspected, of those allotted",
            ),
        )
    )
    yield Text((figures.meaning, _signed_words(figures)))


def _signed_words(figures: InspectionFigures) -> str:
    signed = figures.signed
    if signed is None:
        yet = "" if figures.quarter.ends_on < figures.as_of else " The quarter has not ended."
        return f"It is not signed.{yet} These are the figures of {day(figures.as_of)}."
    return f"Signed by {signed.by}, {signed.capacity}, {when(signed.at)}."


def _inspected(figures: InspectionFigures) -> Iterator[Block]:
    if not figures.lines:
        yield Text((lacking(figures),))
        return
    rows = tuple(map(_row, figures.lines))
    head = ("Senior manager", "Post", "Random case files", "Supervision notes", "Of those allotted", "What is missing")
    yield Table("What each senior manager inspected", head, rows, (2, 3, 4))


def _row(line: InspectedLine) -> tuple[str, ...]:
    post = f"{line.post}. {line.days}" if line.days else line.post
    missing = "; ".join(line.gaps) or "Nothing"
    return line.name, post, f"{line.files_inspected}", f"{line.notes_inspected}", f"{line.allotted}", missing


def _gaps(figures: InspectionFigures) -> Iterator[Block]:
    gaps = [line for line in figures.lines if line.gaps]
    if not gaps:
        yield Text(("Nothing is missing." if figures.lines else "There is nobody of whom anything could be missing.",))
        return
    yield Text((f"{plural(len(gaps), 'senior manager')} {'has' if len(gaps) == 1 else 'have'} a gap.",))
    for line in gaps:
        yield Text((f"{line.name}, {line.post}: {'; '.join(line.gaps)}.",))


def _draws(figures: InspectionFigures) -> Iterator[Block]:
    """What was inspected by the draw it came from: chance chose every file and every set of notes that counts here."""
    rows: list[tuple[str, ...]] = []
    for kind in ("case_files", "notes"):
        counted: dict[str, int] = {}
        for line in figures.lines:
            for draw_id, number in getattr(line, kind):
                counted[draw_id] = counted.get(draw_id, 0) + number
        label = "Case files" if kind == "case_files" else "Supervision notes"
        rows += [(draw_id, label, f"{number}") for draw_id, number in sorted(counted.items())]
    if not rows:
        yield Text(("Nothing was inspected that a draw had chosen.",))
        return
    yield Table("Draws", ("Draw", "Of", "Inspected"), tuple(rows), (2,))


def _about(figures: InspectionFigures) -> Iterator[Block]:
    rule = figures.framework.recommendation_30
    posts = [figures.framework.post(key).plural for key in rule.posts]
    yield Text(
        (
            f"Recommendation 30 asks it of {', '.join(posts)}. Only files and notes that a random draw chose count.",
            f"Under {figures.framework.title}, version {figures.framework.version}.",
        )
    )
    signed = figures.signed
    if signed:
        holds = "What is kept still has it." if signed.holds else "What is kept does not have it: it was changed."
        yield Text((f"SHA-256 of what was signed: {in_groups(signed.sha256)}.", holds))
