"""Drawing: the frame is frozen first, the seed comes from outside afterwards, and then it stands for ever."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from goldenthread.framework.models import FrameworkVersion
from goldenthread.method import sampling, selecting
from goldenthread.method.access import may
from goldenthread.method.framework import Framework
from goldenthread.method.lifecycles import DRAW
from goldenthread.method.refusal import Refused
from goldenthread.method.seed_sources import beacon, witnessed_dice
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Focus, Session
from goldenthread.select.models import CaseLine, CaseList, Draw, DrawnCase
from goldenthread.select.queries.frames import Exclusion
from goldenthread.trail.services import record, step

DRAWN_ALREADY = "Cases for this session are already drawn, or a draw for it is frozen and waits for its dice."
KNOWN_ALREADY = {
    "shares": "Everybody has revealed her number, so what is drawn is settled: draw the cases.",
    "beacon": "The round is out, so what is drawn is settled: paste its signature and draw the cases.",
}
NOT_BY_CHANCE = (
    "These cases were not drawn by chance, so no reserve can take the place of one. Withdraw its audit instead."
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """How the files of a draw are chosen: for which kind of audit and focus, by which way, with a seed from where.

    `because`: why in another way than the framework says. `rule`: the expression, or the event, that selects.
    """

    kind: str = "case_file"
    focus: Focus | None = None
    way: str = "stratified"
    because: str = ""
    rule: str = ""
    seed_kind: str = "dice"
    beacon_round: int | None = None

    def columns(self, framework: Framework, now: datetime) -> dict[str, Any]:
        """What is kept of it with the draw. Raises `Refused` for what the framework does not allow."""
        faults = selecting.another_way_faults(self._rule(framework), self.way, self.because)
        random = selecting.is_random(self.way)
        if random and self.seed_kind not in framework.draw.seed_sources:
            faults.append("The framework does not take this source of a seed: choose another.")
        if faults:
            raise Refused(*faults)
        named = random and self.seed_kind == "beacon"
        soonest = beacon.round_after(now + beacon.NOTICE)
        return {
            "kind": self.kind, "focus": self.focus, "way": self.way, "because": self.because.strip(),
            "rule": self.rule, "seed_kind": self.seed_kind if random else "none",
            "beacon_round": beacon.round_named(self.beacon_round or soonest, now) if named else None,
        }  # fmt: skip

    def _rule(self, framework: Framework) -> Any:
        return framework.way_of(self.kind, self.focus.kind if self.focus else "")


@step
def freeze(
    *, by: Person, case_list: CaseList, session: Session, framework: FrameworkVersion, cases: Sequence[CaseLine],
    exclusions: Sequence[Exclusion], quotas: Mapping[str, int], now: datetime, chosen: Chosen = Chosen(),
    strata: Mapping[str, str] | None = None,
) -> Draw:  # fmt: skip
    """Fix what a session's files will be drawn from, before anybody can know the seed.

    `strata`: the stratum that another is drawn in, where small ones are put together; none: each by itself.
    """
    may_draw(by)
    still_to_draw(session)
    return frozen(
        by=by, case_list=case_list, framework=framework, cases=cases, exclusions=exclusions, quotas=quotas, now=now,
        purpose=purpose_of(session, chosen), stem=stem_of(session), drawn_already=DRAWN_ALREADY, session=session,
        chosen=chosen, strata=strata or {},
    )  # fmt: skip


def may_draw(by: Person) -> None:
    """Raise `Refused` for anybody but those who draw."""
    if not may("load case lists and draw", standings(by)):
        raise Refused("Cases are drawn by the Quality Assurance Unit.")


def purpose_of(session: Session, chosen: Chosen) -> str:
    """What a draw is for, in words: the session, and the focus where it has one."""
    focus = f": {chosen.focus.title}" if chosen.focus else ""
    return f"{session.group.name}, session of {session.held_on:%-d %B %Y}{focus}"[:200]


def stem_of(session: Session) -> str:
    return f"{session.held_on.isoformat()}-{session.group.key}"


def frozen(
    *, by: Person, case_list: CaseList, framework: FrameworkVersion, cases: Sequence[CaseLine],
    exclusions: Sequence[Exclusion], quotas: Mapping[str, int], now: datetime, purpose: str, stem: str,
    drawn_already: str, chosen: Chosen = Chosen(), strata: Mapping[str, str] | None = None,
    session: Session | None = None, period_starts_on: date | None = None,
) -> Draw:  # fmt: skip
    """A draw frozen for this session or this quarter: the list, the quotas, who is left out and why. Within a step.

    `stem` is what its id begins with; `drawn_already` is said when there is a draw for the purpose.
    """
    rules = framework.parsed
    named = (selecting.stratum_of(chosen.way, rules.draw.stratify_by, line.status, line.team_name) for line in cases)
    rows = [(line.ref, (strata or {}).get(name, name)) for line, name in zip(cases, named, strict=True)]
    quotas = {name: number for name, number in quotas.items() if number}
    if not quotas:
        raise Refused("Say how many files to draw: every number is 0.")
    if faults := sampling.quota_faults(quotas, Counter(stratum for _, stratum in rows)):
        raise Refused(*faults)
    draw = keep_draw(
        by=by, drawn_already=drawn_already, frame=sampling.canonical_list(rows), now=now, stem=stem,
        case_list=case_list, session=session, period_starts_on=period_starts_on, framework=framework, purpose=purpose,
        quotas=quotas, exclusions=[exclusion.as_json() for exclusion in exclusions], **chosen.columns(rules, now),
    )  # fmt: skip
    facts = {"sha256": draw.frame_sha256, "cases": len(rows), "quotas": quotas, "left out": len(exclusions)}
    record(by=by, verb="froze", thing=draw, at=now, now=facts | _how(draw), because=draw.because)
    return draw


def keep_draw(*, by: Person, drawn_already: str, frame: bytes, now: datetime, stem: str, **columns: Any) -> Draw:
    """The row of a draw, frozen at this moment. Within a step."""
    try:
        with transaction.atomic():
            return Draw.objects.create(
                authority_id=by.authority_id, draw_id=_next_id(by.authority_id, stem), frame=frame.decode(),
                frame_sha256=sampling.list_digest(frame), frozen_at=now, frozen_by=by, **columns,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(drawn_already) from None


def _how(draw: Draw) -> dict[str, Any]:
    """What the trail says of the way, beside the list."""
    said = {"kind": draw.kind, "way": draw.way, "seed": draw.seed_kind}
    return said | ({"round": draw.beacon_round} if draw.beacon_round else {})


def still_to_draw(session: Session) -> None:
    """Raise `Refused` for a session cancelled meanwhile, or drawn for by chance."""
    locked(session)
    if Draw.objects.filter(session=session, way__in=selecting.RANDOM).exclude(state="abandoned").exists():
        raise Refused(DRAWN_ALREADY)


def locked(session: Session) -> None:
    """Lock the session's row, so that two who choose its files at once cannot both pass; `Refused` if cancelled."""
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.cancelled_at:
        raise Refused("This session was cancelled, so no files are drawn for it.")


