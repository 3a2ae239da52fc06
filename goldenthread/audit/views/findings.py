"""Findings of an audit: add, change, remove, bring back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.audit import services
from goldenthread.audit.forms import FindingForm
from goldenthread.audit.queries import OpenAudit, finding_or_none, written_in
from goldenthread.audit.queries.suggested import Suggestion, suggestions
from goldenthread.audit.queries.themes import SuggestedTheme, themes_offered, themes_suggested
from goldenthread.audit.views.writing import opened_or_404
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import page

OVERTAKEN = (
    "Somebody changed or removed this finding meanwhile. Nothing is lost: yours is kept as a finding of its own."
)


@page(may="read an audit", methods=("GET", "POST"))
@once
def add_finding(request: PersonRequest, code: str, section: str) -> HttpResponse:
    """Something good, or something to put right, in this section."""
    opened = opened_or_404(request, code)
    if not opened.may_write:
        return redirect("open_audit", code=code)
    if section not in {each.name for each in opened.template.sections}:
        raise Http404
    suggested = _suggested(request, opened, section)
    initial = FindingForm.initial_suggested(suggested) if suggested else None
    form, saving = _form(request, opened, initial or {})
    back = BACK.get(request.GET.get("back", ""))
    if saving and form.is_valid():
        services.note_finding(
            by=request.user, opened=opened, said=form.said(section), now=clock.now(),
            suggested=suggested.question.name if suggested else "",
        )  # fmt: skip
        messages.success(request, "The finding is kept.")
        return redirect(back, code=code) if back else redirect("answer_section", code=code, section=section)
    if request.method != "POST":
        services.see(by=request.user, opened=opened, at=clock.now())
    context = {"opened": opened, "form": form, "section": section, "finding": None, "suggested": suggested}
    context["back"] = reverse(back, args=[code]) if back else ""
    context["themes_suggested"] = _themes_suggested(request, opened, form)
    return render(request, "audit/finding.html", context)


def _form(request: PersonRequest, opened: OpenAudit, initial: dict[str, Any]) -> tuple[FindingForm, bool]:
    """The form, and whether it was sent to be kept: "suggest" asks for themes, "take" takes one up, and neither saves.

    Whatever was typed stands again then, and nothing of it is called a fault yet.
    """
    themes = themes_offered(opened.audit.authority_id, initial.get("theme", ""))
    taken = request.POST.get("take", "")
    if "suggest" not in request.POST and not taken:
        return FindingForm(opened.framework, request.POST or None, initial=initial, themes=themes), bool(request.POST)
    typed = {name: request.POST[name] for name in FindingForm.base_fields if name in request.POST}
    again = FindingForm(opened.framework, initial=initial | typed | ({"theme": taken} if taken else {}), themes=themes)
    return again, False


def _themes_suggested(request: PersonRequest, opened: OpenAudit, form: FindingForm) -> list[SuggestedTheme] | None:
    """Themes for what is written, where they were asked for or the theme is still to be chosen; None: not asked."""
    text, theme = str(form["text"].value() or "").strip(), form["theme"].value()
    if not text or (theme and "suggest" not in request.POST):
        return None
    offered = {key for key, _ in form.fields["theme"].choices}  # type: ignore[attr-defined]
    return [each for each in themes_suggested(opened.audit.authority_id, text) if each.key in offered]


@page(may="read an audit", methods=("POST",))
def suggest_themes(request: PersonRequest, code: str) -> HttpResponse:
    """The same for the page's script, while a finding is being written: nothing is kept."""
    opened = opened_or_404(request, code)
    if not opened.may_write:
        raise Http404
    found = themes_suggested(opened.audit.authority_id, request.POST.get("text", "")[:LONGEST_TEXT])
    return JsonResponse({"suggested": [asdict(each) for each in found]})


LONGEST_TEXT = 4000  # of a finding

BACK = {"list": "open_audit", "submit": "submit_audit"}  # whence a suggestion was taken up


def _suggested(request: PersonRequest, opened: OpenAudit, section: str) -> Suggestion | None:
    """The suggestion that the address names, while nobody has taken it up."""
    name = request.GET.get("suggested", "")
    found = suggestions(opened, written_in(opened.part)) if name else []
    return next((each for each in found if (each.question.name, each.section.name) == (name, section)), None)


@page(may="read an audit", methods=("GET", "POST"))
@once
def change_finding(request: PersonRequest, code: str, finding: str) -> HttpResponse:
    """Change a finding; if somebody changed it meanwhile, both are kept."""
    opened = opened_or_404(request, code)
    found = finding_or_none(opened.part, finding)
    if found is None and request.method == "POST":
        found = finding_or_none(opened.part, finding, removed=True)  # taken out while she was writing
    if found is None or not opened.may_write:
        raise Http404
    form, saving = _form(request, opened, FindingForm.initial_of(found))
    if saving and form.is_valid():
        kept = services.change_finding(
            by=request.user, opened=opened, finding=found, said=form.said(found.section),
            seen=form.cleaned_data["seen"], now=clock.now(),
        )  # fmt: skip
        both = kept.pk != found.pk
        messages.success(request, OVERTAKEN if both else "The finding is changed.")
        return redirect("answer_section", code=code, section=found.section)
    if request.method != "POST":
        services.see(by=request.user, opened=opened, at=clock.now())
    context = {
        "opened": opened,
        "form": form,
        "section": found.section,
        "finding": found,
        "suggested": None,
        "back": "",
        "themes_suggested": _themes_suggested(request, opened, form),
    }
    return render(request, "audit/finding.html", context)


@page(may="read an audit", methods=("POST",))
@once
def remove_finding(request: PersonRequest, code: str, finding: str) -> HttpResponse:
    """Take a finding out; the message that says so has the way back."""
    opened = opened_or_404(request, code)
    found = finding_or_none(opened.part, finding)
    if found is None:
        raise Http404
    services.remove_finding(by=request.user, opened=opened, finding=found, now=clock.now())
    messages.success(
        request, "The finding is removed. It is listed under “Removed findings”, where it can be brought back."
    )
    return redirect("open_audit", code=code)


@page(may="read an audit", methods=("POST",))
@once
def restore_finding(request: PersonRequest, code: str, finding: str) -> HttpResponse:
    """Bring a removed finding back."""
    opened = opened_or_404(request, code)
    found = finding_or_none(opened.part, finding, removed=True)
    if found is None:
        raise Http404
    services.restore_finding(by=request.user, opened=opened, finding=found, now=clock.now())
    messages.success(request, "The finding is back.")
    return redirect("answer_section", code=code, section=found.section)
