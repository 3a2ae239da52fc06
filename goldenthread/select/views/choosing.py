"""Choosing a session's files: by which way, from which list, and how many or which; frozen, or taken at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.framework.queries import framework_in_force
from goldenthread.method.framework import Selecting
from goldenthread.method.refusal import Refused
from goldenthread.method.selecting import OCCASIONS, WAYS, events_of, files_proposed, is_random, way_in_words
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.queries.owed import files_of_round
from goldenthread.plan.queries.sessions import seats_of, session_or_none
from goldenthread.select.forms.choosing import PickForm, WayForm
from goldenthread.select.forms.draws import FrameForm, QuotasForm
from goldenthread.select.queries.choosing import (
    Picked,
    cases_named,
    cases_of_event,
    cases_of_rule,
    draws_of_session,
    focuses_for,
    kinds_to_choose,
    list_before,
    lists_to_draw_from,
    words_of,
)
from goldenthread.select.queries.draws import draw_for
from goldenthread.select.queries.frames import draw_frame
from goldenthread.select.queries.ledger import proposed_for, words_of_strata
from goldenthread.select.services import choosing
from goldenthread.select.services import draws as services
from goldenthread.select.showing import FROZEN
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page

LISTS_OFFERED = 20
NOT_BY_CHANCE = tuple(way for way in WAYS if not is_random(way))


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def plan_draw(request: PersonRequest, code: str) -> HttpResponse:
    """How a session's files are chosen, and, where chance chooses, what is frozen before anybody can know the seed."""
    session = found(session_or_none(request.user, code))
    draw = draw_for(session)
    if draw and is_random(draw.way):
        return redirect("open_draw", code=draw.code)
    return _planned(request, session, tuple(WAYS))


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def choose_files(request: PersonRequest, code: str) -> HttpResponse:
    """More files for a session, not at random: beside those drawn for it, and never counted together with them."""
    return _planned(request, found(session_or_none(request.user, code)), NOT_BY_CHANCE)


def _planned(request: PersonRequest, session: Any, ways: tuple[str, ...]) -> HttpResponse:
    version = framework_in_force(session.authority_id, clock.today())
    framework = version.parsed
    focuses = {focus.code: focus for focus in focuses_for(session)}
    focus = next((code for code, each in focuses.items() if each.pk == session.set_focus_id), "")
    if not (kinds := kinds_to_choose(framework)):
        return render(request, "select/no_list.html", {"session": session, "no_template": True})
    how = WayForm(framework, kinds, focuses, focus, request.POST or None, only=ways)
    how.is_valid()
    lists = list(lists_to_draw_from(session.authority_id, how.rule.kind)[:LISTS_OFFERED])
    if not lists or session.cancelled_at:
        return render(request, "select/no_list.html", {"session": session, "no_template": False})
    grades = {grade.key: grade.label for grade in framework.grades}
    context = {
        "session": session, "framework": framework, "how": how, "says": way_in_words(how.rule, grades),
        "others": list(draws_of_session(session)), "more": ways == NOT_BY_CHANCE,
    }  # fmt: skip
    if how.random and ways != NOT_BY_CHANCE:
        return _drawn_by_chance(request, session, version, how, lists, context)
    return _picked(request, session, version, how, lists, context)


def _drawn_by_chance(
    request: PersonRequest, session: Any, version: Any, how: WayForm, lists: Any, context: dict[str, Any]
) -> HttpResponse:
    """Which list, how many of each stratum, and then it is frozen."""
    framework = version.parsed
    seats = seats_of(session).count()
    each, meets = framework.draw.files_per_auditor, session.group.meets
    total = (seats or framework.core_seats) * each if meets else files_of_round(session, clock.today())
    form = FrameForm(lists, total, request.POST or None, way=how.mark)
    form.is_valid()
    frame = draw_frame(form.chosen, session, framework, form.left_out_with_reasons, way=how.chosen_way)
    form.must_hold(frame.refs)
    percent = how.rule.percent if how.chosen_way == how.rule.way else 0
    if percent and not form.is_bound:
        form.initial["total"] = files_proposed(percent, len(frame.refs)) or total
    freezing = form.freezing and form.is_valid() and how.is_valid()
    plain = Selecting(how.rule.kind, "simple_random" if how.chosen_way == "simple_random" else "stratified")
    rule = how.rule if how.rule.way == how.chosen_way else plain
    proposed = proposed_for(session, frame, framework, rule, form.files_to_draw, clock.today())
    words = words_of_strata(proposed, framework)
    quotas = QuotasForm(
        proposed.sizes, words, proposed.quotas, request.POST if freezing else None, made_of=proposed.put_together
    )
    if freezing and quotas.is_valid():
        try:
            draw = services.freeze(
                by=request.user, case_list=form.chosen, session=session, framework=version, cases=frame.cases,
                exclusions=frame.exclusions, quotas=quotas.quotas, now=clock.now(), chosen=how.chosen(),
                strata=proposed.strata,
            )  # fmt: skip
        except Refused as refusal:
            quotas.refuse(refusal)
        else:
            messages.success(request, FROZEN[draw.seed_kind])
            return redirect("open_draw", code=draw.code)
    context |= {"seats": seats, "frame": frame, "form": form, "quotas": quotas, "percent": percent}
    context |= {"mends": rule.way == "stratified" and rule.allocation == "proportional", "proposed": proposed}
    return render(request, "select/plan_draw.html", context)


def _picked(
    request: PersonRequest, session: Any, version: Any, how: WayForm, lists: Any, context: dict[str, Any]
) -> HttpResponse:
    """Which cases an event, a rule or a person points at, shown before they are taken."""
    framework, way = version.parsed, how.chosen_way
    statuses = [status.key for status in framework.statuses]
    bound = request.POST if request.POST.get("case_list") and "way" not in how.errors else None
    form = PickForm(way, lists, statuses, bound, rule=how.rule.rule if way == "rule" else "")
    form.is_valid()
    older = list_before(form.chosen) if way == "event" else None
    try:
        picked = _cases(form, how, session, framework, older)
    except Refused as refusal:
        form.refuse(refusal, "named" if way == "hand" else None)
        picked = Picked(())
    form.seen = how.mark + picked.mark
    form.must_be_as_shown()
    if form.freezing and form.is_valid() and how.is_valid():
        try:
            draw = choosing.choose(
                by=request.user, case_list=form.chosen, session=session, framework=version, picks=picked.picks,
                exclusions=picked.exclusions, chosen=how.chosen(_told(form, how)), now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The files are chosen. Next, share them out to those who sit.")
            return redirect("open_draw", code=draw.code)
    on = events_of(how.rule)
    context |= {
        "form": form, "way": way, "older": older, "picked": picked, "rows": list(words_of(picked, framework)),
        "looked_for": [OCCASIONS[each] for each in on if each != "grade"],
        "by_grade": "grade" in on or not how.rule.on,
    }  # fmt: skip
    return render(request, "select/choose_files.html", context)


def _cases(form: PickForm, how: WayForm, session: Any, framework: Any, older: Any) -> Picked:
    match how.chosen_way:
        case "event" if older:
            return cases_of_event(form.chosen, older, session, how.rule.kind, events_of(how.rule))
        case "rule" if form.rule:
            return cases_of_rule(form.chosen, session, framework, form.expression, form.rule)
        case "hand" if form.named:
            return cases_named(form.chosen, form.named)
    return Picked(())


def _told(form: PickForm, how: WayForm) -> str:
    """What selects, as it is kept with the draw."""
    return {"rule": form.rule, "event": " ".join(each for each in events_of(how.rule) if each != "grade")}.get(
        how.chosen_way, ""
    )