def _next_id(authority_id: int, stem: str) -> str:
    taken = Draw.objects.filter(authority=authority_id, draw_id__startswith=stem).count()
    return f"{stem}-{taken + 1}" if taken else stem


@step
def cast(*, by: Person, draw: Draw, rolls: str, witnesses: Sequence[str], now: datetime) -> Draw:
    """Draw with these dice, read out before these witnesses. Raises `Refused`; a draw is made once."""
    draw = waiting(draw, "dice")
    source = witnessed_dice(rolls, witnesses, called(by) | called(draw.frozen_by))
    return drawn_from(by=by, draw=draw, source=source, now=now)


def called(person: Person) -> set[str]:
    """What a witness who is this person might be typed as: her name, and the posts she holds."""
    posts = person.posts_held
    return {person.name, *(post.title for post in posts), *(post.words for post in posts)} - {""}


def waiting(draw: Draw, seed_kind: str) -> Draw:
    """The draw's row, locked, that waits for a seed from this source. Raises `Refused`; a draw is made once."""
    related = ("case_list", "framework", "frozen_by")
    draw = Draw.objects.select_for_update(of=("self",)).select_related(*related).get(pk=draw.pk)
    if draw.state == "drawn":
        raise Refused("These cases have been drawn already; a draw is made once.")
    if draw.state == "abandoned":
        raise Refused("This draw was abandoned: freeze a list again.")
    if draw.seed_kind != seed_kind:
        raise Refused(f"When this list was frozen its seed was said to come from {draw.get_seed_kind_display()}.")
    return draw


