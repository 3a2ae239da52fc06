"""Seeds from several people's numbers, and from a public beacon: given, checked, and then the draw is made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from goldenthread.method.refusal import Refused
from goldenthread.method.seed_sources import beacon
from goldenthread.method.seed_sources.shares import (
    FEWEST_SHARERS,
    commitment,
    read_commitment,
    revealed_shares,
    secret_number,
)
from goldenthread.people.models import Person
from goldenthread.select.models import Draw, SeedShare
from goldenthread.select.services.draws import abandon, drawn_from, keep_draw, may_draw, waiting
from goldenthread.trail.services import record, step
from goldenthread.web.wording import when


@step
def commit_share(*, by: Person, draw: Draw, now: datetime, number: str = "", digest: str = "") -> SeedShare:
    """Take somebody's number for the seed of a draw, keeping its digest only; or the digest, worked out elsewhere."""
    draw = _shared(by, draw)
    shares = list(draw.shares.all())
    if any(share.person_id == by.pk for share in shares):
        raise Refused("You have given a number for this draw already; it cannot be changed.")
    if any(share.revealed_at for share in shares):
        raise Refused("A number of this draw has been revealed, so no other can be given any more.")
    if bool(number.strip()) == bool(digest.strip()):
        raise Refused("Give a number, or a digest that you worked out yourself: one of the two.")
    committed = commitment(secret_number(number), draw.draw_id) if number.strip() else read_commitment(digest)
    share = SeedShare.objects.create(
        authority_id=draw.authority_id, draw=draw, person=by, sha256=committed, committed_at=now, committed_by=by
    )
    record(by=by, verb="committed a number to", thing=draw, at=now, now={"sha256": committed})
    return share


@step
def reveal_share(*, by: Person, draw: Draw, number: str, now: datetime) -> SeedShare:
    """Reveal the number that she committed to, once enough others have committed to theirs."""
    draw = _shared(by, draw)
    share = draw.shares.filter(person=by).first()
    if share is None:
        raise Refused("You gave no number for this draw, so there is none to reveal.")
    if share.revealed_at:
        raise Refused("You have revealed your number already.")
    if sentence := still_missing(draw, draw.shares.all()):
        raise Refused(sentence)
    secret = secret_number(number)
    if commitment(secret, draw.draw_id) != share.sha256:
        raise Refused("This is not the number that you gave before. Type it again, digit by digit.")
    share.secret, share.revealed_at, share.revealed_by = secret, now, by
    share.save(update_fields=["secret", "revealed_at", "revealed_by"])
    record(by=by, verb="revealed a number of", thing=draw, at=now)
    return share


@step
def cast_shares(*, by: Person, draw: Draw, now: datetime) -> Draw:
    """Draw with the numbers that were revealed, once all of them are."""
    draw = waiting(draw, "shares")
    shares = list(draw.shares.select_related("person"))
    if sentence := still_missing(draw, shares):
        raise Refused(sentence)
    if unrevealed := [share.person.name for share in shares if not share.revealed_at]:
        raise Refused(f"Numbers that are not revealed yet: {', '.join(unrevealed)}.")
    return drawn_from(by=by, draw=draw, source=revealed_shares(_by_name(shares)), now=now)


@step
def cast_beacon(*, by: Person, draw: Draw, signature: str, now: datetime) -> Draw:
    """Draw with the round of the beacon that was named when the list was frozen, by its signature."""
    draw = waiting(draw, "beacon")
    assert draw.beacon_round is not None
    if now < (out_at := beacon.round_out_at(draw.beacon_round)):
        raise Refused(f"Round {draw.beacon_round} comes out on {when(out_at)}: fetch it then.")
    source = beacon.signed_round(draw.beacon_round, signature)
    return drawn_from(by=by, draw=draw, source=source, now=now, signature=beacon.read_signature(signature))


@step
def start_again(*, by: Person, draw: Draw, because: str, now: datetime) -> Draw:
    """Give up a draw whose number somebody never revealed, and freeze the same list under a new id."""
    may_draw(by)
    draw = waiting(draw, "shares")
    given_up = abandon(by=by, draw=draw, because=because, now=now)
    again = keep_draw(
        by=by, drawn_already="Cases for this are drawn already.", frame=draw.frame.encode(), now=now,
        stem=_stem(draw), case_list=draw.case_list, session_id=draw.session_id,
        period_starts_on=draw.period_starts_on, framework=draw.framework, purpose=draw.purpose, quotas=draw.quotas,
        exclusions=draw.exclusions, kind=draw.kind, focus_id=draw.focus_id, way=draw.way, rule=draw.rule,
        because=draw.because, seed_kind=draw.seed_kind,
    )  # fmt: skip
    record(by=by, verb="froze", thing=again, at=now, was={"draw": given_up.code}, because=because)
    return again


def still_missing(draw: Draw, shares: Iterable[SeedShare]) -> str | None:
    """What is missing before the first number may be revealed, as a sentence. Whoever froze the list does not count."""
    others = sum(share.person_id != draw.frozen_by_id for share in shares)
    if others >= FEWEST_SHARERS:
        return None
    return (
        f"At least {FEWEST_SHARERS} people beside whoever froze the list have to give a number before any is "
        f"revealed: {others or 'none'} did so far."
    )


def _shared(by: Person, draw: Draw) -> Draw:
    """The draw, locked, where this person may give a number: anybody of the council that it is for."""
    if by.authority_id != draw.authority_id:
        raise Refused("Numbers for a draw are given by people of the council that it is for.")
    return waiting(draw, "shares")


def _stem(draw: Draw) -> str:
    """What the draw's id began with, without the number of the try."""
    first = Draw.objects.filter(authority=draw.authority_id, purpose=draw.purpose).order_by("frozen_at", "pk").first()
    return first.draw_id if first else draw.draw_id


def _by_name(shares: Iterable[SeedShare]) -> dict[str, str]:
    """Each number by the name of whoever revealed it; of two of one name the later has her code beside it."""
    found: dict[str, str] = {}
    for share in shares:
        name = share.person.name
        found[f"{name} {share.person.code}" if name in found else name] = share.secret
    return found
