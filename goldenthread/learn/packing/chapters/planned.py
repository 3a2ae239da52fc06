"""What was planned: the year and its target, its sessions, who sat in which post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from goldenthread.learn.packing import html
from goldenthread.learn.packing.days import on
from goldenthread.learn.packing.hand import Hand, Part
from goldenthread.plan.models import Seat, Session, Year
from goldenthread.web.wording import plural

NAME = "planned.html"


def write(hand: Hand, today: date) -> Part | None:
    if not hand.scope.may("see the year"):
        return None
    sessions = hand.scope.sessions.filter(published_at__isnull=False)
    held = sessions.filter(cancelled_at__isnull=True).count()
    hand.page(NAME, "What was planned", _body(hand))
    hand.tick()
    return Part("What was planned", NAME, f"{plural(held, 'session')}, and who sat in which post.")


def _body(hand: Hand) -> Iterator[str]:
    scope = hand.scope
    first, last = scope.first, scope.last
    years = Year.objects.filter(authority=scope.pack.authority_id).select_related("framework").order_by("starts_on")
    if first and last:
        years = years.filter(starts_on__lte=last, ends_on__gte=first)
    else:
        years = years.filter(pk__in=scope.sessions.order_by().values("year"))
    for year in years:
        framework = year.framework.parsed
        kinds = {kind.key: kind.label for kind in framework.kinds}
        yield html.heading(f"The year {year}")
        rows = [("Days", f"{on(year.starts_on)} to {on(year.ends_on)}"),
                ("Framework", f"{framework.title}, version {framework.version}"),
                ("Files planned", f"{year.target}")]  # fmt: skip
        yield html.facts(rows + [(kinds.get(kind, kind), str(files)) for kind, files in year.kinds.items()])
    yield html.heading("Sessions")
    sessions = (_session(hand, session) for session in scope.sessions.iterator() if session.published_at)
    yield from html.table("Sessions and rounds", ("Day", "Group", "Looked at", "Stands"), sessions)
    yield html.heading("Who sat in which post")
    yield from html.table("Seats", ("Day", "Group", "Post", "Who"), _seats(hand))


def _session(hand: Hand, session: Session) -> Sequence[str]:
    stands = "Cancelled" if session.cancelled_at else "Held" if session.group.meets else "Round of single records"
    return on(session.held_on), session.group.name, hand.said(session.focus), stands


def _seats(hand: Hand) -> Iterator[Sequence[str]]:
    held = hand.scope.sessions.filter(published_at__isnull=False, cancelled_at__isnull=True).order_by()
    seats = Seat.objects.filter(session__in=held.values("pk")).order_by("session__held_on", "session", "pk")
    for held_on, group, post, person in seats.values_list(
        "session__held_on", "session__group__name", "post", "person"
    ).iterator():
        yield on(held_on), group, post.replace("_", " "), hand.who(person)
