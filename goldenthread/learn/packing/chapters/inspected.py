"""Senior managers' inspections by quarter (recommendation 30), and the statements that were signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from goldenthread.audit.models import Statement
from goldenthread.audit.queries.inspections import register
from goldenthread.learn.packing import html
from goldenthread.learn.packing.days import on
from goldenthread.learn.packing.hand import Hand, Part
from goldenthread.method.periods import periods
from goldenthread.plan.models import Year
from goldenthread.web.wording import plural, when

NAME = "inspections.html"


def write(hand: Hand, today: date) -> Part | None:
    scope = hand.scope
    if not scope.whole or not scope.may("see senior managers' inspections"):
        return None
    signed = Statement.objects.filter(authority=scope.pack.authority_id, **scope.within("period_starts_on"))
    hand.page(NAME, "Senior managers’ inspections", _body(hand, today, list(signed.order_by("period_starts_on"))))
    hand.tick()
    return Part("Senior managers’ inspections", NAME, f"By quarter, with {plural(len(signed), 'signed statement')}.")


def _body(hand: Hand, today: date, signed: Sequence[Statement]) -> Iterator[str]:
    first, last = hand.scope.first, hand.scope.last
    year = (
        Year.objects.filter(authority=hand.scope.pack.authority_id, starts_on__lte=last, ends_on__gte=first)
        .select_related("framework")
        .order_by("-starts_on")
        .first()
    )
    if year is None or first is None or last is None:
        yield html.paragraph("No year of auditing was open in these days.")
        return
    framework = year.framework.parsed
    quarters = list(periods(framework.recommendation_30.every, first, last, framework.year_starts_month))
    rows = register(year.authority_id, framework, quarters, today)
    for place, quarter in enumerate(quarters):
        lines = [
            (hand.who(row.person.pk), cell.words, "; ".join(cell.gaps) or "Nothing")
            for row in rows
            if (cell := row.cells[place])
        ]
        yield html.heading(quarter.label)
        yield from html.table(f"Inspected, {quarter.label}", ("Senior manager", "Inspected", "Missing"), lines)
    yield html.heading("Statements")
    said = [(on(each.period_starts_on), when(each.signed_at), hand.who(each.signed_by_id), each.sha256)
            for each in signed]  # fmt: skip
    yield from html.table("Signed statements", ("Quarter from", "Signed", "By", "Fingerprint (SHA-256)"), said)
