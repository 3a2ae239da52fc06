"""Case lists: those there are, uploading one, checking it before it is loaded, reading it after."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.framework.queries import framework_in_force
from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.people.queries import teams_of
from goldenthread.people.requests import PersonRequest
from goldenthread.select.forms.case_lists import CHANGED, FindLineForm, MeaningsForm, UploadForm
from goldenthread.select.queries.case_lists import (
    brothers_and_sisters,
    case_list_or_none,
    directory_of,
    lines_found,
    lines_page,
    page_of_lists,
)
from goldenthread.select.queries.changes import Changes, changes_since_last
from goldenthread.select.queries.draws import page_of_draws, sessions_without_draw
from goldenthread.select.queries.frames import SUPERVISION
from goldenthread.select.services import case_lists as services
from goldenthread.select.showing import KINDS, shown_counts
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page
from goldenthread.web.spreadsheets import csv_file
from goldenthread.web.wording import plural

FAULT_COLUMNS = ("file", "sheet", "row", "column", "value", "message")


@page(may="see case lists and draws")
def case_lists(request: PersonRequest) -> HttpResponse:
    """The lists that can be drawn from, those being checked, and every draw."""
    context = {
        "lists": page_of_lists(request.user, below=request.GET.get("lists", ""), above=request.GET.get("newer", "")),
        "draws": page_of_draws(request.user, below=_key(request, "draws"), above=_key(request, "newer_draws")),
        "kinds": KINDS,
        "waiting": list(sessions_without_draw(request.user, clock.today())),
    }
    return render(request, "select/case_lists.html", context)


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def upload_case_list(request: PersonRequest) -> HttpResponse:
    """Give the files of a case list; what they say is shown before anything is loaded."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            case_list = services.upload_case_list(
                by=request.user, files=form.named_bytes, as_at=form.cleaned_data["as_at"], now=clock.now(),
                columns=form.columns, kind=form.chosen_kind,
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal, "list_files")
        else:
            return redirect("check_case_list", code=case_list.code)
    return render(request, "select/upload_case_list.html", {"form": form})


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def check_case_list(request: PersonRequest, code: str) -> HttpResponse:
    """What was read, what was not understood, and what changed; words are given their meaning here."""
    case_list = found(case_list_or_none(request.user, code))
    if case_list.state != "checking":
        return redirect("read_case_list", code=code) if case_list.state == "loaded" else redirect("case_lists")
    framework = _framework(request)
    teams = [team.name for team in teams_of(case_list.authority_id, case_list.as_at) if team.parent_id]
    known = directory_of(case_list.authority_id).worker
    form = MeaningsForm(case_list.summary, framework, teams, known, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.decide_meanings(by=request.user, case_list=case_list, meanings=form.meanings, now=clock.now())
        messages.success(request, "The meanings are kept for this and later lists, and the list is counted again.")
        return redirect("check_case_list", code=code)
    context = shown_counts(case_list, framework) | {"form": form}
    return render(request, "select/check_case_list.html", context)


@page(may="load case lists and draw", methods=("POST",))
@once
def load_case_list(request: PersonRequest, code: str) -> HttpResponse:
    """Load a list that was checked."""
    case_list = services.load_case_list(
        by=request.user, case_list=found(case_list_or_none(request.user, code)), now=clock.now()
    )
    loaded = plural(case_list.summary["cases"], "case is", "cases are")
    then = " Next, draw the files of a session from this list." if case_list.kind != SUPERVISION else ""
    messages.success(request, f"{loaded} loaded.{then}")
    return redirect("read_case_list", code=code)


@page(may="load case lists and draw", methods=("POST",))
@once
def discard_case_list(request: PersonRequest, code: str) -> HttpResponse:
    """Discard a list that was not loaded."""
    services.discard_case_list(by=request.user, case_list=found(case_list_or_none(request.user, code)), now=clock.now())
    messages.success(request, "The list is discarded and nothing of it is kept. Upload it again when it is mended.")
    return redirect("case_lists")


@page(may="see case lists and draws", methods=("GET", "POST"))
def read_case_list(request: PersonRequest, code: str) -> HttpResponse:
    """A loaded list: its counts, and its cases fifty at a time. A search is sent: no address holds a reference."""
    case_list = found(case_list_or_none(request.user, code))
    if case_list.state != "loaded":
        raise Http404
    framework = _framework(request)
    form = FindLineForm(request.POST or None)
    lines = lines_found(case_list, form.cleaned_data["ref"]) if form.is_bound and form.is_valid() else None
    page_of_lines = lines_page(case_list, after=_key(request, "after"), before=_key(request, "before"))
    shown = lines if lines is not None else page_of_lines.lines
    context = shown_counts(case_list, framework) | {
        "form": form,
        "found": lines,
        "page": page_of_lines,
        "families": brothers_and_sisters(case_list, shown),
        "linked_files": {each.file: each.label for each in framework.linked_files},
    }
    first = lines is None and not page_of_lines.before
    context |= _changed(changes_since_last(case_list) if first else None)
    return render(request, "select/read_case_list.html", context)


@page(may="see case lists and draws")
def download_faults(request: PersonRequest, code: str) -> HttpResponse:
    """Every fault of a list as CSV, to be mended where the files come from."""
    case_list = found(case_list_or_none(request.user, code))
    faults = services.export_faults(by=request.user, case_list=case_list, now=clock.now())
    rows = ([fault[name] for name in FAULT_COLUMNS] for fault in faults)
    return csv_file(f"faults-{case_list.as_at.isoformat()}.csv", FAULT_COLUMNS, rows)


def _changed(changes: Changes | None) -> dict[str, Any]:
    """How many cases changed since the last list of its kind, each number with what it is narrowed by."""
    if changes is None:
        return {"changed": (), "changed_since": None}
    cases = (changes.opened, changes.closed, changes.moved_team, changes.moved_worker)
    changed = [(what, label, len(each)) for (what, label), each in zip(CHANGED.items(), cases, strict=True)]
    return {"changed": changed, "changed_since": changes.older.as_at}


def _framework(request: PersonRequest) -> Framework:
    return framework_in_force(request.user.authority_id, clock.today()).parsed


def _key(request: PersonRequest, name: str) -> int | None:
    key = request.GET.get(name, "")
    return int(key) if key.isdecimal() and len(key) < 18 else None
