"""Data: the tidy tables to take away, and what each column means."""

from __future__ import annotations

import tempfile
from itertools import groupby
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from goldenthread.learn.feeds import dictionary
from goldenthread.learn.feeds.formats import formats
from goldenthread.learn.feeds.model import CLASSES
from goldenthread.learn.forms.packs import DataForm
from goldenthread.learn.services.feeds import tables_for, take_tables
from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.people.standing import standings
from goldenthread.web import clock
from goldenthread.web.page import page

IN_MEMORY = 1024 * 1024  # bytes of a download before it goes to disk


@page(may="download data", methods=("GET", "POST"))
def data(request: PersonRequest) -> HttpResponse:
    """The tables, and the form that gives them. It acts on nothing, so it may be sent twice: each is recorded."""
    tables = tables_for(request.user)
    form = DataForm(
        [(table.name, table.title) for table in tables], [(each.key, each.label) for each in formats().values()],
        may_protected=may("download protected data", standings(request.user)),
        data=request.POST if request.method == "POST" else None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return _file(request, form)
        except Refused as refusal:
            form.refuse(refusal, "because" if form.asked["protected"] else None)
    return render(request, "learn/data.html", {"tables": tables, "form": form})


def _file(request: PersonRequest, form: DataForm) -> HttpResponse:
    """Written to disk a batch at a time, then sent; it is gone from there once it is sent."""
    asked: dict[str, Any] = form.asked
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the response closes it
    take_tables(by=request.user, file=file, now=clock.now(), **asked)  # type: ignore[arg-type]
    file.seek(0)
    several = len(asked["names"]) > 1
    chosen = formats()[asked["form"]]
    name = f"goldenthread-{chosen.key}.zip" if several else f"{asked['names'][0]}.{chosen.key}"
    content_type = "application/zip" if several else chosen.content_type
    sent: Any = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    return sent


@page(may="download data")
def data_dictionary(request: PersonRequest) -> HttpResponse:
    """Every column this person may take away: its type, meaning, source and class."""
    protected = may("download protected data", standings(request.user))
    tables = tables_for(request.user)
    rows = groupby(dictionary.rows(tables, protected=protected), key=lambda row: row[0])
    columns = {name: [row[1:] for row in group] for name, group in rows}
    context = {"tables": tables, "columns": columns, "classes": CLASSES, "protected": protected}
    return render(request, "learn/data_dictionary.html", context)
