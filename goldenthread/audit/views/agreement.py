"""How far auditors and moderators agree, and which way moderation moves grades."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.audit.comparing import (
    Compared,
    between,
    by_quarter,
    by_reason,
    by_section,
    challenged_sentence,
    coefficient_words,
    compared,
    lately_sentence,
    moved_sentence,
    of_one,
    off_the_scale,
    overall,
)
from goldenthread.audit.forms.agreement import AgreementFilterForm
from goldenthread.audit.queries.agreement import Moderated, moderated_between, section_labels
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.framework import Framework
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import page
from goldenthread.web.spreadsheets import csv_file

COLUMNS = (
    "Broken down by", "Line", "Audits", "Same grade", "From", "To", "Came out lower", "Came out higher",
    "Mean shift in grades, above 0 is lower", "From", "To",
)  # fmt: skip


@page(may="see agreement")
def agreement(request: PersonRequest) -> HttpResponse:
    """Grades before and after moderation, overall, by section and by quarter; and blind second grades beside first."""
    framework = framework_in_force(request.user.authority_id, clock.today()).parsed
    form = AgreementFilterForm(clock.today(), request.GET)
    found = moderated_between(request.user, *form.span, by_chance=form.by_chance)
    shifts, blind = compared(overall(found.shifts), framework), compared(overall(found.blind), framework)
    context = {
        "form": form,
        "span": form.span,
        "submitted": found.submitted,
        "shifts": shifts,
        "moved": moved_sentence(shifts) if shifts else "",
        "lately": lately_sentence(by_quarter(found.shifts, framework)),
        "challenged": challenged_sentence(found.challenged, framework),
        "tables": _tables(request, found, framework),
        "blind": blind,
        "between": between,
        "kappa": coefficient_words(blind.kappa_linear) if blind else "",
        "ac2": coefficient_words(blind.gwet_ac2) if blind else "",
        "own": of_one(found.shifts, framework, request.user.pk),
        "minimum": framework.comparing.person_minimum,
        "left_out": off_the_scale(overall(found.shifts), framework),
        "query": request.GET.urlencode(),
    }
    return render(request, "audit/agreement.html", context)


@page(may="see agreement")
def export_agreement(request: PersonRequest) -> HttpResponse:
    """The lines of the page's tables, for a spreadsheet. They are pooled: nobody's own figures are among them."""
    framework = framework_in_force(request.user.authority_id, clock.today()).parsed
    form = AgreementFilterForm(clock.today(), request.GET)
    found = moderated_between(request.user, *form.span, by_chance=form.by_chance)
    rows = (_cells(caption, line) for caption, _, lines in _tables(request, found, framework) for line in lines)
    return csv_file("agreement.csv", COLUMNS, rows)


def _tables(
    request: PersonRequest, found: Moderated, framework: Framework
) -> Iterable[tuple[str, str, list[Compared]]]:  # fmt: skip
    labels = section_labels(request.user.authority_id)
    return [
        ("Quarter by quarter", "Quarter", by_quarter(found.shifts, framework)),
        ("By section", "Section", by_section(found.shifts, framework, labels)),
        ("By why they were moderated", "Why", by_reason(found.shifts, framework)),
    ]


def _cells(caption: str, line: Compared) -> tuple[object, ...]:
    found = line.found
    return (
        caption, line.label, found.pairs, *(round(each, 4) for each in (found.exact.value, *found.exact.as_list())),
        found.higher, found.lower, *(round(each, 4) for each in (found.shift_mean.value, *found.shift_mean.as_list())),
    )  # fmt: skip
