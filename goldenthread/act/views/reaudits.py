"""Re-audits: owed, arranged and done; asked for, arranged, excused; one file before and after, and all of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.act.assuring import WHY, before_and_after, standing_of_reaudit, what_came_of_them
from goldenthread.act.forms.reaudits import AskForm, AuditorForm, ExcuseForm, SessionForm, StateForm
from goldenthread.act.queries import reaudits as queries
from goldenthread.act.services import reaudits as services
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.people.standing import standings
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page
from goldenthread.web.wording import day, plural


@page(may="see re-audits")
def reaudits(request: PersonRequest) -> HttpResponse:
    """Those to arrange, arranged, done or excused, by the day they are due."""
    person, today = request.user, clock.today()
    if not may("see re-audits", standings(person)):
        raise Refused("This page is for managers, the directors and the Quality Assurance Unit.")
    arranging = may("arrange re-audits", standings(person))
    form = StateForm(request.GET, auto_id="filter-%s")
    shown = queries.page_of_reaudits(person, form.chosen, request.GET.get("after", ""))
    context = {
        "form": form,
        "state": form.chosen,
        "page": shown,
        "rows": [(each, standing_of_reaudit(each, today), WHY[each.reason]) for each in shown.rows],
        "arranging": arranging,
        "rule": framework_in_force(person.authority_id, today).parsed.reaudit,
        "changed": _changed(request) if arranging else 0,
    }
    return render(request, "act/reaudits.html", context)


def _changed(request: PersonRequest) -> int:
    """How many re-audits a changed grade calls for, or no longer does."""
    owing = queries.owed_since_returned(request.user, clock.today()).count()
    return owing + len(queries.no_longer_called_for(request.user))


@page(may="arrange re-audits", methods=("POST",))
@once
def bring_reaudits_up_to_date(request: PersonRequest) -> HttpResponse:
    """Follow the grades that were changed after the return."""
    owed, excused = services.bring_up_to_date(by=request.user, now=clock.now())
    said = f"{plural(owed, 're-audit is', 're-audits are')} owed by a changed grade, and {excused} excused."
    messages.success(request, said)
    return redirect("reaudits")


@page(may="arrange re-audits", methods=("GET", "POST"))
@once
def ask_for_reaudit(request: PersonRequest) -> HttpResponse:
    """Owe a re-audit that neither the grade nor chance calls for, with the reason."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ref, because = form.cleaned_data["ref"].strip(), form.cleaned_data["because"]
        audit = queries.audit_of_case(request.user, ref)
        if audit is None:
            form.add_error("ref", f"Case reference: no file “{ref}” was ever audited here.")
        else:
            try:
                owed = services.ask_for_reaudit(by=request.user, audit=audit, because=because, now=clock.now())
            except Refused as refusal:
                form.refuse(refusal, "ref")
            else:
                messages.success(request, f"A re-audit is owed by {day(owed.due_on, 'plain')}.")
                return redirect("before_and_after", code=owed.code)
    return render(request, "act/ask_for_reaudit.html", {"form": form})


@page(may="see re-audits")
def reaudit_changes(request: PersonRequest) -> HttpResponse:
    """How many files were graded better, the same or worse than before, year by year."""
    person = request.user
    if not may("see re-audits", standings(person)):
        raise Refused("This page is for managers, the directors and the Quality Assurance Unit.")
    framework = framework_in_force(person.authority_id, clock.today()).parsed
    came = what_came_of_them(queries.pairs_of_grades(person), framework)
    return render(request, "act/reaudit_changes.html", {"came": came})


@page(may="see re-audits")
def open_before_and_after(request: PersonRequest, code: str) -> HttpResponse:
    """One file's grades, section by section, before and after; what was asked then and what of it is open."""
    reaudit = found(queries.reaudit_or_none(request.user, code))
    state = queries.state_of(reaudit)
    arranging = may("arrange re-audits", standings(request.user))
    context = {
        "reaudit": reaudit,
        "state": state,
        "board": before_and_after(request.user, reaudit, clock.today()),
        "may_arrange": arranging and state == "owed",
    }
    return render(request, "act/before_and_after.html", context)


@page(may="arrange re-audits", methods=("GET", "POST"))
@once
def arrange_reaudit(request: PersonRequest, code: str) -> HttpResponse:
    """First the session, then who of those seated there audits the file again."""
    reaudit = found(queries.reaudit_or_none(request.user, code))
    if queries.state_of(reaudit) != "owed":
        raise Refused("This re-audit is arranged, done or excused already.")
    sessions = queries.sessions_for_reaudit(request.user, clock.today())
    chosen = SessionForm(sessions, request.GET if "session" in request.GET else None)
    context = {"reaudit": reaudit, "sessions": sessions, "form": chosen, "eye_to": services.reason_to_take(reaudit)}
    if not (chosen.is_bound and chosen.is_valid()):
        return render(request, "act/arrange_reaudit.html", context)
    return _with_session(request, reaudit, chosen.chosen, context)


def _with_session(request: PersonRequest, reaudit: Any, session: Any, context: dict[str, Any]) -> HttpResponse:
    candidates = queries.candidates_for(reaudit, session, clock.today())
    form = AuditorForm(candidates.people, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.arrange_reaudit(
                by=request.user, reaudit=reaudit, session=session, auditor=form.chosen, now=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal, "auditor")
        else:
            messages.success(request, f"{form.chosen.name} audits the file again on {day(session.held_on, 'plain')}.")
            return redirect("reaudits")
    context |= {"session": session, "candidates": candidates, "form": form}
    return render(request, "act/arrange_reaudit.html", context)


@page(may="arrange re-audits", methods=("GET", "POST"))
@once
def excuse_reaudit(request: PersonRequest, code: str) -> HttpResponse:
    """Do without a re-audit, with the reason."""
    reaudit = found(queries.reaudit_or_none(request.user, code))
    if queries.state_of(reaudit) != "owed":
        raise Refused("Only a re-audit that is still to be arranged can be excused.")
    form = ExcuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        services.excuse_reaudit(by=request.user, reaudit=reaudit, because=because, now=clock.now())
        messages.success(request, "The re-audit is excused. Why stays on record.")
        return redirect("reaudits")
    return render(request, "act/excuse_reaudit.html", {"reaudit": reaudit, "form": form})
