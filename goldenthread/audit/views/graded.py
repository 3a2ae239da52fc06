"""Choosing for a session every file whose last grade calls for it to be audited again."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.audit.forms.graded import GradedForm
from goldenthread.audit.queries.graded import cases_last_graded
from goldenthread.audit.services.graded import choose_graded as choose
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.plan.queries.sessions import session_or_none
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page

MONTHS_BACK = 12


@page(may="load case lists and draw", methods=("GET", "POST"))
@once
def choose_graded(request: PersonRequest, code: str) -> HttpResponse:
    """The files last graded as the framework says call for another audit; taken all together."""
    session = found(session_or_none(request.user, code))
    version = framework_in_force(session.authority_id, clock.today())
    framework = version.parsed
    rule = next((rule for rule in framework.selecting if rule.way == "event" and "grade" in rule.on), None)
    since = clock.today() - relativedelta(months=MONTHS_BACK)
    cases = cases_last_graded(request.user, rule.grades, since) if rule else []
    form = GradedForm(cases, request.POST or None)
    if request.method == "POST" and rule and form.is_valid():
        try:
            draw = choose(
                by=request.user, session=session, framework=version, kind=rule.kind, cases=cases, now=clock.now()
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The files are chosen. Next, share them out to those who sit.")
            return redirect("open_draw", code=draw.code)
    labels = {grade.key: grade.label for grade in framework.grades}
    context = {
        "session": session, "rule": rule, "form": form, "months": MONTHS_BACK,
        "grades": [labels[key] for key in rule.grades] if rule else [],
        "cases": [(case.ref, labels.get(case.grade, case.grade), case.on) for case in cases],
    }  # fmt: skip
    return render(request, "audit/choose_graded.html", context)
