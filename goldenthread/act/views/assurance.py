"""Assurance: the tasks of the teams and why they are late, samples of what was signed off, and the checks of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.act.assuring import links_to_tasks
from goldenthread.act.forms.assurance import CheckForm, PutRightForm, QuarterForm, SampleDiceForm
from goldenthread.act.queries import samples
from goldenthread.act.queries.assurance import late_and_why, tasks_by_team, totals_of
from goldenthread.act.queries.reaudits import IS_OWED, reaudits_visible_to
from goldenthread.act.services import checking, sampling_tasks
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.access import may
from goldenthread.method.assurance import WANTING, rate_in_words
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.people.standing import standings
from goldenthread.select.services.draws import called
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page
from goldenthread.web.wording import plural

SHOWN = 50
KINDS = {
    "list.csv": "text/csv; charset=utf-8",
    "record.json": "application/json; charset=utf-8",
    "verifier.py": "text/x-python; charset=utf-8",
    "bundle.zip": "application/zip",
}


def must_assure(request: PersonRequest) -> None:
    """Refuse whoever has no service, and is neither of the unit nor a director."""
    if not may("see the assurance", standings(request.user)):
        raise Refused("This page is for service managers, the directors and the Quality Assurance Unit.")


@page(may="see the assurance")
def assurance(request: PersonRequest) -> HttpResponse:
    """Whether what was asked is truly done: tasks by team, what is late and why, what waits for a check, and the rate
    of tasks signed off but not done."""
    must_assure(request)
    person, today, address = request.user, clock.today(), reverse("tasks")
    teams = tasks_by_team(person, today)
    waiting = list(samples.checks_to_do(person, today)[:SHOWN])
    wanting = list(samples.not_truly_done(person)[:SHOWN])
    context = {
        "teams": [(team, links_to_tasks(team.team, address)) for team in teams],
        "totals": totals_of(teams),
        "all_tasks": links_to_tasks(None, address),
        "late": late_and_why(person, today),
        "waiting": waiting,
        "wanting": wanting,
        "rates": rates(request),
        "reaudits": reaudits_visible_to(person).filter(IS_OWED).count(),
        "may_sample": may("sample signed-off tasks", standings(person)),
    }
    return render(request, "act/assurance.html", context)


def rates(request: PersonRequest) -> list[tuple[Any, str]]:
    """Each sample with its rate in words."""
    return [(each, rate_in_words(each.rate, each.period.label)) for each in samples.samples_found(request.user)]


@page(may="see the assurance", methods=("GET", "POST"))
@once
def sample_tasks(request: PersonRequest) -> HttpResponse:
    """The samples so far; the unit freezes the list of another quarter here."""
    must_assure(request)
    person, today = request.user, clock.today()
    sampling = may("sample signed-off tasks", standings(person))
    if request.method == "POST" and not sampling:
        raise Refused("Tasks are sampled by the Quality Assurance Unit.")
    framework = framework_in_force(person.authority_id, today).parsed
    quarters = samples.quarters_to_sample(person.authority_id, framework, today) if sampling else []
    form = QuarterForm(quarters, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sample = sampling_tasks.freeze_sample(by=person, period=form.period, now=clock.now())
        except Refused as refusal:
            form.refuse(refusal, "quarter")
        else:
            messages.success(request, "The list is frozen. Now roll the dice, read out before two witnesses.")
            return redirect("open_task_sample", code=sample.code)
    context = {
        "form": form,
        "quarters": quarters,
        "sampling": sampling,
        "samples": list(samples.samples_of(person)),
        "rates": {each.sample.pk: words for each, words in rates(request)},
        "rule": framework.assurance,
    }
    return render(request, "act/sample_tasks.html", context)


@page(may="see the assurance", methods=("GET", "POST"))
@once
def open_task_sample(request: PersonRequest, code: str) -> HttpResponse:
    """One sample: waiting for its dice, which are given here, or drawn, with its checks and the way to verify it."""
    sample = found(samples.sample_or_none(request.user, code))
    person = request.user
    sampling = may("sample signed-off tasks", standings(person))
    form = SampleDiceForm(called(person), request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not sampling:
            raise Refused("Tasks are sampled by the Quality Assurance Unit.")
        rolls = form.cleaned_data["rolls"]
        sampling_tasks.cast_sample(by=person, sample=sample, rolls=rolls, witnesses=form.witnesses, now=clock.now())
        messages.success(request, "The tasks are drawn. Each is now checked in the record by its service’s manager.")
        return redirect("open_task_sample", code=code)
    checks = samples.with_their_tasks(samples.checks_visible_to(person)).filter(sample=sample)
    context = {
        "sample": sample,
        "period": samples.period_of_sample(sample),
        "form": form,
        "sampling": sampling,
        "checks": list(checks.order_by("stratum", "place")),
        "outcomes": checking.OUTCOMES,
    }
    return render(request, "act/open_task_sample.html", context)


@page(may="see the assurance")
def download_task_sample(request: PersonRequest, code: str, what: str) -> HttpResponse:
    """One of the files with which anybody can check the sample."""
    sample = found(samples.sample_or_none(request.user, code))
    if what not in KINDS:
        raise Http404
    data = sampling_tasks.export_sample(by=request.user, sample=sample, what=what, now=clock.now())
    name = f"{sample.draw_id}.zip" if what == sampling_tasks.BUNDLE else what
    response = HttpResponse(data, content_type=KINDS[what])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(may="see re-audits", methods=("GET", "POST"))
@once
def check_task(request: PersonRequest, code: str) -> HttpResponse:
    """One sampled task, as it was signed off: what the record shows of it, said here once."""
    check = found(samples.check_or_none(request.user, code))
    signatures = samples.signatures_of(check)
    why_not = samples.why_not_check(request.user, check, [signed.signed_by_id for signed in signatures])
    form = CheckForm(request.POST or None)
    if request.method == "POST":
        if why_not:
            raise Refused(why_not)
        if form.is_valid():
            checking.check_task(by=request.user, check=check, **form.cleaned_data, now=clock.now())
            messages.success(request, _said(form.cleaned_data["outcome"]))
            return redirect("assurance")
    mended = samples.event_of_putting_right(check)
    context = {
        "check": check,
        "signed": signatures[0] if signatures else None,
        "why_not": why_not,
        "form": form,
        "outcome": checking.OUTCOMES.get(check.outcome, ""),
        "wanting": check.outcome in WANTING,
        "mended": mended,
        "assures": may("see the assurance", standings(request.user)),
    }
    return render(request, "act/check_task.html", context)


def _said(outcome: str) -> str:
    if outcome in WANTING:
        return "That is kept. The team’s manager is told; the task is listed here until it is put right."
    return "That is kept: the task is truly done."


@page(may="check a signed-off task", methods=("GET", "POST"))
@once
def see_put_right(request: PersonRequest, code: str) -> HttpResponse:
    """Say that a task found wanting is done by now."""
    check = found(samples.check_or_none(request.user, code))
    form = PutRightForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        checking.see_put_right(by=request.user, check=check, note=form.cleaned_data["note"], now=clock.now())
        messages.success(request, f"That is kept: {plural(1, 'task')} less that was signed off but is not done.")
        return redirect("assurance")
    signatures = [signed.signed_by_id for signed in samples.signatures_of(check)]
    if why_not := samples.why_not_check(request.user, check, signatures):
        raise Refused(why_not)
    return render(request, "act/see_put_right.html", {"check": check, "form": form})
