"""Briefings: the list, one with who was briefed and what changed, planning it, giving it, marking who was there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.framework.queries import framework_in_force
from goldenthread.learn.forms.briefings import (
    ArrangeForm,
    BriefingForm,
    MarkForm,
    ProcedureForm,
    SessionForm,
    ticked,
)
from goldenthread.learn.queries import briefings as queries
from goldenthread.learn.queries.effect import effect_of_briefing, effect_of_procedure, items_of, template_on
from goldenthread.learn.services import briefings as services
from goldenthread.learn.showing_effect import as_effect_context
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.queries.focuses import focus_or_none
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page
from goldenthread.web.wording import plural

READERS = "Briefings are seen by the Quality Assurance Unit, directors and managers."


@page(may="see briefings")
def briefings(request: PersonRequest) -> HttpResponse:
    """Every briefing, the newest period first, and the focuses on a new procedure, whose effect is looked at alike."""
    if not queries.may_see_briefings(request.user):
        raise Refused(READERS)
    context = {
        "briefings": queries.briefings_listed(request.user, clock.today()),
        "procedures": queries.procedures_of(request.user.authority_id),
        "plans": queries.may_plan_briefings(request.user),
    }
    return render(request, "learn/briefings.html", context)


@page(may="see briefings")
def open_briefing(request: PersonRequest, code: str) -> HttpResponse:
    """What it is about, when it was given, who was briefed, and what the files say since."""
    briefing, today = found(queries.briefing_or_none(request.user, code)), clock.today()
    rows = queries.sessions_of(request.user, briefing)
    context = {
        "briefing": briefing,
        "themes": queries.themes_of(briefing),
        "period": queries.period_of_briefing(briefing),
        "rows": rows,
        "told": queries.told_of(request.user, briefing, rows, today),
        "today": today,
        "plans": queries.may_plan_briefings(request.user),
        "hand_outs": queries.hand_outs_of(briefing) if queries.may_plan_briefings(request.user) else [],
    } | as_effect_context(effect_of_briefing(request.user, briefing, today))
    return render(request, "learn/open_briefing.html", context)


def _form(
    request: PersonRequest, initial: dict[str, Any] | None = None, chosen: Any = (), at: Any = None
) -> BriefingForm:
    authority, today = request.user.authority_id, clock.today()
    framework = framework_in_force(authority, today).parsed
    items = items_of(template_on(authority, today, at), framework)
    periods = queries.periods_to_brief(framework, today)
    kept = initial.pop("kept_period", None) if initial else None
    if kept and kept not in periods:
        periods.append(kept)
    themes = queries.themes_to_take_up(authority)
    return BriefingForm(
        periods, themes, items, request.POST or None, initial={**(initial or {}), **ticked(items, chosen)}
    )


@page(may="plan briefings", methods=("GET", "POST"))
@once
def plan_briefing(request: PersonRequest) -> HttpResponse:
    """What a briefing is about, before it is arranged."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan_briefing(by=request.user, now=clock.now(), **form.kept)
        except Refused as refusal:
            form.refuse(refusal, "title")
        else:
            messages.success(request, "The briefing is planned. Next, arrange when it is given.")
            return redirect("arrange_briefings", code=made.code)
    return render(request, "learn/plan_briefing.html", {"form": form, "briefing": None})


@page(may="plan briefings", methods=("GET", "POST"))
@once
def change_briefing(request: PersonRequest, code: str) -> HttpResponse:
    """Its words, themes and questions; once given, its period and questions stay."""
    briefing = found(queries.briefing_or_none(request.user, code))
    period = queries.period_of_briefing(briefing)
    initial = {
        "title": briefing.title, "message": briefing.message, "period": period.starts_on.isoformat(),
        "themes": [theme.key for theme in queries.themes_of(briefing)], "kept_period": period,
    }  # fmt: skip
    form = _form(request, initial, briefing.questions)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_briefing(by=request.user, briefing=briefing, now=clock.now(), **form.kept)
        except Refused as refusal:
            form.refuse(refusal, "title")
        else:
            messages.success(request, "The briefing is changed.")
            return redirect("open_briefing", code=code)
    return render(request, "learn/plan_briefing.html", {"form": form, "briefing": briefing})


@page(may="plan briefings", methods=("POST",))
@once
def hand_out(request: PersonRequest, code: str) -> HttpResponse:
    """The edition that is handed out at its sessions."""
    briefing = found(queries.briefing_or_none(request.user, code))
    chosen = [each for each in queries.hand_outs_of(briefing) if each.code == request.POST.get("edition")]
    if not chosen:
        raise Http404
    services.hand_out(by=request.user, briefing=briefing, edition=chosen[0], now=clock.now())
    messages.success(request, f"Edition {chosen[0].number} is the hand-out of this briefing.")
    return redirect("open_briefing", code=code)


# --- giving it ---------------------------------------------------------------------------------------------


