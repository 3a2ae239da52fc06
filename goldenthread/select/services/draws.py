"""Drawing: the frame is frozen first, the seed comes from outside afterwards, and then it stands for ever."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from goldenthread.framework.models import FrameworkVersion
from goldenthread.method import sampling
from goldenthread.method.access import may
from goldenthread.method.lifecycles import DRAW
from goldenthread.method.refusal import Refused
from goldenthread.method.seed_sources import witnessed_dice
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Session
from goldenthread.select.models import CaseLine, CaseList, Draw, DrawnCase
from goldenthread.select.queries.frames import Exclusion
from goldenthread.trail.services import record, step

DRAWN_ALREADY = "Cases for this session are already drawn, or a draw for it is frozen and waits for its dice."
VERIFIER = Path(__file__).parents[1] / "verifier.py"


@step
def freeze(
    *, by: Person, case_list: CaseList, session: Session, framework: FrameworkVersion, cases: Sequence[CaseLine],
    exclusions: Sequence[Exclusion], quotas: Mapping[str, int], now: datetime,
) -> Draw:  # fmt: skip
    """Fix what a session's files will be drawn from, before anybody can know the seed."""
    if not may("load case lists and draw", standings(by)):
        raise Refused("Cases are drawn by the Quality Assurance Unit.")
    _still_to_draw(session)
    return frozen(
        by=by, case_list=case_list, framework=framework, cases=cases, exclusions=exclusions, quotas=quotas, now=now,
        purpose=f"{session.group.name}, session of {session.held_on:%-d %B %Y}",
        stem=f"{session.held_on.isoformat()}-{session.group.key}", drawn_already=DRAWN_ALREADY, session=session,
    )  # fmt: skip


