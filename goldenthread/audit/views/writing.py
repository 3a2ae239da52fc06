"""Writing an audit: the section list, one section a page, saved as typed, submitted when it is whole."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from markupsafe import Markup

from goldenthread.audit import services
from goldenthread.audit.drawing import drawn
from goldenthread.audit.forms import changes_in, choice_in
from goldenthread.audit.queries import NOTHING_WRITTEN, OpenAudit, open_audit_or_none, written_in
from goldenthread.audit.queries.chosen import how_it_was_chosen
from goldenthread.audit.queries.suggested import suggestions
from goldenthread.audit.services.answers import Saved
from goldenthread.audit.showing import asked_in, findings_in, neighbours, outline, still_missing
from goldenthread.audit.views.parts import parts_panel
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.page import page


def opened_or_404(request: PersonRequest, code: str, *, saving: bool = False) -> OpenAudit:
    """The audit, if it is there and this person's to see; else the same "not found" for both."""
    opened = open_audit_or_none(request.user, code, saving=saving)
    if opened is None:
        raise Http404
    return opened


@page(may="read an audit")
def open_audit(request: PersonRequest, code: str) -> HttpResponse:
    """The file's facts, its sections with progress, its findings, and what is left to do."""
    opened = opened_or_404(request, code)
    if not opened.may_write and not opened.why_not:
        return redirect("read_audit", code=code)
    written = written_in(opened.part)
    services.see(by=request.user, opened=opened, at=clock.now())
    findings = [] if opened.why_not else findings_in(opened, written)
    context = {"opened": opened, "sections": outline(opened, written), "findings": findings}
    context["suggested"] = suggestions(opened, written)
    context["chosen"] = how_it_was_chosen(opened.audit, opened.framework)
    context |= parts_panel(request, opened)
    return render(request, "audit/open_audit.html", context)


@page(may="read an audit", methods=("GET", "POST"))
def answer_section(request: PersonRequest, code: str, section: str) -> HttpResponse:
    """One section of the form. Sending it saves it and goes on to the next; with JavaScript it is saved as typed.

    What is sent when the audit can no longer be written in is refused on this page, so that no words are lost.
    """
    opened = opened_or_404(request, code, saving=request.method == "POST")
    if request.method != "POST" and not opened.may_write:
        return redirect("open_audit", code=code)
    faults: dict[str, str] = {}
    if request.method == "POST":
        try:
            saved = services.save_answers(
                by=request.user, opened=opened, changes=changes_in(request.POST), now=clock.now()
            )
        except Refused as refusal:
            faults = services.faults_by_question(opened, changes_in(request.POST), refusal)
        else:
            return _after(request, opened, section, saved)
    return _section_page(request, opened, section, faults)


def _section_page(request: PersonRequest, opened: OpenAudit, section: str, faults: dict[str, str]) -> HttpResponse:
    written = written_in(opened.part)
    if request.method != "POST":
        services.see(by=request.user, opened=opened, at=clock.now())
    sections = outline(opened, written)
    current = next((each for each in sections if each.name == section), None)
    if current is None:
        raise Http404
    asked = asked_in(opened, written, section, typed=request.POST, faults=faults)
    settling = reverse("settle", args=[opened.audit.code])
    context = {
        "opened": opened,
        "sections": sections,
        "current": current,
        "questions": Markup().join(drawn(each, opened.template.digest, settling) for each in asked),
        "findings": findings_in(opened, written, section),
        "before_and_after": neighbours(sections, section),
        "faults": faults,
    }
    return render(request, "audit/answer_section.html", context, status=400 if faults else 200)


def _after(request: PersonRequest, opened: OpenAudit, section: str, saved: Iterable[Saved]) -> HttpResponse:
    """On to the next section; back to the list after the last; here again when two answers differ."""
    code = opened.audit.code
    if any(each.clash for each in saved):
        return redirect("answer_section", code=code, section=section)
    _, following = neighbours(outline(opened, NOTHING_WRITTEN), section)
    if following is None or request.POST.get("then") == "list":
        return redirect("open_audit", code=code)
    return redirect("answer_section", code=code, section=following.name)


@page(may="read an audit", methods=("POST",))
def save_answers(request: PersonRequest, code: str) -> HttpResponse:
    """The same save for the page's script: what was kept, at which version, and what somebody else wrote meanwhile."""
    opened = opened_or_404(request, code, saving=True)
    changes = changes_in(request.POST)
    try:
        saved = services.save_answers(by=request.user, opened=opened, changes=changes, now=clock.now())
    except Refused as refusal:
        faults = services.faults_by_question(opened, changes, refusal)
        return JsonResponse({"sentences": refusal.sentences, "faults": faults}, status=409)
    kept = [
        {"question": s.question, "version": s.version, "clash": s.clash, "theirs": s.theirs, "by": s.by} for s in saved
    ]
    return JsonResponse({"saved": kept, "at": clock.now().isoformat()})


@page(may="read an audit", methods=("POST",))
def settle(request: PersonRequest, code: str) -> HttpResponse:
    """Choose between two people's answers to one question; whatever else stood in the form is saved first."""
    opened = opened_or_404(request, code)
    choice = choice_in(request.POST)
    others = [change for change in changes_in(request.POST) if change.question != choice.question]
    if others:
        services.save_answers(by=request.user, opened=opened, changes=others, now=clock.now())
    services.settle(
        by=request.user, opened=opened, question=choice.question, keep=choice.keep, seen=choice.seen, now=clock.now()
    )
    section = opened.template.questions[choice.question].section
    messages.success(request, "That answer is settled.")
    return redirect("answer_section", code=code, section=section)


@page(may="read an audit", methods=("GET", "POST"))
def submit_audit(request: PersonRequest, code: str) -> HttpResponse:
    """What is still missing, with links; then the submission, which freezes the audit. Sent twice, it is done once."""
    opened = opened_or_404(request, code)
    if request.method == "POST":
        if (changes := changes_in(request.POST)) or not opened.part.frozen:
            services.submit(by=request.user, opened=opened, changes=changes, now=clock.now())
        return redirect("read_audit", code=code)
    if not opened.may_write:
        return redirect("open_audit", code=code)
    written = written_in(opened.part)
    services.see(by=request.user, opened=opened, at=clock.now())
    context = {
        "opened": opened,
        "sections": outline(opened, written),
        "missing": still_missing(opened, written),
        "clashes": [question for question, answer in written.answers.items() if answer.rivals],
        "findings": findings_in(opened, written),
        "suggested": suggestions(opened, written),
    }
    return render(request, "audit/submit_audit.html", context)
