"""How a file came to be audited, known for ever: by chance and with which, or by an event, a rule or by hand."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.method.selecting import ONE_STRATUM, chance_words, is_random
from goldenthread.select.models import CaseLine, CaseList, Draw, DrawnCase
from goldenthread.select.queries.choosing import lists_to_draw_from
from goldenthread.select.queries.frames import SUPERVISION
from goldenthread.web.wording import day

SOURCES = {
    "dice": "dice before witnesses",
    "shares": "numbers that several people gave before any was known",
    "beacon": "a public beacon",
}
NOT_RANDOM = {
    "event": "Chosen for what happened, not at random",
    "rule": "Chosen by a rule, not at random",
    "hand": "Chosen by hand, not at random",
}


@dataclass(frozen=True, slots=True)
class HowChosen:
    """`label` is two words or so for a tag; `words` says it in whole sentences."""

    random: bool
    label: str
    words: str


def how_chosen(case: DrawnCase, framework: Framework) -> HowChosen:
    """How this case was chosen, from its draw, whose `case_list` should be at hand.

    "Chosen at random, 2 of 14 looked-after children in Duty 2 (1 in 7), from the case list of 3 November 2026, by
    dice before witnesses."
    """
    draw = case.draw
    listed = f"{_listed(draw.case_list)} of {day(draw.case_list.as_at, 'plain')}"
    if not is_random(draw.way):
        return HowChosen(False, "Not random", f"{NOT_RANDOM[draw.way]}, from the {listed}. {case.because}".strip())
    among = f", {case.sought} of {case.held} {stratum_plural(framework, case.stratum)}" if case.held else ""
    chance = f" ({chance_words(case.sought, case.held)})" if case.sought and case.held else ""
    source = SOURCES.get(draw.seed_kind, "chance")
    reserve = " It is a reserve, in place of a file that could not be audited." if case.replaces_id else ""
    return HowChosen(True, "Random", f"Chosen at random{among}{chance}, from the {listed}, by {source}.{reserve}")


def _listed(case_list: CaseList) -> str:
    words = {"supervision_file": "posts", "carer_file": "list of carers’ files"}
    return words.get(case_list.kind, "case list")


def stratum_plural(framework: Framework, stratum: str) -> str:
    """A stratum as a sentence counts it: "looked after children in Duty 2", "cases in Duty 2", "cases"."""
    status, _, team = stratum.partition(" / ")
    if status == SUPERVISION:
        return f"supervision notes in {team}"
    if stratum == ONE_STRATUM:
        return "cases"
    try:
        noun = framework.status(status).plural
    except Refused:
        noun = "cases"
    return noun if team == "every team" else f"{noun} in {team}"


def late_cases(draw: Draw) -> QuerySet[CaseLine]:
    """Cases that were open on the day of the draw's list but not on it: the next list has them, as opened by then.

    They had no chance of being drawn. Nothing is changed for them, but they are known.
    """
    drawn = draw.case_list
    later = lists_to_draw_from(draw.authority_id, drawn.kind).filter(as_at__gt=drawn.as_at).order_by("as_at", "pk")
    there = CaseLine.objects.filter(case_list=drawn, ref=OuterRef("ref"))
    lines = CaseLine.objects.filter(case_list=later.values("pk")[:1], opened_on__lte=drawn.as_at)
    return lines.filter(~Exists(there)).order_by("ref")
