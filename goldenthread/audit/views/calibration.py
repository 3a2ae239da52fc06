"""Calibration: one file that everyone grades, and what all gave beside the agreed answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.audit.forms.calibration import AnswerForm, CalibrationForm, ClosingForm
from goldenthread.audit.forms.moderation import GradesForm
from goldenthread.audit.queries.calibration import (
    FEWEST,
    OpenCalibration,
    calibrations_listed,
    may_calibrate,
    open_calibration_or_none,
    own_ratings,
    results_of,
)
from goldenthread.audit.queries.moderation import standing_grades
from goldenthread.audit.services import calibration as services
from goldenthread.audit.views.writing import opened_or_404 as audit_or_404
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page
from goldenthread.web.wording import plural

MOST = 50


def opened_or_404(request: PersonRequest, code: str) -> OpenCalibration:
    opened = found(open_calibration_or_none(request.user, code))
    if request.method != "POST":
        services.see_calibration(by=request.user, opened=opened, at=clock.now())
    return opened


@page(may="signed in")
def calibrations(request: PersonRequest) -> HttpResponse:
    """Every calibration this person is asked to, or may see, the latest first."""
    shown = list(calibrations_listed(request.user)[: MOST + 1])
    context = {"calibrations": shown[:MOST], "more": len(shown) > MOST, "most": MOST, "today": clock.today()}
    return render(request, "audit/calibrations.html", context)


@page(may="arrange moderation", methods=("GET", "POST"))
@once
def begin_calibration(request: PersonRequest, code: str) -> HttpResponse:
    """Ask people to grade the file of one audit, each alone; who may not is shown with the reason."""
    audit, today = audit_or_404(request, code).audit, clock.today()
    able = may_calibrate(audit, today)
    form = CalibrationForm(able.people, today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        people = [able.people[int(key)] for key in form.cleaned_data["people"]]
        try:
            made = services.begin_calibration(
                by=request.user, audit=audit, title=form.cleaned_data["title"], people=people,
                closes_on=form.cleaned_data["closes_on"], now=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"{plural(len(people), 'person is', 'people are')} asked, and have been told.")
            return redirect("open_calibration", code=made.code)
    return render(request, "audit/calibration_begin.html", {"audit": audit, "form": form, "able": able})


@page(may="signed in")
def open_calibration(request: PersonRequest, code: str) -> HttpResponse:
    """How far it is; once the answer is agreed, what all gave beside it, and one's own grades."""
    opened = opened_or_404(request, code)
    row, today = opened.calibration, clock.today()
    closed = row.closes_on < today
    waits = request.user.is_quality_assurance and row.agreed_at is None
    context = {
        "opened": opened, "results": results_of(request.user, opened), "own": own_ratings(request.user, opened),
        "over": opened.is_over(today), "fewest": FEWEST, "grade": opened.framework.grade,
        "agrees": waits and not row.blind, "closes": waits and (closed or not opened.may_rate), "closed": closed,
    }  # fmt: skip
    return render(request, "audit/calibration.html", context)


@page(may="signed in", methods=("GET", "POST"))
@once
def rate(request: PersonRequest, code: str) -> HttpResponse:
    """One's own grades of the file, given once."""
    opened = opened_or_404(request, code)
    if request.method != "POST" and not opened.may_rate:
        return redirect("open_calibration", code=code)
    form = GradesForm(opened.sections, opened.framework, request.POST or None, why="Why? (You may leave this blank.)")
    if request.method == "POST" and form.is_valid():
        try:
            services.give_ratings(by=request.user, opened=opened, given=form.given, now=clock.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Your grades are kept. You see the answer once it is agreed.")
            return redirect("open_calibration", code=code)
    context = {"opened": opened, "form": form}
    return render(request, "audit/calibration_grade.html", context, status=400 if form.errors else 200)


@page(may="arrange moderation", methods=("GET", "POST"))
@once
def agree_calibration(request: PersonRequest, code: str) -> HttpResponse:
    """Set the answer, beginning with the grades that stand on the audit."""
    opened = opened_or_404(request, code)
    if opened.calibration.blind:
        raise Refused(opened.why_she_cannot_agree(clock.today()))
    start = GradesForm.filled([name for name, _ in opened.sections], standing_grades(opened.audit))
    posted = request.POST or None
    grades = GradesForm(opened.sections, opened.framework, posted, initial=start)
    form = AnswerForm(posted)
    if request.method == "POST" and form.is_valid() and grades.is_valid():
        services.agree_calibration(
            by=request.user, opened=opened, agreed=grades.given, because=form.cleaned_data["because"], now=clock.now()
        )
        messages.success(request, "The answer is agreed. Everybody who was asked has been told.")
        return redirect("open_calibration", code=code)
    return render(request, "audit/calibration_agree.html", {"opened": opened, "form": form, "grades": grades})


@page(may="arrange moderation", methods=("GET", "POST"))
@once
def withdraw_calibration(request: PersonRequest, code: str) -> HttpResponse:
    """Close a calibration without an answer, and say why."""
    opened = opened_or_404(request, code)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        services.withdraw_calibration(by=request.user, opened=opened, because=because, now=clock.now())
        messages.success(request, "It is closed without an answer. Everybody who was asked has been told why.")
        return redirect("open_calibration", code=code)
    context = {"opened": opened, "form": form}
    return render(request, "audit/calibration_withdraw.html", context, status=400 if form.errors else 200)
