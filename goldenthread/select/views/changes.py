"""What changed from one case list to the next: the cases themselves, narrowed, and as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from goldenthread.framework.queries import framework_in_force
from goldenthread.people.requests import PersonRequest
from goldenthread.select.forms.case_lists import CHANGED, ChangesForm
from goldenthread.select.queries.case_lists import case_list_or_none, lists_before
from goldenthread.select.queries.changes import Changes, changes_between
from goldenthread.select.services import case_lists as services
from goldenthread.web import clock
from goldenthread.web.page import found, page
from goldenthread.web.spreadsheets import csv_file

COLUMNS = ("What changed", "Reference", "Status", "Team before", "Team now", "Worker before", "Worker now")
SHOWN = 100  # cases of each kind of change; all of them are in the spreadsheet
Changed = tuple[str, str, str, str, str, str]


@page(may="see case lists and draws")
def case_list_changes(request: PersonRequest, code: str) -> HttpResponse:
    """Who came, who went, and whose case another team or worker holds, since an earlier list of the same kind."""
    case_list = _loaded(request, code)
    if not (older := lists_before(case_list)):
        return render(request, "select/case_list_changes.html", {"case_list": case_list})
    form = ChangesForm(older, request.GET)
    changes = changes_between(form.chosen, case_list)
    rows = {what: list(_narrowed(changes, what, form)) for what in CHANGED if form.shows(what)}
    context = {
        "case_list": case_list,
        "form": form,
        "since": form.chosen.as_at,
        "parts": [(what, CHANGED[what], len(each), each[:SHOWN]) for what, each in rows.items()],
        "statuses": _statuses(case_list.authority_id),
        "query": request.GET.urlencode(),
    }
    return render(request, "select/case_list_changes.html", context)


@page(may="see case lists and draws")
def export_changes(request: PersonRequest, code: str) -> HttpResponse:
    """Every change that the page would show, for a spreadsheet."""
    case_list = _loaded(request, code)
    form = ChangesForm(found(lists_before(case_list) or None), request.GET)
    changes = services.export_changes(by=request.user, older=form.chosen, newer=case_list, now=clock.now())
    statuses = _statuses(case_list.authority_id)
    rows = (
        (CHANGED[what], ref, statuses.get(status, status), *moved)
        for what in CHANGED if form.shows(what) for ref, status, *moved in _narrowed(changes, what, form)
    )  # fmt: skip
    return csv_file(f"changes-{case_list.as_at.isoformat()}.csv", COLUMNS, rows)


def _loaded(request: PersonRequest, code: str) -> Any:
    case_list = found(case_list_or_none(request.user, code))
    if case_list.state != "loaded":
        raise Http404
    return case_list


def _statuses(authority_id: int) -> dict[str, str]:
    framework = framework_in_force(authority_id, clock.today()).parsed
    return {status.key: status.label for status in framework.statuses}


def _narrowed(changes: Changes, what: str, form: ChangesForm) -> Iterator[Changed]:
    """(reference, status, team before, team now, worker before, worker now) of each; "" where there was none."""
    for row in _rows(changes, what):
        if form.of_team(row[2], row[3]):
            yield row


def _rows(changes: Changes, what: str) -> Iterator[Changed]:
    if what == "opened":
        for line in changes.opened:
            yield line.ref, line.status, "", line.team_name, "", line.worker_name
    elif what == "closed":
        for line in changes.closed:
            yield line.ref, line.status, line.team_name, "", line.worker_name, ""
    else:
        for was, now in changes.moved_team if what == "team" else changes.moved_worker:
            yield now.ref, now.status, was.team_name, now.team_name, was.worker_name, now.worker_name
