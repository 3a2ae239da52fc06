"""Supervision notes: listed from the council's posts, drawn for a quarter, and never taken for a list of cases."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.method.case_list import verify
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Post
from goldenthread.select.models import CaseList, Draw
from goldenthread.select.queries.case_lists import case_lists_of, newest_loaded
from goldenthread.select.services.draws import outcome_of
from goldenthread.select.services.supervision import freeze_supervision_draw, list_supervision_files
from tests import make
from tests.audit import inspecting

pytestmark = pytest.mark.django_db


def listed() -> CaseList:
    return list_supervision_files(by=make.council().maya, as_at=make.DAY, now=make.NOW)


def test_each_practitioner_who_holds_cases_has_a_line_by_her_staff_number() -> None:
    make.council()

    assert set(listed().lines.values_list("ref", "worker__name", "team_name", "status")) == {
        ("AM10006", "Ffion Carrow", "Duty 2", "supervision_file"),
        ("AM10007", "Kwame Larkfield", "Safeguarding 1", "supervision_file"),
        ("AM10012", "Joel Brackenbury", "Looked After 1", "supervision_file"),
        ("AM10014", "Mei Fairweather", "Leaving Care 1", "supervision_file"),
    }


def test_where_nobody_holds_cases_there_is_nothing_to_list() -> None:
    make.council()
    Post.objects.filter(kind__in=("social_worker", "senior_practitioner")).update(ended_on=date(2026, 9, 1))

    with pytest.raises(Refused, match=r"^Nobody held a post that holds cases on 6 October 2026"):
        listed()
    assert CaseList.objects.count() == 0


def test_only_the_unit_lists_supervision_notes() -> None:
    with pytest.raises(Refused, match=r"^Supervision notes are listed by the Quality Assurance Unit\.$"):
        list_supervision_files(by=make.council().helena, as_at=make.DAY, now=make.NOW)


def test_a_draw_of_notes_is_the_same_draw_that_anybody_can_check() -> None:
    draw = inspecting.drawn_notes()

    assert verify(outcome_of(draw).as_json(), draw.frame.encode()) == ()
    assert (draw.session, draw.purpose) == (None, "Supervision notes, October to December 2026")


def test_a_quarter_is_drawn_for_once() -> None:
    inspecting.frozen_notes()

    with pytest.raises(Refused, match=r"^Supervision notes for October to December 2026 are already drawn"):
        inspecting.frozen_notes()
    assert Draw.objects.count() == 1


def test_a_quarter_that_is_over_is_not_drawn_for() -> None:
    summer = Period(date(2026, 7, 1), date(2026, 9, 30))

    with pytest.raises(Refused, match=r"^July to September 2026 is over"):
        freeze_supervision_draw(by=make.council().maya, period=summer, as_at=make.DAY, quotas={"x": 1}, now=make.NOW)
    assert CaseList.objects.count() == 0


def test_a_list_of_notes_is_never_the_newest_case_list() -> None:
    here = make.council()
    cases = make.case_list()
    notes = listed()

    assert notes.as_at > cases.as_at
    assert ([each.pk for each in case_lists_of(here.maya)], newest_loaded(here.authority.pk)) == ([cases.pk], cases)
