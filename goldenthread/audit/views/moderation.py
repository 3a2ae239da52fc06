"""Moderation: what waits, who moderates, grades given blind, both side by side, the grade of the audit itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldenthread.audit.forms import changes_in
from goldenthread.audit.forms.moderation import GradesForm, ModerationFilterForm, ModeratorForm, QualityForm
from goldenthread.audit.moderating import drawn_for_moderator, lacking, side_by_side, to_choose, trail_of
from goldenthread.audit.queries.moderation import (
    ModerationPage,
    OpenModeration,
    asked_of_moderator,
    moderators_grades,
    open_moderation_or_none,
    page_of_moderations,
    standing_grades,
)
from goldenthread.audit.queries.moderators import candidates_for
from goldenthread.audit.services import faults_by_question
from goldenthread.audit.services import moderation as services
from goldenthread.audit.services.seeing import see_moderation
from goldenthread.audit.views.parts import saved_json, settled
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.access import Is
from goldenthread.method.framework import Framework
from goldenthread.method.moderation import REASONS
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page
from goldenthread.web.spreadsheets import csv_file
from goldenthread.web.wording import plural

COLUMNS = ("Case", "Team", "Stage", "How far", "Moderator", "Due on", "Why moderated")
STATES = dict(ModerationFilterForm.STATES)
EVERY_LINE = 10_000  # of one export


def opened_or_404(request: PersonRequest, code: str) -> OpenModeration:
    """The moderation, if it is there and hers to see; what she sees of it is an event."""
    opened = found(open_moderation_or_none(request.user, code))
    if request.method != "POST":
        see_moderation(by=request.user, opened=opened, at=clock.now())
    return opened


@page(may="signed in")
def moderations(request: PersonRequest) -> HttpResponse:
    """What is moderated, the soonest due first: all for the unit and directors, one's own for everybody else."""
    framework, form, shown = _listed(request, request.GET.get("after", ""))
    kept = request.GET.copy()
    kept.pop("after", None)
    context = {
        "form": form, "page": shown, "stages": _stages(framework), "states": STATES, "reasons": REASONS,
        "framework": framework, "address": f"?{kept.urlencode()}&" if kept else "?", "query": kept.urlencode(),
        "narrowed": any(kept.values()),
    }  # fmt: skip
    return render(request, "audit/moderations.html", context)


@page(may="signed in")
def export_moderations(request: PersonRequest) -> HttpResponse:
    """The list as the page shows it, for a spreadsheet."""
    framework, _, shown = _listed(request, "", EVERY_LINE)
    stages = _stages(framework)
    rows = (
        (
            line.ref, line.team_name, stages.get(line.stage, line.stage), STATES[line.state], line.moderator,
            line.due_on.isoformat(), REASONS.get(line.reason, line.reason),
        )
        for line in shown.lines
    )  # fmt: skip
    return csv_file("moderation.csv", COLUMNS, rows)


def _listed(
    request: PersonRequest, after: str, most: int = 50
) -> tuple[Framework, ModerationFilterForm, ModerationPage]:  # fmt: skip
    today = clock.today()
    framework = framework_in_force(request.user.authority_id, today).parsed
    form = ModerationFilterForm(list(_stages(framework).items()), request.GET)
    return framework, form, page_of_moderations(request.user, form.narrowed(), today, after, most)


def _stages(framework: Framework) -> dict[str, str]:
    return {stage.key: stage.label for stage in framework.moderation} | {"challenge": "Challenge"}


@page(may="arrange moderation", methods=("POST",))
@once
def share_out_moderation(request: PersonRequest) -> HttpResponse:
    """Allot what waits for a moderator evenly among those who may."""
    number = services.share_out_moderation(by=request.user, now=clock.now())
    messages.success(request, f"{plural(number, 'audit')} allotted to moderators. Change any of them by hand.")
    return redirect("moderations")


@page(may="signed in")
def open_moderation(request: PersonRequest, code: str) -> HttpResponse:
    """One moderation: what is to do next, and to whom it is open both graders' grades side by side."""
    opened = opened_or_404(request, code)
    context: dict[str, Any] = {"opened": opened, "reasons": REASONS, "Is": Is}
    if opened.blind:
        return redirect("grade_blind", code=code)
    context |= {"sides": side_by_side(opened), "changes": trail_of(opened), "grade": opened.framework.grade}
    return render(request, "audit/moderation.html", context)


@page(may="arrange moderation", methods=("GET", "POST"))
@once
def allot_moderator(request: PersonRequest, code: str) -> HttpResponse:
    """Choose who moderates an audit; who may not is shown with the reason."""
    opened = opened_or_404(request, code)
    if opened.stage is None:
        raise Refused("A challenge is decided, not moderated.")
    fitting = candidates_for(opened, clock.today())
    proposed = next(iter(opened.moderators), None) or next(iter(fitting.people), None)
    form = ModeratorForm(fitting.choices, request.POST or None, initial={"moderator": str(proposed or "")})
    if request.method == "POST" and form.is_valid():
        moderator = fitting.people[int(form.cleaned_data["moderator"])]
        services.allot_moderator(by=request.user, found=opened, moderator=moderator, now=clock.now())
        messages.success(request, f"{opened.audit.ref} is allotted to {moderator.name}, who has been told.")
        return redirect("moderations")
    context = {"opened": opened, "form": form, "fitting": fitting}
    return render(request, "audit/moderation_allot.html", context)


