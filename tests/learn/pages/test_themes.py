"""How often each theme was found: out of how many random files, with those chosen for a reason apart."""

from __future__ import annotations

import pytest
import time_machine

from goldenthread.audit.models import Audit
from goldenthread.framework.models import Theme
from goldenthread.learn.models import Briefing
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.audit import moderating
from tests.browsing import signed_in, statements, words

pytestmark = pytest.mark.django_db

PAGE = "/learn/themes/"
QUARTER = "from=2026-10-01&to=2026-12-31"


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def audited(number: int, *, theme: str = "planning", grade: str = "good") -> list[Audit]:
    """So many files of Duty 2, each submitted with two findings on one theme: one file, counted once."""
    cases = [make.Line(f"CASE{place}") for place in range(1, 9)]
    audits = make.audits(make.drawn_session(number, cases=cases))
    for audit in audits:
        for text in ("No plan.", "No review."):
            make.finding(audit, text, theme=theme)
        make.submitted_audit(audit, grade=grade)
    return audits


def read(person: Person, query: str = "") -> str:
    return words(signed_in(person).get(PAGE + query))


def test_a_file_counts_once_and_every_number_says_what_it_is_out_of() -> None:
    here = make.council()
    audited(2)

    page = read(here.helena)

    assert "Oct to Dec 2026 (of 2)" in page
    assert "Planning and review 0 0 0 0 0 0 0 2 on Planning and review, October to December 2026 2" in page
    assert "No such finding in these periods." in page  # good practice


def test_files_that_are_no_random_case_files_stand_apart_and_show_no_trend() -> None:
    here, _ = make.council(), audited(2)
    Audit.objects.update(kind="supervision_file")

    page = read(here.maya)

    assert "Oct to Dec 2026 (of 0)" in page
    assert "2 other files, chosen for a reason or of another kind of audit, stand apart" in page
    assert "Other files (of 2)" in page


def test_a_number_opens_the_findings_behind_it_and_that_is_on_record() -> None:
    here, audits = make.council(), audited(2)
    address = f"{PAGE}planning/?sort=improve&domain=practice&{QUARTER}"
    assert address.replace("&", "&amp;") in signed_in(here.maya).get(PAGE).content.decode()

    page = words(signed_in(here.maya).get(address))

    assert (page.count("No plan."), page.count("No review.")) == (2, 2)
    events = Event.objects.filter(thing="audit", verb="read", by_id=here.maya.pk, thing_id__in=[a.pk for a in audits])
    assert events.count() == 2
    assert "No finding of these that you may read." in words(signed_in(here.rafiq).get(address))
    assert address.replace("&", "&amp;") not in signed_in(here.rafiq).get(PAGE).content.decode()


@pytest.mark.parametrize("query", ["", "sort=worst&domain=practice&" + QUARTER, "sort=good&domain=practice&from=x"])
def test_an_address_that_names_no_number_is_not_found(query: str) -> None:
    assert signed_in(make.council().maya).get(f"{PAGE}planning/?{query}").status_code == 404


def test_of_too_few_files_of_a_team_no_numbers_are_shown_and_a_manager_narrows_by_her_own_only() -> None:
    here, audits = make.council(), audited(2)
    team = audits[0].team_id

    page, managers, others = read(here.maya, f"?team={team}"), read(here.rafiq), read(here.zofia, f"?team={team}")

    assert "Only 2 files of Duty 2 were chosen by chance" in page
    assert "Planning and review" not in page
    assert ("Duty 2" in managers, "Safeguarding 1" in managers) == (True, False)
    assert "Only 2 files" not in others


def test_a_briefing_that_took_a_theme_up_is_named_beside_it() -> None:
    here, _ = make.council(), audited(1)
    briefing = Briefing.objects.create(
        authority=here.authority, title="Plans that hold", period_starts_on="2026-10-01", period_ends_on="2027-03-31",
        made_at=make.NOW, made_by=here.maya,
    )  # fmt: skip
    briefing.themes.add(Theme.objects.get(key="planning"))

    assert "Plans that hold" in read(here.maya)


def test_nothing_of_a_file_graded_blind_is_counted_for_whoever_grades_it() -> None:
    audits = audited(1, grade="inadequate")
    vera = moderating.who_reads_everything()
    assert "(of 1)" in read(vera)

    moderating.allotted(audits[0], vera)

    assert "No audit was submitted in these periods" in read(vera)


def test_who_manages_nothing_is_told_who_sees_it() -> None:
    answer = signed_in(make.council().ffion).get(PAGE)

    assert (answer.status_code, "Themes are seen by" in words(answer)) == (403, True)


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_statements_however_many_files(number: int) -> None:
    audited(number)

    client = signed_in(make.council().maya)
    assert statements(client, PAGE) == 8
    assert statements(client, f"{PAGE}?every=month") == 8
