"""An evidence pack of many audits: memory that does not grow with them, and time against reading and composing alone.

Memory is the peak that Python asks for, with four times the audits against once. The floor in time reads everything of
each audit and composes its document; ours also masks it, writes the page, the data and the trail, and hashes each file.
"""

from __future__ import annotations

import tempfile
import tracemalloc
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import audits
from bench.filled import fill
from bench.measurement import Measurement, in_turns

NAME = "An evidence pack of 800 audits"
FEW, MANY = 200, 800  # both more than the batches that are held at once
REPEATS = 3

SUBMIT = "UPDATE audit_audit SET state = 'submitted', submitted_at = allotted_at, submitted_by_id = allotted_by_id"
FREEZE = "UPDATE audit_part SET frozen = %s, submitted_at = %s, submitted_by_id = %s"


def run() -> list[Measurement]:
    with audits.installed(), tempfile.TemporaryDirectory() as folder:
        from goldenthread.learn.packing.scope import readable
        from goldenthread.learn.queries.whole_audit import whole_audit_read_by
        from goldenthread.learn.reports.audit import compose
        from tests import make

        made = filled()
        maya, place = make.council().maya, Path(folder) / "pack.zip"
        days = [audit.session.held_on for audit in made]
        many, few = pack(maya, min(days), max(days)), pack(maya, sorted(days)[-FEW], max(days))

        def floor() -> None:
            for audit in readable(maya, type(made[0]).objects.all()):
                compose(whole_audit_read_by(maya, audit, make.DAY), {})

        write(few, place)  # once before it is measured: what is read once a process
        more, less = peak(many, place), peak(few, place)
        ours, bare = in_turns(lambda: write(many, place), floor, repeats=REPEATS)
    return [
        Measurement(f"Memory for {MANY} audits, against {FEW}", more, less, 1.25, unit="bytes"),
        Measurement(f"A pack of {MANY} audits, against reading and composing each", ours, bare, 2.0),
    ]


def filled() -> list[Any]:
    """So many audits of sixty answers, submitted, each group's a day apart."""
    from django.db import connection

    from goldenthread.audit.models import Audit
    from tests import make

    fill(audits.answered(), MANY - 1, answers=True)
    maya = make.council().maya
    with connection.cursor() as cursor:
        cursor.execute(SUBMIT)
        cursor.execute(FREEZE, [True, make.NOW, maya.pk])
    return list(Audit.objects.select_related("session"))


def pack(by: Any, first: Any, last: Any) -> Any:
    """A pack of these days, asked for and not made."""
    from goldenthread.learn.models import Pack
    from tests import make

    return Pack.objects.create(
        authority=by.authority, scope="period", period_starts_on=first, period_ends_on=last, asked_by=by,
        asked_at=make.NOW + timedelta(minutes=1),
    )  # fmt: skip


def write(pack: Any, place: Path) -> None:
    from goldenthread.learn.packing.making import make as made
    from tests import make

    made(pack, place, now=make.NOW, today=make.DAY, progress=lambda done, total: None)


def peak(pack: Any, place: Path) -> float:
    tracemalloc.start()
    write(pack, place)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return float(most)
