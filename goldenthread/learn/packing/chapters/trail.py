"""The trail of what the pack is of: who did, and saw, what; and how to check that it is whole.

A pseudonymous pack leaves out what was said before and after, which holds names and references. An event's hash covers
those too, so it cannot be made again from this pack alone: the checkpoint is what the council's own trail is held by.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from goldenthread.act.models import Return, Task
from goldenthread.audit.models import Calibration, Moderation
from goldenthread.learn.packing import html
from goldenthread.learn.packing.hand import Hand, Part
from goldenthread.trail.models import Event
from goldenthread.web.clock import midnight
from goldenthread.web.spreadsheets import harmless
from goldenthread.web.wording import plural

NAME, TABLE, CHECKPOINT = "trail.html", "trail.csv", "checkpoint.json"
HEAD = ("number", "at", "by", "as", "did", "thing", "thing_id", "because", "was", "now", "previous", "hash")


def events(hand: Hand) -> QuerySet[Event]:
    """Whatever happened in these days; of a team or a file, whatever happened to its audits and what followed them.

    Never what was done to an audit that its maker may not see.
    """
    scope = hand.scope
    found = Event.objects.filter(authority_id=scope.pack.authority_id)
    audits = scope.audits.order_by().values("pk")
    of_audits = _of(audits)
    if not scope.whole or not scope.first or not scope.last:
        return found.filter(of_audits).order_by("seq")
    hidden = scope.chosen.model.objects.filter(authority=scope.pack.authority_id).exclude(pk__in=audits)
    start, end = midnight(scope.first), midnight(scope.last + timedelta(days=1))
    within = Q(at__gte=start, at__lt=end) & ~_of(hidden.order_by().values("pk"))
    return found.filter(of_audits | within).order_by("seq")


def _of(audits: Any) -> Q:
    def rows(model: Any, path: str) -> Any:
        return model.objects.filter(**{f"{path}__in": audits}).order_by().values("pk")

    return (
        Q(thing="audit", thing_id__in=audits)
        | Q(thing="return", thing_id__in=rows(Return, "audit"))
        | Q(thing="task", thing_id__in=rows(Task, "returned__audit"))
        | Q(thing="moderation", thing_id__in=rows(Moderation, "audit"))
        | Q(thing="calibration", thing_id__in=rows(Calibration, "audit"))
    )


def write(hand: Hand, today: date) -> Part | None:
    if not hand.scope.may("download data"):
        return None
    last = Event.objects.order_by("-seq").values_list("seq", "hash", "at").first()
    if last:
        point = {"count": last[0], "head": last[1], "at": last[2].astimezone(UTC).isoformat(timespec="seconds")}
        hand.archive.add(CHECKPOINT, json.dumps(point) + "\n")
    with hand.archive.entry(TABLE) as file:
        file.write("\ufeff".encode())
        count = 0
        for line in _lines(hand):
            file.write(line.encode())
            count += 1
    hand.page(NAME, "The trail", _body(hand, count - 1))
    hand.tick()
    return Part("The trail", NAME, f"{plural(count - 1, 'event')}: who did, and saw, what; and how to check it.")


def _lines(hand: Hand) -> Iterator[str]:
    yield _line(HEAD)
    for event in events(hand).iterator(1000):
        said = [_json(event.was), _json(event.now)] if hand.named else ["", ""]
        by = event.by_name if hand.named else hand.who(event.by_id) or "Nobody of the council’s people"
        yield _line((
            event.seq, event.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), by, event.capacity, event.verb,
            event.thing, event.thing_id, hand.said(event.because), *said, event.previous, event.hash,
        ))  # fmt: skip


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _line(cells: Sequence[object]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def _body(hand: Hand, count: int) -> Iterator[str]:
    yield html.paragraph(f"{plural(count, 'event')} of what this pack is of, in trail.csv, the earliest first.")
    yield "<ul>" + "".join(f"<li>{html.link(name, name)}</li>" for name in (TABLE, CHECKPOINT)) + "</ul>\n"
    yield html.heading("How to check that the trail is whole")
    yield html.paragraph(
        "Each event’s hash covers it and the hash of the event before, so none can be changed unseen.",
        "checkpoint.json says how long the council’s whole trail was when this pack was made, and its last hash. Kept "
        "outside the council, it shows later whether anything before it was changed, cut off or made up anew:",
    )
    yield "<p><code>goldenthread trail verify --checkpoint checkpoint.json</code></p>\n"
    yield html.paragraph("It runs on the council’s own server. This pack holds a part of the trail, not the whole.")
    if not hand.named:
        yield html.paragraph(
            "What each event changed is left out here, because names and references stand in it. The events’ hashes "
            "cover that too."
        )
