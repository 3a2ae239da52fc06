"""Of what a pack is, what of that its maker may see, and what is left out: in sentences, for its first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from goldenthread.act.queries import returns_visible_to
from goldenthread.audit.models import Audit
from goldenthread.audit.queries.audits import audits_visible_to
from goldenthread.audit.queries.blindness import hidden_from
from goldenthread.learn.models import Pack
from goldenthread.method.access import Is, may
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Session
from goldenthread.web.wording import day, plural

WITHOUT = {
    "see the year": "The year's plan, its sessions and its rota",
    "see case lists and draws": "The draws",
    "see senior managers' inspections": "Senior managers' inspections",
    "read published reports": "Published reports",
    "see briefings": "Briefings",
    "download data": "The tables of data, and the trail as a table",
}


@dataclass(frozen=True)
class Scope:
    """`whole`: the council's own pack, of days and not of a team or a file. `audits`: what has pages, submitted all."""

    pack: Pack
    reader: Person
    chosen: QuerySet[Audit]
    audits: QuerySet[Audit]
    left_out: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return self.pack.scope in ("period", "year")

    @property
    def first(self) -> date | None:
        return self.pack.period_starts_on

    @property
    def last(self) -> date | None:
        return self.pack.period_ends_on

    @property
    def sessions(self) -> QuerySet[Session]:
        """All of the days, or those of its audits."""
        sessions = Session.objects.filter(authority=self.pack.authority_id).select_related("group")
        if self.whole:
            sessions = sessions.filter(held_on__gte=self.first, held_on__lte=self.last)
        else:
            sessions = sessions.filter(pk__in=self.chosen.order_by().values("session"))
        return sessions.order_by("held_on", "pk")

    def may(self, act: str) -> bool:
        return may(act, standings(self.reader))

    def within(self, path: str) -> dict[str, Any]:
        """These days, as a condition on a field of dates."""
        return {f"{path}__gte": self.first, f"{path}__lte": self.last}


def scope_of(pack: Pack) -> Scope:
    """What the pack is of, with its maker's eyes as they are now."""
    reader = pack.asked_by
    chosen = chosen_by(pack)
    audits = readable(reader, chosen)
    return Scope(pack, reader, chosen, audits, tuple(_left_out(pack, reader, chosen, audits)))


def chosen_by(pack: Pack) -> QuerySet[Audit]:
    """Every audit that the pack is of, whoever may see it; never one withdrawn. Days are those of the session."""
    audits = Audit.objects.filter(authority=pack.authority_id).exclude(state="withdrawn")
    wanted = Q()
    if pack.scope == "audit":
        wanted &= Q(pk=pack.audit_id)
    if pack.scope == "team":
        wanted &= Q(team=pack.team_id) | Q(service=pack.team_id)
    if pack.period_starts_on:
        wanted &= Q(session__held_on__gte=pack.period_starts_on)
    if pack.period_ends_on:
        wanted &= Q(session__held_on__lte=pack.period_ends_on)
    return audits.filter(wanted).order_by("pk")


def readable(reader: Person, audits: QuerySet[Audit]) -> QuerySet[Audit]:
    """Of these, those submitted that she may read whole: every one, or what came back to her team."""
    found = audits.filter(state="submitted")
    if oversees(reader):
        return found.filter(pk__in=audits_visible_to(reader).order_by().values("pk"))
    return found.filter(pk__in=returns_visible_to(reader).order_by().values("audit"))


def oversees(reader: Person) -> bool:
    """Whether she reads every audit of the council, and not only her teams'."""
    return bool(standings(reader) & {Is.QUALITY_ASSURANCE, Is.DIRECTOR})


def _left_out(pack: Pack, reader: Person, chosen: QuerySet[Audit], audits: QuerySet[Audit]) -> list[str]:
    blind = chosen.filter(pk__in=hidden_from(reader).order_by().values("pk")).count()
    submitted = chosen.filter(state="submitted").count()
    unfinished = chosen.exclude(state="submitted").count()
    others = submitted - audits.count() - chosen.filter(
        pk__in=hidden_from(reader).order_by().values("pk"), state="submitted"
    ).count()  # fmt: skip
    found = []
    if blind:
        found.append(
            f"{plural(blind, 'file')} {_are(blind)} left out because {reader.capacity}, who made this pack, is grading "
            f"{'it' if blind == 1 else 'them'} without having seen the grades."
        )
    if others:
        found.append(f"{plural(others, 'file')} {_are(others)} left out because they were not returned to the team.")
    if unfinished:
        found.append(f"{plural(unfinished, 'file')} {_are(unfinished)} left out because the audit is not finished.")
    held = standings(reader)
    missing = [what for act, what in WITHOUT.items() if not may(act, held)]
    found += [f"{what} are left out: they are not open to {reader.capacity}." for what in missing]
    return found


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def title_of(pack: Pack) -> str:
    """What the pack is of, without saying whose file it is."""
    days = (
        f"{day(pack.period_starts_on, 'plain')} to {day(pack.period_ends_on, 'plain')}" if pack.period_starts_on else ""
    )
    if pack.scope == "audit" and pack.audit:
        return f"One audit, of the session of {day(pack.audit.session.held_on, 'plain')}"
    if pack.scope == "team" and pack.team:
        return f"{pack.team.name}, {days}"
    return f"The year {days}" if pack.scope == "year" else f"The period {days}"
