"""Reading a published edition and taking it along."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from goldenthread.learn import services
from goldenthread.learn.documents import document, forms_of
from goldenthread.learn.queries.editions import edition_or_none
from goldenthread.learn.rendering.page import as_page_context
from goldenthread.learn.showing import as_published
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import found, page


@page(may="read published reports")
def read_edition(request: PersonRequest, code: str) -> HttpResponse:
    """A published edition, as it was published."""
    edition = found(edition_or_none(request.user, code))
    context = {"edition": edition, "forms": forms_of(edition.report)} | as_page_context(as_published(edition))
    return render(request, "learn/read_edition.html", context)


@page(may="read published reports")
def download_edition(request: PersonRequest, code: str, form: str) -> HttpResponse:
    """A published edition as a file."""
    edition = found(edition_or_none(request.user, code))
    found(forms_of(edition.report).get(form))
    made = document(
        as_published(edition), form, kind=edition.report, subject=services.subject_of(edition),
        which=f"edition-{edition.number}", colour=settings.SERVICE_COLOUR,
    )  # fmt: skip
    services.note_download(by=request.user, thing=edition, form=form, now=clock.now())
    return HttpResponse(made.content, content_type=made.content_type, headers=made.headers)
