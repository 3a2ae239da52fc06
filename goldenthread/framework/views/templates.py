"""The council's audit templates: their versions, what changed between two, what goes on, and each as a file."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.framework import services
from goldenthread.framework.forms import ComparedForm, CorrespondenceForm
from goldenthread.framework.queries import (
    correspondence_or_none,
    framework_or_none_on,
    other_versions,
    template_or_none,
    templates_of,
)
from goldenthread.framework.showing import changes_shown, kinds_without, templates_held, used_for
from goldenthread.framework.template_files import to_workbook
from goldenthread.method.refusal import Refused
from goldenthread.method.template import compare
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(may="see the settings")
def templates(request: PersonRequest) -> HttpResponse:
    """Every version of the council's templates, what each template is for, and what has none yet."""
    framework = framework_or_none_on(request.user.authority_id, clock.today())
    rules = framework.parsed if framework else None
    held = templates_held(templates_of(request.user.authority_id).defer("source"), rules)
    without = kinds_without(rules, [each.key for each in held]) if rules else []
    usual = [each for each in held if not each.focused]
    focused = [each for each in held if each.focused]
    context = {"held": usual, "focused": focused, "without": without, "framework": framework}
    return render(request, "framework/templates.html", context)


@page(may="see the settings")
def open_template(request: PersonRequest, version: int) -> HttpResponse:
    """The sections and questions of one version, and what may be done with it."""
    this = found(template_or_none(request.user.authority_id, version))
    framework = framework_or_none_on(request.user.authority_id, clock.today())
    context = {
        "version": this,
        "template": this.parsed,
        "others": list(other_versions(this)),
        "used_for": used_for(this.key, framework.parsed if framework else None),
    }
    return render(request, "framework/open_template.html", context)


@page(may="see the settings")
def export_template(request: PersonRequest, version: int) -> HttpResponse:
    """One version as an XLSForm workbook, which reads back the same."""
    this = found(template_or_none(request.user.authority_id, version))
    response = HttpResponse(to_workbook(json.loads(this.source)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{this.key}-{this.version}.xlsx"'
    return response


@page(may="see the settings")
def compare_templates(request: PersonRequest, version: int) -> HttpResponse:
    """What became of each question from one version to another of the same template."""
    this = found(template_or_none(request.user.authority_id, version))
    others = list(other_versions(this))
    form = ComparedForm(others, request.GET or None)
    other = form.chosen(others)
    if other is None:
        context = {"version": this, "form": form, "others": others}
        return render(request, "framework/compare_templates.html", context)
    older, newer = sorted((this, other), key=lambda each: each.version)
    comparison = compare(older.parsed, newer.parsed)
    context = {
        "version": this,
        "form": form,
        "others": others,
        "older": older,
        "newer": newer,
        "changes": changes_shown(comparison),
        "kept": len(comparison.questions) - len(comparison.changed),
    }
    return render(request, "framework/compare_templates.html", context)


@page(may="see the settings", methods=("GET", "POST"))
@once
def map_questions(request: PersonRequest, older: int, newer: int) -> HttpResponse:
    """Which old question each new one goes on from, as proposed or as decided, for the unit to confirm or change."""
    before = found(template_or_none(request.user.authority_id, older))
    after = found(template_or_none(request.user.authority_id, newer))
    found(after if before.key == after.key and before.version < after.version else None)
    decided = correspondence_or_none(before, after)
    form = CorrespondenceForm(before, after, decided.questions if decided else None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.decide_correspondence(
                by=request.user, older=before, newer=after, questions=form.map, now=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The map is kept. Trends follow these questions across both versions.")
            return redirect("open_template", version=after.pk)
    context = {"form": form, "older": before, "newer": after, "decided": decided}
    return render(request, "framework/map_questions.html", context, status=400 if form.errors else 200)


@page(may="see the settings", methods=("POST",))
@once
def adopt_shipped_templates(request: PersonRequest) -> HttpResponse:
    """Every template that comes with the product and the rules in force ask for."""
    adopted = services.adopt_shipped_templates(by=request.user, now=clock.now())
    names = "; ".join(version.title for version in adopted)
    messages.success(request, f"Adopted: {names}. Audits allotted from now on use them.")
    return redirect("templates")
