"""The quarterly report: one edition for each body that the framework names, at its own level of detail.

The seed: "Quarterly reporting would be to Service Director, DMT and DMM. KSCB (Performance and Scrutiny Working
Group)."
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from goldenthread.learn.periodic.spans import back, read_key, subjects_of
from goldenthread.learn.periodic.tables import Drafting, drafting
from goldenthread.learn.periodic.writing import PARTS as PARTS
from goldenthread.learn.periodic.writing import Cover, composed
from goldenthread.learn.queries.editions import released_before
from goldenthread.learn.queries.period import period_figures
from goldenthread.learn.queries.period_facts import total
from goldenthread.learn.rendering.model import Report
from goldenthread.learn.subjects import Subject
from goldenthread.method.disclosure import Released
from goldenthread.people.models import Authority

KEY, TITLE, AUDIENCE, CADENCE = "quarterly", "Quarterly report", "the bodies the framework names", "quarterly"
WRITTEN = 4  # ended quarters that the list of what can be written goes back
POINTS = 19  # earlier quarters in the trend: five years with its own


def subjects(authority: Authority, today: date) -> Sequence[Subject]:
    return subjects_of(authority, KEY, "quarter", today, WRITTEN)


def subject(authority: Authority, key: str) -> Subject | None:
    return read_key(authority, KEY, "quarter", key)


def figures(subject: Subject, today: date, *, circulated: bool = False) -> Drafting:
    """The quarter counted, for one body. Refused: a quarter in which no audit was submitted."""
    assert subject.period
    points = back(subject.period, POINTS, "quarter", subject.period.starts_on.month)
    found = period_figures(
        subject.authority, subject.period, today, points=points, circulated=circulated, body=subject.body
    )
    earlier = released_before(subject.authority.pk) if circulated else []
    return drafting(found, earlier)


def lacking(drafted: Drafting) -> str:
    """No edition leaves the service in which one file could be told from the others."""
    found = drafted.figures
    number, least = total(found.random), found.framework.protection.suppress_below
    if found.circulated and number < least:
        said = "1 file was" if number == 1 else f"{number} files were"
        return (
            f"Only {said} drawn at random and audited in {found.period.label}. An edition that leaves the service "
            f"needs {least}, so that none of them can be told from the others."
        )
    return ""


def released(drafted: Drafting) -> Sequence[Released]:
    return drafted.released


def compose(figures: Drafting, words: Mapping[str, str]) -> Report:
    """The report as a draft: sentences and charts, with the unit's own words (by part, see `PARTS`) beside them."""
    period = figures.figures.period.label
    return composed(figures, words, Cover(TITLE, f"{period}, {figures.figures.audience}", period))
