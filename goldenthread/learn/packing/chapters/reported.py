"""What was reported: editions as they were published, as a page, as PDF and as JSON.

An edition is never changed. Where the mask changes a word of one the pack says so, beside the fingerprint of what was
published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from goldenthread.learn.models import Edition
from goldenthread.learn.packing import html
from goldenthread.learn.packing.days import on
from goldenthread.learn.packing.hand import Hand, Part
from goldenthread.learn.queries.editions import editions_visible_to
from goldenthread.learn.rendering.model import Report, from_json, to_json
from goldenthread.learn.rendering.pdf import as_pdf
from goldenthread.web.wording import plural

NAME = "reported.html"


def editions_of(hand: Hand) -> QuerySet[Edition]:
    """Those its maker may read: of these days' sessions and periods, of this team, of this file and its session."""
    scope, pack = hand.scope, hand.scope.pack
    editions = editions_visible_to(scope.reader)
    days = Q(**scope.within("session__held_on")) | Q(period_starts_on__lte=scope.last, period_ends_on__gte=scope.first)
    if scope.whole:
        editions = editions.filter(days)
    elif pack.scope == "team":
        editions = editions.filter(days, team=pack.team_id)
    else:
        editions = editions.filter(Q(audit=pack.audit_id) | Q(session=pack.audit.session_id if pack.audit else None))
    return editions.order_by("published_at", "pk")


def write(hand: Hand, today: date) -> Part | None:
    if not hand.scope.may("read published reports"):
        return None
    rows: list[Sequence[str]] = []
    for number, key in enumerate(list(editions_of(hand).values_list("pk", flat=True)), 1):
        rows.append(_edition(hand, number, Edition.objects.get(pk=key)))
        hand.tick()
    hand.page(NAME, "What was reported", _body(rows))
    return Part("What was reported", NAME, f"{plural(len(rows), 'published edition')}, as PDF and as data.")


def _edition(hand: Hand, number: int, edition: Edition) -> Sequence[str]:
    kept = from_json(edition.content or {})
    shown: Report = hand.said(kept)
    name = f"reports/{number:04}"
    hand.archive.add(f"{name}.pdf", as_pdf(shown, colour=settings.SERVICE_COLOUR))
    hand.archive.add(f"{name}.json", json.dumps(to_json(shown), ensure_ascii=False, indent=1))
    hand.page(f"{name}.html", shown.title, html.report(shown))
    published = on(edition.published_at.date()) if edition.published_at else ""
    changed = "As published" if shown == kept else "Names or references are masked in it"
    title = " ".join(filter(None, (shown.title, shown.subtitle)))
    return f"{name}.html|{title}", f"{edition.number}", published, f"{name}.pdf|PDF", changed, edition.sha256


def _body(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        yield html.paragraph("No report was published of this.")
        return
    head = ("Report", "Edition", "Published", "As PDF", "In this pack", "Fingerprint of what was published (SHA-256)")
    yield from html.table("Published editions", head, rows, links=(0, 3))
