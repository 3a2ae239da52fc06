"""A council's own list of themes: begun by its framework, kept by the unit, and never lost to a finding."""

from __future__ import annotations

import pytest

from goldenthread.audit.queries.themes import themes_offered
from goldenthread.audit.services.themes import delete_theme
from goldenthread.framework.models import Theme
from goldenthread.framework.queries import themes_in_use
from goldenthread.framework.services import (
    add_theme,
    adopt_framework,
    change_theme,
    move_theme,
    retire_theme,
    take_up_theme,
)
from goldenthread.framework.services.themes import ThemeSaid
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya() -> Person:
    return make.council().maya


def theme(key: str) -> Theme:
    return Theme.objects.get(key=key)


def keys(person: Person) -> list[str]:
    return [each.key for each in themes_in_use(person.authority_id)]


def test_it_begins_with_the_frameworks_and_a_later_version_adds_what_it_names_anew(maya: Person) -> None:
    version = make.council().framework
    assert keys(maya) == [each.key for each in version.parsed.themes]
    change_theme(by=maya, theme=theme("drift"), said=ThemeSaid("Waiting"), now=make.NOW)

    more = '[[themes]]\nkey = "online"\nlabel = "Harm online"\n\n[templates]'
    adopt_framework(by=maya, text=version.source.replace("[templates]", more, 1), from_day=make.DAY, now=make.NOW)

    assert keys(maya)[-1] == "online"
    assert theme("drift").label == "Waiting"


def test_themes_are_added_renamed_and_moved_and_each_is_on_record(maya: Person) -> None:
    added = add_theme(by=maya, said=ThemeSaid("  Drift   and delay! ", "process"), now=make.NOW)
    assert (added.key, added.label, keys(maya)[-1]) == ("drift_and_delay", "Drift and delay!", "drift_and_delay")

    change_theme(by=maya, theme=added, said=ThemeSaid("Harm online", sort="improve"), now=make.NOW)
    move_theme(by=maya, theme=added, up=True, now=make.NOW)

    assert (theme("drift_and_delay").label, keys(maya)[-2]) == ("Harm online", "drift_and_delay")
    verbs = Event.objects.filter(thing="theme", thing_id=added.pk).order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["added", "changed", "moved"]
    with pytest.raises(Refused, match="is first in the list already"):
        move_theme(by=maya, theme=theme(keys(maya)[0]), up=True, now=make.NOW)


def test_a_name_that_is_taken_or_blank_is_refused_in_a_sentence(maya: Person) -> None:
    for label, sentence in (("drift AND delay", "is in the list already"), ("  ", "Say what the theme is called")):
        with pytest.raises(Refused, match=sentence):
            add_theme(by=maya, said=ThemeSaid(label), now=make.NOW)


def test_a_retired_theme_is_offered_only_where_it_is_chosen_already_and_can_be_taken_up_again(maya: Person) -> None:
    retire_theme(by=maya, theme=theme("drift"), now=make.NOW)

    def offered(chosen: str = "") -> bool:
        return "drift" in {each.key for each in themes_offered(maya.authority_id, chosen)}

    assert (offered(), offered("drift")) == (False, True)
    again = add_theme(by=maya, said=ThemeSaid(theme("drift").label), now=make.NOW)
    with pytest.raises(Refused, match="in the list already"):
        take_up_theme(by=maya, theme=theme("drift"), now=make.NOW)
    delete_theme(by=maya, theme=again, now=make.NOW)
    take_up_theme(by=maya, theme=theme("drift"), now=make.NOW)
    assert offered()


def test_a_theme_in_use_is_not_deleted_and_it_is_said_how_many_findings_have_it(maya: Person) -> None:
    audit = make.audit()
    for text in ("No plan.", "No review."):
        make.finding(audit, text, theme="planning")

    with pytest.raises(Refused) as refusal:
        delete_theme(by=maya, theme=theme("planning"), now=make.NOW)

    assert refusal.value.sentences == (
        "“Planning and review” is used by 2 findings, so it cannot be deleted; retire it, and they keep it.",
    )
    delete_theme(by=maya, theme=theme("drift"), now=make.NOW)
    assert "drift" not in keys(maya)
    assert Event.objects.get(thing="theme", verb="deleted").was["key"] == "drift"


def test_nobody_but_the_unit_keeps_it() -> None:
    here = make.council()
    for person in (here.helena, here.rafiq, here.grace):
        with pytest.raises(Refused, match="kept by the Quality Assurance Unit"):
            add_theme(by=person, said=ThemeSaid("Harm online"), now=make.NOW)