def frozen(
    *, by: Person, case_list: CaseList, framework: FrameworkVersion, cases: Sequence[CaseLine],
    exclusions: Sequence[Exclusion], quotas: Mapping[str, int], now: datetime, purpose: str, stem: str,
    drawn_already: str, session: Session | None = None, period_starts_on: date | None = None,
) -> Draw:  # fmt: skip
    """A draw frozen for this session or this quarter: the list, the quotas, who is left out and why. Within a step.

    `stem` is what its id begins with; `drawn_already` is said when there is a draw for the purpose.
    """
    rows = [(line.ref, sampling.stratum(line.status, line.team_name)) for line in cases]
    quotas = {name: number for name, number in quotas.items() if number}
    if not quotas:
        raise Refused("Say how many files to draw: every number is 0.")
    if faults := sampling.quota_faults(quotas, Counter(stratum for _, stratum in rows)):
        raise Refused(*faults)
    frame = sampling.canonical_list(rows)
    try:
        with transaction.atomic():
            draw = Draw.objects.create(
                authority_id=by.authority_id, case_list=case_list, session=session, period_starts_on=period_starts_on,
                framework=framework, purpose=purpose, draw_id=_next_id(by.authority_id, stem),
                frame=frame.decode(), frame_sha256=sampling.list_digest(frame), quotas=quotas,
                exclusions=[exclusion.as_json() for exclusion in exclusions], frozen_at=now, frozen_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(drawn_already) from None
    facts = {"sha256": draw.frame_sha256, "cases": len(rows), "quotas": quotas, "left out": len(exclusions)}
    record(by=by, verb="froze", thing=draw, at=now, now=facts)
    return draw


def _still_to_draw(session: Session) -> None:
    """Raise `Refused` for a session cancelled meanwhile, or drawn for. Its row is locked, so two cannot both pass."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.cancelled_at:
        raise Refused("This session was cancelled, so no files are drawn for it.")
    if Draw.objects.filter(session=session).exclude(state="abandoned").exists():
        raise Refused(DRAWN_ALREADY)


def _next_id(authority_id: int, stem: str) -> str:
    taken = Draw.objects.filter(authority=authority_id, draw_id__startswith=stem).count()
    return f"{stem}-{taken + 1}" if taken else stem


@step
def cast(*, by: Person, draw: Draw, rolls: str, witnesses: Sequence[str], now: datetime) -> Draw:
    """Draw with these dice, read out before these witnesses. Raises `Refused`; a draw is made once."""
    draw = Draw.objects.select_for_update(of=("self",)).select_related("case_list").get(pk=draw.pk)
    if draw.state == "drawn":
        raise Refused("These cases have been drawn already; a draw is made once.")
    row = DRAW.take("draw", draw.state, standings(by), None)
    outcome = sampling.draw(
        frame_rows(draw), source=witnessed_dice(rolls, witnesses), draw_id=draw.draw_id, quotas=draw.quotas
    )
    draw.source, draw.seed, draw.state = outcome.source, outcome.seed, row.after
    draw.drawn_at, draw.drawn_by = now, by
    draw.save(update_fields=["source", "seed", "state", "drawn_at", "drawn_by"])
    _keep(draw, outcome)
    record(by=by, verb="drew", thing=draw, at=now, now={"source": draw.source, "seed": draw.seed})
    return draw


def _keep(draw: Draw, outcome: sampling.DrawRecord) -> None:
    refs = [ref for chosen in outcome.selected.values() for ref in chosen]
    lines = dict(draw.case_list.lines.filter(ref__in=refs).values_list("ref", "pk"))
    DrawnCase.objects.bulk_create(
        DrawnCase(authority_id=draw.authority_id, draw=draw, line_id=lines[ref], ref=ref, stratum=stratum, place=place)
        for stratum, chosen in outcome.selected.items()
        for place, ref in enumerate(chosen, start=1)
    )


@step
def abandon(*, by: Person, draw: Draw, because: str, now: datetime) -> Draw:
    """Give up a frozen draw before its dice: it stays on record with the reason."""
    draw = Draw.objects.select_for_update().get(pk=draw.pk)
    row = DRAW.take("abandon", draw.state, standings(by), None)
    if not because.strip():
        raise Refused("Say why this draw is abandoned; it stays on record.")
    draw.state = row.after
    draw.save(update_fields=["state"])
    record(by=by, verb="abandoned", thing=draw, at=now, because=because)
    return draw


@step
def replace(*, by: Person, case: DrawnCase, because: str, now: datetime) -> DrawnCase:
    """Take the next reserve of the stratum for a case that cannot be audited. The reason is on record for ever."""
    if not may("load case lists and draw", standings(by)):
        raise Refused("Cases are replaced by the Quality Assurance Unit.")
    if not because.strip():
        raise Refused("Say why this file cannot be audited; the reason is kept with the draw.")
    draw = Draw.objects.select_for_update().get(pk=case.draw_id)
    case = DrawnCase.objects.get(pk=case.pk)
    if case.standing == "replaced":
        raise Refused("This case has been replaced already.")
    taken = set(draw.cases.values_list("ref", flat=True))
    ref = sampling.replacement(outcome_of(draw), case.stratum, taken)
    case.standing, case.replaced_at, case.replaced_by, case.replaced_because = "replaced", now, by, because.strip()
    case.save(update_fields=["standing", "replaced_at", "replaced_by", "replaced_because"])
    reserve = DrawnCase.objects.create(
        authority_id=draw.authority_id, draw=draw, line=CaseLine.objects.get(case_list=draw.case_list_id, ref=ref),
        ref=ref, stratum=case.stratum, place=draw.cases.filter(stratum=case.stratum).count() + 1, replaces=case,
    )  # fmt: skip
    record(
        by=by, verb="replaced", thing=draw, at=now, was={"case": case.code}, now={"case": reserve.code}, because=because
    )
    return reserve


def frame_rows(draw: Draw) -> list[tuple[str, str]]:
    """The frozen list as (ref, stratum)."""
    reader = csv.reader(io.StringIO(draw.frame))
    next(reader)
    return [(ref, stratum) for ref, stratum in reader]


def outcome_of(draw: Draw) -> sampling.DrawRecord:
    """The draw again, from its frozen list and its source: the record that anyone can check."""
    return sampling.draw(frame_rows(draw), source=draw.source, draw_id=draw.draw_id, quotas=draw.quotas)


def strata_of(draw: Draw) -> dict[str, int]:
    """How many cases each stratum of the frozen list holds."""
    return dict(sorted(Counter(stratum for _, stratum in frame_rows(draw)).items()))


@step
def export_draw(*, by: Person, draw: Draw, what: str, now: datetime) -> str:
    """One of the files that anyone can check the draw with: "list.csv", "record.json" or "verifier.py"."""
    if not may("see case lists and draws", standings(by)):
        raise Refused("Draws are seen by the Quality Assurance Unit.")
    if what == "record.json" and draw.state != "drawn":
        raise Refused("There is no record before the cases are drawn.")
    texts = {
        "list.csv": lambda: draw.frame,
        "record.json": lambda: record_text(draw),
        "verifier.py": VERIFIER.read_text,
    }
    text = texts[what]()
    record(by=by, verb="exported", thing=draw, at=now, now={"file": what})
    return text


def record_text(draw: Draw) -> str:
    """The draw's record as the JSON text that is offered for download."""
    return json.dumps(outcome_of(draw).as_json(), indent=2, ensure_ascii=False) + "\n"
