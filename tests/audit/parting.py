"""Parts of an audit for tests, each with a small template of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from goldenthread.audit import services
from goldenthread.audit.models import Audit, Part
from goldenthread.audit.queries.agreeing import agreement_or_none
from goldenthread.audit.queries.parts import OpenPart, open_part_or_none
from goldenthread.audit.services.agreeing import Agreed
from goldenthread.audit.services.answers import Change
from goldenthread.framework.models import TemplateVersion
from goldenthread.framework.services import adopt_framework, adopt_template
from goldenthread.method.template import template_source
from goldenthread.people.models import Person
from tests import make

KINDS = ("practitioner", "family", "discussion", "reply")


def templates(*keys: str) -> None:
    """A template for each kind of part, adopted: one question that must be answered, and one that need not."""
    here = make.council()
    for key in keys or KINDS:
        if not TemplateVersion.objects.filter(authority=here.authority, key=key).exists():
            adopt_template(by=here.maya, source=_source(key), now=make.NOW)


def _source(key: str) -> dict[str, object]:
    survey = [
        {"type": "begin_group", "name": "view", "label": "What you know"},
        {"type": "text", "name": "said", "label": "What should we know?", "required": "yes"},
        {"type": "text", "name": "more", "label": "What else?"},
        {"type": "end_group"},
    ]
    settings = [{"form_title": key.capitalize(), "form_id": key, "version": "1", "instrument": "part"}]
    return template_source(survey, [], settings)


def under_other_rules(of: Audit, old: str, new: str) -> None:
    """The audit under the council's rules with these words changed; the council has two versions from then on."""
    text = of.framework.source
    assert old in text
    other = adopt_framework(by=of.allotted_by, text=text.replace(old, new), from_day=make.DAY, now=make.NOW)
    Audit.objects.filter(pk=of.pk).update(framework=other)
    of.refresh_from_db()


def audit(*keys: str) -> Audit:
    """An audit of Ffion's file in Duty 2, allotted to one auditor, with its parts asked for."""
    templates(*keys)
    return make.audit(make.drawn_session(1, cases=[make.Line("C001")]))


def opened(of: Audit, by: Person, kind: str) -> OpenPart:
    found = open_part_or_none(by, of.code, kind)
    assert found is not None
    return found


def write(of: Audit, by: Person, kind: str, *changes: tuple[str, str, int]) -> None:
    said: Sequence[Change] = [Change(*change) for change in changes or [("said", "She is doing well.", 0)]]
    services.save_answers(by=by, opened=opened(of, by, kind), changes=said, now=make.NOW)


def give(of: Audit, by: Person, kind: str, *changes: tuple[str, str, int]) -> Part:
    """A part written and submitted."""
    write(of, by, kind, *changes)
    return services.submit_part(by=by, opened=opened(of, by, kind), now=make.NOW)


def apart(of: Audit, second: Person) -> Audit:
    """The audit with a part of its own for a second auditor, who audits the file apart from the first."""
    part = Part.objects.create(authority=of.authority, audit=of, kind="co_auditor")
    part.people.add(second)
    return of


def answered(of: Audit, by: Person, grade: str) -> Audit:
    """This auditor's part answered alike throughout, and submitted."""
    found = make.opened(of, by)
    said = {each.name: make._plain(each, grade) for each in found.template.questions.values()}
    changes = [Change(name, value, 0) for name, value in said.items() if value]
    services.save_answers(by=by, opened=found, changes=changes, now=make.NOW)
    services.submit(by=by, opened=make.opened(of, by), now=make.NOW)
    of.refresh_from_db()
    return of


BECAUSE = "The visits are in the notes."


def agreed(of: Audit, by: Person, grade: str, *, now: datetime = make.NOW) -> Audit:
    """An audit whose auditors have both submitted, agreed throughout on this grade and so submitted."""
    found = agreement_or_none(by, of.code)
    assert found is not None
    services.agree(
        by=by, agreement=found, agreed=[Agreed(each.section, grade, BECAUSE) for each in found.to_agree], now=now
    )
    of.refresh_from_db()
    return of
