"""A template on its way in: checked, seen as its auditors will see it, held against the one in use, then adopted.

Until it is adopted nothing is kept: the checked rows go along with the page, signed. These pages stand in Settings, and
are of this stage because they show its form and ask what past audits answered.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.audit.forms.instruments import ExampleForm, KeepForm, TemplateForm
from goldenthread.audit.previewing import previewed
from goldenthread.audit.queries.instruments import audits_that_answered
from goldenthread.framework.drafts import Draft, sealed, unsealed
from goldenthread.framework.queries import framework_or_none_on, newest_template, template_or_none
from goldenthread.framework.services import adopt_template as adopt
from goldenthread.framework.showing import Change, changes_shown, faults_found
from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.method.template import Template, compare, template_from_source
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


@page(may="see the settings", methods=("GET", "POST"))
def adopt_template(request: PersonRequest) -> HttpResponse:
    """Choose a workbook; every fault is shown by sheet, row and column, else the preview. Nothing is kept yet."""
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["file"]
        template = template_from_source(source)
        used = newest_template(request.user.authority_id, template.key)
        try:
            return _preview(request, Draft(source, form.name, used.pk if used else 0), template)
        except Refused as refusal:
            form.refuse(refusal, "file")
    faults = faults_found(form.name, form.found) if len(form.found) > 1 else []
    context = {"form": form, "faults": faults, "name": form.name}
    return render(request, "audit/adopt_template.html", context, status=400 if form.errors else 200)


@page(may="see the settings", methods=("GET", "POST"))
def preview_template(request: PersonRequest) -> HttpResponse:
    """The same preview, for another example child."""
    if request.method != "POST":
        return redirect("adopt_template")
    draft = unsealed(request.user, request.POST.get("draft", ""))
    return _preview(request, draft, template_from_source(draft.source))


@page(may="see the settings", methods=("GET", "POST"))
@once
def keep_template(request: PersonRequest) -> HttpResponse:
    """Adopt what was previewed, once it is confirmed. Refused where another version was adopted meanwhile."""
    if request.method != "POST":
        return redirect("adopt_template")
    draft = unsealed(request.user, request.POST.get("draft", ""))
    template = template_from_source(draft.source)
    change = _change(request, template)
    form = KeepForm(bool(change.dropped), request.POST)
    if change.used_pk != draft.against:
        form.add_error(None, "Another version was adopted since. Look through what changes against that one, below.")
    if form.is_valid():
        try:
            version = adopt(by=request.user, source=draft.source, now=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            also = f" {change.proposed}" if change.proposed else ""
            messages.success(request, f"{version} is adopted. Audits allotted from now on use it.{also}")
            return redirect("open_template", version=version.pk)
    return _preview(request, Draft(draft.source, draft.name, change.used_pk), template, form)


@page(may="see the settings")
def see_template(request: PersonRequest, version: int) -> HttpResponse:
    """An adopted version as its auditors see it, for an example child."""
    this = found(template_or_none(request.user.authority_id, version))
    example = ExampleForm(this.parsed, _rules(request), request.GET or None)
    context = {"version": this, "example": example, "sections": previewed(this.parsed, example.facts)}
    return render(request, "audit/see_template.html", context)


@dataclass(frozen=True, slots=True)
class _Changing:
    """What adopting a template changes: the version in use and what becomes of its questions.

    `dropped`: (question, how many past audits answered it) for those no longer asked; `proposed`: what comes next.
    """

    used_pk: int
    version: int
    changes: list[Change]
    dropped: list[tuple[str, int]]
    kept: int
    proposed: str


def _change(request: PersonRequest, template: Template) -> _Changing:
    used = newest_template(request.user.authority_id, template.key)
    if used is None:
        return _Changing(0, 0, [], [], 0, "")
    comparison = compare(used.parsed, template)
    gone = {each.older.name: each.older.label for each in comparison.questions if each.older and not each.newer}
    answered = audits_that_answered(request.user.authority_id, template.key, gone) if gone else {}
    renamed = any(each.suggested for each in comparison.questions)
    return _Changing(
        used.pk, used.version, changes_shown(comparison), [(gone[name], audits) for name, audits in answered.items()],
        len(comparison.questions) - len(comparison.changed),
        "Next, say which earlier questions the new ones go on from." if renamed else "",
    )  # fmt: skip


def _preview(request: PersonRequest, draft: Draft, template: Template, form: KeepForm | None = None) -> HttpResponse:
    change = _change(request, template)
    sealed_draft = sealed(request.user, draft)
    asked = "see" in request.POST
    example = ExampleForm(template, _rules(request), request.POST if asked else None)
    context = {
        "template": template,
        "name": draft.name,
        "draft": sealed_draft,
        "change": change,
        "form": form or KeepForm(bool(change.dropped), None),
        "example": example,
        "sections": previewed(template, example.facts),
    }
    return render(request, "audit/preview_template.html", context, status=400 if form and form.errors else 200)


def _rules(request: PersonRequest) -> Framework | None:
    version = framework_or_none_on(request.user.authority_id, clock.today())
    return version.parsed if version else None
