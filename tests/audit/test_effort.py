"""What past sessions took: the files each auditor was given, finished on the day or not, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.audit.models import Audit, Part
from goldenthread.audit.queries.effort import files_given
from goldenthread.method.capacity import PastFile
from goldenthread.plan.models import Group
from tests import make

pytestmark = pytest.mark.django_db
LONG_AGO, LATER = date(2020, 1, 1), date(2026, 10, 7)


def finished(number: int = 1) -> list[Audit]:
    """Files of one session, submitted on its day."""
    return [make.submitted_audit(of) for of in make.audits(make.drawn_session(number))]


def found(since: date = LONG_AGO, before: date = LATER) -> list[PastFile]:
    return list(files_given(make.council().authority.pk, since, before))


def test_a_file_finished_on_the_day_is_there_with_its_kind() -> None:
    (audit,) = finished()

    assert found() == [PastFile(audit.submitted_by_id, make.DAY, "child_in_need", "under_1", finished=True)]


def test_linked_files_and_a_long_involvement_make_another_kind() -> None:
    finished()
    Audit.objects.update(linked=["fostering_file"], opened_on=date(2020, 1, 1))

    assert [file.kind for file in found()] == ["over_3_linked"]


def test_a_file_finished_later_was_left_on_the_day() -> None:
    finished()
    Audit.objects.update(submitted_at="2026-10-07T09:00Z")

    assert [file.finished for file in found()] == [False]


def test_the_day_is_the_one_on_the_wall_in_england() -> None:
    finished()
    Audit.objects.update(submitted_at="2026-10-06T23:30Z")  # half past midnight on the 7th

    assert [file.finished for file in found()] == [False]


def test_a_file_begun_and_not_submitted_was_left() -> None:
    make.answered_audit()

    assert [file.finished for file in found()] == [False]


def test_a_file_withdrawn_was_given_to_nobody() -> None:
    make.audit()
    Audit.objects.update(state="withdrawn")

    assert found() == []


def test_a_file_that_two_audit_together_is_neithers_day() -> None:
    audit = make.audit()
    Part.objects.get(audit=audit).people.add(make.council().nadia)

    assert found() == []


def test_single_records_have_no_day_to_fill() -> None:
    finished()
    Group.objects.update(meets=False)

    assert found() == []


def test_sessions_before_and_from_the_days_asked_are_left_out() -> None:
    finished()

    assert (found(since=LATER), found(before=make.DAY)) == ([], [])


def test_another_councils_files_are_not_read() -> None:
    finished()

    assert list(files_given(0, LONG_AGO, LATER)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_all_are_read_in_one_statement(number: int) -> None:
    finished(number)

    authority = make.council().authority.pk
    with CaptureQueriesContext(connection) as sent:
        assert len(list(files_given(authority, LONG_AGO, LATER))) == number
    assert len(sent) == 1
