"""Which template an audit is opened with: that of its kind, with the questions of its session's focus."""

from __future__ import annotations

from datetime import datetime

from goldenthread.framework.models import TemplateVersion
from goldenthread.framework.queries import template_in_use
from goldenthread.framework.services import keep_focus_template
from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.select.models import Draw


def template_for(*, by: Person, draw: Draw, now: datetime) -> TemplateVersion:
    """The version that audits of this draw ask, from now on. Raises `Refused` where the council has none.

    A focus that asks nothing changes nothing. The questions of one that does are kept with the template as a version
    of their own, the first time a file is allotted with them.
    """
    template = template_in_use(draw.authority_id, template_key(draw.framework.parsed, _asked_as(draw)))
    if template.parsed.instrument != "audit":
        raise Refused(
            f"“{template.title}” is the template of a part and gives no grades, so no audit is opened with it. The "
            f"Quality Assurance Unit names another for {draw.kind} under [templates] of the framework."
        )
    focus = draw.focus or (draw.session.set_focus if draw.session else None)
    if focus is None or not focus.questions:
        return template
    return keep_focus_template(
        by=by, template=template, code=focus.code, title=focus.title, questions=focus.questions, now=now
    )


def _asked_as(draw: Draw) -> str:
    """A file of another kind than a child's is audited again by the template of its own kind."""
    of_another_kind = draw.kind == "reaudit" and draw.case_list.kind != "case_file"
    return draw.case_list.kind if of_another_kind else draw.kind


def template_key(framework: Framework, kind: str) -> str:
    """The key of the template for this kind of audit: for a re-audit that of a case file, where it has none of its own.

    Raises `Refused`, saying who can mend it, where none is named.
    """
    for named in (kind, "case_file") if kind == "reaudit" else (kind,):
        if named in framework.templates:
            return framework.templates[named]
    raise Refused(
        f"The framework names no template for the kind of audit “{framework.kind(kind).label}”, so its files cannot be "
        f"allotted. The Quality Assurance Unit adds a line for {kind} under [templates] and adopts the framework in "
        "Settings."
    )
