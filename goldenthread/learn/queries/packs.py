"""Reading packs: those somebody may fetch, and what she may make one of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from goldenthread.act.queries import returns_visible_to
from goldenthread.audit.models import Audit
from goldenthread.audit.queries.audits import audits_visible_to
from goldenthread.learn.models import Pack
from goldenthread.method.access import Is, may
from goldenthread.method.pseudonyms import Pseudonyms
from goldenthread.people.models import Person, Team
from goldenthread.people.standing import standings
from goldenthread.plan.models import Year

SHOWN = 50
EVERYTHING = {Is.QUALITY_ASSURANCE, Is.DIRECTOR}


def may_make_packs(person: Person) -> bool:
    """Whoever may make evidence packs: the Quality Assurance Unit, directors, managers of a service or a team"""
    return may("make evidence packs", standings(person))


def packs_visible_to(person: Person) -> QuerySet[Pack]:
    """Her own. What is in a pack was chosen by what she may see, so nobody else fetches it."""
    packs = Pack.objects.filter(authority=person.authority_id, asked_by=person.pk)
    packs = packs.select_related("team", "audit__session", "asked_by", "authority")
    return packs if may_make_packs(person) else packs.none()


def pack_or_none(person: Person, code: str) -> Pack | None:
    return packs_visible_to(person).filter(code=code).first()


def newest_packs(person: Person) -> list[Pack]:
    return list(packs_visible_to(person).order_by("-pk")[:SHOWN])


def reads_everything(person: Person) -> bool:
    """Whether she may have a pack of the year, of a period, of any team."""
    return bool(standings(person) & EVERYTHING)


def teams_to_pack(person: Person) -> list[Team]:
    """The teams and services she may make a pack of: any of them, or those she manages."""
    teams = Team.objects.filter(authority=person.authority_id).order_by("name", "pk")
    if not reads_everything(person):
        teams = teams.filter(
            Q(pk__in=person.teams_managed) | Q(pk__in=person.services_managed) | Q(parent__in=person.services_managed)
        )
    return list(teams)


def years_to_pack(person: Person) -> list[Year]:
    years = Year.objects.filter(authority=person.authority_id).order_by("-starts_on")
    return list(years) if reads_everything(person) else []


def audit_to_pack(person: Person, code: str) -> Audit | None:
    """A submitted audit that is hers to read whole; None alike when there is none and when it is not."""
    audits = Audit.objects.filter(code=code, state="submitted", authority=person.authority_id)
    if reads_everything(person):
        return audits.filter(pk__in=audits_visible_to(person).order_by().values("pk")).first()
    return audits.filter(pk__in=returns_visible_to(person).order_by().values("audit")).first()


def days_of_team(person: Person, today: date) -> tuple[date, date]:
    """The days offered for a team's pack: the year that is on, up to today."""
    year = Year.objects.filter(authority=person.authority_id, starts_on__lte=today).order_by("-starts_on").first()
    return (year.starts_on if year else today.replace(month=1, day=1)), today


def file_behind(audits: Iterable[Audit], names: Pseudonyms, pseudonym: str) -> Audit | None:
    """The audit of the case that this pseudonym stands for in a pack, by trying each."""
    wanted = pseudonym.strip().upper()
    return next((audit for audit in audits if names.of(audit.ref) == wanted), None)
