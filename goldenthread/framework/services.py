"""Adopting a framework or a template: a new version, never a change to an old one."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from goldenthread.framework.models import FrameworkVersion, TemplateVersion, digest
from goldenthread.method.framework import parse_framework
from goldenthread.method.refusal import Refused
from goldenthread.method.template import template_from_source
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step


@step
def adopt_framework(*, by: Person, text: str, from_day: date, now: datetime) -> FrameworkVersion:
    """Adopt these rules from this day. Raises `Refused` with each fault, or when nothing has changed."""
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
    record(by=by, verb="adopted", thing=version, at=now, now={"key": version.key, "sha256": version.sha256})
    return version


@step
def adopt_template(*, by: Person, source: dict[str, Any], now: datetime) -> TemplateVersion:
    """Adopt a template, given as its XLSForm rows. Raises `Refused` with each fault, or when nothing has changed."""
    template = template_from_source(source)
    text = json.dumps(source, sort_keys=True, ensure_ascii=False)
    versions = TemplateVersion.objects.filter(authority=by.authority_id, key=template.key)
    _refuse_if_unchanged(versions.order_by("-version").values_list("sha256", flat=True).first(), text)
    version = TemplateVersion.objects.create(
        authority_id=by.authority_id,
        key=template.key,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
        title=template.title,
        source=text,
        sha256=digest(text),
        adopted_at=now,
        adopted_by=by,
    )
    record(by=by, verb="adopted", thing=version, at=now, now={"key": version.key, "sha256": version.sha256})
    return version


def _refuse_if_unchanged(last: str | None, text: str) -> None:
    if last == digest(text):
        raise Refused("This is the version already in use, word for word, so there is nothing to adopt.")
