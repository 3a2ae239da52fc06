"""The pages that belong to no stage: what this is, how accessible it is, and the council's colour."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread.web.page import ANYONE, page


@page(may=ANYONE)
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html")


@page(may=ANYONE)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@page(may=ANYONE)
def look(request: HttpRequest) -> HttpResponse:
    """The council's colour as a stylesheet of its own: the policy allows no style written into a page."""
    sheet = f":root{{--service-colour:{settings.SERVICE_COLOUR}}}\n"
    return HttpResponse(sheet, content_type="text/css", headers={"Cache-Control": "public, max-age=300"})
