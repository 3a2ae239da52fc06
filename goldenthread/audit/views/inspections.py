"""Recommendation 30: the register of senior managers' inspections, her own page, and the quarter's statement."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.audit.forms import InspectionForm, StatementForm
from goldenthread.audit.queries.inspections import (
    case_files_of,
    inspection_or_none,
    inspections_of,
    inspections_to_do,
    register,
    waiting_in,
)
from goldenthread.audit.queries.statements import statement_content, statement_or_none, statements_signed
from goldenthread.audit.services import inspecting as services
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period, period_of
from goldenthread.method.refusal import Refused
from goldenthread.people.queries import person_or_none
from goldenthread.people.requests import PersonRequest
from goldenthread.select.queries.draws import draw_or_none
from goldenthread.select.queries.supervision import quarter_of, quarters_of_year, supervision_draws
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page
from goldenthread.web.wording import plural

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


@page(may="see senior managers' inspections")
def inspections(request: PersonRequest) -> HttpResponse:
    """Each senior manager and each quarter of the year: what she inspected, and what is missing."""
    authority, today = request.user.authority_id, clock.today()
    framework = _framework(request)
    year = _year(framework, _day(request.GET.get("from", "")) or today)
    quarters = quarters_of_year(framework, year.starts_on)
    this = quarter_of(framework, today)
    draws = list(supervision_draws(authority).filter(period_starts_on__gte=this.starts_on))
    context = {
        "quarters": quarters,
        "rows": register(authority, framework, quarters, today),
        "signed": statements_signed(authority, quarters),
        "this": this,
        "draws": draws,
        "waiting": waiting_in(draws, framework, today),
        "year": year,
        "before": _year(framework, year.starts_on - timedelta(days=1)),
        "after": _year(framework, year.ends_on + timedelta(days=1)),
    }
    return render(request, "audit/inspections.html", context)


@page(may="see senior managers' inspections")
def open_inspections(request: PersonRequest, quarter: str, code: str) -> HttpResponse:
    """What one senior manager inspected in one quarter, with the draw behind each."""
    today, framework = clock.today(), _framework(request)
    period, person = _quarter(framework, quarter), found(person_or_none(request.user.authority_id, code))
    rows = register(request.user.authority_id, framework, [period], today, of=person)
    cell = found(rows[0].cells[0] if rows else None)
    notes = list(inspections_of(person, period))
    services.see_inspections(by=request.user, of=person, inspections=notes, at=clock.now())
    context = {"row": rows[0], "cell": cell, "period": period, "notes": notes}
    files = case_files_of(person, Period(cell.first, cell.last))
    return render(request, "audit/open_inspections.html", context | {"files": list(files)})


@page(may="share out inspections", methods=("POST",))
@once
def share_out_inspections(request: PersonRequest, code: str) -> HttpResponse:
    """Allot the supervision notes of a draw among the senior managers."""
    draw = found(draw_or_none(request.user, code))
    shared = services.share_out_inspections(by=request.user, draw=draw, now=clock.now())
    sets = plural(shared.number, "set of supervision notes is", "sets of supervision notes are")
    messages.success(request, f"{sets} shared out. Each senior manager finds hers among her inspections.")
    for sentence in shared.sentences:
        messages.warning(request, sentence)
    return redirect("inspections")


@page(may="signed in")
def my_inspections(request: PersonRequest) -> HttpResponse:
    """What this senior manager is to inspect this quarter, and what she has."""
    today, framework = clock.today(), _framework(request)
    period = quarter_of(framework, today)
    rows = register(request.user.authority_id, framework, [period], today, of=request.user)
    cell = rows[0].cells[0] if rows else None
    to_do = list(inspections_to_do(request.user, today))
    context = {
        "period": period,
        "cell": cell,
        "to_do": to_do,
        "done": [each for each in inspections_of(request.user, period) if each.inspected_at],
        "files": list(case_files_of(request.user, Period(cell.first, cell.last))) if cell else [],
        "signed": statement_or_none(request.user.authority_id, period),
    }
    return render(request, "audit/my_inspections.html", context)


@page(may="signed in", methods=("GET", "POST"))
@once
def record_inspection(request: PersonRequest, code: str) -> HttpResponse:
    """What she found in these notes, to record or to change until the quarter is signed for."""
    inspection = found(inspection_or_none(request.user, code))
    quarter = quarter_of(_framework(request), inspection.period_starts_on)
    days = services.days_to_inspect(inspection, quarter, clock.today())
    written = {name: getattr(inspection, name) for name in ("inspected_on", "good", "to_improve")}
    form = InspectionForm(days, request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_inspection(by=request.user, inspection=inspection, **form.cleaned_data, now=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The inspection of {inspection.case.line.worker_name}’s notes is on record.")
            return redirect("my_inspections")
    if request.method != "POST":
        services.see_inspection(by=request.user, inspection=inspection, at=clock.now())
    signed = statement_or_none(request.user.authority_id, quarter)
    context = {"inspection": inspection, "quarter": quarter, "form": form, "signed": signed}
    return render(request, "audit/record_inspection.html", context)


@page(may="see senior managers' inspections", methods=("GET", "POST"))
@once
def inspection_statement(request: PersonRequest, quarter: str) -> HttpResponse:
    """One page for the director to sign: each senior manager, what she inspected by which draws, and the gaps."""
    today, framework = clock.today(), _framework(request)
    period = _quarter(framework, quarter)
    if period.starts_on > today:
        raise Http404
    signed = statement_or_none(request.user.authority_id, period)
    content = signed.content if signed else statement_content(request.user.authority, framework, period, today)
    shown = {"shown": services.digest_of(content)}
    form = StatementForm(request.user.has_password, request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            services.sign_statement(
                by=request.user, quarter=period, shown=form.cleaned_data["shown"],
                password=form.cleaned_data.get("password", ""), now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal, "password" if refusal.sentences == (services.WRONG_PASSWORD,) else None)
            form.data = request.POST.copy()
            form.data["shown"] = shown["shown"]
        else:
            messages.success(
                request, "The statement is signed. It stands as you saw it; print it, or keep its address."
            )
            return redirect("inspection_statement", quarter=quarter)
    context = {
        "period": period,
        "content": content,
        "signed": signed,
        "form": form,
        "reason": services.reason_not_to_sign(request.user, period, today),
    }
    return render(request, "audit/inspection_statement.html", context)


def _framework(request: PersonRequest) -> Framework:
    return framework_in_force(request.user.authority_id, clock.today()).parsed


def _year(framework: Framework, day: date) -> Period:
    return period_of(day, "year", framework.year_starts_month)


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def _quarter(framework: Framework, written: str) -> Period:
    """The quarter that an address names by its first day; not found where that is no quarter's first day."""
    day = found(_day(written))
    quarter = quarter_of(framework, day)
    if quarter.starts_on != day:
        raise Http404
    return quarter
