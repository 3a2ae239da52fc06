"""What was briefed: each briefing, the times it was given, and how many were there. Never who."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Count

from goldenthread.learn.models import Briefing, BriefingSession
from goldenthread.learn.packing import html
from goldenthread.learn.packing.days import on
from goldenthread.learn.packing.hand import Hand, Part
from goldenthread.web.wording import plural

NAME = "briefed.html"


def write(hand: Hand, today: date) -> Part | None:
    scope = hand.scope
    if not scope.may("see briefings") or scope.pack.scope == "audit":
        return None
    given = BriefingSession.objects.filter(
        authority=scope.pack.authority_id, cancelled_at__isnull=True, **scope.within("held_on")
    )
    if scope.pack.scope == "team":
        given = given.filter(team=scope.pack.team_id)
    briefings = Briefing.objects.filter(authority=scope.pack.authority_id)
    briefings = briefings.filter(pk__in=given.order_by().values("briefing")).order_by("period_ends_on", "pk")
    hand.page(NAME, "What was briefed", _body(hand, list(briefings.prefetch_related("themes")), given))
    hand.tick()
    return Part("What was briefed", NAME, f"{plural(briefings.count(), 'briefing')}, given {given.count()} times.")


def _body(hand: Hand, briefings: Sequence[Briefing], given: object) -> Iterator[str]:
    if not briefings:
        yield html.paragraph("No briefing was given in these days.")
    for briefing in briefings:
        yield html.heading(hand.said(briefing.title))
        yield html.facts((
            ("Of audits", f"{on(briefing.period_starts_on)} to {on(briefing.period_ends_on)}"),
            ("Themes", ", ".join(theme.label for theme in briefing.themes.all()) or "None"),
            ("Hoped to change", hand.said(briefing.message) or "Not said"),
        ))  # fmt: skip
        times = given.filter(briefing=briefing).annotate(there=Count("attendances")).select_related("team")  # type: ignore[attr-defined]
        rows = [(on(time.held_on), time.way, time.team.name if time.team else "Everybody", str(time.there))
                for time in times.order_by("held_on", "pk")]  # fmt: skip
        yield from html.table("When it was given", ("Day", "Way", "To", "Briefed"), rows, numeric=(3,))
