"""What changed from one case list to a later one, held against reading both line by line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method.refusal import Refused
from goldenthread.people.models import Team
from goldenthread.select.models import CaseLine, CaseList
from goldenthread.select.queries.changes import changes_between
from tests import make

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
TEAMS, WORKERS = ("Duty 2", "Safeguarding 1"), ("Ffion Carrow", "Somebody Else", "")


def refs(lines: tuple[CaseLine, ...]) -> list[str]:
    return [line.ref for line in lines]


def test_lines_are_those_of_the_list_that_holds_them() -> None:
    older, newer = make.case_list([make.Line("C1")], JUNE), make.case_list([make.Line("C2")], JULY)

    changes = changes_between(older, newer)

    assert [(line.ref, line.case_list) for line in (*changes.opened, *changes.closed)] == [("C2", newer), ("C1", older)]
    assert changes.closed[0] == older.lines.get()


def test_a_team_known_here_is_the_same_team_whatever_it_is_called() -> None:
    older = make.case_list([make.Line("C1", team="Duty 2")], JUNE)
    Team.objects.filter(name="Duty 2").update(name="Duty North")
    newer = make.case_list([make.Line("C1", team="Duty North")], JULY)

    assert changes_between(older, newer).moved_team == ()


def test_lists_of_two_kinds_are_not_compared() -> None:
    older, newer = make.case_list(as_at=JUNE), make.case_list()
    newer.kind = "carer_file"

    with pytest.raises(Refused, match="Only lists of one kind"):
        changes_between(older, newer)


CASES = st.dictionaries(
    st.sampled_from([f"C{number}" for number in range(6)]),
    st.tuples(st.sampled_from(TEAMS), st.sampled_from(WORKERS)),
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(CASES, CASES)
def test_the_changes_are_those_of_reading_both_line_by_line(
    was: dict[str, tuple[str, str]], now: dict[str, tuple[str, str]]
) -> None:
    made: list[CaseList] = []
    for cases, day in ((was, JUNE), (now, JULY)):
        listed = make.case_list([make.Line("KEPT")], day)
        CaseLine.objects.bulk_create(
            CaseLine(
                authority=listed.authority, case_list=listed, ref=ref, status="child_in_need", team=make.team(team),
                team_name=team, worker_name=worker,
            )
            for ref, (team, worker) in cases.items()
        )  # fmt: skip
        made.append(listed)

    changes = changes_between(*made)

    both = sorted(was.keys() & now.keys())
    assert refs(changes.opened) == sorted(now.keys() - was.keys())
    assert refs(changes.closed) == sorted(was.keys() - now.keys())
    assert [before.ref for before, _ in changes.moved_team] == [ref for ref in both if was[ref][0] != now[ref][0]]
    assert [after.ref for _, after in changes.moved_worker] == [ref for ref in both if was[ref][1] != now[ref][1]]
