"""The files with which anybody can check a draw, each by itself or all in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from goldenthread.method import draw_bundle, selecting
from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.method.seed_sources import beacon
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.select.models import Draw
from goldenthread.select.services.draws import outcome_of
from goldenthread.trail.queries import events_of
from goldenthread.trail.services import record, step

VERIFIER = Path(__file__).parents[1] / "verifier.py"
BUNDLE = "bundle.zip"


@step
def export_draw(*, by: Person, draw: Draw, what: str, now: datetime) -> bytes:
    """One of the files that anyone can check the draw with: "list.csv", "record.json", "verifier.py", "bundle.zip"."""
    if not may("see case lists and draws", standings(by)):
        raise Refused("Draws are seen by the Quality Assurance Unit.")
    if what in (draw_bundle.RECORD, BUNDLE) and draw.state != "drawn":
        raise Refused("There is no record before the cases are drawn.")
    made: dict[str, Callable[[], bytes]] = {
        draw_bundle.LIST: lambda: draw.frame.encode(),
        draw_bundle.RECORD: lambda: draw_bundle.record_text(record_of(draw)).encode(),
        draw_bundle.VERIFIER: VERIFIER.read_bytes,
        BUNDLE: lambda: bundle_of(draw),
    }
    data = made[what]()
    record(by=by, verb="exported", thing=draw, at=now, now={"file": what})
    return data


def bundle_of(draw: Draw) -> bytes:
    """Everything that is needed to check a draw, as one zip; the same bytes whenever it is asked for."""
    random = selecting.is_random(draw.way)
    said = f"Chosen: {selecting.WAYS[draw.way][:1].lower()}{selecting.WAYS[draw.way][1:]}."
    readme = draw_bundle.readme(draw_id=draw.draw_id, purpose=draw.purpose, chosen=said, random=random)
    files = {draw_bundle.LIST: draw.frame, draw_bundle.RECORD: draw_bundle.record_text(record_of(draw))}
    if random:
        files[draw_bundle.VERIFIER] = VERIFIER.read_text(encoding="utf-8")
    return draw_bundle.bundle(files | {draw_bundle.README: readme})


def record_of(draw: Draw) -> dict[str, Any]:
    """The draw's record: what it was made from and what came out, by which way, and whatever was changed since."""
    random = selecting.is_random(draw.way)
    record = outcome_of(draw).as_json() if random else _chosen_record(draw)
    return record | {
        "way": draw.way,
        "kind": draw.kind,
        "focus": draw.focus.title if draw.focus else "",
        "because": draw.because,
        "seed_kind": draw.seed_kind,
        "list_as_at": draw.case_list.as_at.isoformat(),
        "frozen_at": draw.frozen_at.isoformat(),
        "left_out": dict(sorted(Counter(each["reason"] for each in draw.exclusions).items())),
        **({"beacon": _beacon(draw)} if draw.beacon_round else {}),
        "replaced": [
            {"ref": case.ref, "by": case.replaced_with.ref, "because": case.replaced_because}
            for case in draw.cases.filter(standing="replaced").select_related("replaced_with").order_by("pk")
        ],
    }


def _beacon(draw: Draw) -> dict[str, Any]:
    """The round, and its signature as it was pasted: the trail has it, since the source's text has its digest only."""
    drawn = events_of(draw).filter(verb="drew").first()
    said = drawn.now if drawn and isinstance(drawn.now, dict) else {}
    return {"chain": beacon.CHAIN, "round": draw.beacon_round, "signature": said.get("signature", "")}


def _chosen_record(draw: Draw) -> dict[str, Any]:
    """What is known of files that no chance chose."""
    cases = draw.cases.order_by("ref")
    return {
        "method": "chosen, not drawn",
        "list_sha256": draw.frame_sha256,
        "draw_id": draw.draw_id,
        "rule": draw.rule,
        "chosen": {case.ref: case.because for case in cases},
    }
