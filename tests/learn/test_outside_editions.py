"""Editions for bodies: for whom each is, what the attacker stops, and what a year rests on."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.learn.models import Edition
from goldenthread.learn.periodic.tables import POPULATION
from goldenthread.learn.queries.editions import editions_visible_to
from goldenthread.learn.readers import CIRCULATION, SERVICE
from goldenthread.learn.reports import annual, cycle, quarterly
from goldenthread.learn.services import draft_edition, prepared, publish_edition
from goldenthread.learn.subjects import Subject
from goldenthread.method.disclosure import Released
from goldenthread.method.refusal import Refused
from tests import make
from tests.learn.published import six_files

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)


def quarter(body: str = "dmt", starts: str = "2026-10-01") -> Subject:
    found = quarterly.subject(make.council().authority, f"{starts}:{body}")
    assert found is not None
    return found


def begun(subject: Subject, report: str = "quarterly") -> Edition:
    return draft_edition(by=make.council().maya, report=report, subject=subject, now=make.NOW)


def published(subject: Subject, report: str = "quarterly") -> Edition:
    maya, edition, (readers, *_) = make.council().maya, begun(subject, report), subject.readers
    shown = prepared(by=maya, edition=edition, readers=readers, today=TODAY).digest
    return publish_edition(by=maya, edition=edition, readers=readers, shown=shown, now=make.NOW, today=TODAY)


# --- of what, and for whom ---------------------------------------------------------------------------------


def test_each_body_of_the_framework_has_its_edition_of_each_quarter_that_ended_with_audits() -> None:
    six_files()
    authority = make.council().authority

    found = [subject.key for subject in quarterly.subjects(authority, date(2027, 1, 10))]

    bodies = ("service_director", "dmt", "dmm", "board_working_group")
    assert found == [f"2026-10-01:{body}" for body in bodies]
    assert quarterly.subjects(authority, date(2026, 12, 31)) == []


@pytest.mark.parametrize("key", ["2026-10-01:nobody", "2026-10-02:dmt", "quarter:dmt", "2026-10-01", "1999-01-01:dmt"])
def test_what_is_no_quarter_of_a_body_is_nothing(key: str) -> None:
    assert quarterly.subject(make.council().authority, key) is None


def test_a_quarter_without_an_audit_is_refused_and_nothing_is_kept() -> None:
    six_files()

    with pytest.raises(
        Refused, match=r"^No audit was submitted in January to March 2027, so there is nothing to report\.$"
    ):
        begun(quarter(starts="2027-01-01"))

    assert not Edition.objects.exists()


def test_an_edition_of_a_body_within_the_service_is_read_by_its_managers_and_not_by_a_team_s() -> None:
    six_files()
    here, inside = make.council(), published(quarter("dmt"))

    readers = {
        name
        for name in ("maya", "helena", "nadia", "rafiq", "grace")
        if inside in editions_visible_to(getattr(here, name))
    }

    assert readers == {"maya", "helena", "nadia"}


def test_an_edition_keeps_of_what_it_is_for_whom_and_what_it_released() -> None:
    six_files()
    outside = published(quarter("board_working_group"))

    assert (outside.period_starts_on, outside.period_ends_on, outside.body) == (
        date(2026, 10, 1), date(2026, 12, 31), "board_working_group"
    )  # fmt: skip
    assert (outside.content or {})["readers"] == CIRCULATION
    assert {table["population"] for table in outside.released} >= {POPULATION}
    assert published(quarter("dmt")).released == []


def test_a_body_s_edition_is_for_nobody_else() -> None:
    six_files()
    edition = begun(quarter("board_working_group"))

    with pytest.raises(Refused, match="^Choose who will read this edition.$"):
        prepared(by=make.council().maya, edition=edition, readers=SERVICE, today=TODAY)


# --- the attacker ------------------------------------------------------------------------------------------


def released_before(*lines: tuple[int | None, int | None, int | None]) -> Edition:
    """An edition that left the service with a table of the same quarter by locality, kept as published."""
    here = make.council()
    table = Released(
        POPULATION, ("North", "South")[: len(lines) - 1], ("Good or better", "Below Good"), lines,
        by=("locality", "grade"), scope={"period": "October to December 2026"},
    )  # fmt: skip
    return Edition.objects.create(
        authority=here.authority, report="quarterly", subject="2026-10-01:elsewhere", state="published", content={},
        released=[table.as_json()], published_at=make.NOW, published_by=here.maya,
    )  # fmt: skip


def test_what_would_contradict_an_edition_that_is_out_is_not_published_and_says_so() -> None:
    six_files()
    edition = begun(quarter("board_working_group"))
    released_before((40, 40, 80), (40, 40, 80))
    maya = make.council().maya
    made = prepared(by=maya, edition=edition, readers=CIRCULATION, today=TODAY)

    assert made.unsafe
    with pytest.raises(Refused) as refused:
        publish_edition(
            by=maya, edition=edition, readers=CIRCULATION, shown=made.digest, now=make.NOW, today=TODAY
        )  # fmt: skip
    assert refused.value.sentences == made.unsafe
    edition.refresh_from_db()
    assert edition.state == "draft"


# --- a year, and a cycle -----------------------------------------------------------------------------------


def year() -> Subject:
    found = annual.subject(make.council().authority, "2026-04-01:joint_leadership_team")
    assert found is not None
    return found


def test_a_year_rests_on_the_quarters_that_left_the_service_and_says_which_did_not() -> None:
    six_files()
    published(quarter("dmt"))
    published(quarter("board_working_group"))

    found = annual.figures(year(), TODAY, circulated=True)
    parts = {part.title: part.blocks for part in annual.compose(found, {}).parts}["The year's quarters"]

    assert [(label.starts_on, kept.audience if kept else None) for label, kept in found.rested] == [
        (date(2026, 4, 1), None), (date(2026, 7, 1), None),
        (date(2026, 10, 1), "KSCB Performance and Scrutiny Working Group"), (date(2027, 1, 1), None),
    ]  # fmt: skip
    assert "Of April to June 2026, July to September 2026 and January to March 2027 no edition that left" in str(
        parts[0]
    )


def test_a_year_can_be_published_after_its_quarters() -> None:
    six_files()
    published(quarter("board_working_group"))

    assert published(year(), "annual").state == "published"


def test_a_cycle_is_six_weeks_from_the_first_day_of_the_year_and_lists_its_sessions() -> None:
    six_files()
    here = make.council()
    rules = here.framework.parsed

    assert [cycle.span(rules, day).starts_on for day in (date(2026, 4, 1), date(2026, 5, 13), date(2027, 3, 31))] == [
        date(2026, 4, 1), date(2026, 5, 13), date(2027, 3, 3)
    ]  # fmt: skip
    subject = cycle.subject(here.authority, "2026-09-16")
    assert subject is not None
    found = cycle.figures(subject, TODAY)
    assert [(each.group, each.submitted, each.allotted, each.good) for each in found.sittings] == [
        ("Safeguarding and child protection", 6, 6, 6)
    ]
    assert cycle.subject(here.authority, "2026-09-17") is None
