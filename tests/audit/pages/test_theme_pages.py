"""Themes in Settings, and where a finding is written: narrowed, suggested, never chosen for anybody."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.audit.models import Finding
from goldenthread.audit.queries.themes import themes_suggested
from goldenthread.framework.models import Theme
from goldenthread.framework.services import add_theme, change_theme, retire_theme
from goldenthread.framework.services.themes import ThemeSaid
from goldenthread.people.models import Authority
from tests import make
from tests.browsing import faults, signed_in, statements, words

pytestmark = pytest.mark.django_db

THEMES = "/settings/themes/"


def theme(key: str) -> Theme:
    return Theme.objects.get(key=key)


def test_the_unit_keeps_the_list_on_its_page() -> None:
    here = make.council()
    client = signed_in(here.maya)
    make.finding(make.audit(), "No plan.", theme="planning")

    client.post(f"{THEMES}add/", {"label": "Harm online", "domain": "practice", "sort": ""})
    client.post(f"{THEMES}{theme('harm_online').pk}/move/", {"to": "up"})
    client.post(f"{THEMES}{theme('drift').pk}/", {"label": "Waiting", "domain": "", "sort": ""})
    client.post(f"{THEMES}{theme('visits').pk}/retire/")
    page = words(client.get(THEMES))

    assert "Harm online Practice only 0" in page
    assert "Planning and review All 1" in page
    assert ("Waiting" in page, "Drift and delay" in page) == (True, False)
    assert page.index("Theme Findings Retired") < page.rindex("Visits and seeing the child")
    client.post(f"{THEMES}{theme('visits').pk}/take-up/")
    assert theme("visits").retired_at is None
    client.post(f"{THEMES}{theme('visits').pk}/delete/")
    assert not Theme.objects.filter(key="visits").exists()


def test_bad_input_gets_one_sentence_each() -> None:
    client = signed_in(make.council().maya)
    make.finding(make.audit(), "No plan.", theme="planning")

    taken = client.post(f"{THEMES}add/", {"label": "drift and delay"})
    used = client.post(f"{THEMES}{theme('planning').pk}/delete/")

    assert (taken.status_code, faults(taken)) == (
        400, ["“drift and delay” is in the list already. Give the theme other words."],
    )  # fmt: skip
    assert used.status_code == 409
    assert "is used by 1 finding, so it cannot be deleted; retire it, and they keep it." in words(used)
    assert "Retire this theme" in words(used)


def test_nobody_else_opens_it_and_it_takes_the_same_statements_however_long() -> None:
    here = make.council()
    for person in (here.helena, here.rafiq, here.grace):
        assert signed_in(person).get(THEMES).status_code == 403
    few = statements(signed_in(here.maya), THEMES)
    for number in range(3):
        add_theme(by=here.maya, said=ThemeSaid(f"Theme {number}"), now=make.NOW)

    assert (few, statements(signed_in(here.maya), THEMES)) == (4, 4)


# --- where a finding is written ---------------------------------------------------------------------------


def writing():
    """An audit's page for a new finding, as its auditor opens it, and what its form would send."""
    audit = make.audit()
    sent = {"sort": "improve", "domain": "practice", "theme": "planning", "text": "No plan.", "action": "",
            "action_for": "practitioner", "severity": "", "scope": "", "agency": ""}  # fmt: skip
    return signed_in(make.auditor_of(audit)), f"/audit/{audit.code}/findings/plan/add/", sent


def test_a_theme_for_other_findings_is_refused_and_the_list_shown_again_holds_those_that_fit() -> None:
    here = make.council()
    client, path, sent = writing()
    said = ThemeSaid("Planning and review", domain="process")
    change_theme(by=here.maya, theme=theme("planning"), said=said, now=make.NOW)

    refused = client.post(path, sent)

    assert faults(refused) == ["“Planning and review” is only for findings of process. Choose another theme."]
    assert 'value="planning"' not in refused.content.decode()
    client.post(path, sent | {"domain": "process"})
    assert Finding.objects.get().theme == "planning"


def test_a_retired_theme_stays_with_the_finding_that_has_it_and_a_renamed_one_shows_its_new_name() -> None:
    here = make.council()
    client, path, sent = writing()
    client.post(path, sent)
    retire_theme(by=here.maya, theme=theme("planning"), now=make.NOW)
    change_theme(by=here.maya, theme=theme("planning"), said=ThemeSaid("The plan"), now=make.NOW)
    finding = Finding.objects.get()
    change = path.replace("plan/add", f"{finding.code}/change")

    assert 'value="planning" selected' in client.get(change).content.decode()
    assert 'value="planning"' not in client.get(path).content.decode()
    client.post(change, sent | {"text": "Still no plan.", "seen": finding.version})
    finding.refresh_from_db()
    assert (finding.text, finding.theme) == ("Still no plan.", "planning")
    assert "The plan, practice" in words(client.get(path.partition("findings")[0] + "read/"))


def earlier(number: int = 6) -> None:
    """Findings on the chronology in a submitted audit of an earlier session."""
    before = make.audit(
        make.drawn_session(
            1, of=make.session(group="duty", held_on=date(2026, 10, 5)), cases=[make.Line("E001", "open_assessment")]
        )
    )
    for place in range(number):
        make.finding(before, f"The chronology has gaps and stops, {place}.", theme="recording")
    make.submitted_audit(before)


def test_themes_are_suggested_beside_the_list_and_nothing_is_chosen_or_kept_by_itself() -> None:
    earlier()
    kept = Finding.objects.count()
    client, path, sent = writing()
    typed = sent | {"theme": "", "text": "Gaps in the chronology."}

    asked = client.post(path, typed | {"suggest": "yes"})
    assert "Recording and chronology like 6 earlier findings: gaps, chronology" in words(asked) or (
        "Recording and chronology like 6 earlier findings: chronology, gaps" in words(asked)
    )
    assert (faults(asked), 'value="recording" selected' in asked.content.decode()) == ([], False)

    taken = client.post(path, typed | {"take": "recording"})
    assert 'value="recording" selected' in taken.content.decode()
    assert "Gaps in the chronology." in taken.content.decode()
    assert Finding.objects.count() == kept

    live = client.post(path.partition("findings")[0] + "themes/", {"text": "Gaps in the chronology."}).json()
    assert [each["theme"] if "theme" in each else each["key"] for each in live["suggested"]] == ["recording"]
    none = client.post(path, typed | {"text": "Zebras.", "suggest": "yes"})
    assert "earlier findings suggest no theme for these words" in words(none)


def test_another_councils_findings_and_those_of_audits_not_submitted_teach_nothing() -> None:
    earlier()
    other = Authority.objects.create(name="Elsewhere", short_name="Elsewhere")
    Theme.objects.create(authority=other, key="recording", label="Recording")
    assert themes_suggested(other.pk, "Gaps in the chronology.") == []

    open_one = make.audit()
    for place in range(6):
        make.finding(open_one, f"Fathers were not spoken to, {place}.", theme="family")
    assert themes_suggested(make.council().authority.pk, "The father was not spoken to.") == []


def test_only_who_writes_in_an_audit_is_suggested_anything() -> None:
    client, path, _ = writing()
    suggest = path.partition("findings")[0] + "themes/"

    assert signed_in(make.council().ffion).post(suggest, {"text": "Gaps."}).status_code == 404
    assert client.get(suggest).status_code == 405
