"""The council's list of themes: it begins with the framework's, and the Quality Assurance Unit keeps it.

A theme's key never changes, so a new label is what past findings show too; published editions keep the words they had.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Max, ProtectedError
from django.utils.text import slugify

from goldenthread.framework.models import Theme
from goldenthread.framework.queries import themes_in_use
from goldenthread.method.access import may
from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.trail.services import record, step
from goldenthread.web.wording import plural

LONGEST_KEY = 50  # so that a number fits behind it


@dataclass(frozen=True, slots=True)
class ThemeSaid:
    """A theme as somebody wants it: `domain` and `sort` blank for findings of both."""

    label: str
    domain: str = ""
    sort: str = ""


def begin_themes(authority_id: int, framework: Framework) -> list[str]:
    """Put the framework's themes that the council has not yet behind its list; their keys. Two statements.

    One whose key or whose words are there already is left as the council has it.
    """
    held = list(Theme.objects.filter(authority=authority_id).values_list("key", "label", "place"))
    keys, labels = {key for key, *_ in held}, {label for _, label, _ in held}
    after = max((place for *_, place in held), default=-1) + 1
    new = [theme for theme in framework.themes if theme.key not in keys and theme.label not in labels]
    Theme.objects.bulk_create(
        Theme(authority_id=authority_id, key=theme.key, label=theme.label, domain=theme.domain, place=after + place)
        for place, theme in enumerate(new)
    )
    return [theme.key for theme in new]


@step
def add_theme(*, by: Person, said: ThemeSaid, now: datetime) -> Theme:
    """One more theme, at the end of the list."""
    _refuse_unless_editing(by)
    label = _free_label(by.authority_id, said.label)
    last = Theme.objects.filter(authority=by.authority_id).aggregate(last=Max("place"))["last"]
    theme = Theme.objects.create(
        authority_id=by.authority_id, key=_free_key(by.authority_id, label), label=label, domain=said.domain,
        sort=said.sort, place=0 if last is None else last + 1,
    )  # fmt: skip
    record(by=by, verb="added", thing=theme, at=now, now=_facts(theme))
    return theme


@step
def change_theme(*, by: Person, theme: Theme, said: ThemeSaid, now: datetime) -> Theme:
    """Other words for a theme, or other findings that it is for. Past findings show the new words."""
    _refuse_unless_editing(by)
    theme = _locked(theme)
    was = _facts(theme)
    label = _free_label(by.authority_id, said.label, but=theme)
    for name, value in (asdict(said) | {"label": label}).items():
        setattr(theme, name, value)
    theme.save(update_fields=["label", "domain", "sort"])
    record(by=by, verb="changed", thing=theme, at=now, was=was, now=_facts(theme))
    return theme


@step
def move_theme(*, by: Person, theme: Theme, up: bool, now: datetime) -> Theme:
    """One place up or down the list, among those that are offered. The whole list gets its places anew."""
    _refuse_unless_editing(by)
    listed = list(themes_in_use(by.authority_id).select_for_update())
    at = next((place for place, each in enumerate(listed) if each.pk == theme.pk), None)
    if at is None:
        raise Refused(f"“{theme.label}” is retired, so it has no place in the list.")
    to = at - 1 if up else at + 1
    if not 0 <= to < len(listed):
        raise Refused(f"“{theme.label}” is {'first' if up else 'last'} in the list already.")
    listed[at], listed[to] = listed[to], listed[at]
    for place, each in enumerate(listed):
        each.place = place
    Theme.objects.bulk_update(listed, ["place"])
    record(by=by, verb="moved", thing=theme, at=now, was={"place": at}, now={"place": to})
    return listed[to]


@step
def retire_theme(*, by: Person, theme: Theme, now: datetime) -> Theme:
    """No new finding is given it; past findings keep it."""
    _refuse_unless_editing(by)
    theme = _locked(theme)
    if theme.retired_at:
        raise Refused(f"“{theme.label}” is retired already.")
    theme.retired_at, theme.retired_by = now, by
    theme.save(update_fields=["retired_at", "retired_by"])
    record(by=by, verb="retired", thing=theme, at=now)
    return theme


@step
def take_up_theme(*, by: Person, theme: Theme, now: datetime) -> Theme:
    """Offer a retired theme again."""
    _refuse_unless_editing(by)
    theme = _locked(theme)
    if not theme.retired_at:
        raise Refused(f"“{theme.label}” is in the list already.")
    _free_label(by.authority_id, theme.label, but=theme)
    theme.retired_at, theme.retired_by = None, None
    theme.save(update_fields=["retired_at", "retired_by"])
    record(by=by, verb="took up again", thing=theme, at=now)
    return theme


@step
def forget_theme(*, by: Person, theme: Theme, findings: int, now: datetime) -> None:
    """Delete a theme that no finding ever had; `findings`: how many have, as a later stage counts them."""
    _refuse_unless_editing(by)
    theme = _locked(theme)
    if findings:
        used = plural(findings, "finding")
        raise Refused(f"“{theme.label}” is used by {used}, so it cannot be deleted; retire it, and they keep it.")
    record(by=by, verb="deleted", thing=theme, at=now, was=_facts(theme))
    try:
        theme.delete()
    except ProtectedError:
        raise Refused(f"A briefing takes “{theme.label}” up, so it cannot be deleted; retire it instead.") from None


def _locked(theme: Theme) -> Theme:
    found = Theme.objects.select_for_update(of=("self",)).filter(pk=theme.pk).first()
    if found is None:
        raise Refused(f"“{theme.label}” was deleted meanwhile.")
    return found


def _free_label(authority_id: int, label: str, but: Theme | None = None) -> str:
    """The words, tidied. Raises `Refused` where a theme in use has them already, however written."""
    label = " ".join(label.split())
    if not label:
        raise Refused("Say what the theme is called.")
    others = (each for each in themes_in_use(authority_id) if but is None or each.pk != but.pk)
    if any(each.label.casefold() == label.casefold() for each in others):
        raise Refused(f"“{label}” is in the list already. Give the theme other words.")
    return label


def _free_key(authority_id: int, label: str) -> str:
    stem = slugify(label).replace("-", "_")[:LONGEST_KEY] or "theme"
    taken = set(Theme.objects.filter(authority=authority_id, key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}_{number}" for number in range(2, 10**6))) if key not in taken)


def _facts(theme: Theme) -> dict[str, str]:
    return {"key": theme.key, "label": theme.label, "domain": theme.domain, "sort": theme.sort}


def _refuse_unless_editing(by: Person) -> None:
    if not may("edit the themes", standings(by)):
        raise Refused("The list of themes is kept by the Quality Assurance Unit.")
