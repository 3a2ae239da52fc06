"""Tasks: the list that is worked through, taken along as a file, and asked after many at once."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.act import services
from goldenthread.act.forms.tasks import TaskFilterForm
from goldenthread.act.queries.task_lists import all_tasks, page_of_tasks, places_to_choose
from goldenthread.act.task_showing import COLUMNS, line_of, row_of
from goldenthread.framework.queries import framework_or_none_on
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page
from goldenthread.web.spreadsheets import csv_file, xlsx_file
from goldenthread.web.wording import plural

KEPT = "filters of tasks"  # in the session, until they are cleared
PAGING = ("after", "clear")


@page(may="signed in")
def tasks(request: PersonRequest) -> HttpResponse:
    """The tasks this person may see, the soonest due first, fifty a page; the filters are those she left."""
    if "clear" in request.GET:
        request.session.pop(KEPT, None)
        return redirect("tasks")
    if not request.GET and request.session.get(KEPT):
        return redirect(f"{reverse('tasks')}?{request.session[KEPT]}")
    form, today = _form(request), clock.today()
    shown = page_of_tasks(request.user, form.narrowed(), today, request.GET.get("after", ""))
    query = _remember(request)
    context = {
        "form": form,
        "page": shown,
        "lines": [line_of(task, request.user, today) for task in shown.tasks],
        "query": query,
        "address": f"?{query}&" if query else "?",
    }
    return render(request, "act/tasks.html", context)


def _form(request: PersonRequest) -> TaskFilterForm:
    today = clock.today()
    teams, services_there = places_to_choose(request.user, today)
    version = framework_or_none_on(request.user.authority_id, today)
    return TaskFilterForm(teams, services_there, version.parsed if version else None, request.GET)


def _remember(request: PersonRequest) -> str:
    """The filters as an address; kept for the next visit where they changed. What is blank narrows nothing."""
    query = urlencode([(name, value) for name, value in request.GET.items() if value and name not in PAGING])
    if query != request.session.get(KEPT, ""):
        request.session[KEPT] = query
    return query


@page(may="signed in")
def export_tasks(request: PersonRequest, sort: str) -> HttpResponse:
    """The whole list as it is narrowed, as CSV or for Excel."""
    rows = _rows(request)
    return xlsx_file("tasks.xlsx", COLUMNS, rows) if sort == "xlsx" else csv_file("tasks.csv", COLUMNS, rows)


def _rows(request: PersonRequest) -> Iterator[tuple[object, ...]]:
    today = clock.today()
    found = all_tasks(request.user, _form(request).narrowed(), today)
    return (row_of(task, today) for task in found)


@page(may="chase tasks", methods=("POST",))
@once
def chase_tasks(request: PersonRequest) -> HttpResponse:
    """Ask after every chosen task: one message a person."""
    chased = services.chase_tasks(
        by=request.user, codes=request.POST.getlist("task"), now=clock.now(), today=clock.today()
    )
    people = plural(chased.people, "person is", "people are")
    left = f" {plural(chased.left, 'task was', 'tasks were')} left alone: done, yours, or asked after today already."
    messages.success(
        request,
        f"{people} asked about {plural(chased.tasks, 'task')}, each in one message.{left if chased.left else ''}",
    )
    return redirect("tasks")
