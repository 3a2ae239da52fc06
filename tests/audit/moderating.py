"""Moderations for tests, by the real steps: an audit sent there, allotted, graded blind, agreed."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.audit.forms import changes_in
from goldenthread.audit.models import Audit, Moderation
from goldenthread.audit.queries.moderation import (
    Given,
    OpenModeration,
    asked_of_moderator,
    open_moderation_or_none,
    standing_grades,
)
from goldenthread.audit.services import moderation as services
from goldenthread.people.models import Person, Post
from tests import make


def audit(grade: str = "inadequate", **given: str) -> Audit:
    """A submitted audit of this grade throughout, which the framework sends to moderation."""
    return make.submitted_audit(grade=grade, answers=given)


def of(audit: Audit) -> Moderation:
    return Moderation.objects.filter(audit=audit).latest("pk")


def opened(audit: Audit, by: Person | None = None) -> OpenModeration:
    found = open_moderation_or_none(by or make.council().maya, of(audit).code)
    assert found is not None
    return found


def moderator(name: str = "Vera Blind") -> Person:
    """An independent reviewing officer who has read nothing."""
    found = Person.objects.filter(name=name).first()
    return found or make.person("independent_reviewing_officer", "Independent Reviewing Unit", name=name)


def who_reads_everything(name: str = "Vera Blind") -> Person:
    """The same, who is also of the Quality Assurance Unit and a director, so that she may read every audit."""
    person = moderator(name)
    for kind, oversees, unit in (("qa_officer", "", True), ("service_director", "authority", False)):
        Post.objects.create(
            authority=person.authority, person=person, kind=kind, title=kind, started_on=make.BEGAN,
            oversees=oversees, quality_assurance=unit,
        )  # fmt: skip
    return Person.objects.get(pk=person.pk)


def allotted(audit: Audit, to: Person | None = None) -> Person:
    """The audit given to a moderator."""
    to = to or moderator()
    services.allot_moderator(by=make.council().maya, found=opened(audit), moderator=to, now=make.NOW)
    return to


def typed(found: OpenModeration, grade: str, apart: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a moderator's form sends: this grade throughout, and others for the sections `apart`."""
    sent = {}
    for each in asked_of_moderator(found):
        sent[f"q-{each.grade_question}"] = (apart or {}).get(each.section, grade)
        sent[f"q-{each.because_question}"] = f"As I read it: {each.label}."
        for question, held in ((each.grade_question, each.grade), (each.because_question, each.because)):
            sent[f"seen-{question}"] = str(held.version if held else 0)
    return sent


def graded(
    audit: Audit, grade: str = "inadequate", apart: Mapping[str, str] | None = None, by: Person | None = None
) -> Moderation:
    """The moderator's own grades given, as `typed`."""
    by = by or allotted(audit)
    found = opened(audit, by)
    changes = changes_in(typed(found, grade, apart))
    return services.submit_grades(by=by, found=found, changes=changes, now=make.NOW)


def agreed(audit: Audit, grades: Mapping[str, Given], by: Person) -> Moderation:
    return services.agree_grades(by=by, found=opened(audit, by), agreed=grades, now=make.NOW)


def standing(audit: Audit) -> dict[str, str]:
    return {name: each.grade for name, each in standing_grades(audit).items()}
