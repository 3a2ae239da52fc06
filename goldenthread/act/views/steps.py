"""What is done with returned audits: returned, tasks done, the section signed, accepted or sent back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.act import services
from goldenthread.act.forms import EvidenceForm, ReasonForm
from goldenthread.act.queries import audits_to_return, managers_on, task_or_none
from goldenthread.act.showing import asked, standing_of_task
from goldenthread.act.signed import scope_in_words
from goldenthread.act.views.lists import opened_or_404, show_return, sign_off_form
from goldenthread.method.refusal import Refused
from goldenthread.people.confirming import confirm
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.queries.sessions import session_or_none
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page
from goldenthread.web.wording import day, plural


@page(may="return audits", methods=("GET", "POST"))
@once
def return_session(request: PersonRequest, code: str) -> HttpResponse:
    """Each submitted audit with its tasks, owners and days as they would be; then all of them returned in one act."""
    session = session_or_none(request.user, code)
    if session is None:
        raise Http404
    today = clock.today()
    if request.method == "POST":
        returned = services.return_session(by=request.user, session=session, now=clock.now(), today=today)
        number = plural(len(returned), "audit is", "audits are")
        said = f"{number} returned. Tasks are due by {day(returned[0].due_on, 'plain')}."
        messages.success(request, said)
        return redirect("returns")
    planned = services.planned_returns(
        by=request.user, audits=list(audits_to_return(session, request.user)), today=today
    )
    return render(
        request, "act/return_session.html", {"session": session, "planned": planned, "scope_in_words": scope_in_words}
    )


@page(may="read a returned audit", methods=("GET", "POST"))
@once
def complete_task(request: PersonRequest, code: str, task: str) -> HttpResponse:
    """Mark a task done, saying what was done and where the record shows it."""
    opened = opened_or_404(request, code)
    found = task_or_none(opened, task)
    if found is None or found.owner_id != request.user.pk:
        raise Http404
    form = EvidenceForm(request.POST or None, initial={"evidence": found.evidence, "record": found.record})
    if request.method == "POST" and form.is_valid():
        services.complete_task(by=request.user, opened=opened, task=found, **form.cleaned_data, now=clock.now())
        left = opened.to_do - 1
        still = f"{plural(left, 'task')} still to do." if left else "Every task is done; the section can be signed off."
        messages.success(request, f"That task is marked done. {still}")
        return redirect("open_return", code=code)
    context = {"opened": opened, "task": found, "standing": standing_of_task(found, clock.today()), "form": form}
    return render(request, "act/complete_task.html", context)


@page(may="read a returned audit", methods=("GET", "POST"))
@once
def reopen_task(request: PersonRequest, code: str, task: str) -> HttpResponse:
    """Ask for a task again, with the reason."""
    opened = opened_or_404(request, code)
    found = task_or_none(opened, task)
    if found is None:
        raise Http404
    today = clock.today()
    managers = managers_on(opened.returned.authority_id, today)
    if not asked(request.user, opened, found, managers, today).may_reopen:
        raise Refused("A task is asked for again once it is done, by a manager who could sign it off.")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        services.reopen_task(by=request.user, opened=opened, task=found, because=because, now=clock.now())
        messages.success(request, f"{found.owner.name} is asked to do that task again.")
        return redirect("open_return", code=code)
    return render(request, "act/reopen_task.html", {"opened": opened, "task": found, "form": form})


@page(may="read a returned audit", methods=("POST",))
@once
def sign_off(request: PersonRequest, code: str) -> HttpResponse:
    """Sign the section as it was shown; if it may not be signed, the page again with the sentence and the note."""
    opened = opened_or_404(request, code)
    form = sign_off_form(request, request.POST)
    try:
        if not form.is_valid():
            raise Refused(*(str(sentence) for sentences in form.errors.values() for sentence in sentences))
        confirmed = confirm(request, **form.said(), now=clock.now())
        services.sign_off(
            by=request.user, opened=opened, shown=form.cleaned_data["shown"], note=form.cleaned_data["note"],
            authenticated=confirmed, now=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        return show_return(request, opened, refusal.sentences)
    messages.success(request, "The section is signed off, and back with the Quality Assurance Unit.")
    return redirect("open_return", code=code)


@page(may="return audits", methods=("POST",))
@once
def accept_return(request: PersonRequest, code: str) -> HttpResponse:
    """The signed section is back, and that ends it."""
    opened = opened_or_404(request, code)
    services.accept_return(by=request.user, opened=opened, now=clock.now())
    messages.success(request, f"{opened.returned.audit.ref} is accepted. Nothing more is asked of the team.")
    return redirect("returns")


@page(may="return audits", methods=("GET", "POST"))
@once
def send_back(request: PersonRequest, code: str) -> HttpResponse:
    """Give the signed section back to the team, with the reason."""
    opened = opened_or_404(request, code)
    if opened.returned.state != "signed off":
        raise Refused("Only a section that is signed off, and not yet accepted, can be sent back.")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        services.send_back(by=request.user, opened=opened, because=because, now=clock.now())
        messages.success(request, "The section is with the team again. Its manager can ask for any task once more.")
        return redirect("open_return", code=code)
    return render(request, "act/send_back.html", {"opened": opened, "form": form})
