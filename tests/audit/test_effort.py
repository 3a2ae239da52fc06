"""What past sessions took: the files finished on their own day, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.audit.models import Audit
from goldenthread.audit.queries.effort import files_finished_on_the_day
from goldenthread.method.capacity import PastFile
from goldenthread.plan.models import Group
from tests import make

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)


def finished(number: int = 1) -> list[Audit]:
    """Files of one session, submitted on its day."""
    return [make.submitted_audit(of) for of in make.audits(make.drawn_session(number))]


def found(since: date = LONG_AGO) -> list[PastFile]:
    return list(files_finished_on_the_day(make.council().authority.pk, since))


def test_a_file_finished_on_the_day_is_there_with_its_kind() -> None:
    (audit,) = finished()

    assert found() == [PastFile(audit.submitted_by_id, make.DAY, "child_in_need", "under_1")]


def test_linked_files_and_a_long_involvement_make_another_kind() -> None:
    (audit,) = finished()
    Audit.objects.update(linked=["fostering_file"], opened_on=date(2020, 1, 1))

    assert [file.kind for file in found()] == ["over_3_linked"]


def test_a_file_finished_later_says_nothing_of_the_day() -> None:
    finished()
    Audit.objects.update(submitted_at="2026-10-07T09:00Z")

    assert found() == []


def test_the_day_is_the_one_on_the_wall_in_england() -> None:
    finished()
    Audit.objects.update(submitted_at="2026-10-05T23:30Z")  # half past midnight on the 6th

    assert [file.day for file in found()] == [make.DAY]


def test_a_file_not_submitted_says_nothing() -> None:
    make.answered_audit()

    assert found() == []


def test_single_records_have_no_day_to_fill() -> None:
    finished()
    Group.objects.update(meets=False)

    assert found() == []


def test_older_sessions_are_left_out() -> None:
    finished()

    assert found(date(2026, 10, 7)) == []


def test_another_councils_files_are_not_read() -> None:
    finished()

    assert list(files_finished_on_the_day(0, LONG_AGO)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_all_are_read_in_one_statement(number: int) -> None:
    finished(number)
    authority = make.council().authority.pk

    with CaptureQueriesContext(connection) as sent:
        assert len(list(files_finished_on_the_day(authority, LONG_AGO))) == number
    assert len(sent) == 1
