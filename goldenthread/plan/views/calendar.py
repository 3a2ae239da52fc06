"""The calendar of sessions; laying out a year of them in one act, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.method.laying_out import CannotLayOut
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.forms.calendar import BY_MONTH, CalendarFilter, LayOutForm
from goldenthread.plan.queries.calendar import calendar_of, year_shown
from goldenthread.plan.queries.feeds import address_of, feed_of
from goldenthread.plan.queries.groups import groups_of
from goldenthread.plan.queries.years import layout, next_days, proposals_of, year_or_none
from goldenthread.plan.services import calendar as services
from goldenthread.plan.showing import framework_of
from goldenthread.web import clock
from goldenthread.web.idempotency import TOKEN, once
from goldenthread.web.page import found, page

NOT_KEPT = {TOKEN, "csrfmiddlewaretoken", "step", "shown"}


@page(may="signed in")
def calendar(request: PersonRequest) -> HttpResponse:
    """A year of sessions by month or by group: her own, or every one for those who see all."""
    person, framework = request.user, framework_of(request)
    groups = list(groups_of(person.authority_id))
    sees_all = person.is_quality_assurance or person.is_director
    form = CalendarFilter(groups, {"view": BY_MONTH, **request.GET.dict()}, sees_all=sees_all)
    narrowed = form.narrowed()
    days = year_shown(request.GET.get("year", ""), clock.today(), framework.year_starts_month)
    feed = feed_of(person)
    context = {
        "form": form, "narrowed": narrowed, "sees_all": sees_all,
        "calendar": calendar_of(person, days, framework, groups, narrowed),
        "before": _address(request, days.starts_on.year - 1), "after": _address(request, days.starts_on.year + 1),
        "feed": address_of(feed) if feed else "",
    }  # fmt: skip
    return render(request, "plan/calendar.html", context)


def _address(request: PersonRequest, year: int) -> str:
    kept = request.GET.copy()
    kept["year"] = str(year)
    return f"?{kept.urlencode()}"


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def lay_out_year(request: PersonRequest, code: str) -> HttpResponse:
    """Each group's first day; then every day that follows from them, to look at; then the sessions."""
    year = found(year_or_none(request.user.authority_id, code))
    groups, step = list(groups_of(request.user.authority_id)), request.POST.get("step", "")
    today = clock.today()
    form = LayOutForm(
        year.framework.parsed, year, groups, request.POST or None, today=today, standing=next_days(year, today)
    )
    context = {"form": form, "year": year, "groups": groups}
    if request.method != "POST" or step == "change" or not form.is_valid():
        return render(request, "plan/lay_out_year.html", context)
    how = {"firsts": form.firsts, "every_weeks": form.cleaned_data["every_weeks"]}
    try:
        if step == "arrange":
            sessions = services.lay_out_year(
                by=request.user, year=year, venue=form.cleaned_data["venue"], shown=request.POST.get("shown", ""),
                now=clock.now(), **how,
            )  # fmt: skip
            messages.success(
                request,
                f"{len(sessions)} sessions are arranged, as proposals that only the unit sees. Next, fill the rota.",
            )
            return redirect("plan_year_of", code=code)
        laid = layout(year, **how)
    except CannotLayOut as refusal:
        form.refuse(refusal, form.field_of(refusal.group))
        return render(request, "plan/lay_out_year.html", context)
    except Refused as refusal:
        form.refuse(refusal)
        laid = layout(year, **how)
    missing = sum(len(services.missing_days(planned)) for planned in laid.values())
    kept = [(name, value) for name, value in request.POST.items() if name not in NOT_KEPT]
    return render(request, "plan/layout.html", context | {
        "laid": laid, "missing": missing, "shown": services.digest_of(laid), "kept": kept,
    })  # fmt: skip


@page(may="arrange sessions", methods=("GET", "POST"))
@once
def start_layout_again(request: PersonRequest, code: str) -> HttpResponse:
    """The proposals that would be taken out, shown once more."""
    year = found(year_or_none(request.user.authority_id, code))
    if request.method == "POST":
        number = services.start_layout_again(by=request.user, year=year, now=clock.now())
        messages.success(
            request, f"{number} proposed sessions are taken out. Lay out the year again when you are ready."
        )
        return redirect("lay_out_year", code=code)
    return render(request, "plan/start_layout_again.html", {"year": year, "proposals": proposals_of(year).count()})
