"""Challenging a grade for the audited team, and deciding it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.audit.forms.moderation import ChallengeForm, DecisionForm, GradesForm
from goldenthread.audit.moderating import labelled, side_by_side
from goldenthread.audit.queries.challenge import open_challenge_or_none, why_not_challenge, why_not_decide
from goldenthread.audit.queries.moderation import OpenModeration, standing_grades
from goldenthread.audit.services import challenge as services
from goldenthread.audit.services.seeing import see_moderation
from goldenthread.method.access import Is
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


def opened_or_404(request: PersonRequest, code: str) -> OpenModeration:
    opened = found(open_challenge_or_none(request.user, code))
    if request.method != "POST":
        see_moderation(by=request.user, opened=opened, at=clock.now())
    return opened


@page(may="signed in")
def open_challenge(request: PersonRequest, code: str) -> HttpResponse:
    """A challenge as it stands: what the team says, by when it is decided, what was decided."""
    opened = opened_or_404(request, code)
    decides = opened.moderation.state == "challenged" and Is.DECIDER in opened.standings
    context = {
        "opened": opened,
        "sides": side_by_side(opened),
        "may_challenge": why_not_challenge(opened, clock.today()) is None,
        "decides": decides,
        "why_not": (why_not_decide(request.user, opened) if decides else None) or "",
    }
    return render(request, "audit/challenge.html", context)


@page(may="challenge a grade", methods=("GET", "POST"))
@once
def challenge_grade(request: PersonRequest, code: str) -> HttpResponse:
    """Say which grade is wrong, and why; too late, or made already, is said in its place."""
    opened = opened_or_404(request, code)
    form = ChallengeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.challenge_grade(
            by=request.user, found=opened, because=form.cleaned_data["because"], now=clock.now()
        )  # fmt: skip
        messages.success(request, "The grade is challenged. Those who decide have been told, and by when.")
        return redirect("open_challenge", code=code)
    if refusal := why_not_challenge(opened, clock.today()):
        raise Refused(refusal)
    return render(
        request, "audit/challenge_grade.html", {"opened": opened, "form": form, "sides": side_by_side(opened)}
    )


@page(may="decide a challenge", methods=("GET", "POST"))
@once
def decide_challenge(request: PersonRequest, code: str) -> HttpResponse:
    """The grades that stand from now on, and why; those that are not changed stay as they are."""
    opened = opened_or_404(request, code)
    if Is.DECIDER not in opened.standings:
        raise Refused("A challenge is decided by those whom the framework names.")
    if why := why_not_decide(request.user, opened):
        raise Refused(why)
    standing = standing_grades(opened.audit)
    sections = labelled(opened, standing)
    start = GradesForm.filled([name for name, _ in sections], standing)
    posted = request.POST or None
    grades = GradesForm(sections, opened.framework, posted, initial=start, why="Why this grade, if you change it?")
    form = DecisionForm(posted)
    if request.method == "POST" and form.is_valid() and grades.is_valid():
        services.decide_challenge(
            by=request.user, found=opened, decided=grades.given, because=form.cleaned_data["because"], now=clock.now()
        )
        messages.success(request, "The challenge is decided. The team and the auditors have been told.")
        return redirect("open_challenge", code=code)
    context = {"opened": opened, "form": form, "grades": grades, "standing": standing}
    return render(request, "audit/challenge_decide.html", context)
