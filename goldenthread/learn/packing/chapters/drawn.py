"""What was drawn: each draw's record, its list, and how to check it.

A pseudonymous pack cannot hold the list as it was fixed: its references are what the fingerprint is of. It holds the
drawn cases under pseudonyms, without their tickets, from which references could be guessed. What was checked when the
pack was made is said; the files that anybody can check lie with the unit, and in a named pack.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from goldenthread.learn.packing import html
from goldenthread.learn.packing.hand import Hand, Part
from goldenthread.method import draw_bundle, selecting
from goldenthread.method.draw_bundle import record_text
from goldenthread.select.models import Draw
from goldenthread.select.services.bundling import VERIFIER, record_of
from goldenthread.select.services.draws import outcome_of, strata_of
from goldenthread.web.wording import day, plural, when

NAME = "drawn.html"


def draws_of(hand: Hand) -> QuerySet[Draw]:
    """The draws of the sessions, or of the quarters, of these days; of a file or a team, those its files came from."""
    scope = hand.scope
    draws = Draw.objects.filter(authority=scope.pack.authority_id).select_related("case_list", "focus", "framework")
    if not scope.whole:
        return draws.filter(pk__in=scope.audits.order_by().values("case__draw")).order_by("frozen_at", "pk")
    of_sessions, of_periods = Q(**scope.within("session__held_on")), Q(**scope.within("period_starts_on"))
    return draws.filter(of_sessions | of_periods).order_by("frozen_at", "pk")


def write(hand: Hand, today: date) -> Part | None:
    if not hand.scope.may("see case lists and draws"):
        return None
    count = draws_of(hand).count()
    for number, draw in enumerate(draws_of(hand).iterator(20), 1):
        _draw(hand, f"draws/{number:04}", draw)
        hand.tick()
    hand.page(NAME, "What was drawn", _body(hand, count))
    return Part("What was drawn", NAME, f"{plural(count, 'draw')}, each with its record and how to check it.")


def _body(hand: Hand, count: int) -> Iterator[str]:
    yield html.paragraph(
        "Each list was fixed and its fingerprint taken before the seed came from outside.",
        "Draws that were given up are here too." if count else "There was no draw.",
    )
    rows = (_row(number, draw) for number, draw in enumerate(draws_of(hand).iterator(20), 1))
    yield from html.table("Draws", ("Draw", "List fixed", "Way", "Stands"), rows, links=(0,))


def _row(number: int, draw: Draw) -> Sequence[str]:
    state = {"frozen": "Waits for its seed", "drawn": "Drawn", "abandoned": "Given up"}[draw.state]
    return f"draws/{number:04}/index.html|{draw.draw_id}", when(draw.frozen_at), selecting.WAYS[draw.way], state


def _draw(hand: Hand, folder: str, draw: Draw) -> None:
    drawn, random = draw.state == "drawn", selecting.is_random(draw.way)
    files = ["cases.csv"]
    hand.archive.add(f"{folder}/cases.csv", _cases(hand, draw))
    if hand.named:
        hand.archive.add(f"{folder}/{draw_bundle.LIST}", draw.frame)
        files.append(draw_bundle.LIST)
    if drawn and hand.named:
        hand.archive.add(f"{folder}/{draw_bundle.RECORD}", record_text(record_of(draw)))
        files.append(draw_bundle.RECORD)
    if random:
        hand.archive.add(f"{folder}/{draw_bundle.VERIFIER}", VERIFIER.read_bytes())
        files.append(draw_bundle.VERIFIER)
    hand.page(f"{folder}/index.html", f"Draw {draw.draw_id}", _about(hand, draw, files))


def _about(hand: Hand, draw: Draw, files: Iterable[str]) -> Iterator[str]:
    rows = [
        ("For", hand.said(draw.purpose)),
        ("Way", selecting.WAYS[draw.way]),
        ("Case list", f"as at {day(draw.case_list.as_at, 'plain')}"),
        ("List fixed", when(draw.frozen_at)),
        ("Fingerprint of the list (SHA-256)", draw.frame_sha256),
        ("Where the seed came from", hand.said(draw.source) or "Not yet known"),
        ("Seed", draw.seed or "None"),
        ("Drawn", when(draw.drawn_at) if draw.drawn_at else "Not drawn"),
    ]
    if draw.because:
        rows.append(("Why these", hand.said(draw.because)))
    yield html.facts(rows)
    strata = [(stratum, str(held), str(draw.quotas.get(stratum, 0))) for stratum, held in strata_of(draw).items()]
    yield from html.table("The list", ("Stratum", "Cases on the list", "To be drawn"), strata, numeric=(1, 2))
    yield html.heading("How to check it")
    yield html.paragraph(*_checked(draw))
    if not hand.named and draw.seed:
        yield html.paragraph(
            "In this pack references have pseudonyms, so the list cannot be here as it was fixed.",
            "The list and the record as they are, with which verifier.py makes the draw again, lie with the Quality "
            "Assurance Unit: ask for the bundle of this draw.",
            _of_the_seed(draw, as_it_is=hand.said(draw.source) == draw.source),
        )
    elif draw.seed:
        yield html.paragraph("In this folder: python verifier.py record.json list.csv")
    yield "<ul>" + "".join(f"<li>{html.link(name, name)}</li>" for name in files) + "</ul>"


def _of_the_seed(draw: Draw, *, as_it_is: bool) -> str:
    if not as_it_is:
        return "Names are masked in where the seed came from, so not even the seed can be worked out from this page."
    text = f"“goldenthread-draw-1|fingerprint|where the seed came from|{draw.draw_id}”"
    return f"That the seed follows from the fingerprint can be checked here: it is the SHA-256 of {text}."


def _checked(draw: Draw) -> tuple[str, ...]:
    if not selecting.is_random(draw.way):
        return ("No chance chose these files, so there is nothing to make again.",)
    if draw.state != "drawn":
        return ("The cases are not drawn.",)
    again = outcome_of(draw)
    kept = {case.ref for case in draw.cases.filter(replaces__isnull=True)}
    same = again.seed == draw.seed and {ref for refs in again.selected.values() for ref in refs} == kept
    if same:
        return ("When this pack was made the draw was made again from its list and its seed: the same files came out.",)
    return ("When this pack was made the draw was made again from its list and its seed: OTHER files came out.",)


def _cases(hand: Hand, draw: Draw) -> str:
    """The cases that were drawn, and those that took another's place; of the others only how many there are."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(("stratum", "place", "case", "standing"))
    for case in draw.cases.order_by("stratum", "place", "pk"):
        writer.writerow((case.stratum, case.place, hand.alias(case.ref), case.standing))
    return written.getvalue()
