"""Draws: planned and frozen, cast with dice, checked by anybody; a case replaced for a reason."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.framework.queries import framework_in_force
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.queries.owed import files_of_round
from goldenthread.plan.queries.sessions import seats_of, session_or_none
from goldenthread.select.forms.draws import AbandonForm, DiceForm, FrameForm, QuotasForm, ReplaceForm
from goldenthread.select.queries.case_lists import loaded_lists
from goldenthread.select.queries.draws import case_or_none, cases_of, draw_for, draw_or_none, other_draws
from goldenthread.select.queries.frames import draw_frame, proposed_quotas, stratum_words
from goldenthread.select.services import draws as services
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page

LISTS_OFFERED = 20
DRAWN = {
    "case_file": "The cases are drawn. Next, share them out to those who sit.",
    "supervision_file": "The supervision notes are drawn. Next, share them out among the senior managers.",
}
KINDS = {"list.csv": "text/csv", "record.json": "application/json", "verifier.py": "text/x-python"}


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def plan_draw(request: PersonRequest, code: str) -> HttpResponse:
    """What a session's files are drawn from, and how many of each stratum; frozen before anybody can know the dice."""
    session = found(session_or_none(request.user, code))
    if draw := draw_for(session):
        return redirect("open_draw", code=draw.code)
    version = framework_in_force(session.authority_id, clock.today())
    framework, lists = version.parsed, list(loaded_lists(session.authority_id)[:LISTS_OFFERED])
    if not lists or session.cancelled_at:
        return render(request, "select/no_list.html", {"session": session})
    seats = seats_of(session).count()
    each, meets = framework.draw.files_per_auditor, session.group.meets
    total = (seats or framework.core_seats) * each if meets else files_of_round(session, clock.today())
    form = FrameForm(lists, total, request.POST or None)
    form.is_valid()
    frame = draw_frame(form.chosen, session, framework, form.left_out_with_reasons)
    form.must_hold(frame.refs)
    freezing = form.freezing and form.is_valid()
    words = {stratum: stratum_words(framework, stratum) for stratum in frame.sizes}
    proposed = proposed_quotas(frame.sizes, form.files_to_draw)
    quotas = QuotasForm(frame.sizes, words, proposed, request.POST if freezing else None)
    if freezing and quotas.is_valid():
        try:
            draw = services.freeze(
                by=request.user, case_list=form.chosen, session=session, framework=version, cases=frame.cases,
                exclusions=frame.exclusions, quotas=quotas.quotas, now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            quotas.refuse(refusal)
        else:
            messages.success(request, "The list is frozen. Now roll the dice, read out before two witnesses.")
            return redirect("open_draw", code=draw.code)
    context = {"session": session, "framework": framework, "seats": seats, "frame": frame}
    return render(request, "select/plan_draw.html", context | {"form": form, "quotas": quotas})


@page(may="see case lists and draws", methods=("GET", "POST"))
@once
def open_draw(request: PersonRequest, code: str) -> HttpResponse:
    """A draw as it stands: waiting for its dice, or drawn with the way to check it. The dice are typed in here."""
    draw = found(draw_or_none(request.user, code))
    form = DiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.cast(
            by=request.user, draw=draw, rolls=form.cleaned_data["rolls"], witnesses=form.witnesses, now=clock.now()
        )
        messages.success(request, DRAWN[draw.case_list.kind])
        return redirect("open_draw", code=code)
    framework, sizes = draw.framework.parsed, services.strata_of(draw)
    cases = [(case, stratum_words(framework, case.stratum)) for case in cases_of(draw)]
    taken = Counter(case.stratum for case, _ in cases)
    context = {
        "draw": draw,
        "form": form,
        "cases": cases,
        "strata": [
            (stratum_words(framework, name), size, draw.quotas.get(name, 0), size - taken[name])
            for name, size in sizes.items()
        ],
        "left_out": Counter(each["reason"] for each in draw.exclusions).most_common(),
        "others": list(other_draws(draw)),
    }
    return render(request, "select/open_draw.html", context)


@page(may="see case lists and draws")
def download_draw(request: PersonRequest, code: str, what: str) -> HttpResponse:
    """One of the files with which anybody can check the draw."""
    draw = draw_or_none(request.user, code)
    if draw is None or what not in KINDS:
        raise Http404
    text = services.export_draw(by=request.user, draw=draw, what=what, now=clock.now())
    response = HttpResponse(text.encode(), content_type=f"{KINDS[what]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{what}"'
    return response


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def abandon_draw(request: PersonRequest, code: str) -> HttpResponse:
    """Give up a frozen draw before its dice, with the reason."""
    draw = found(draw_or_none(request.user, code))
    form = AbandonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.abandon(by=request.user, draw=draw, because=form.cleaned_data["because"], now=clock.now())
        messages.success(request, "The draw is abandoned and stays on record. Freeze a list again when you are ready.")
        return redirect("open_draw", code=code)
    return render(request, "select/abandon_draw.html", {"draw": draw, "form": form})


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def replace_case(request: PersonRequest, code: str) -> HttpResponse:
    """Take the next reserve for a file that cannot be audited, with the reason."""
    case = found(case_or_none(request.user, code))
    form = ReplaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reserve = services.replace(
                by=request.user, case=case, because=form.cleaned_data["because"], now=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{case.ref} is replaced by {reserve.ref}, the next reserve.")
            return redirect("open_draw", code=case.draw.code)
    words = stratum_words(case.draw.framework.parsed, case.stratum)
    return render(request, "select/replace_case.html", {"case": case, "stratum": words, "form": form})
