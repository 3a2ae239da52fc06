"""What was found: a page for each audit, with everything of it that the pack's maker may read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from goldenthread.audit.models import Audit, Judgement
from goldenthread.learn.packing import html
from goldenthread.learn.packing.days import on
from goldenthread.learn.packing.hand import Hand, Part
from goldenthread.learn.queries.whole_audit import whole_audit_read_by
from goldenthread.learn.reports.audit import compose
from goldenthread.web.wording import plural

NAME, AT_ONCE = "found.html", 50


def write(hand: Hand, today: date) -> Part | None:
    number = 0
    for audit in keyset(hand):
        number += 1
        _audit(hand, number, audit, today)
        hand.tick()
    hand.page(NAME, "What was found", _body(hand, number))
    said = f"{plural(number, 'audit')}, each on a page of its own: how it was chosen, what was said, what followed."
    return Part("What was found", NAME, said)


def keyset(hand: Hand) -> Iterator[Audit]:
    """The audits, so many at a time by their key: no statement stays open while pages are written."""
    after = 0
    while batch := list(hand.scope.audits.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        yield from batch
        after = batch[-1].pk


def _audit(hand: Hand, number: int, audit: Audit, today: date) -> None:
    whole = whole_audit_read_by(hand.scope.reader, audit, today)
    own = (audit.ref, *(str(each) for each in audit.linked))
    written = hand.said(replace(whole, reference=""), own)  # what is no free text is not counted as masked
    written = replace(written, reference=hand.alias(audit.ref), replaced=not hand.named)
    title = f"Audit {number}, {on(audit.session.held_on)}"
    hand.page(f"audits/{number:04}.html", title, html.report(compose(written, {})))


def _body(hand: Hand, count: int) -> Iterator[str]:
    if not count:
        yield html.paragraph("No finished audit is in this pack.")
        return
    head = ("Audit", "Case", "Session", "Team", "Grade of the whole file")
    yield from html.table("Audits", head, _rows(hand), links=(0,))


def _rows(hand: Hand) -> Iterator[Sequence[str]]:
    overall = Judgement.objects.filter(audit=OuterRef("pk"), section="", stands=True).values("grade")[:1]
    rows: Any = hand.scope.audits.annotate(overall=Subquery(overall)).select_related("team", "session", "framework")
    labels: dict[int, dict[str, str]] = {}
    for number, audit in enumerate(rows.defer("framework__source").order_by("pk").iterator(AT_ONCE), 1):
        if audit.framework_id not in labels:
            labels[audit.framework_id] = {grade.key: grade.label for grade in audit.framework.parsed.grades}
        grade = labels[audit.framework_id].get(audit.overall, audit.overall or "None")
        team = audit.team.name if audit.team else audit.team_name
        link = f"audits/{number:04}.html|Audit {number}"
        yield link, hand.alias(audit.ref), on(audit.session.held_on), team, grade
