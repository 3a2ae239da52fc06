"""The parts of an audit beside the auditors': written on one page, saved as typed, submitted, read; and agreeing."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from markupsafe import Markup

from goldenthread.audit import services
from goldenthread.audit.drawing import drawn
from goldenthread.audit.forms import changes_in, choice_in
from goldenthread.audit.forms.parts import AgreeForm
from goldenthread.audit.queries import written_in
from goldenthread.audit.queries.agreeing import agreement_or_none
from goldenthread.audit.queries.opened import Opened
from goldenthread.audit.queries.parts import BESIDE, OpenPart, open_part_or_none, panel_of
from goldenthread.audit.services.answers import Saved
from goldenthread.audit.showing import asked_in, findings_in, still_missing, whole
from goldenthread.method.access import Is
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page

FOR_WHOM = {
    "practitioner": "What you know of this child and of the work is asked for before the file is audited. The "
    "auditors read it once you submit it, and so does the Quality Assurance Unit.",
    "family": "What the child and the family said, in their own words where you can. Write it if you spoke to them: "
    "your name is kept with it. The practitioner reads it once the audit is returned.",
    "discussion": "What the group said of this file: what it saw differently, and what it learnt. The auditors, the "
    "Quality Assurance Unit and the directors read it once it is submitted.",
    "reply": "What you think of the audit: what is right, what it missed, and what you take from it. Your managers, "
    "the auditors and the Quality Assurance Unit read it once you submit it.",
}


@dataclass(frozen=True, slots=True)
class Place:
    """The page on which a part is written, and the addresses it sends to. `submit` is where it is checked first."""

    title: str
    said: str
    save: str
    settle: str
    submit: str
    back: tuple[str, str]  # words and address


def writing_page(
    request: PersonRequest, opened: Opened, place: Place, faults: dict[str, str] | None = None
) -> HttpResponse:
    """A part with all its sections on one page, saved as typed. With `faults`, what was typed stays on the page."""
    written = written_in(opened.part)
    asked = [
        (section, asked_in(opened, written, section.name, typed=request.POST, faults=faults))
        for section, _ in whole(opened, written)
    ]
    digest = opened.template.digest
    sections = [(section, Markup().join(drawn(each, digest, place.settle) for each in all_)) for section, all_ in asked]
    context = {"opened": opened, "place": place, "sections": sections, "faults": faults or {}}
    return render(request, "audit/part.html", context, status=400 if faults else 200)


def saved_json(request: PersonRequest, opened: Opened) -> JsonResponse:
    """Keep what the page's script sent: what was kept, at which version, and what somebody else wrote meanwhile."""
    changes = changes_in(request.POST)
    try:
        saved = services.save_answers(by=request.user, opened=opened, changes=changes, now=clock.now())
    except Refused as refusal:
        faults = services.faults_by_question(opened, changes, refusal)
        return JsonResponse({"sentences": refusal.sentences, "faults": faults}, status=409)
    return JsonResponse({"saved": [_told(each) for each in saved], "at": clock.now().isoformat()})


def _told(saved: Saved) -> dict[str, object]:
    return {
        "question": saved.question, "version": saved.version, "clash": saved.clash, "theirs": saved.theirs,
        "by": saved.by,
    }  # fmt: skip


def settled(request: PersonRequest, opened: Opened) -> None:
    """Choose between two people's answers to one question; whatever else stood in the form is saved first."""
    choice = choice_in(request.POST)
    others = [change for change in changes_in(request.POST) if change.question != choice.question]
    if others:
        services.save_answers(by=request.user, opened=opened, changes=others, now=clock.now())
    services.settle(
        by=request.user, opened=opened, question=choice.question, keep=choice.keep, seen=choice.seen, now=clock.now()
    )
    messages.success(request, "That answer is settled.")


# --- a part beside the auditors' --------------------------------------------------------------------------


def _opened(request: PersonRequest, code: str, kind: str) -> OpenPart:
    if kind not in BESIDE:
        raise Http404
    return found(open_part_or_none(request.user, code, kind))


def _back(opened: OpenPart) -> tuple[str, str]:
    """Whence somebody comes to a part: its auditors from the audit, everybody else from her work."""
    if opened.standings & {Is.AUDITOR, Is.CO_AUDITOR}:
        return "Back to the audit", reverse("open_audit", args=[opened.audit.code])
    return "Your work", reverse("your_work")


