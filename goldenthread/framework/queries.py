"""Reading the framework: the version in force on a day, and a template's newest version."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from goldenthread.framework.models import FrameworkVersion, TemplateVersion
from goldenthread.method.refusal import Refused


def framework_in_force(authority_id: int, day: date) -> FrameworkVersion:
    """The council's rules on this day. Raises `Refused` when it has adopted none."""
    found = FrameworkVersion.objects.filter(authority=authority_id, in_force_from__lte=day).first()
    if found is None:
        raise Refused(
            "This council has not adopted a framework yet. The Quality Assurance Unit adopts one in Settings."
        )
    return found


def template_in_use(authority_id: int, key: str) -> TemplateVersion:
    """The newest version of the template. Raises `Refused` when there is none."""
    found = TemplateVersion.objects.filter(authority=authority_id, key=key).order_by("-version").first()
    if found is None:
        raise Refused(
            f"This council has no audit template called “{key}” yet. The Quality Assurance Unit adopts one in Settings."
        )
    return found


def frameworks_of(authority_id: int) -> QuerySet[FrameworkVersion]:
    return FrameworkVersion.objects.filter(authority=authority_id).select_related("adopted_by")


def templates_of(authority_id: int) -> QuerySet[TemplateVersion]:
    return TemplateVersion.objects.filter(authority=authority_id).select_related("adopted_by")


def framework_or_none(authority_id: int, key: int) -> FrameworkVersion | None:
    return frameworks_of(authority_id).filter(pk=key).first()


def template_or_none(authority_id: int, key: int) -> TemplateVersion | None:
    return templates_of(authority_id).filter(pk=key).first()
