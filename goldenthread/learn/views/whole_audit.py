"""One audit complete, as whoever may read it sees it: on a page, or taken along; with names, or without."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.learn import services
from goldenthread.learn.documents import document, forms_of
from goldenthread.learn.queries.whole_audit import whole_audit_or_none
from goldenthread.learn.rendering.model import Report
from goldenthread.learn.rendering.page import as_page_context
from goldenthread.learn.reports import audit as report
from goldenthread.learn.subjects import Subject
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import found, page

WITHOUT = "without"


@page(may="read an audit")
def read_whole_audit(request: PersonRequest, code: str) -> HttpResponse:
    """Everything about one audit on one page."""
    shown, of = _composed(request, code)
    services.note_reading(by=request.user, thing=found(of.audit), now=clock.now())
    context = {"code": code, "forms": forms_of("audit"), "without": _without(request)} | as_page_context(shown)
    return render(request, "learn/whole_audit.html", context)


@page(may="read an audit")
def take_whole_audit(request: PersonRequest, code: str, form: str) -> HttpResponse:
    """The same as a file."""
    found(forms_of("audit").get(form))
    shown, of = _composed(request, code)
    which = "without-names" if _without(request) else "with-names"
    made = document(shown, form, kind="audit", subject=of, which=which, colour=settings.SERVICE_COLOUR)
    services.note_download(by=request.user, thing=found(of.audit), form=f"{form}, {which}", now=clock.now())
    return HttpResponse(made.content, content_type=made.content_type, headers=made.headers)


def _without(request: PersonRequest) -> bool:
    return request.GET.get("names") == WITHOUT


def _composed(request: PersonRequest, code: str) -> tuple[Report, Subject]:
    """Not found alike where there is none and where it is not hers; refused while it is not submitted."""
    alias = report.without_reference(code) if _without(request) else None
    facts = found(whole_audit_or_none(request.user, code, clock.today(), alias=alias))
    of = found(report.subject(request.user.authority, f"audit:{code}"))
    return report.compose(facts, {}), of