@page(may="moderate an audit", methods=("GET", "POST"))
def grade_blind(request: PersonRequest, code: str) -> HttpResponse:
    """The moderator's own grades, without the auditor's: saved as typed, then given for good.

    What cannot be kept is shown again beside its sentence, so that no words are lost.
    """
    opened = opened_or_404(request, code)
    if not opened.blind:
        return redirect("open_moderation", code=code)
    if request.method != "POST":
        return _grading(request, opened, {})
    changes, now = changes_in(request.POST), clock.now()
    try:
        saved = services.save_grades(by=request.user, found=opened, changes=changes, now=now)
    except Refused as refusal:
        return _grading(request, opened, faults_by_question(opened, changes, refusal), kept=False)
    if any(each.clash for each in saved):
        return _grading(request, opened, {each.question: services.CLASH for each in saved if each.clash})
    if request.POST.get("then") != "submit":
        messages.success(request, "What you have written so far is kept. Nobody sees it before you submit it.")
        return redirect("grade_blind", code=code)
    if faults := lacking(asked_of_moderator(opened)):
        return _grading(request, opened, faults)
    return _grades_given(request, opened)


def _grading(
    request: PersonRequest, opened: OpenModeration, faults: Mapping[str, str], *, kept: bool = True
) -> HttpResponse:
    """The form as it stands, with these faults. `kept`: all that was sent is in the database, whatever is lacking."""
    settle = reverse("settle_grade", args=[opened.moderation.code])
    typed = {} if kept else request.POST
    sections = drawn_for_moderator(opened, settle, typed, faults)
    links = [{"text": said, "href": f"#q-{name}" if name else ""} for name, said in faults.items()]
    context = {"opened": opened, "sections": sections, "faults": links, "kept": kept}
    return render(request, "audit/moderation_grade.html", context, status=409 if faults else 200)


def _grades_given(request: PersonRequest, opened: OpenModeration) -> HttpResponse:
    given = services.submit_grades(by=request.user, found=opened, changes=[], now=clock.now())
    if given.state == "agreed":
        messages.success(request, "You gave the same grades as the auditor, so they are agreed.")
    else:
        messages.success(request, "Your grades are submitted. Now you see both: agree on each that differs.")
    return redirect("open_moderation", code=given.code)


@page(may="moderate an audit", methods=("POST",))
def save_grades(request: PersonRequest, code: str) -> HttpResponse:
    """The same save for the page's script."""
    return saved_json(request, _being_graded(request, code))


@page(may="moderate an audit", methods=("POST",))
def settle_grade(request: PersonRequest, code: str) -> HttpResponse:
    """Choose between what she wrote in two windows; whatever else stood in the form is saved first."""
    settled(request, _being_graded(request, code))
    return redirect("grade_blind", code=code)


def _being_graded(request: PersonRequest, code: str) -> OpenModeration:
    """The moderation, if she grades it blind; what she sends that is no question of hers is refused."""
    opened = opened_or_404(request, code)
    if not opened.blind:
        raise Http404
    services.asked_only(opened, changes_in(request.POST))
    return opened


@page(may="signed in", methods=("GET", "POST"))
@once
def agree_grades(request: PersonRequest, code: str) -> HttpResponse:
    """The grades that differ side by side, and which of them stands from now on, with the reason for each change."""
    opened = opened_or_404(request, code)
    if opened.blind or not opened.standings & {Is.MODERATOR, Is.QUALITY_ASSURANCE}:
        raise Refused("The grades are agreed by the moderator or the Quality Assurance Unit.")
    standing, theirs = standing_grades(opened.audit), moderators_grades(opened)
    sections = to_choose(opened, standing, theirs)
    start = None if theirs else GradesForm.filled([name for name, _ in sections], standing)
    why = "Why, where it differs from the auditor’s?"
    form = GradesForm(sections, opened.framework, request.POST or None, initial=start, why=why)
    if request.method == "POST" and form.is_valid():
        try:
            services.agree_grades(by=request.user, found=opened, agreed=form.given, now=clock.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "The grades are agreed. The auditor has been told.")
            return redirect("open_moderation", code=code)
    context = {"opened": opened, "form": form, "standing": standing, "theirs": theirs, "grade": opened.framework.grade}
    return render(request, "audit/moderation_agree.html", context, status=400 if form.errors else 200)


@page(may="moderate an audit", methods=("GET", "POST"))
@once
def grade_the_audit(request: PersonRequest, code: str) -> HttpResponse:
    """How well the audit itself was done, and why."""
    opened = opened_or_404(request, code)
    if opened.blind or Is.MODERATOR not in opened.standings:
        raise Refused("How well the audit was done is said by its moderator, once she has given her grades.")
    row = opened.moderation
    form = QualityForm(
        opened.framework, request.POST or None, initial={"quality": row.quality, "because": row.quality_because}
    )
    if request.method == "POST" and form.is_valid():
        services.grade_the_audit(by=request.user, found=opened, now=clock.now(), **form.cleaned_data)
        messages.success(request, "Kept. The auditor and the Quality Assurance Unit read it.")
        return redirect("open_moderation", code=code)
    return render(request, "audit/moderation_quality.html", {"opened": opened, "form": form})
