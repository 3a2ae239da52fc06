"""Writing a report: the unit's words beside each part, and a look at it as it will be."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.learn import services
from goldenthread.learn.documents import document, forms_of
from goldenthread.learn.forms.words import WordsForm
from goldenthread.learn.queries.editions import draft_of, editions_to_compare, last_edition_of
from goldenthread.learn.readers import WORDS
from goldenthread.learn.rendering.page import as_page_context
from goldenthread.learn.reports import Kind, kind_or_none
from goldenthread.learn.showing import drafted, parts_to_write
from goldenthread.learn.subjects import Subject
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


def asked_for(request: PersonRequest, report: str, subject: str) -> tuple[Kind, Subject]:
    """The kind of report and what it is of; not found where there is none, refused while she grades a file blind."""
    kind = found(kind_or_none(report))
    of = found(kind.subject(request.user.authority, subject))
    services.seeing(request.user, of)
    return kind, of


@page(may="write reports", methods=("GET", "POST"))
@once
def write_report(request: PersonRequest, report: str, subject: str) -> HttpResponse:
    """The drafted figures and sentences, with room for the unit's words beside each part."""
    kind, of = asked_for(request, report, subject)
    draft = draft_of(report, of)
    before = draft or last_edition_of(report, of)
    drafts = parts_to_write(kind, of, clock.today())
    form = WordsForm(kind.parts, before.words if before else {}, draft.version if draft else 1, request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = services.draft_edition(by=request.user, report=report, subject=of, now=clock.now())
        try:
            services.save_words(
                by=request.user, edition=draft, words=form.words, seen_version=form.cleaned_data["seen"],
                now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form = form.beside(draft.words, draft.version, str(refusal))
        else:
            messages.success(request, "Your words are saved. Look at the report as it will be, then publish it.")
            then = "preview_report" if request.POST.get("then") == "preview" else "write_report"
            return redirect(then, report=report, subject=subject)
    context = {"kind": kind, "subject": of, "draft": draft, "form": form} | drafts
    return render(request, "learn/write_report.html", context, status=409 if form.theirs else 200)


@page(may="write reports", methods=("POST",))
def save_report(request: PersonRequest, report: str, subject: str) -> HttpResponse:
    """The same save for the page's script, as the words are typed: the version kept, or why they are not."""
    kind, of = asked_for(request, report, subject)
    form = WordsForm(kind.parts, {}, 1, request.POST)
    if not form.is_valid():
        return JsonResponse({"sentences": [fault for faults in form.errors.values() for fault in faults]}, status=400)
    try:
        draft = services.draft_edition(by=request.user, report=report, subject=of, now=clock.now())
        kept = services.save_words(
            by=request.user, edition=draft, words=form.words, seen_version=form.cleaned_data["seen"], now=clock.now()
        )
    except Refused as refusal:
        return JsonResponse({"sentences": refusal.sentences}, status=409)
    return JsonResponse({"version": kept.version})


@page(may="write reports")
def preview_report(request: PersonRequest, report: str, subject: str) -> HttpResponse:
    """The draft as a page, as each of those who may be its readers would have it."""
    kind, of = asked_for(request, report, subject)
    readers = _readers(request, kind, of)
    draft = draft_of(report, of)
    here = reverse("preview_report", args=[report, subject])
    shown = drafted(kind, of, clock.today(), readers=readers, edition=draft)
    ways = [(WORDS[each], f"{here}?readers={each}", each == readers) for each in reversed(kind.readers(of))]
    context = {
        "kind": kind, "subject": of, "readers": readers, "ways": ways, "forms": forms_of(report), "draft": draft,
        "earlier": editions_to_compare(request.user, report, of),
    }  # fmt: skip
    return render(request, "learn/preview_report.html", context | as_page_context(shown))


@page(may="write reports")
def download_preview(request: PersonRequest, report: str, subject: str, form: str) -> HttpResponse:
    """The draft as a file."""
    kind, of = asked_for(request, report, subject)
    found(forms_of(report).get(form))
    draft = draft_of(report, of)
    shown = drafted(kind, of, clock.today(), readers=_readers(request, kind, of), edition=draft)
    made = document(shown, form, kind=report, subject=of, which="draft", colour=settings.SERVICE_COLOUR)
    thing = draft or of.session or of.audit or of.team or of.authority
    services.note_download(by=request.user, thing=thing, form=form, now=clock.now())
    return HttpResponse(made.content, content_type=made.content_type, headers=made.headers)


@page(may="write reports")
def write_session_report(request: PersonRequest, code: str) -> HttpResponse:
    """Where a session's report was written before every kind had an address of the same form."""
    return redirect("write_report", report="session", subject=f"session:{code}")


def _readers(request: PersonRequest, kind: Kind, of: Subject) -> str:
    """Whose view of the draft is asked for: the narrowest circle of readers where nothing is said."""
    allowed = kind.readers(of)
    asked = request.GET.get("readers", "")
    return asked if asked in allowed else allowed[-1]
