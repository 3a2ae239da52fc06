"""What is counted of a period: by hand on one session that went all the way, and at one cost however much there is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from goldenthread.learn.queries.period import period_figures
from goldenthread.learn.queries.period_facts import Checked, Open, PeriodFigures, Reading, Tasks, Themed, total
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.select.models import CaseList, DrawnCase
from goldenthread.select.queries.choosing import cases_named
from goldenthread.select.services import choosing
from goldenthread.select.services.draws import Chosen
from tests import make
from tests.learn.session_round import LATER, audited_session

pytestmark = pytest.mark.django_db

QUARTER, BEFORE = Period(date(2026, 10, 1), date(2026, 12, 31)), Period(date(2026, 7, 1), date(2026, 9, 30))


def figures(period: Period = QUARTER, **given: object) -> PeriodFigures:
    return period_figures(make.council().authority, period, LATER, **given)  # type: ignore[arg-type]


def test_each_number_is_what_a_hand_counts() -> None:
    audited_session()

    found = figures(points=[BEFORE, QUARTER])

    assert sorted((row.team, row.grade, row.files) for row in found.random) == [
        ("Duty 2", "good", 2), ("Duty 2", "requires_improvement", 1),
        ("Safeguarding 1", "good", 1), ("Safeguarding 1", "requires_improvement", 2),
    ]  # fmt: skip
    assert found.open == (
        Open("Child in need", "Duty 2", "Assessment and Duty Service", 6),
        Open("Child in need", "Safeguarding 1", "Safeguarding Service", 6),
    )
    assert found.readings == (Reading(BEFORE, 0, 0), Reading(QUARTER, 3, 6))
    assert found.themes == (
        Themed("practice", "good", "Planning and review", 1), Themed("practice", "improve", "Planning and review", 2),
        Themed("process", "improve", "Recording and chronology", 2),
    )  # fmt: skip
    assert found.tasks == (Tasks("Duty 2", "Assessment and Duty Service", 0, 1, 0, 1, 0, 0),)
    assert (found.checked, found.concerns) == (Checked(0, 0, 0), 0)
    assert ("Plan and review", "inadequate", 1) in found.sections


def test_files_that_were_chosen_for_a_reason_are_kept_apart() -> None:
    here, session = make.council(), make.drawn_session(2)
    drawn = set(DrawnCase.objects.values_list("ref", flat=True))
    named = next(ref for ref in (line.ref for line in make.lines()) if ref not in drawn)
    picked = cases_named(CaseList.objects.get(), {named: "A review is about it."})
    choosing.choose(
        by=here.maya, case_list=CaseList.objects.get(), session=session, framework=here.framework, picks=picked.picks,
        exclusions=picked.exclusions, chosen=Chosen(way="hand", because="A review."), now=make.NOW,
    )  # fmt: skip
    for audit in make.audits(session):
        make.submitted_audit(audit, grade="inadequate" if audit.ref == named else "good")

    found = figures(points=[QUARTER])

    assert (total(found.random), total(found.others)) == (2, 1)
    assert {row.grade for row in found.random} == {row.grade for row in found.sections} == {"good"}
    assert found.readings == (Reading(QUARTER, 2, 2),)


def test_an_audit_of_the_year_before_the_period_counts_for_the_year_alone() -> None:
    audited_session()

    found = figures(Period(date(2026, 10, 1), date(2026, 10, 31)))
    later = period_figures(
        make.council().authority, Period(date(2026, 4, 1), date(2027, 3, 31)), LATER, body="joint_leadership_team"
    )

    assert (total(found.files), total(later.files), later.detail) == (6, 6, "council")


def test_a_period_without_an_audit_is_refused_in_one_sentence() -> None:
    audited_session()

    with pytest.raises(
        Refused, match=r"^No audit was submitted in July to September 2026, so there is nothing to report\.$"
    ):
        figures(BEFORE)


@pytest.mark.parametrize("audits", [1, 3])
def test_it_costs_the_same_however_many_audits_there_are(
    audits: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(audits):
        held = make.session(held_on=make.DAY + timedelta(weeks=place))
        make.returned_audit(
            make.submitted_audit(make.audit(make.drawn_session(1, of=held, cases=[make.Line(f"W{place}")])))
        )
    authority = make.council().authority

    with django_assert_num_queries(21):
        period_figures(authority, QUARTER, LATER, points=[BEFORE, QUARTER])
