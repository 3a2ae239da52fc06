"""The published editions that a longer report rests on: the latest of each period, and what it said first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.learn.models import Edition
from goldenthread.learn.rendering.model import Report, Text, Words, from_json
from goldenthread.method.periods import Period
from goldenthread.web.wording import LONDON


@dataclass(frozen=True, slots=True)
class Rested:
    """An edition as it was published: its number, for whom, when, the sentences of its summary, the unit's words."""

    number: int
    audience: str
    published_on: date
    said: tuple[str, ...]
    words: str


def rested_on(authority_id: int, report: str, spans: Sequence[Period], *, circulated: bool) -> Mapping[date, Rested]:
    """By the first day of its period, the latest edition of each. One statement.

    A report that leaves the service rests only on editions that left it too: no other may be quoted there.
    """
    editions = Edition.objects.filter(
        authority=authority_id, report=report, state="published", period_starts_on__in=[one.starts_on for one in spans]
    ).only("number", "published_at", "period_starts_on", "content")
    if circulated:
        editions = editions.filter(content__circulated=True)
    latest: dict[date, Edition] = {}
    for edition in editions.order_by("published_at", "pk"):
        assert edition.period_starts_on
        latest[edition.period_starts_on] = edition
    return {day: _rested(edition) for day, edition in latest.items()}


def _rested(edition: Edition) -> Rested:
    report = from_json(edition.content or {})
    assert edition.published_at
    day = edition.published_at.astimezone(LONDON).date()
    return Rested(edition.number, report.audience, day, _said(report), _words(report))


def _said(report: Report) -> tuple[str, ...]:
    """The first paragraph of the summary: how many, how good, and how it moves."""
    return next((block.sentences for block in report.summary if isinstance(block, Text)), ())


def _words(report: Report) -> str:
    return "\n".join(block.text for block in report.summary if isinstance(block, Words))
