"""Choosing files otherwise than by chance: every case of an event, every case a rule fits, or named by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from goldenthread.framework.models import FrameworkVersion
from goldenthread.method import sampling, selecting
from goldenthread.method.lifecycles import DRAW
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Session
from goldenthread.select.models import CaseList, Draw, DrawnCase
from goldenthread.select.queries.choosing import Pick, drawn_for
from goldenthread.select.queries.frames import Exclusion
from goldenthread.select.services.draws import Chosen, keep_draw, locked, may_draw, purpose_of, stem_of
from goldenthread.trail.services import record, step

CHOSEN_ALREADY = "Files are chosen in this way from this list for this session already."


@step
def choose(
    *, by: Person, case_list: CaseList, session: Session, framework: FrameworkVersion, picks: Sequence[Pick],
    chosen: Chosen, now: datetime, exclusions: Sequence[Exclusion] = (), about: str = "",
) -> Draw:  # fmt: skip
    """Take these cases for a session, each for its reason. No chance is in it, so it has neither seed nor reserves.

    `about` tells this purpose apart from another of the same session, list and way.

    Raises `Refused` for nothing to take, a case that stands among the session's files already, a pick without its
    reason, or a way that is left to chance.
    """
    may_draw(by)
    locked(session)
    if selecting.is_random(chosen.way):
        raise Refused("Files that are left to chance are drawn, not chosen.")
    if faults := _faults(session, picks):
        raise Refused(*faults)
    row = DRAW.take("draw", "frozen", standings(by), None)
    rows = [(pick.line.ref, sampling.stratum(pick.line.status, pick.line.team_name)) for pick in picks]
    draw = keep_draw(
        by=by, drawn_already=CHOSEN_ALREADY, frame=sampling.canonical_list(rows), now=now, stem=stem_of(session),
        case_list=case_list, session=session, framework=framework, state=row.after, drawn_at=now, drawn_by=by,
        purpose=f"{purpose_of(session, chosen)}, {about or WORDS[chosen.way]}"[:200],
        quotas=dict(sorted(Counter(stratum for _, stratum in rows).items())),
        exclusions=[exclusion.as_json() for exclusion in exclusions], **chosen.columns(framework.parsed, now),
    )  # fmt: skip
    _keep(draw, picks)
    facts = {"way": draw.way, "kind": draw.kind, "rule": draw.rule, "cases": len(rows), "left out": len(exclusions)}
    record(by=by, verb="chose", thing=draw, at=now, now=facts, because=draw.because)
    return draw


WORDS = {"event": "cases of an event", "rule": "cases that a rule fits", "hand": "chosen by hand"}


def _faults(session: Session, picks: Sequence[Pick]) -> list[str]:
    if not picks:
        return ["No case fits, so there is nothing to choose."]
    faults = selecting.twice_faults(pick.line.ref for pick in picks)
    faults += [f"Say why {pick.line.ref} is chosen; the reason stays on record." for pick in picks if not pick.because]
    there = drawn_for(session)
    return faults + [
        f"{pick.line.ref} is among the files of this session already." for pick in picks if pick.line.ref in there
    ]


def _keep(draw: Draw, picks: Sequence[Pick]) -> None:
    """Each case of the draw with its reason, numbered within its status and team."""
    places: Counter[str] = Counter()
    cases = []
    for pick in sorted(picks, key=lambda pick: pick.line.ref):
        stratum = sampling.stratum(pick.line.status, pick.line.team_name)
        places[stratum] += 1
        cases.append(
            DrawnCase(
                authority_id=draw.authority_id, draw=draw, line=pick.line, ref=pick.line.ref, stratum=stratum,
                place=places[stratum], because=pick.because,
            )
        )  # fmt: skip
    DrawnCase.objects.bulk_create(cases)
