"""One task: agreed to, challenged and decided, given more time."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.act import services
from goldenthread.act.forms.tasks import ChallengeForm, DecisionForm, MoreTimeForm
from goldenthread.act.queries import OpenReturn, managers_on, task_or_none
from goldenthread.act.showing import Asked, asked
from goldenthread.act.views.lists import opened_or_404
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page
from goldenthread.web.wording import day


def asked_or_404(request: PersonRequest, code: str, task: str) -> tuple[OpenReturn, Asked]:
    """The task, if it is one of a return that is hers to see, with what she may do with it."""
    opened = opened_or_404(request, code)
    found = task_or_none(opened, task)
    if found is None:
        raise Http404
    today = clock.today()
    return opened, asked(request.user, opened, found, managers_on(opened.returned.authority_id, today), today)


@page(may="read a returned audit", methods=("POST",))
@once
def agree_to_task(request: PersonRequest, code: str, task: str) -> HttpResponse:
    """Its owner takes it on."""
    opened, found = asked_or_404(request, code, task)
    services.agree_to_task(by=request.user, opened=opened, task=found.task, now=clock.now())
    messages.success(request, f"You agreed to this task. It is due by {day(found.task.due_on, 'plain')}.")
    return redirect("open_return", code=code)


@page(may="read a returned audit", methods=("GET", "POST"))
@once
def challenge_task(request: PersonRequest, code: str, task: str) -> HttpResponse:
    """Say why a task is not hers, or not needed."""
    opened, found = asked_or_404(request, code, task)
    if found.task.owner_id != request.user.pk:
        raise Http404
    if not found.may_challenge:
        raise Refused("A task can be challenged while it is to do and the audit is with the team.")
    form = ChallengeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        services.challenge_task(by=request.user, opened=opened, task=found.task, because=because, now=clock.now())
        messages.success(request, "Your challenge is kept. Somebody else decides, and you are told.")
        return redirect("open_return", code=code)
    return render(request, "act/challenge_task.html", {"opened": opened, "asked": found, "form": form})


@page(may="read a returned audit", methods=("GET", "POST"))
@once
def decide_task(request: PersonRequest, code: str, task: str) -> HttpResponse:
    """Whether a challenged task stands, and why."""
    opened, found = asked_or_404(request, code, task)
    if not found.may_decide:
        raise Refused(found.why_not_decide)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data["decision"] == "keep"
        decide = services.keep_task if kept else services.drop_task
        because = form.cleaned_data["because"]
        decide(by=request.user, opened=opened, task=found.task, because=because, now=clock.now())
        said = "stays with its owner" if kept else "is not needed any more"
        messages.success(request, f"Decided: the task {said}. {found.task.owner.name} is told.")
        return redirect("open_return", code=code)
    return render(request, "act/decide_task.html", {"opened": opened, "asked": found, "form": form})


@page(may="read a returned audit", methods=("GET", "POST"))
@once
def give_more_time(request: PersonRequest, code: str, task: str) -> HttpResponse:
    """A later day for a task, with the reason; who allowed it is kept."""
    opened, found = asked_or_404(request, code, task)
    if not found.may_extend:
        raise Refused(found.why_not_extend)
    form = MoreTimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = services.extend_task(
                by=request.user, opened=opened, task=found.task, **form.cleaned_data, now=clock.now(),
                today=clock.today(),
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal, "until")
        else:
            messages.success(request, f"The task is now due by {day(given.due_on, 'plain')}.")
            return redirect("open_return", code=code)
    return render(request, "act/give_more_time.html", {"opened": opened, "asked": found, "form": form})
