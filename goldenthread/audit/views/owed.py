"""What post-holders owe: one's own page, everybody's, one holder's, and a month's round of single records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.audit.forms.owed import OwedFilterForm
from goldenthread.audit.owing import now_words, standing_words
from goldenthread.audit.queries import audits_to_write
from goldenthread.audit.queries.owed import (
    Ledger,
    Line,
    account_of,
    ledger_visible_to,
    rounds_from,
    to_open,
)
from goldenthread.audit.tallies import by_month, by_post, by_team, often_late, tally
from goldenthread.method.periods import Period, period_of
from goldenthread.people.queries import people_in_post
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.queries.excusals import grants_excusals
from goldenthread.plan.queries.owed import holder_visible_to
from goldenthread.plan.services.rounds import open_round as open_a_round
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page
from goldenthread.web.spreadsheets import csv_file
from goldenthread.web.wording import day, plural

COLUMNS = (
    "Name", "Post", "Team", "Month", "Owed", "Excused", "Submitted", "Late", "Overdue", "Due on", "Worked out as",
)  # fmt: skip


@page(may="signed in")
def owed(request: PersonRequest) -> HttpResponse:
    """How many records this person owes, by when, and the files she has for them."""
    today, person = clock.today(), request.user
    hers = account_of(person, today)
    units = [post.key for post in hers.framework.posts if post.quality_assurance]
    context = _account(hers, today) | {
        "now": [now_words(line.account, today) for line in hers.lines if today in line.account.due.period],
        "files": list(audits_to_write(person)[:50]),
        "unit": [post.person for post in people_in_post(person.authority_id, today, units) if post.person != person],
        "quotas": [(hers.framework.post(quota.post).label, quota) for quota in hers.framework.quotas],
    }
    return render(request, "audit/owed.html", context)


@page(may="see what everybody owes")
def owed_by_everybody(request: PersonRequest) -> HttpResponse:
    """What is owed, submitted, late and excused: by post, team and person, and month by month."""
    today, person = clock.today(), request.user
    everybody = found(ledger_visible_to(person, today))
    form = OwedFilterForm(everybody, today, request.GET)
    lines = form.narrowed(everybody.lines)
    shown = [line for line in lines if line.account.due.period.within(form.chosen_month)]
    context = {
        "form": form,
        "month": form.chosen_month,
        "whole": tally(shown, today),
        "posts": by_post(shown, everybody.framework, today),
        "teams": by_team(shown, today),
        "people": _shown(shown, form),
        "nobody": not everybody.lines,
        "trend": by_month(everybody, lines, today),
        "often_late": often_late(lines, today) if person.is_quality_assurance else [],
        "unheld": [(everybody.framework.post(quota.post), quota) for quota in everybody.unheld],
        "labels": {post.key: post.label for post in everybody.framework.posts},
        "query": request.GET.urlencode(),
        "standing": standing_words,
        "round": _round(person.authority_id, today) if person.is_quality_assurance else None,
    }
    return render(request, "audit/owed_by_everybody.html", context)


@page(may="see what everybody owes")
def export_owed(request: PersonRequest) -> HttpResponse:
    """The people as the page shows them, for a spreadsheet."""
    today = clock.today()
    everybody = found(ledger_visible_to(request.user, today))
    form = OwedFilterForm(everybody, today, request.GET)
    month, labels = form.chosen_month, {post.key: post.label for post in everybody.framework.posts}
    shown = [line for line in form.narrowed(everybody.lines) if line.account.due.period.within(month)]
    rows = (_cells(line, labels, today) for line in _shown(shown, form))
    return csv_file(f"owed-{month_key(month)}.csv", COLUMNS, rows)


def _cells(line: Line, labels: Mapping[str, str], today: date) -> tuple[object, ...]:
    holder, each = line.holder, line.account
    return (
        holder.name, labels.get(holder.post, holder.post), holder.team_name, each.due.period.label, each.owed,
        each.exempt, each.submitted, each.late, each.overdue(today), each.due.due_on.isoformat(), each.due.why,
    )  # fmt: skip


@page(may="see what everybody owes")
def owed_by_one(request: PersonRequest, code: str) -> HttpResponse:
    """One holder's months, each number explained, with what was excused."""
    today, holder = clock.today(), found(holder_visible_to(request.user, code))
    hers = account_of(holder, today)
    context = _account(hers, today) | {
        "holder": holder,
        "grants": holder.pk != request.user.pk and grants_excusals(request.user, hers.framework),
    }
    return render(request, "audit/owed_by_one.html", context)


@page(may="arrange sessions", methods=("POST",))
@once
def open_round(request: PersonRequest, month: str) -> HttpResponse:
    """Open a month's single records: a round with everybody who owes any, ready for its draw."""
    today, authority = clock.today(), request.user.authority_id
    opened = next((each for each in _to_open(today) if month_key(each) == month), None)
    if opened is None:
        raise Http404
    holders = to_open(authority, opened, today)
    session = open_a_round(by=request.user, month=opened, holders=holders, now=clock.now())
    told = f"{plural(len(holders), 'person', 'people')} owe records of {opened.label}, due on {day(session.held_on)}."
    messages.success(request, f"{told} Next, draw their files.")
    return redirect("plan_draw", code=session.code)


def _to_open(today: date) -> tuple[Period, Period]:
    """The months whose records may be opened: this one, and the next ahead of time."""
    this = period_of(today, "month", 1)
    return this, period_of(this.ends_on + timedelta(days=1), "month", 1)


def month_key(month: Period) -> str:
    return f"{month.starts_on:%Y-%m}"


def _account(hers: Ledger, today: date) -> dict[str, Any]:
    """What both pages of one person's months show."""
    return {
        "lines": hers.lines,
        "excusals": sorted(hers.excusals, key=lambda each: each.period_starts_on, reverse=True),
        "overdue": sum(line.account.overdue(today) for line in hers.lines),
        "labels": {post.key: post.label for post in hers.framework.posts},
        "standing": standing_words,
        "months": hers.months,
    }


def _shown(lines: Sequence[Line], form: OwedFilterForm) -> Sequence[Line]:
    """The people's lines of the month, by name: never in order of who is behind."""
    return [line for line in lines if line.account.to_do] if form.only_short else lines


def _round(authority_id: int, today: date) -> dict[str, Any]:
    """The rounds that are open for this month and the next, and the first that could be opened."""
    months = _to_open(today)
    opened = rounds_from(authority_id, months[0].starts_on)
    to_open = next((each for each in months if each.starts_on not in opened), None)
    return {
        "open": [(each, opened[each.starts_on]) for each in months if each.starts_on in opened],
        "next": to_open,
        "key": month_key(to_open) if to_open else "",
    }
