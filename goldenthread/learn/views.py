"""Reports: the list, writing one, looking at it as it will be, publishing an edition, reading and keeping it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from goldenthread.learn import services
from goldenthread.learn.documents import FORMS, document
from goldenthread.learn.forms import CIRCULATION, EditionFilterForm, ScopeForm, WordsForm
from goldenthread.learn.queries.editions import (
    audits_submitted,
    draft_of,
    drafts_of,
    edition_or_none,
    groups_reported,
    last_edition_of,
    may_read_reports,
    page_of_editions,
    sessions_to_report,
)
from goldenthread.learn.rendering.page import as_page_context
from goldenthread.learn.showing import as_published, drafted, parts_to_write
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.queries.sessions import session_or_none
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page


@page(may="read published reports")
def reports(request: PersonRequest) -> HttpResponse:
    """The editions this person may read; for the unit also its drafts, and the sessions that wait for a report."""
    if not may_read_reports(request.user):
        raise Refused("Reports are read by the Quality Assurance Unit, directors and managers.")
    form = EditionFilterForm(groups_reported(request.user), request.GET)
    below = request.GET.get("below", "")
    waiting = sessions_to_report(request.user)
    context = {
        "form": form,
        "page": page_of_editions(
            request.user, group=form.chosen_group, below=int(below) if below.isdecimal() and len(below) < 18 else None
        ),
        "drafts": drafts_of(request.user),
        "waiting": waiting,
        "submitted": audits_submitted(waiting),
    }
    return render(request, "learn/reports.html", context)


def session_or_404(request: PersonRequest, code: str) -> Any:
    session = session_or_none(request.user, code)
    if session is None:
        raise Http404
    return session


@page(may="write reports", methods=("GET", "POST"))
@once
def write_report(request: PersonRequest, code: str) -> HttpResponse:
    """The drafted figures and sentences, with room for the unit's words beside each part."""
    session = session_or_404(request, code)
    draft = draft_of(session)
    before = draft or last_edition_of(session)
    form = WordsForm(before.words if before else {}, draft.version if draft else 1, request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = services.draft_edition(by=request.user, session=session, now=clock.now())
        try:
            services.save_words(
                by=request.user,
                edition=draft,
                words=form.words,
                seen_version=form.cleaned_data["seen"],
                now=clock.now(),
            )
        except Refused as refusal:
            form = form.beside(draft.words, draft.version, str(refusal))
        else:
            messages.success(request, "Your words are saved. Look at the report as it will be, then publish it.")
            return redirect("preview_report" if request.POST.get("then") == "preview" else "write_report", code=code)
    context = {"session": session, "draft": draft, "form": form} | parts_to_write(session, clock.today())
    return render(request, "learn/write_report.html", context, status=409 if form.theirs else 200)


@page(may="write reports", methods=("POST",))
def save_report(request: PersonRequest, code: str) -> HttpResponse:
    """The same save for the page's script, as the words are typed: the version kept, or why they are not."""
    session = session_or_404(request, code)
    form = WordsForm({}, 1, request.POST)
    if not form.is_valid():
        return JsonResponse({"sentences": [fault for faults in form.errors.values() for fault in faults]}, status=400)
    draft = services.draft_edition(by=request.user, session=session, now=clock.now())
    try:
        kept = services.save_words(
            by=request.user, edition=draft, words=form.words, seen_version=form.cleaned_data["seen"], now=clock.now()
        )
    except Refused as refusal:
        return JsonResponse({"sentences": refusal.sentences}, status=409)
    return JsonResponse({"version": kept.version})


@page(may="write reports")
def preview_report(request: PersonRequest, code: str) -> HttpResponse:
    """The draft as a page, for the unit or as it would be circulated."""
    session = session_or_404(request, code)
    circulated = request.GET.get("readers") == CIRCULATION
    report = drafted(session, clock.today(), circulated=circulated, edition=draft_of(session))
    context = {"session": session, "circulated": circulated} | as_page_context(report)
    return render(request, "learn/preview_report.html", context)


@page(may="write reports")
def download_preview(request: PersonRequest, code: str, form: str) -> HttpResponse:
    """The draft as PDF or Word."""
    session = session_or_404(request, code)
    if form not in FORMS:
        raise Http404
    circulated = request.GET.get("readers") == CIRCULATION
    draft = draft_of(session)
    report = drafted(session, clock.today(), circulated=circulated, edition=draft)
    made = document(report, form, session=session, which="draft", colour=settings.SERVICE_COLOUR)
    services.note_download(by=request.user, thing=draft or session, form=form, now=clock.now())
    return HttpResponse(made.content, content_type=made.content_type, headers=made.headers)


@page(may="write reports", methods=("GET", "POST"))
@once
def publish_report(request: PersonRequest, code: str) -> HttpResponse:
    """Choose who will read it; see the edition exactly as it will be kept; publish it."""
    session = session_or_404(request, code)
    draft = draft_of(session)
    if draft is None:  # whoever publishes has seen the writing page first
        return redirect("write_report", code=code)
    form = ScopeForm(request.POST or request.GET or None)
    if not form.is_valid():
        return render(request, "learn/publish_report.html", {"session": session, "form": form, "draft": draft})
    if request.method == "POST":
        edition = services.publish_edition(
            by=request.user, edition=draft, circulated=form.circulated, shown=form.cleaned_data["shown"],
            now=clock.now(), today=clock.today(),
        )  # fmt: skip
        messages.success(request, f"Edition {edition.number} is published and can no longer be changed.")
        return redirect("read_edition", code=edition.code)
    report = services.report_of(by=request.user, edition=draft, circulated=form.circulated, today=clock.today())
    shown = services.digest_of(services.content_of(report, circulated=form.circulated))
    context = {"session": session, "form": form, "draft": draft, "shown": shown} | as_page_context(report)
    return render(request, "learn/publish_report.html", context)


@page(may="read published reports")
def read_edition(request: PersonRequest, code: str) -> HttpResponse:
    """A published edition, as it was published."""
    edition = edition_or_none(request.user, code)
    if edition is None:
        raise Http404
    context = {"edition": edition} | as_page_context(as_published(edition))
    return render(request, "learn/read_edition.html", context)


@page(may="read published reports")
def download_edition(request: PersonRequest, code: str, form: str) -> HttpResponse:
    """A published edition as PDF or Word."""
    edition = edition_or_none(request.user, code)
    if edition is None or form not in FORMS:
        raise Http404
    report = as_published(edition)
    which = f"edition-{edition.number}"
    made = document(report, form, session=edition.session, which=which, colour=settings.SERVICE_COLOUR)
    services.note_download(by=request.user, thing=edition, form=form, now=clock.now())
    return HttpResponse(made.content, content_type=made.content_type, headers=made.headers)
