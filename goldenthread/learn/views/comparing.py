"""Comparing: the draft, or the newest edition, against an earlier edition of the same or of another period."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.learn.comparing import changes
from goldenthread.learn.forms.editions import EarlierForm
from goldenthread.learn.queries.editions import draft_of, edition_or_none, editions_to_compare
from goldenthread.learn.showing import as_published, drafted
from goldenthread.learn.views.writing import asked_for
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import page


@page(may="write reports")
def compare_report(request: PersonRequest, report: str, subject: str) -> HttpResponse:
    """What changed since an earlier edition, words and figures side by side."""
    kind, of = asked_for(request, report, subject)
    earlier = editions_to_compare(request.user, report, of)
    form = EarlierForm(earlier, request.GET)
    chosen = edition_or_none(request.user, form.chosen) if form.chosen else None
    context = {"kind": kind, "subject": of, "form": form, "earlier": chosen}
    if chosen:
        draft = draft_of(report, of)
        readers = kind.readers(of)[-1]
        now = drafted(kind, of, clock.today(), readers=readers, edition=draft)
        context["parts"] = changes(as_published(chosen), now)
    return render(request, "learn/compare_report.html", context)
