"""One session's seats changed by hand: chosen, its consequences shown, then kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.rota import NOBODY, ChooseForm
from goldenthread.plan.queries.hand_changes import choices, hand_change, kinds_of_session
from goldenthread.plan.queries.rota import RotaFacts, days_holding, rota_facts
from goldenthread.plan.queries.rota_board import Board
from goldenthread.plan.queries.sessions import session_or_none
from goldenthread.plan.queries.years import years_of
from goldenthread.plan.services import rota as services
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page

SHOWN = 12  # the freest of those who could sit; the others on request


@dataclass(frozen=True, slots=True)
class Opened:
    """A session whose seats can be changed, with the facts of its year."""

    facts: RotaFacts
    board: Board
    session: Any
    worked: services.Worked


def _opened(request: PersonRequest, code: str) -> Opened:
    council, today = request.user.authority_id, clock.today()
    session = found(session_or_none(request.user, code))
    framework, days = days_holding(council, list(years_of(council)), session.held_on)
    facts = rota_facts(council, framework, days, today)
    there = facts.sessions.get(session.pk)  # not there: cancelled, or of a group that does not meet
    if there is None or there.held_on < today:
        raise Http404
    return Opened(facts, Board(facts), there, services.Worked(framework, days))


@page(may="arrange sessions")
def session_seats(request: PersonRequest, code: str) -> HttpResponse:
    """Every seat of a session, with the way to change it."""
    opened = _opened(request, code)
    context = {
        "session": opened.session, "column": opened.board.column(opened.session), "loads": opened.board.loads,
        "empty": [each for each in opened.board.empty if each.session.pk == opened.session.pk],
    }  # fmt: skip
    return render(request, "plan/session_seats.html", context)


@page(may="arrange sessions")
def choose_for_seat(request: PersonRequest, code: str, line: int) -> HttpResponse:
    """Who could sit there, with each one's load and what stands against it."""
    opened = _opened(request, code)
    kind = _kind(opened, line)
    leaves = _sitting(opened, request.GET.get("leaves", ""))
    could = choices(opened.facts, opened.board.table, opened.session, kind)
    free = [each for each in could if not each.forbids]
    shown = free if "all" in request.GET else free[:SHOWN]
    form = ChooseForm(free, leaves is not None, request.GET if "sits" in request.GET else None)
    if "sits" in request.GET and form.is_valid():
        query = {"leaves": leaves.code if leaves else "", "sits": form.cleaned_data["sits"]}
        return redirect(f"{reverse('keep_seat', args=[code, line])}?{urlencode(query)}")
    form.fields["sits"].choices = [  # type: ignore[attr-defined]
        (code, words)
        for code, words in form.fields["sits"].choices  # type: ignore[attr-defined]
        if code == NOBODY or code in {each.post.person.code for each in shown}
    ]
    context = {
        "session": opened.session, "line": line, "words": opened.board.table.kind_words[kind], "leaves": leaves,
        "form": form, "free": len(free), "shown": len(shown), "cannot": [each for each in could if each.forbids],
    }  # fmt: skip
    return render(request, "plan/choose_for_seat.html", context)


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def keep_seat(request: PersonRequest, code: str, line: int) -> HttpResponse:
    """What the change brings, shown before it is kept."""
    opened = _opened(request, code)
    kind = _kind(opened, line)
    leaves = _sitting(opened, request.GET.get("leaves", ""))
    sits = _person(opened, request.GET.get("sits", ""))
    if (leaves is None and sits is None) or (sits is None and request.GET.get("sits") != NOBODY):
        raise Http404
    if request.method == "POST":
        _keep(request, opened, kind, leaves, sits)
        messages.success(request, _done(leaves, sits))
        return redirect("session_seats", code=code)
    change = hand_change(opened.facts, opened.session, kind, leaves and leaves.pk, sits and sits.pk)
    context = {
        "session": opened.session, "line": line, "words": opened.board.table.kind_words[kind], "leaves": leaves,
        "sits": sits, "change": change, "title": _title(leaves, sits),
        "told": [each.name for each in (leaves, sits) if each and opened.session.published_at],
    }  # fmt: skip
    return render(request, "plan/keep_seat.html", context)


def _keep(request: PersonRequest, opened: Opened, kind: str, leaves: Any, sits: Any) -> None:
    asked = {
        "by": request.user, "worked": opened.worked, "session": opened.session, "kind": kind, "today": clock.today(),
        "now": clock.now(),
    }  # fmt: skip
    if leaves and sits:
        services.swap_seat(leaves=leaves, sits=sits, **asked)
    elif sits:
        services.give_seat(sits=sits, **asked)
    else:
        services.empty_seat(leaves=leaves, **asked)


def _title(leaves: Any, sits: Any) -> str:
    if leaves and sits:
        return f"{sits.name} instead of {leaves.name}"
    return f"Give the seat to {sits.name}" if sits else f"Leave the seat of {leaves.name} empty"


def _done(leaves: Any, sits: Any) -> str:
    if leaves and sits:
        return f"{sits.name} sits there now instead of {leaves.name}. To swap back, change the seat again."
    return f"{sits.name} sits there now." if sits else f"{leaves.name} has given up the seat. It is empty now."


def _kind(opened: Opened, line: int) -> str:
    kinds = kinds_of_session(opened.facts, opened.session)
    if line >= len(kinds):
        raise Http404
    return kinds[line]


def _person(opened: Opened, code: str) -> Any:
    """Whoever of the year's rota has this code; None for nobody, and for somebody who is not there."""
    return next((person for person in opened.facts.people.values() if person.code == code), None)


def _sitting(opened: Opened, code: str) -> Any:
    """The same, if she has a seat at the session."""
    person = _person(opened, code)
    seated = {each.person for each in opened.facts.sitting_at[opened.session.pk]}
    if code and (person is None or person.pk not in seated):
        raise Http404
    return person
