"""Adopting a framework or a template: a new version, never a change to an old one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from goldenthread.framework.focusing import with_focus
from goldenthread.framework.models import Correspondence, FrameworkVersion, TemplateVersion, digest
from goldenthread.framework.queries import framework_in_force, framework_or_none_on
from goldenthread.framework.services.themes import begin_themes
from goldenthread.framework.showing import shipped_keys, shipped_source
from goldenthread.method.access import may
from goldenthread.method.framework import PRACTITIONER, parse_framework
from goldenthread.method.refusal import Refused
from goldenthread.method.template import Source, Template, template_from_source
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON, listed

LONGEST_KEY = 47  # of a template's key, so that a focus's code fits behind it


@step
def adopt_framework(*, by: Person, text: str, from_day: date, now: datetime) -> FrameworkVersion:
    """Adopt these rules from this day; themes they name for the first time join the council's list.

    Raises `Refused` with each fault, or when nothing has changed.
    """
    framework = parse_framework(text)
    versions = FrameworkVersion.objects.filter(authority=by.authority_id, key=framework.key)
    _refuse_if_unchanged(versions.order_by("-version").values_list("sha256", flat=True).first(), text)
    version = FrameworkVersion.objects.create(
        authority_id=by.authority_id,
        key=framework.key,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        title=framework.title,
        source=text,
        sha256=digest(text),
        in_force_from=from_day,
        adopted_at=now,
        adopted_by=by,
    )
    told = {"key": version.key, "sha256": version.sha256, "themes": begin_themes(by.authority_id, framework)}
    record(by=by, verb="adopted", thing=version, at=now, now=told)
    return version


@step
def adopt_template(*, by: Person, source: dict[str, Any], now: datetime) -> TemplateVersion:
    """Adopt a template, given as its XLSForm rows. Raises `Refused` with each fault, or when nothing has changed.

    A task that it suggests has to be for a post of the framework in force, or for the practitioner.
    """
    _refuse_unless_settings(by)
    template = template_from_source(source)
    _refuse_tasks_for_nobody(by, template, now)
    return _adopt(by, template.key, template.title, source, now)


@step
def adopt_shipped_templates(*, by: Person, now: datetime) -> list[TemplateVersion]:
    """Adopt every shipped template that the framework in force names and the council has not yet; those adopted.

    Raises `Refused` when there is none to adopt.
    """
    wanted = shipped_keys(framework_in_force(by.authority_id, now.astimezone(LONDON).date()).parsed)
    held = set(TemplateVersion.objects.filter(authority=by.authority_id).values_list("key", flat=True))
    adopted = [adopt_template(by=by, source=shipped_source(key), now=now) for key in wanted if key not in held]
    if not adopted:
        raise Refused("The council has adopted every template that comes with the product already.")
    return adopted


def keep_focus_template(
    *, by: Person, template: TemplateVersion, code: str, title: str, questions: Sequence[str], now: datetime
) -> TemplateVersion:
    """The version of `template` that also asks a focus's questions: the one that is kept, or a new one.

    Kept under a key of its own, `<key>.<code>`; another version as soon as the template or the focus changes.
    """
    source = with_focus(json.loads(template.source), title, questions)
    key = f"{template.key[:LONGEST_KEY]}.{code}"
    kept = TemplateVersion.objects.filter(authority=template.authority_id, key=key, sha256=digest(_text(source)))
    return kept.first() or _adopt_focus(
        by=by, key=key, title=f"{template.title}: {title}"[:200], source=source, now=now
    )


@step
def _adopt_focus(*, by: Person, key: str, title: str, source: Source, now: datetime) -> TemplateVersion:
    return _adopt(by, key, title, source, now)


@step
def decide_correspondence(
    *, by: Person, older: TemplateVersion, newer: TemplateVersion, questions: Mapping[str, str], now: datetime
) -> Correspondence:
    """Say which question of the newer version asks on what one of the older did: name in the older → in the newer.

    Raises `Refused` where a question is not there, is named twice, or is answered in another way.
    """
    _refuse_unless_settings(by)
    _refuse_mismatched(older.parsed, newer.parsed, questions)
    earlier = Correspondence.objects.filter(older=older, newer=newer).first()
    was = earlier.questions if earlier else None
    decided, _ = Correspondence.objects.update_or_create(
        older=older, newer=newer,
        defaults={
            "authority_id": newer.authority_id, "questions": dict(questions), "decided_at": now, "decided_by": by
        },
    )  # fmt: skip
    record(by=by, verb="decided", thing=decided, at=now, was=was, now=decided.questions)
    return decided


def _refuse_tasks_for_nobody(by: Person, template: Template, now: datetime) -> None:
    """A council without a framework yet adopts any: there are no posts to ask."""
    version = framework_or_none_on(by.authority_id, now.astimezone(LONDON).date())
    if version is None:
        return
    posts = (PRACTITIONER, *(post.key for post in version.parsed.posts))
    faults = [
        f"The task that “{question.label}” suggests is for “{question.task_for}”, which is no post of the framework. "
        f"Give one of {listed(posts, 'or')}."
        for question in template.questions.values()
        if question.task and question.task_for not in posts
    ]
    if faults:
        raise Refused(*faults)


def _refuse_mismatched(older: Template, newer: Template, questions: Mapping[str, str]) -> None:
    before, after, taken = older.questions, newer.questions, set[str]()
    for old, new in questions.items():
        if old not in before or new not in after:
            raise Refused("A question of the map is in neither version. Open the page again and choose once more.")
        if new in taken:
            raise Refused(f"“{after[new].label}” is said to follow two earlier questions. Choose one for it.")
        if before[old].kind != after[new].kind:
            raise Refused(
                f"“{after[new].label}” is answered in another way than “{before[old].label}”, so they make no trend. "
                "Choose another, or none."
            )
        taken.add(new)


def _adopt(by: Person, key: str, title: str, source: Source, now: datetime) -> TemplateVersion:
    text = _text(source)
    versions = TemplateVersion.objects.filter(authority=by.authority_id, key=key)
    _refuse_if_unchanged(versions.order_by("-version").values_list("sha256", flat=True).first(), text)
    version = TemplateVersion.objects.create(
        authority_id=by.authority_id,
        key=key,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        title=title,
        source=text,
        sha256=digest(text),
        adopted_at=now,
        adopted_by=by,
    )
    record(by=by, verb="adopted", thing=version, at=now, now={"key": version.key, "sha256": version.sha256})
    return version


def _text(source: Source) -> str:
    return json.dumps(source, sort_keys=True, ensure_ascii=False)


def _refuse_unless_settings(by: Person) -> None:
    if not may("see the settings", standings(by)):
        raise Refused("Templates are adopted by the Quality Assurance Unit.")


def _refuse_if_unchanged(last: str | None, text: str) -> None:
    if last == digest(text):
        raise Refused("This is the version already in use, word for word, so there is nothing to adopt.")
