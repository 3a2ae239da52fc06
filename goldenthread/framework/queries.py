"""Reading the framework: the version in force on a day, a template's versions, which questions go on, the themes."""

from __future__ import annotations

from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery

from goldenthread.framework.models import Correspondence, FrameworkVersion, TemplateVersion, Theme
from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.method.template import compare


def framework_in_force(authority_id: int, day: date) -> FrameworkVersion:
    """The council's rules on this day. Raises `Refused` when it has adopted none."""
    found = framework_or_none_on(authority_id, day)
    if found is None:
        raise Refused(
            "This council has not adopted a framework yet. The Quality Assurance Unit adopts one in Settings."
        )
    return found


def framework_or_none_on(authority_id: int, day: date) -> FrameworkVersion | None:
    return FrameworkVersion.objects.filter(authority=authority_id, in_force_from__lte=day).first()


def newest_template(authority_id: int, key: str) -> TemplateVersion | None:
    return TemplateVersion.objects.filter(authority=authority_id, key=key).order_by("-version").first()


def template_in_use(authority_id: int, key: str) -> TemplateVersion:
    """The newest version of the template. Raises `Refused` when there is none."""
    found = newest_template(authority_id, key)
    if found is None:
        raise Refused(
            f"This council has no audit template called “{key}” yet. The Quality Assurance Unit adopts one in Settings."
        )
    return found


def frameworks_of(authority_id: int) -> QuerySet[FrameworkVersion]:
    return FrameworkVersion.objects.filter(authority=authority_id).select_related("adopted_by")


def templates_of(authority_id: int) -> QuerySet[TemplateVersion]:
    """Every version, each template's newest first; those with a focus's questions among them."""
    return TemplateVersion.objects.filter(authority=authority_id).select_related("adopted_by")


def framework_or_none(authority_id: int, key: int) -> FrameworkVersion | None:
    return frameworks_of(authority_id).filter(pk=key).first()


def template_or_none(authority_id: int, key: int) -> TemplateVersion | None:
    return templates_of(authority_id).filter(pk=key).first()


def other_versions(version: TemplateVersion) -> QuerySet[TemplateVersion]:
    """The versions of the same template but this, the newest first."""
    return templates_of(version.authority_id).filter(key=version.key).exclude(pk=version.pk).order_by("-version")


def correspondence_or_none(older: TemplateVersion, newer: TemplateVersion) -> Correspondence | None:
    return Correspondence.objects.filter(older=older, newer=newer).select_related("decided_by").first()


def corresponding(older: TemplateVersion, newer: TemplateVersion) -> dict[str, str]:
    """Name in the older version → name in the newer one, for every question that goes on between them.

    As somebody decided it of these two; else step by step through the versions between them, each step as decided or,
    where nobody decided, by name and kind. What only seems alike is nobody's decision, and left out. Two templates of
    different keys, such as one with a focus and one without, have no versions between them.
    """
    same = TemplateVersion.objects.filter(authority=older.authority_id, key=older.key).filter(key=newer.key)
    steps = same.filter(version__gt=older.version, version__lt=newer.version).order_by("version")
    decided = {
        (each.older_id, each.newer_id): each.questions
        for each in Correspondence.objects.filter(authority=older.authority_id, older__key=older.key)
    }
    if (older.pk, newer.pk) in decided:
        return dict(decided[older.pk, newer.pk])
    path = [older, *steps, newer]
    going = {name: name for name in older.parsed.questions}
    for before, after in zip(path, path[1:], strict=False):
        step = decided.get((before.pk, after.pk))
        step = by_name(before, after) if step is None else step
        going = {first: step[last] for first, last in going.items() if last in step}
    return going


def by_name(older: TemplateVersion, newer: TemplateVersion) -> dict[str, str]:
    """The questions that kept their name and their way of being answered."""
    return {
        each.older.name: each.newer.name
        for each in compare(older.parsed, newer.parsed).questions
        if each.older and each.newer and each.older.name == each.newer.name and each.older.kind == each.newer.kind
    }


# --- themes -------------------------------------------------------------------------------------------------


def themes_of(authority_id: int) -> QuerySet[Theme]:
    """The council's list, those retired last."""
    found = Theme.objects.filter(authority=authority_id).select_related("retired_by")
    return found.order_by(F("retired_at").asc(nulls_first=True), "place", "pk")


def themes_in_use(authority_id: int) -> QuerySet[Theme]:
    """What a new finding can be about, in the council's order."""
    return Theme.objects.filter(authority=authority_id, retired_at__isnull=True).order_by("place", "pk")


def theme_or_none(authority_id: int, key: int) -> Theme | None:
    return Theme.objects.filter(authority=authority_id, pk=key).first()


def theme_label(authority: str = "authority", theme: str = "theme") -> Subquery:
    """The council's words for a row's theme, to annotate rows with: null where its list has no such key.

    `authority` and `theme` are the paths from the rows to the council and to the theme's key.
    """
    own = Theme.objects.filter(authority=OuterRef(authority), key=OuterRef(theme)).order_by()
    return Subquery(own.values("label")[:1])


def theme_words(label: str | None, key: str, framework: Framework) -> str:
    """What a page calls a theme: the council's words, else the framework's, else its key."""
    if label:
        return label
    return next((theme.label for theme in framework.themes if theme.key == key), key.replace("_", " ").capitalize())
