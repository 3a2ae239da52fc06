"""The draw of supervision notes for a quarter: from whom, how many of each team, and frozen."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.framework.queries import framework_in_force
from goldenthread.method.quotas import quotas_spread
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.select.forms.draws import QuotasForm
from goldenthread.select.forms.supervision import SupervisionForm
from goldenthread.select.queries.supervision import (
    drawn_of_late,
    holders_of_cases,
    quarter_of,
    senior_managers,
    supervision_draws,
)
from goldenthread.select.services import supervision as services
from goldenthread.select.showing import FROZEN
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def plan_supervision_draw(request: PersonRequest) -> HttpResponse:
    """Whose notes can be drawn, and how many of each team; frozen before anybody can know the dice."""
    authority, today = request.user.authority_id, clock.today()
    framework = framework_in_force(authority, today).parsed
    holders = holders_of_cases(authority, framework, today)
    managers = senior_managers(authority, framework, today)
    this = quarter_of(framework, today)
    both = (this, quarter_of(framework, this.ends_on + timedelta(days=1)))
    draws = {draw.period_starts_on: draw for draw in supervision_draws(authority)[:8]}
    quarters = [period for period in both if period.starts_on not in draws]
    context = {"holders": holders, "managers": managers, "draws": draws.values(), "offered": quarters}
    if not (holders and managers and quarters):
        return render(request, "select/plan_supervision_draw.html", context)
    form = SupervisionForm(quarters, holders, framework.draw.seed_sources, request.POST or None)
    freezing = form.is_valid() and form.freezing
    sizes = dict(sorted(Counter(holder.stratum for holder in holders).items()))
    total = min(form.notes_each * len(managers), len(holders))
    proposed = quotas_spread(sizes, total, drawn_of_late(authority, form.chosen))
    teams = {holder.stratum: holder.team_name or "No team" for holder in holders}
    quotas = QuotasForm(sizes, teams, proposed, request.POST if freezing else None)
    if freezing and quotas.is_valid():
        try:
            draw = services.freeze_supervision_draw(
                by=request.user, period=form.chosen, as_at=today, quotas=quotas.quotas, now=clock.now(),
                seed_kind=form.seed_kind_chosen,
            )  # fmt: skip
        except Refused as refusal:
            quotas.refuse(refusal)
        else:
            messages.success(request, FROZEN[draw.seed_kind])
            return redirect("open_draw", code=draw.code)
    context |= {"form": form, "quotas": quotas, "total": total}
    return render(request, "select/plan_supervision_draw.html", context)
