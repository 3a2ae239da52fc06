"""Themes of findings: those a finding can be given, those its words suggest, and how often each was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from goldenthread.audit.models import Finding
from goldenthread.framework.models import Theme
from goldenthread.framework.queries import themes_in_use
from goldenthread.method.theming import Model, learn, suggest

LEARNT_FROM = 3000  # the newest findings of submitted audits: as many as are read in a tenth of a second
ANEW_AFTER = 25  # findings submitted since

Names = tuple[tuple[str, str], ...]


def themes_offered(authority_id: int, chosen: str = "") -> list[Theme]:
    """What a finding can be about, in the council's order; one that is retired only where it is chosen already."""
    themes = Theme.objects.filter(Q(retired_at__isnull=True) | Q(key=chosen), authority=authority_id)
    return list(themes.order_by("place", "pk"))


@dataclass(frozen=True, slots=True)
class SuggestedTheme:
    """A theme that a text suggests, and why in words."""

    key: str
    label: str
    because: str


def themes_suggested(authority_id: int, text: str) -> list[SuggestedTheme]:
    """At most three of the council's themes for these words; none where its findings do not say. Two statements, and a
    third where it is learnt anew. Learnt from this council's findings only."""
    names = tuple(themes_in_use(authority_id).values_list("key", "label"))
    labels = dict(names)
    return [
        SuggestedTheme(each.theme, labels[each.theme], _because(each.like, each.words))
        for each in suggest(_model_of(authority_id, names), text)
    ]


def _because(like: int, words: Sequence[str]) -> str:
    """
    >>> _because(12, ["chronology", "gaps"]), _because(1, ["gaps"]), _because(0, ["supervision"])
    ('like 12 earlier findings: chronology, gaps', 'like 1 earlier finding: gaps', 'by its name: supervision')
    """
    if not like:
        return f"by its name: {', '.join(words)}"
    return f"like {like:,} earlier {'finding' if like == 1 else 'findings'}: {', '.join(words)}"


@dataclass(frozen=True, slots=True)
class Learnt:
    """A council's model, with the newest finding it knows and the names it was learnt for."""

    newest: str
    names: Names
    model: Model


_learnt: dict[int, Learnt] = {}  # by council


def _model_of(authority_id: int, names: Names) -> Model:
    """The council's model: the last one, while only a few findings were submitted since and no theme has changed."""
    findings = _submitted(authority_id)
    newest = list(findings.values_list("code", flat=True)[:ANEW_AFTER])
    held = _learnt.get(authority_id)
    if held and held.names == names and held.newest in newest:
        return held.model
    model = learn(findings.values_list("text", "theme")[:LEARNT_FROM], dict(names))
    if newest:
        _learnt[authority_id] = Learnt(newest[0], names, model)
    return model


def _submitted(authority_id: int) -> QuerySet[Finding]:
    found = Finding.objects.filter(authority=authority_id, part__frozen=True, removed=False)
    return found.exclude(part__audit__state="withdrawn").order_by("-pk")


def findings_by_theme(authority_id: int) -> dict[str, int]:
    """How many findings have, or had before they were taken out, each theme; one statement."""
    counted = Finding.objects.filter(authority=authority_id).order_by().values("theme").annotate(n=Count("pk"))
    return {row["theme"]: row["n"] for row in counted}


def findings_on(theme: Theme) -> int:
    """How many findings have this theme, those taken out among them: they can be brought back."""
    return Finding.objects.filter(authority=theme.authority_id, theme=theme.key).count()
