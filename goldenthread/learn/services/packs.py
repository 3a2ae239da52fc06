"""Evidence packs: asked for, fetched, looked behind, removed when they are old. `packing` makes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from goldenthread.audit.models import Audit
from goldenthread.learn.models import Pack
from goldenthread.learn.packing.hand import purpose_of
from goldenthread.learn.packing.scope import chosen_by, readable
from goldenthread.learn.pseudonym_key import pseudonyms
from goldenthread.learn.queries.packs import audit_to_pack, file_behind, reads_everything, teams_to_pack
from goldenthread.learn.services.packing import FAILED, ended, is_silent, path_of
from goldenthread.learn.tasks import make_pack
from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person, Team
from goldenthread.people.standing import standings
from goldenthread.trail.services import record, step

GIVEN_UP = timedelta(hours=6)  # after which nobody takes a pack up any more
LONGEST_REASON = 300


# --- asking ---------------------------------------------------------------------------------------------------


@step
def ask_for_pack(
    *, by: Person, scope: str, now: datetime, audit: Audit | None = None, team: Team | None = None,
    starts_on: date | None = None, ends_on: date | None = None, named: bool = False, because: str = "",
    cleared: tuple[str, ...] = (),
) -> Pack:  # fmt: skip
    """Have a pack made. Asked for again while it waits or is being made, it is the same one."""
    _allowed(by, scope, audit, team, named)
    because = because.strip()
    if named and len(because.split()) < 2:
        raise Refused("Say why the names and references are needed, in a few words: it stays on the trail.")
    if len(because) > LONGEST_REASON:
        raise Refused(f"The reason is too long: give at most {LONGEST_REASON} characters.")
    if scope != "audit" and not (starts_on and ends_on):
        raise Refused("Give the first and the last day that the pack is of.")
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused("The last day is before the first. Give them the other way round.")
    Person.objects.select_for_update().get(pk=by.pk)  # two askers in one moment: one pack
    subject: dict[str, Any] = {
        "authority_id": by.authority_id, "scope": scope, "audit": audit, "team": team, "named": named,
        "period_starts_on": starts_on, "period_ends_on": ends_on,
    }  # fmt: skip
    words = sorted(set(cleared))
    waiting = Pack.objects.filter(asked_by=by, state__in=("asked", "making"), **subject)
    pack = next((each for each in waiting if each.cleared == words), None)
    if pack is None:
        pack = Pack.objects.create(
            **subject, because=because if named else "", cleared=words, asked_at=now, asked_by=by
        )
        make_pack.enqueue(pack.pk)
    elif is_silent(pack, now):
        make_pack.enqueue(pack.pk)
    said = {"scope": scope, "named": named, "days": [str(starts_on), str(ends_on)], "cleared": len(words)}
    record(by=by, verb="asked for", thing=pack, at=now, now=said, because=because if named else "")
    return pack


def _allowed(by: Person, scope: str, audit: Audit | None, team: Team | None, named: bool) -> None:
    if not may("make evidence packs", standings(by)):
        raise Refused("Evidence packs are made by the Quality Assurance Unit, directors and managers.")
    if named and not may("make packs with names", standings(by)):
        raise Refused("A pack with names and references is made by the Quality Assurance Unit only.")
    if scope in ("year", "period") and not reads_everything(by):
        raise Refused("A pack of the whole council is made by the Quality Assurance Unit and directors.")
    if scope == "team" and team not in teams_to_pack(by):
        raise Refused("Choose one of your own teams.")
    if scope == "audit" and (audit is None or audit_to_pack(by, audit.code) is None):
        raise Refused("There is no finished audit here that is yours to make a pack of.")


@step
def make_again(*, by: Person, pack: Pack, cleared: tuple[str, ...], now: datetime) -> Pack:
    """The same pack with these words left as they are: a person looked, and they are no names and no references."""
    words = tuple(word for word in cleared if word in pack.masked)
    return ask_for_pack(
        by=by, scope=pack.scope, now=now, audit=pack.audit, team=pack.team, starts_on=pack.period_starts_on,
        ends_on=pack.period_ends_on, named=pack.named, because=pack.because, cleared=(*pack.cleared, *words),
    )  # fmt: skip


# --- fetching, looking behind a pseudonym, removing ---------------------------------------------------------------


@step
def fetch_pack(*, by: Person, pack: Pack, now: datetime) -> Path:
    """The file, for its maker; recorded each time."""
    if pack.state != "ready" or not path_of(pack).is_file():
        raise Refused("This pack is not there to be fetched. Make it again.")
    record(by=by, verb="downloaded", thing=pack, at=now, now={"sha256": pack.sha256, "named": pack.named})
    return path_of(pack)


@step
def look_behind(*, by: Person, pack: Pack, pseudonym: str, because: str, now: datetime) -> Audit:
    """Which audit a pseudonym of this pack stands for: for the unit, for a reason, on record."""
    if not may("make packs with names", standings(by)):
        raise Refused("Only the Quality Assurance Unit looks behind a pseudonym.")
    if len(because.split()) < 2:
        raise Refused("Say why you need to know which file it is, in a few words: it stays on the trail.")
    audits = readable(by, chosen_by(pack)).only("pk", "code", "ref").order_by("pk")
    found = file_behind(audits.iterator(), pseudonyms(pack.authority_id, purpose_of(pack)), pseudonym)
    if found is None:
        raise Refused("No file of this pack has that pseudonym. Type its ten letters and figures as the pack has them.")
    said = {"pseudonym": pseudonym.strip().upper()[:10], "audit": found.pk}
    record(by=by, verb="looked behind a pseudonym", thing=pack, at=now, now=said, because=because.strip())
    return found


def remove_old_packs(*, now: datetime) -> tuple[int, int]:
    """Take away what is past its days, and give up what nobody makes any more; how many of each."""
    old = Pack.objects.filter(state="ready", finished__lt=now - timedelta(days=settings.PACK_DAYS))
    removed = sum(_removed(pack) for pack in old)
    lost = Pack.objects.filter(
        Q(state="making", heard__lt=now - GIVEN_UP) | Q(state="asked", asked_at__lt=now - GIVEN_UP)
    ).select_related("asked_by")
    given_up = 0
    for pack in lost:
        ended(pack, now, state="failed", fault=FAILED)
        given_up += 1
    _tidy(now)
    return removed, given_up


def _removed(pack: Pack) -> int:
    path_of(pack).unlink(missing_ok=True)
    return Pack.objects.filter(pk=pack.pk, state="ready").update(state="gone")


def _tidy(now: datetime) -> None:
    """Half files of makers that were killed: no pack offers them, and they hold what a pack holds."""
    for half in Path(settings.PACKS).glob(".*.part"):
        if half.stat().st_mtime < (now - GIVEN_UP).timestamp():
            half.unlink(missing_ok=True)
