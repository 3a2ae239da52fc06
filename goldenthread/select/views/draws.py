"""A draw: waiting for its seed, drawn and checked by anybody, abandoned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.refusal import Refused
from goldenthread.method.seed_sources import beacon
from goldenthread.method.selecting import WAYS, is_random, rule_in_words
from goldenthread.people.requests import PersonRequest
from goldenthread.select.dice import DiceForm
from goldenthread.select.forms.draws import AbandonForm
from goldenthread.select.forms.seeding import BeaconForm, CastForm
from goldenthread.select.queries.chosen import late_cases
from goldenthread.select.queries.draws import cases_of, draw_or_none, other_draws, shares_of
from goldenthread.select.queries.frames import stratum_words
from goldenthread.select.services import bundling, seeding
from goldenthread.select.services import draws as services
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page

LATE_SHOWN = 20
DRAWN = {
    "case_file": "The cases are drawn. Next, share them out to those who sit.",
    "supervision_file": "The supervision notes are drawn. Next, share them out among the senior managers.",
}
KINDS = {
    "list.csv": "text/csv; charset=utf-8",
    "record.json": "application/json; charset=utf-8",
    "verifier.py": "text/x-python; charset=utf-8",
    "bundle.zip": "application/zip",
}


def _cast_dice(request: PersonRequest, draw: Any, form: Any) -> None:
    rolls = form.cleaned_data["rolls"]
    services.cast(by=request.user, draw=draw, rolls=rolls, witnesses=form.witnesses, now=clock.now())


def _cast_shares(request: PersonRequest, draw: Any, form: Any) -> None:
    seeding.cast_shares(by=request.user, draw=draw, now=clock.now())


def _cast_beacon(request: PersonRequest, draw: Any, form: Any) -> None:
    seeding.cast_beacon(by=request.user, draw=draw, signature=form.cleaned_data["signature"], now=clock.now())


CAST: dict[str, Callable[[PersonRequest, Any, Any], None]] = {
    "dice": _cast_dice, "shares": _cast_shares, "beacon": _cast_beacon,
}  # fmt: skip


def _seed_form(request: PersonRequest, draw: Any) -> Any:
    if draw.seed_kind == "dice":
        return DiceForm(services.called(request.user), request.POST or None)
    return (BeaconForm if draw.seed_kind == "beacon" else CastForm)(request.POST or None)


@page(may="see case lists and draws", methods=("GET", "POST"))
@once
def open_draw(request: PersonRequest, code: str) -> HttpResponse:
    """A draw as it stands: waiting for its seed, which is given here, or made, with the way to check it."""
    draw = found(draw_or_none(request.user, code))
    form = _seed_form(request, draw)
    if request.method == "POST" and draw.seed_kind in CAST and form.is_valid():
        try:
            CAST[draw.seed_kind](request, draw, form)
        except Refused as refusal:
            if draw.state != "frozen" or draw.seed_kind == "dice":
                raise
            form.refuse(refusal, "signature" if draw.seed_kind == "beacon" else None)
        else:
            messages.success(request, DRAWN[draw.case_list.kind])
            return redirect("open_draw", code=code)
    return render(request, "select/open_draw.html", _shown(draw) | {"form": form} | _seed(draw))


def _shown(draw: Any) -> dict[str, Any]:
    framework, sizes = draw.framework.parsed, services.strata_of(draw)
    cases = [(case, stratum_words(framework, case.stratum)) for case in cases_of(draw)]
    taken = Counter(case.stratum for case, _ in cases)
    late = list(late_cases(draw).values_list("ref", flat=True)[: LATE_SHOWN + 1])
    return {
        "draw": draw,
        "cases": cases,
        "random": is_random(draw.way),
        "way": WAYS[draw.way],
        "rule": rule_in_words(draw.rule) if draw.way == "rule" else "",
        "kind": next((kind.label for kind in framework.kinds if kind.key == draw.kind), draw.kind),
        "strata": [
            (stratum_words(framework, name), size, draw.quotas.get(name, 0), size - taken[name])
            for name, size in sizes.items()
        ],
        "left_out": Counter(each["reason"] for each in draw.exclusions).most_common(),
        "others": list(other_draws(draw)),
        "late": late[:LATE_SHOWN],
        "more_late": len(late) > LATE_SHOWN,
    }


def _seed(draw: Any) -> dict[str, Any]:
    """What the page says of where the seed comes from: whose numbers are in, or when the round is out."""
    shares = list(shares_of(draw)) if draw.seed_kind == "shares" else []
    out_at = beacon.round_out_at(draw.beacon_round) if draw.beacon_round else None
    return {
        "shares": shares,
        "missing": seeding.still_missing(draw, shares),
        "unrevealed": [share.person.name for share in shares if not share.revealed_at],
        "revealing": any(share.revealed_at for share in shares),
        "out_at": out_at,
        "is_out": bool(out_at and out_at <= clock.now()),
        "chain": beacon.CHAIN,
    }


@page(may="see case lists and draws")
def download_draw(request: PersonRequest, code: str, what: str) -> HttpResponse:
    """One of the files with which anybody can check the draw."""
    draw = draw_or_none(request.user, code)
    if draw is None or what not in KINDS:
        raise Http404
    data = bundling.export_draw(by=request.user, draw=draw, what=what, now=clock.now())
    response = HttpResponse(data, content_type=KINDS[what])
    name = f"{draw.draw_id}.zip" if what == bundling.BUNDLE else what
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def abandon_draw(request: PersonRequest, code: str) -> HttpResponse:
    """Give up a frozen draw before its seed can be known, with the reason."""
    draw = found(draw_or_none(request.user, code))
    form = AbandonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.abandon(by=request.user, draw=draw, because=form.cleaned_data["because"], now=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, "The draw is abandoned and stays on record. Freeze a list again when you are ready."
            )
            return redirect("open_draw", code=code)
    return render(request, "select/abandon_draw.html", {"draw": draw, "form": form})
