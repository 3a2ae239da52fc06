"""Making an evidence pack in the background: by one maker at a time, taken up again where that one was lost."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from goldenthread.learn.models import Pack
from goldenthread.learn.packing.archive import digest_of
from goldenthread.learn.packing.making import make
from goldenthread.method.refusal import Refused
from goldenthread.trail.services import record, step

log = logging.getLogger(__name__)

SILENT = timedelta(minutes=5)  # after which a pack's maker is taken to be dead
FAILED = "The pack could not be made. Ask for it again; if it fails again, tell whoever looks after the server."

Clock = Callable[[], datetime]


def path_of(pack: Pack) -> Path:
    """Where the pack lies. Its name is its code: it says nothing of what is in it."""
    return Path(settings.PACKS) / f"{pack.code}.zip"


def is_silent(pack: Pack, now: datetime) -> bool:
    """Whether it is being made by nobody who is still heard of."""
    return pack.state == "making" and (pack.heard is None or pack.heard < now - SILENT)


def made_in_background(key: int, clock: Clock, today: date) -> str:
    """Make the pack that waits under this key; the state it is then in. Nothing where another maker has it in hand."""
    pack = _taken_up(key, clock())
    if pack is None:
        return "in other hands"
    heard = [pack.heard or clock()]

    def progress(done: int, total: int) -> None:
        now = clock()
        if done == 0 or now - heard[0] >= timedelta(seconds=1):  # not a write for each of a year's files
            heard[0] = now
            Pack.objects.filter(pk=pack.pk).update(done=done, total=total, heard=now)

    place = path_of(pack)
    try:
        made = make(pack, place, now=clock(), today=today, progress=progress)
        digest, size = digest_of(place)
    except Exception as fault:
        log.exception("Pack %s could not be made", pack.code)
        place.unlink(missing_ok=True)
        ended(pack, clock(), state="failed", fault=str(fault) if isinstance(fault, Refused) else FAILED)
        return "failed"
    ended(
        pack, clock(), state="ready", sha256=digest, size=size, left_out=list(made.left_out), masked=made.masked,
        done=made.files, total=made.files,
    )  # fmt: skip
    return "ready"


def _taken_up(key: int, now: datetime) -> Pack | None:
    """The pack, if nobody else is making it: one that waits, or one whose maker has not been heard of."""
    silent = Q(state="making") & (Q(heard__lt=now - SILENT) | Q(heard__isnull=True))
    free = Pack.objects.filter(Q(state="asked") | silent, pk=key)
    if not free.update(state="making", heard=now, done=0):
        return None
    return Pack.objects.select_related("asked_by", "authority", "team", "audit__session").get(pk=key)


@step
def ended(pack: Pack, now: datetime, **what: Any) -> None:
    Pack.objects.filter(pk=pack.pk).update(finished=now, heard=now, **what)
    said = {"state": what["state"], "sha256": what.get("sha256", ""), "left out": what.get("left_out", [])}
    record(by=pack.asked_by, verb="made", thing=pack, at=now, now=said)