@page(may="plan briefings", methods=("GET", "POST"))
@once
def arrange_briefings(request: PersonRequest, code: str) -> HttpResponse:
    """A session in each team's meeting, or one for all."""
    briefing, today = found(queries.briefing_or_none(request.user, code)), clock.today()
    framework = framework_in_force(briefing.authority_id, today).parsed
    rows = queries.sessions_of(request.user, briefing)
    have = {row.session.team_id for row in rows}
    teams = [team for team in queries.teams_to_brief(briefing.authority_id, today, framework) if team.pk not in have]
    leaders = queries.leaders_on(briefing.authority_id, today)
    form = ArrangeForm(teams, framework.briefing.ways, leaders, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.arrange_briefings(by=request.user, briefing=briefing, now=clock.now(), **form.kept)
        except Refused as refusal:
            form.refuse(refusal, "held_on")
        else:
            messages.success(request, f"{plural(len(made), 'session')} arranged.")
            return redirect("open_briefing", code=code)
    context = {"form": form, "briefing": briefing, "teams": teams}
    return render(request, "learn/arrange_briefings.html", context)


@page(may="plan briefings", methods=("GET", "POST"))
@once
def change_briefing_session(request: PersonRequest, code: str) -> HttpResponse:
    """Another day, way or leader."""
    session, today = found(queries.session_to_plan_or_none(request.user, code)), clock.today()
    framework = framework_in_force(session.authority_id, today).parsed
    leaders = queries.leaders_on(session.authority_id, today)
    if session.led_by:
        leaders.setdefault(session.led_by.pk, session.led_by)
    initial = {"held_on": session.held_on, "way": session.way, "led_by": session.led_by_id}
    form = SessionForm(framework.briefing.ways, leaders, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_briefing_session(by=request.user, session=session, now=clock.now(), **form.kept)
        except Refused as refusal:
            form.refuse(refusal, "held_on")
        else:
            messages.success(request, "The session is changed.")
            return redirect("open_briefing", code=session.briefing.code)
    return render(request, "learn/change_briefing_session.html", {"form": form, "session": session})


@page(may="plan briefings", methods=("POST",))
@once
def cancel_briefing_session(request: PersonRequest, code: str) -> HttpResponse:
    """It will not be held."""
    session = found(queries.session_to_plan_or_none(request.user, code))
    services.cancel_briefing_session(by=request.user, session=session, now=clock.now())
    messages.success(request, "The session is cancelled.")
    return redirect("open_briefing", code=session.briefing.code)


@page(may="mark who was briefed", methods=("GET", "POST"))
@once
def mark_briefed(request: PersonRequest, code: str) -> HttpResponse:
    """Everybody of the team on one page, ticked until somebody has marked who was there."""
    session, today = found(queries.session_to_mark_or_none(request.user, code)), clock.today()
    framework = framework_in_force(session.authority_id, today).parsed
    there = queries.marked_at(session)
    members = queries.members_to_mark(request.user, session, framework)
    marked = [member.code for member in members if member.person in there]
    initial = {
        "held_on": min(session.held_on, today),
        "people": marked if there else [member.code for member in members],
    }
    form = MarkForm(members, today, request.POST or None, initial=initial, by_team=session.team_id is None)
    if request.method == "POST" and form.is_valid():
        try:
            new, gone = services.mark_briefed(
                by=request.user, session=session, people=form.people_there, held_on=form.cleaned_data["held_on"],
                now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal, "people")
        else:
            taken = f" {plural(gone, 'mark')} taken away." if gone else ""
            messages.success(request, f"{plural(new, 'person', 'people')} marked as briefed.{taken}")
            return redirect("open_briefing", code=session.briefing.code)
    context = {
        "form": form,
        "session": session,
        "members": members,
        "marked": bool(there),
        "ahead": session.held_on > today,
    }
    return render(request, "learn/mark_briefed.html", context)


# --- a new procedure ---------------------------------------------------------------------------------------


@page(may="see briefings")
def procedure_effect(request: PersonRequest, code: str) -> HttpResponse:
    """The year before a new procedure beside the time since, in the questions that are ticked."""
    if not queries.may_see_briefings(request.user):
        raise Http404
    focus, today = found(focus_or_none(request.user.authority_id, code)), clock.today()
    if focus.kind != queries.PROCEDURE:
        raise Http404
    items = items_of(template_on(focus.authority_id, today), framework_in_force(focus.authority_id, today).parsed)
    form = ProcedureForm(items, request.GET or None, initial={"in_force_on": focus.from_on}, auto_id="filter-%s")
    measured = None
    if form.is_valid() and form.chosen:
        measured = effect_of_procedure(request.user, focus, form.cleaned_data["in_force_on"], form.chosen, today)
    shown = as_effect_context(measured) if measured else {"effect": None}
    return render(request, "learn/effect.html", {"focus": focus, "form": form, **shown})
