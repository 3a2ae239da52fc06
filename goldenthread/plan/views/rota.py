"""The rota of a year: filled, planned again, re-planned and published, each shown before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.rota import ProposalForm, written
from goldenthread.plan.queries.rota import RotaFacts, days_of_rota, rota_facts
from goldenthread.plan.queries.rota_board import Board
from goldenthread.plan.queries.seating import keeps_all, keeps_published, propose
from goldenthread.plan.queries.years import years_of
from goldenthread.plan.services import rota as services
from goldenthread.plan.services.sessions import publish_sessions
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page
from goldenthread.web.wording import plural


@page(may="arrange sessions")
def rota(request: PersonRequest) -> HttpResponse:
    """Who sits when, who carries how much, what is empty and what would mend it."""
    years = list(years_of(request.user.authority_id))
    board = Board(_facts(request, years))
    everybody = "everybody" in request.GET
    context = {
        "board": board, "facts": board.facts, "years": years, "chosen": _chosen(request), "everybody": everybody,
        "rows": board.rows(everybody), "most": max((load.seats for load in board.loads.values()), default=0),
        "taken": sum(column.taken for column in board.columns),
        "places": sum(len(column.places) for column in board.columns),
    }  # fmt: skip
    return render(request, "plan/rota.html", context)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def fill_rota(request: PersonRequest) -> HttpResponse:
    """The empty seats filled; everyone who has a seat keeps it if she can."""
    words = ("Fill the empty seats", "Everyone who has a seat keeps it. These seats would be filled.")
    return _proposal(request, *words, keeps=lambda _: keeps_all, keep=services.fill_rota)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def plan_rota_again(request: PersonRequest) -> HttpResponse:
    """Seats that nobody was told of, given out anew."""
    lead = "Seats that are published or given by hand stay unless the person cannot come. The others are given anew."
    return _proposal(request, "Plan it all again", lead, keeps=keeps_published, keep=services.fill_rota)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def replan(request: PersonRequest) -> HttpResponse:
    """The seats of those who cannot come moved on, with the fewest changes."""
    words = ("Re-plan", "The fewest people change. Everyone who can keep her seat does.")
    return _proposal(request, *words, keeps=lambda _: keeps_all, keep=services.replan)


def _proposal(
    request: PersonRequest, title: str, lead: str, *, keeps: Callable[[RotaFacts], Any], keep: Callable[..., Any]
) -> HttpResponse:
    """The proposal worked out and shown; sent back, it is kept if nothing has changed since."""
    years = list(years_of(request.user.authority_id))
    form = ProposalForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        framework, days = days_of_rota(request.user.authority_id, years, _chosen(request), clock.today())
        worked = services.Worked(framework, days, form.cleaned_data["stood"])
        changes = form.cleaned_data["changes"]
        kept = keep(by=request.user, worked=worked, changes=changes, today=clock.today(), now=clock.now())
        messages.success(request, _kept(kept))
        return redirect(_rota(request))
    if form is not None:
        raise Refused(*(str(sentence) for sentences in form.errors.values() for sentence in sentences))
    facts = _facts(request, years)
    proposal, board = propose(facts, keeps(facts)), Board(facts)
    context = {
        "title": title, "lead": lead, "chosen": _chosen(request), "facts": facts, "moves": proposal.moves,
        "words": board.table.kind_words, "people": facts.people, "posts": _posts(facts),
        "empty": [board.empty_seat(each) for each in proposal.unfilled],
        "form": ProposalForm(initial={"stood": facts.digest, "changes": written(proposal.moves)}),
    }  # fmt: skip
    return render(request, "plan/rota_proposal.html", context)


def _posts(facts: RotaFacts) -> dict[str, str]:
    return {post.key: post.label for post in facts.framework.posts}


def _kept(kept: services.Kept) -> str:
    told = f" {plural(kept.told, 'message')} went out to those whose published seats changed." if kept.told else ""
    return f"Seats changed in {plural(kept.sessions, 'session')}.{told}"


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def publish_rota(request: PersonRequest) -> HttpResponse:
    """Which sessions would be published, and how many people told; then it is done."""
    facts = _facts(request, list(years_of(request.user.authority_id)))
    board = Board(facts)
    sessions = [column.session for column in board.unpublished]
    if request.method == "POST":
        if request.POST.get("stood") != facts.digest:
            raise Refused(services.CHANGED)
        published = publish_sessions(by=request.user, sessions=sessions, now=clock.now())
        messages.success(request, f"{plural(len(published), 'session')} published. Everyone who sits is invited.")
        return redirect(_rota(request))
    shown = {session.pk for session in sessions}
    told = [sitting.person for sitting in facts.sittings if sitting.session in shown]
    context = {
        "board": board, "facts": facts, "chosen": _chosen(request), "invitations": len(told), "people": len(set(told))
    }  # fmt: skip
    return render(request, "plan/publish_rota.html", context)


def _facts(request: PersonRequest, years: Sequence[Any]) -> RotaFacts:
    council, today = request.user.authority_id, clock.today()
    framework, days = days_of_rota(council, years, _chosen(request), today)
    return rota_facts(council, framework, days, today)


def _chosen(request: PersonRequest) -> str:
    return request.GET.get("year", "")


def _rota(request: PersonRequest) -> str:
    return f"{reverse('rota')}?year={_chosen(request)}" if _chosen(request).isalnum() else reverse("rota")
