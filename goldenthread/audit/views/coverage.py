"""Coverage: what a year of audits has reached, what it still owes, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.audit.forms.coverage import LABELS, MANAGERS, CoverageFilterForm
from goldenthread.audit.queries.coverage import YearCovered, coverage_of
from goldenthread.method.coverage import share
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import found, page
from goldenthread.web.spreadsheets import csv_file

COLUMNS = (
    "What", "Name", "Needed", "Held", "Audited at random", "Audited, chosen otherwise", "Drawn, not audited yet",
    "Still owed", "Last day", "In words",
)  # fmt: skip


@page(may="see the coverage")
def coverage(request: PersonRequest) -> HttpResponse:
    """What is covered, what is owed, and by when it can still be done."""
    covered = _covered(request)
    if covered is None or covered.ledger is None:
        year = covered.year if covered else None
        return render(request, "audit/coverage_empty.html", {"year": year, "runs": request.user.is_quality_assurance})
    form, lines = CoverageFilterForm(covered, request.GET), covered.ledger.lines
    context = {
        "form": form,
        "covered": covered,
        "warnings": covered.ledger.warnings(clock.today()),
        "counts": [
            (LABELS[what], *share([line for line in lines if line.what == what]))
            for what in LABELS
            if any(line.what == what and line.needed for line in lines)
        ],
        "over": covered.year.ends_on < clock.today(),
        "query": request.GET.urlencode(),
    }
    return render(request, "audit/coverage.html", context)


@page(may="see the coverage")
def export_coverage(request: PersonRequest) -> HttpResponse:
    """The lines as the page shows them, for a spreadsheet."""
    covered = found(_covered(request))
    form = CoverageFilterForm(covered, request.GET)
    return csv_file(f"coverage-{covered.year.starts_on.isoformat()}.csv", COLUMNS, _rows(form))


def _covered(request: PersonRequest) -> YearCovered | None:
    code = request.GET.get("year", "")
    covered = coverage_of(request.user.authority_id, clock.today(), code)
    return found(covered) if code else covered


def _rows(form: CoverageFilterForm) -> Iterator[tuple[Any, ...]]:
    for _, heading, lines in form.parts:
        for line in lines:
            last = line.last_day.isoformat() if line.last_day else ""
            yield (
                heading, line.name, line.needed, line.held, line.random, line.purposive, line.waiting, line.owed, last,
                line.words,
            )  # fmt: skip
    for each in form.shares:
        last = each.by.isoformat() if each.by else ""
        yield (LABELS[MANAGERS], each.name, each.asked, "", each.done, "", "", len(each.owed), last, each.words)