def _place(opened: OpenPart) -> Place:
    at = [opened.audit.code, opened.part.kind]
    return Place(
        title=opened.label, said=FOR_WHOM[opened.part.kind], save=reverse("save_part", args=at),
        settle=reverse("settle_part", args=at), submit=reverse("submit_part", args=at), back=_back(opened),
    )  # fmt: skip


@page(may="signed in", methods=("GET", "POST"))
def write_part(request: PersonRequest, code: str, kind: str) -> HttpResponse:
    """One part of an audit, on one page: the practitioner's own view, the family's words, the discussion, the reply.

    What is sent when it can no longer be written in is refused on this page, so that no words are lost.
    """
    opened = _opened(request, code, kind)
    if request.method != "POST":
        if not opened.may_write:
            return redirect("read_part", code=code, kind=kind)
        services.see_part(by=request.user, opened=opened, at=clock.now())
        return writing_page(request, opened, _place(opened))
    changes = changes_in(request.POST)
    try:
        saved = services.save_answers(by=request.user, opened=opened, changes=changes, now=clock.now())
    except Refused as refusal:
        return writing_page(request, opened, _place(opened), services.faults_by_question(opened, changes, refusal))
    if request.POST.get("then") == "submit" and not any(each.clash for each in saved):
        return redirect("submit_part", code=code, kind=kind)
    messages.success(request, "Saved. It is not submitted yet: you find it again in Your work.")
    return redirect("write_part", code=code, kind=kind)


@page(may="signed in", methods=("POST",))
def save_part(request: PersonRequest, code: str, kind: str) -> HttpResponse:
    """The same save for the page's script."""
    return saved_json(request, _opened(request, code, kind))


@page(may="signed in", methods=("POST",))
def settle_part(request: PersonRequest, code: str, kind: str) -> HttpResponse:
    """Choose between two people's answers to one question of a part."""
    settled(request, _opened(request, code, kind))
    return redirect("write_part", code=code, kind=kind)


@page(may="signed in", methods=("GET", "POST"))
def submit_part(request: PersonRequest, code: str, kind: str) -> HttpResponse:
    """The part as it will be read, and what is missing; then its submission, which freezes it. Twice is once."""
    opened = _opened(request, code, kind)
    if request.method == "POST":
        if (changes := changes_in(request.POST)) or not opened.part.frozen:
            services.submit_part(by=request.user, opened=opened, changes=changes, now=clock.now())
            messages.success(request, "It is submitted, and can no longer be changed. Thank you.")
        return redirect("read_part", code=code, kind=kind)
    if not opened.may_write:
        return redirect("read_part", code=code, kind=kind)
    written = written_in(opened.part)
    services.see_part(by=request.user, opened=opened, at=clock.now())
    context = {
        "opened": opened, "place": _place(opened), "sections": whole(opened, written),
        "missing": still_missing(opened, written), "empty": not any(written.values.values()),
        "clashes": [opened.template.questions[name] for name, held in written.answers.items() if held.rivals],
    }  # fmt: skip
    return render(request, "audit/part_submit.html", context)


@page(may="signed in")
def read_part(request: PersonRequest, code: str, kind: str) -> HttpResponse:
    """A part as it stands, for those who see it: the auditors' too, where two audit a file apart."""
    opened = found(open_part_or_none(request.user, code, kind))
    written = written_in(opened.part)
    services.see_part(by=request.user, opened=opened, at=clock.now())
    context = {
        "opened": opened, "sections": whole(opened, written), "findings": findings_in(opened, written),
        "written": written, "back": _back(opened),
    }  # fmt: skip
    return render(request, "audit/part_read.html", context)


# --- two auditors ------------------------------------------------------------------------------------------


@page(may="read an audit", methods=("GET", "POST"))
@once
def agree_parts(request: PersonRequest, code: str) -> HttpResponse:
    """Both auditors' grades side by side; the grade they agree on, section by section, submits the audit."""
    agreement = found(agreement_or_none(request.user, code))
    form = AgreeForm(agreement, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.agree(by=request.user, agreement=agreement, agreed=form.agreed(), now=clock.now())
        messages.success(request, "The audit is submitted with the grades you agreed on. Both your parts are kept.")
        return redirect("read_audit", code=code)
    if request.method != "POST":
        services.see_agreement(by=request.user, agreement=agreement, at=clock.now())
    return render(request, "audit/part_agree.html", {"agreement": agreement, "form": form})


def parts_panel(request: PersonRequest, opened: Opened) -> dict[str, object]:
    """What the page of an audit says of its parts, for `audit/parts_panel.html`; one statement."""
    return {"parts": panel_of(request.user, opened.audit, opened.part, clock.today())}
