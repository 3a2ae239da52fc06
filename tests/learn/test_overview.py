"""What the overview reads: the counts that are kept, as one person may see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from goldenthread.audit.models import Audit, FileCount
from goldenthread.audit.queries.counting import counted_in
from goldenthread.audit.queries.moderation import Given
from goldenthread.audit.services.counting import count_again
from goldenthread.learn.overviewing import grades_chart, left_out, share_over_time
from goldenthread.learn.queries.overview import Graded, overview_of
from goldenthread.method.trends import Point
from tests import make
from tests.audit import moderating

pytestmark = pytest.mark.django_db


def kept() -> Counter[tuple[Any, ...]]:
    rows = FileCount.objects.exclude(files=0).values_list("month", "random", "team", "measure", "value", "files")
    return Counter({tuple(row[:-1]): row[-1] for row in rows})


def test_a_submitted_file_is_counted_with_its_grades() -> None:
    audit = make.submitted_audit()

    found = overview_of(make.council().maya, make.DAY)

    judged = dict(audit.judgements.filter(stands=True).values_list("section", "grade"))
    assert found.this_year.grades == Counter([judged[""]])
    assert {value for (_, _, _, measure, value) in kept() if measure.startswith("section:")} == {
        grade for section, grade in judged.items() if section
    }


def test_a_quarter_without_files_stays_on_the_chart_and_one_of_few_is_no_point_of_a_trend() -> None:
    make.submitted_audit()
    found = overview_of(make.council().maya, make.DAY)
    quarters = [Graded(span.period, Counter(good=12) if place == 3 else span.grades)
                for place, span in enumerate(found.quarters)]  # fmt: skip

    chart = grades_chart(replace(found, quarters=quarters))

    assert chart is not None
    assert chart.categories == tuple(each.period.label for each in quarters[3:])
    assert share_over_time(replace(found, quarters=quarters)).points == [Point(quarters[3].period.label, 100.0, 12)]
    assert left_out(found) == (
        "A quarter of fewer than 10 files is no point of a trend: its share would say more than is known."
    )
    assert left_out(replace(found, quarters=quarters[:4])) == ""


def test_counting_again_finds_what_was_kept() -> None:
    make.submitted_audit()
    before = kept()

    assert count_again(make.council().authority.pk) == 0
    assert kept() == before


def test_counting_again_puts_right_what_was_not_kept() -> None:
    make.submitted_audit()
    before = kept()
    FileCount.objects.filter(measure="grade").update(files=7)
    FileCount.objects.exclude(measure="grade").delete()

    assert count_again(make.council().authority.pk) > 0
    assert kept() == before


def test_a_service_manager_sees_her_services_alone() -> None:
    audit = make.submitted_audit()
    here = make.council()
    hers, other = (
        (here.bridget, here.nadia) if audit.service_id in here.bridget.services_managed else (here.nadia, here.bridget)
    )

    assert overview_of(hers, make.DAY).this_year.files == 1
    assert overview_of(other, make.DAY).this_year.files == 0


def test_a_file_of_another_year_is_in_its_quarter_and_not_in_this_year() -> None:
    make.submitted_audit()

    found = overview_of(make.council().maya, make.DAY + timedelta(days=365))

    assert found.this_year.files == 0
    assert sum(quarter.files for quarter in found.quarters) == 1


def test_whoever_grades_a_file_blind_does_not_learn_its_grade() -> None:
    grader = moderating.allotted(moderating.audit("inadequate"), moderating.who_reads_everything())

    assert overview_of(grader, make.DAY).this_year.files == 0
    assert overview_of(make.council().maya, make.DAY).this_year.files == 1


def test_a_moved_grade_is_counted_where_it_stands_and_once_as_moved() -> None:
    audit = moderating.audit("inadequate")
    moderator = moderating.allotted(audit)
    moderating.graded(audit, "good", by=moderator)
    moderating.agreed(audit, {name: Given("good", "It is.") for name in moderating.standing(audit)}, moderator)

    found = overview_of(make.council().maya, make.DAY)

    assert found.this_year.grades == Counter(["good"])
    assert found.moved == Counter(["higher"])
    assert count_again(make.council().authority.pk) == 0


def test_marks_are_read_in_three_statements(django_assert_num_queries: Any) -> None:
    make.submitted_audit()

    with django_assert_num_queries(3):
        counted_in(Audit.objects.all())
