"""Evidence packs: asking for one, seeing how far it is, fetching it, what was masked, who is behind a pseudonym."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from goldenthread.learn.forms.packs import AuditPackForm, BehindForm, ClearForm, PackForm
from goldenthread.learn.packing.scope import title_of
from goldenthread.learn.queries import packs as queries
from goldenthread.learn.services import packs as services
from goldenthread.learn.services.packing import is_silent
from goldenthread.method.access import may
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.people.standing import standings
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page

MAKERS = "Evidence packs are made by the Quality Assurance Unit, directors and managers."


def _may_name(request: PersonRequest) -> bool:
    return may("make packs with names", standings(request.user))


@page(may="make evidence packs", methods=("GET", "POST"))
@once
def packs(request: PersonRequest) -> HttpResponse:
    """Her packs, and the form to ask for another."""
    if not queries.may_make_packs(request.user):
        raise Refused(MAKERS)
    form = PackForm(
        queries.years_to_pack(request.user), queries.teams_to_pack(request.user), may_name=_may_name(request),
        whole=queries.reads_everything(request.user),
        days=queries.days_of_team(request.user, clock.today()), data=request.POST if request.method == "POST" else None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            pack = services.ask_for_pack(by=request.user, now=clock.now(), **form.asked)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("open_pack", code=pack.code)
    rows = [(pack, title_of(pack)) for pack in queries.newest_packs(request.user)]
    return render(request, "learn/packs.html", {"form": form, "packs": rows})


@page(may="make evidence packs", methods=("GET", "POST"))
@once
def pack_audit(request: PersonRequest, code: str) -> HttpResponse:
    """Asking for a pack of one audit."""
    audit = found(queries.audit_to_pack(request.user, code) if queries.may_make_packs(request.user) else None)
    form = AuditPackForm(may_name=_may_name(request), data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            pack = services.ask_for_pack(
                by=request.user, scope="audit", audit=audit, now=clock.now(), **form.asked
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("open_pack", code=pack.code)
    return render(request, "learn/pack_audit.html", {"form": form, "audit": audit})


@page(may="make evidence packs")
def open_pack(request: PersonRequest, code: str) -> HttpResponse:
    """How far a pack is; once it is ready, what was left out and masked, and the file."""
    return render(request, "learn/open_pack.html", _shown(request, code))


def _shown(request: PersonRequest, code: str) -> dict[str, Any]:
    pack = found(queries.pack_or_none(request.user, code))
    return {
        "pack": pack,
        "title": title_of(pack),
        "silent": is_silent(pack, clock.now()),
        "days": settings.PACK_DAYS,
        "clear_form": ClearForm(pack.masked) if pack.masked and pack.state == "ready" else None,
        "behind_form": BehindForm() if pack.state == "ready" and not pack.named and _may_name(request) else None,
    }


@page(may="make evidence packs")
def pack_progress(request: PersonRequest, code: str) -> HttpResponse:
    """The same for the page's script: the state and how far it is."""
    pack = found(queries.pack_or_none(request.user, code))
    return JsonResponse({"state": pack.state, "done": pack.done, "total": pack.total})


@page(may="make evidence packs")
def download_pack(request: PersonRequest, code: str) -> HttpResponse:
    """The zip, for its maker."""
    pack = found(queries.pack_or_none(request.user, code))
    file = services.fetch_pack(by=request.user, pack=pack, now=clock.now())
    sent: Any = FileResponse(
        file.open("rb"), as_attachment=True, filename=f"evidence-pack-{pack.code}.zip", content_type="application/zip"
    )
    return sent


@page(may="make evidence packs", methods=("POST",))
@once
def clear_words(request: PersonRequest, code: str) -> HttpResponse:
    """The same pack again, with words that are no names as they were written."""
    context = _shown(request, code)
    pack = context["pack"]
    form = ClearForm(pack.masked, request.POST)
    if not form.is_valid():
        return render(request, "learn/open_pack.html", context | {"clear_form": form}, status=400)
    again = services.make_again(
        by=request.user, pack=pack, cleared=tuple(form.cleaned_data["cleared"]), now=clock.now()
    )
    messages.success(request, "The pack is made again with these words as they were written.")
    return redirect("open_pack", code=again.code)


@page(may="make evidence packs", methods=("POST",))
@once
def look_behind(request: PersonRequest, code: str) -> HttpResponse:
    """From a pseudonym to the audit, for a reason."""
    context = _shown(request, code)
    found(context["behind_form"])
    form = BehindForm(request.POST)
    if form.is_valid():
        try:
            audit = services.look_behind(by=request.user, pack=context["pack"], now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal, "pseudonym")
        else:
            return redirect("open_audit", code=audit.code)
    return render(request, "learn/open_pack.html", context | {"behind_form": form}, status=400)
