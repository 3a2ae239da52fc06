"""The quarters and years that a report can be of, whose edition each is, and the stable words they are kept under."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from goldenthread.framework.queries import framework_or_none_on
from goldenthread.learn.queries.editions import subjects_begun
from goldenthread.learn.queries.period import audits_in
from goldenthread.learn.readers import CIRCULATION, SERVICE, UNIT
from goldenthread.learn.subjects import Subject
from goldenthread.method.framework import Framework
from goldenthread.method.framework.rules import Body
from goldenthread.method.periods import Every, Period, period_of
from goldenthread.people.models import Authority
from goldenthread.web.wording import plural


def bodies_of(framework: Framework, report: str) -> list[Body]:
    """Who has an edition of this report, in the framework's order."""
    keys = next((each.audiences for each in framework.reports if each.key == report), ())
    return [framework.body(key) for key in keys]


def subjects_of(authority: Authority, report: str, every: Every, today: date, number: int) -> list[Subject]:
    """The last so many periods that have ended and of which audits were submitted, the newest first, each for each of
    its bodies."""
    version = framework_or_none_on(authority.pk, today)
    if version is None:
        return []
    rules = version.parsed
    spans = back(period_of(today, every, rules.year_starts_month), number, every, rules.year_starts_month)[:-1]
    counts = audits_in(authority.pk, spans)
    return [
        subject_of(authority, rules, span, body, plural(count, "audit") + " submitted")
        for span, count in reversed(list(zip(spans, counts, strict=True)))
        if count
        for body in bodies_of(rules, report)
    ]


def to_write(authority: Authority, report: str, every: Every, today: date) -> list[Subject]:
    """Of the last such period that has ended: the bodies whose edition nobody has begun. Three statements."""
    found = subjects_of(authority, report, every, today, 1)
    begun = subjects_begun(authority.pk, report, [subject.key for subject in found])
    return [subject for subject in found if subject.key not in begun]


def back(last: Period, number: int, every: Every, starts_month: int) -> list[Period]:
    """So many periods before this one and this, the oldest first."""
    found = [last]
    for _ in range(number):
        found.append(period_of(found[-1].starts_on - timedelta(days=1), every, starts_month))
    return found[::-1]


def subject_of(authority: Authority, framework: Framework, period: Period, body: Body, note: str = "") -> Subject:
    """One body's edition of one period."""
    return Subject(
        key=f"{period.starts_on.isoformat()}:{body.key}",
        title=f"{period.label}, {body.label}",
        authority=authority,
        period=period,
        body=body.key,
        note=note,
        readers=readers_of_body(framework, body),
    )


def readers_of_body(framework: Framework, body: Body) -> tuple[str, ...]:
    """Whoever stands outside has a protected edition; the unit's own stays with it."""
    if body.outside:
        return (CIRCULATION,)
    return (UNIT,) if body.key == framework.returns.back_to else (SERVICE,)


def read_key(authority: Authority, report: str, every: Every, key: str) -> Subject | None:
    """The subject that a stored word means; None where it is no such period, or the body has no edition of it."""
    starts, _, body_key = key.partition(":")
    try:
        day = date.fromisoformat(starts)
    except ValueError:
        return None
    version = framework_or_none_on(authority.pk, _last_day(day, every))
    if version is None:
        return None
    period = period_of(day, every, version.parsed.year_starts_month)
    bodies: Sequence[Body] = bodies_of(version.parsed, report)
    body = next((each for each in bodies if each.key == body_key), None)
    if body is None or period.starts_on != day:
        return None
    return subject_of(authority, version.parsed, period, body)


def _last_day(day: date, every: Every) -> date:
    return period_of(day, every, day.month).ends_on