def drawn_from(*, by: Person, draw: Draw, source: str, now: datetime, **said: str) -> Draw:
    """Draw what was frozen, with the seed that this source makes. Within a step; `said` goes into the trail."""
    row = DRAW.take("draw", draw.state, standings(by), None)
    outcome = sampling.draw(frame_rows(draw), source=source, draw_id=draw.draw_id, quotas=draw.quotas)
    draw.source, draw.seed, draw.state = outcome.source, outcome.seed, row.after
    draw.drawn_at, draw.drawn_by = now, by
    draw.save(update_fields=["source", "seed", "state", "drawn_at", "drawn_by"])
    _keep(draw, outcome)
    record(by=by, verb="drew", thing=draw, at=now, now={"source": draw.source, "seed": draw.seed} | said)
    return draw


def _keep(draw: Draw, outcome: sampling.DrawRecord) -> None:
    refs = [ref for chosen in outcome.selected.values() for ref in chosen]
    lines = dict(draw.case_list.lines.filter(ref__in=refs).values_list("ref", "pk"))
    held = strata_of(draw)
    DrawnCase.objects.bulk_create(
        DrawnCase(
            authority_id=draw.authority_id,
            draw=draw,
            line_id=lines[ref],
            ref=ref,
            stratum=stratum,
            place=place,
            sought=len(chosen),
            held=held[stratum],
        )  # fmt: skip
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
    if is_settled(draw, now):
        raise Refused(KNOWN_ALREADY[draw.seed_kind])
    draw.state = row.after
    draw.save(update_fields=["state"])
    record(by=by, verb="abandoned", thing=draw, at=now, now=_unrevealed(draw), because=because)
    return draw


def is_settled(draw: Draw, now: datetime) -> bool:
    """Whether what a frozen draw will take can be known already, so that giving it up would be choosing."""
    if draw.seed_kind == "beacon" and draw.beacon_round:
        return now >= beacon.round_out_at(draw.beacon_round)
    shares = list(draw.shares.all())
    return bool(shares) and all(share.revealed_at for share in shares)


def _unrevealed(draw: Draw) -> dict[str, Any] | None:
    """Whose number is missing where others revealed theirs: it ended the draw, and is on record."""
    shares = list(draw.shares.select_related("person"))
    missing = [share.person.name for share in shares if not share.revealed_at]
    return {"not revealed": missing} if shares and len(missing) < len(shares) else None


@step
def replace(*, by: Person, case: DrawnCase, because: str, now: datetime) -> DrawnCase:
    """Take the next reserve of the stratum for a case that cannot be audited. The reason is on record for ever."""
    if not may("load case lists and draw", standings(by)):
        raise Refused("Cases are replaced by the Quality Assurance Unit.")
    if not because.strip():
        raise Refused("Say why this file cannot be audited; the reason is kept with the draw.")
    draw = Draw.objects.select_for_update().get(pk=case.draw_id)
    case = DrawnCase.objects.get(pk=case.pk)
    if not selecting.is_random(draw.way):
        raise Refused(NOT_BY_CHANCE)
    if case.standing == "replaced":
        raise Refused("This case has been replaced already.")
    taken = set(draw.cases.values_list("ref", flat=True))
    ref = sampling.replacement(outcome_of(draw), case.stratum, taken)
    case.standing, case.replaced_at, case.replaced_by, case.replaced_because = "replaced", now, by, because.strip()
    case.save(update_fields=["standing", "replaced_at", "replaced_by", "replaced_because"])
    reserve = DrawnCase.objects.create(
        authority_id=draw.authority_id, draw=draw, line=CaseLine.objects.get(case_list=draw.case_list_id, ref=ref),
        ref=ref, stratum=case.stratum, place=draw.cases.filter(stratum=case.stratum).count() + 1, replaces=case,
        sought=case.sought, held=case.held,
    )  # fmt: skip
    record(
        by=by, verb="replaced", thing=draw, at=now, was={"case": case.code}, now={"case": reserve.code}, because=because
    )
    return reserve


def note_audited(*, case_id: int, on: date) -> None:
    """Keep the day a drawn case's audit was submitted, for the ledger of coverage. Within the step that submits it."""
    DrawnCase.objects.filter(pk=case_id).update(audited_on=on)


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
