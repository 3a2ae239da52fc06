"""Publishing an edition: who will read it, a look at it exactly as it will be kept, and the act itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.learn import services
from goldenthread.learn.forms.editions import ReadersForm
from goldenthread.learn.queries.editions import draft_of
from goldenthread.learn.rendering.page import as_page_context
from goldenthread.learn.views.writing import asked_for
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page


@page(may="write reports", methods=("GET", "POST"))
@once
def publish_report(request: PersonRequest, report: str, subject: str) -> HttpResponse:
    """Choose who will read it; see the edition exactly as it will be kept; publish it."""
    kind, of = asked_for(request, report, subject)
    draft = draft_of(report, of)
    if draft is None:  # whoever publishes has seen the writing page first
        return redirect("write_report", report=report, subject=subject)
    allowed = kind.readers(of)
    form = ReadersForm(allowed, request.POST or request.GET)
    context = {"kind": kind, "subject": of, "form": form, "draft": draft, "choice": len(allowed) > 1}
    if not form.is_valid():
        return render(request, "learn/publish_report.html", context)
    readers = form.chosen
    if request.method == "POST":
        edition = services.publish_edition(
            by=request.user, edition=draft, readers=readers, shown=form.cleaned_data["shown"], now=clock.now(),
            today=clock.today(),
        )  # fmt: skip
        messages.success(request, f"Edition {edition.number} is published and can no longer be changed.")
        return redirect("read_edition", code=edition.code)
    to_publish = services.prepared(by=request.user, edition=draft, readers=readers, today=clock.today())
    context |= {"shown": to_publish.digest, "readers": readers, "unsafe": to_publish.unsafe}
    return render(request, "learn/publish_report.html", context | as_page_context(to_publish.report))
