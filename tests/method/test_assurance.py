"""How many signed-off tasks are checked, what a check says of all, and which files are audited again."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.assurance import (
    Checked,
    again_by,
    change_between,
    changes_among,
    changes_in_words,
    rate_in_words,
    rate_of,
    sample_quotas,
    sections_again,
    ticket,
    why_again,
)
from goldenthread.method.framework import Reaudit
from goldenthread.method.framework.acting import Assurance

SIZES = st.dictionaries(st.text("ABCDEFG", min_size=1, max_size=3), st.integers(1, 300), min_size=1, max_size=9)
RULES = st.builds(Assurance, sample_percent=st.integers(0, 100), at_least=st.integers(0, 40))


@given(SIZES, RULES)
def test_the_sample_is_the_share_the_least_and_one_of_each_service_and_never_more_than_there_are(sizes, rule) -> None:
    quotas = sample_quotas(sizes, rule)

    held = sum(sizes.values())
    share = -((-Fraction(held * rule.sample_percent, 100)) // 1)
    assert sum(quotas.values()) == min(held, max(share, rule.at_least, len(sizes)))
    assert all(1 <= quotas[name] <= sizes[name] for name in sizes)


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 20), st.integers(0, 20), st.integers(0, 20)), min_size=1))
def test_the_interval_holds_what_was_found_and_never_what_was_found_impossible(counts) -> None:
    services = [
        Checked(f"S{place}", done + partly + wanting + more, done + partly + wanting, done, partly, wanting)
        for place, (more, done, partly, wanting) in enumerate(counts)
    ]

    rate = rate_of(services)

    if rate.low is not None:
        assert rate.n / rate.held <= rate.low <= rate.high <= (rate.held - rate.of + rate.n) / rate.held


def test_where_every_task_is_checked_the_rate_is_known() -> None:
    rate = rate_of([Checked("Assessment", 8, 8, done=7, wanting=1)])

    assert rate_in_words(rate, "July 2026") == (
        "1 of 8 checked tasks was signed off but not, or only partly, done (13%). These are all 8 signed off in "
        "July 2026."
    )


def test_nothing_checked_says_nothing() -> None:
    assert rate_in_words(rate_of([]), "July 2026") == "No task was checked, so there is nothing to say."


# --- audited again -----------------------------------------------------------------------------------------

RULE = Reaudit(("inadequate",), 10, 3, True)


@pytest.mark.parametrize(
    ("grade", "share", "is_reaudit", "why"),
    [
        ("inadequate", 0.99, False, "grade"), ("inadequate", 0.01, True, "grade"), ("good", 0.09, False, "random"),
        ("good", 0.10, False, ""), ("good", 0.01, True, ""), ("", 0.5, False, ""),
    ],
)  # fmt: skip
def test_why_a_file_is_audited_again(grade: str, share: float, is_reaudit: bool, why: str) -> None:
    assert why_again(RULE, grade, share, is_reaudit=is_reaudit) == why


def test_tickets_fall_evenly() -> None:
    shares = [ticket("seed", f"C{place}") for place in range(20_000)]

    assert abs(sum(share < 0.1 for share in shares) - 2_000) < 5 * 42  # five standard deviations
    assert all(0 <= share < 1 for share in shares)


def test_a_ticket_is_the_one_anybody_works_out() -> None:
    """`printf 'a|reaudit|C001' | sha256sum` begins 949b…; its first 13 hex digits as a fraction."""
    assert ticket("a", "C001") == int("949b3df73a2d0", 16) / 16**13


def test_the_whole_file_is_looked_at_where_no_section_failed() -> None:
    rule = Reaudit(("inadequate",), 10, 3, True, scope="failed_sections")

    assert sections_again(rule, {"plan": "good", "": "inadequate"}) == ()


@pytest.mark.parametrize(
    ("day", "due"), [(date(2026, 8, 31), date(2026, 11, 30)), (date(2026, 10, 6), date(2027, 1, 6))]
)
def test_it_is_due_so_many_months_later(day: date, due: date) -> None:
    assert again_by(RULE, day) == due


# --- before and after --------------------------------------------------------------------------------------

SCALE = ("outstanding", "good", "requires_improvement", "inadequate")


@given(st.sampled_from(SCALE), st.sampled_from(SCALE))
def test_better_and_worse_are_each_others_mirror(before: str, after: str) -> None:
    mirror = {"better": "worse", "worse": "better", "the same": "the same"}

    assert change_between(after, before, SCALE) == mirror[change_between(before, after, SCALE)]


def test_picked_files_get_no_interval() -> None:
    changes = changes_among(["better"] * 12, at_random=False)

    assert "They were picked, not drawn at random" in changes_in_words(changes, "")
