"""What somebody owes today, and the search."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.home.queries import search_for, work_of
from goldenthread.home.showing import kinds_of, nothing_to_do, steps_of
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import page

LONGEST_SEARCH = 60


@page(may="signed in")
def your_work(request: PersonRequest) -> HttpResponse:
    """What this person owes today, by the posts she holds."""
    today = clock.today()
    work = work_of(request.user, today)
    new = work.first_steps is not None and not work.first_steps.begun
    context = {
        "kinds": kinds_of(work, today),
        "steps": steps_of(work.first_steps) if work.first_steps and new else [],
        "nothing": nothing_to_do(request.user),
    }
    return render(request, "home/your_work.html", context)


@page(may="signed in")
def search(request: PersonRequest) -> HttpResponse:
    """A case reference, a session or a person, as far as one may see them."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = search_for(request.user, text, clock.today()) if len(text) > 1 else None
    return render(request, "home/search.html", {"text": text, "found": found})
