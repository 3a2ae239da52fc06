"""Which audits go to a stage of moderation, and why; the random share can be worked out by anybody."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.framework.moderating import ModerationStage
from goldenthread.method.lifecycles import MODERATION
from goldenthread.method.moderation import REASONS, Facts, differing, seed_without_chance, ticket, why_moderated

STAGE = ModerationStage("second", "Second look", ("team_manager",))


@pytest.mark.parametrize(
    ("rule", "facts", "share", "reason"),
    [
        ({"every": True, "grades": ("good",)}, Facts("good", 0), 0.0, "every"),
        ({"grades": ("inadequate",), "first_of_auditor": 3}, Facts("inadequate", 0), 0.0, "grade"),
        ({"grades": ("inadequate",), "first_of_auditor": 3}, Facts("good", 2), 0.0, "new auditor"),
        ({"grades": ("inadequate",), "first_of_auditor": 3}, Facts("good", 3), 0.0, None),
        ({"random_percent": 10}, Facts("good", 0), 0.0999, "random"),
        ({"random_percent": 10}, Facts("good", 0), 0.1, None),
        ({"random_percent": 0}, Facts("good", 0), 0.0, None),
        ({}, Facts("", 0), 0.0, None),
    ],
)
def test_a_stage_takes_what_its_rule_says(rule: dict, facts: Facts, share: float, reason: str | None) -> None:
    assert why_moderated(replace(STAGE, **rule), facts, share) == reason


@given(st.text(), st.text(), st.text())
def test_a_ticket_is_the_digest_as_a_fraction_worked_out_exactly(seed: str, stage: str, ref: str) -> None:
    digest = hashlib.sha256(f"{seed}|moderation|{stage}|{ref}".encode("utf-8", "surrogatepass")).hexdigest()
    exact = Fraction(int(digest, 16), 2**256)

    assert 0 <= exact - Fraction(ticket(seed, stage, ref)) < Fraction(1, 2**52)


def test_a_tenth_of_many_falls_in_the_random_share() -> None:
    fallen = sum(ticket("31625 44213", "second", f"C{number}") < 0.1 for number in range(10_000))

    assert 900 < fallen < 1100  # 3.3 standard deviations either way


def test_another_stage_or_seed_is_another_share() -> None:
    refs = [f"C{number}" for number in range(200)]
    shares = {
        name: frozenset(ref for ref in refs if ticket(*seed_and_stage, ref) < 0.25)
        for name, seed_and_stage in {"one": ("a", "x"), "stage": ("a", "y"), "seed": ("b", "x")}.items()
    }

    assert len(set(shares.values())) == 3


def test_what_stands_in_for_a_seed_hangs_on_list_and_audit() -> None:
    assert len({seed_without_chance(frame, audit) for frame in ("ab", "cd") for audit in ("K1", "K2")}) == 4


def test_only_sections_that_both_graded_can_differ() -> None:
    assert differing({"plan": "good", "voice": "good", "": "good"}, {"plan": "poor", "": "good"}) == ("plan",)


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) == {"every", "grade", "new auditor", "random", "challenge"}


def test_the_lifecycle_runs_from_waiting_to_decided() -> None:
    assert MODERATION.states == ("waiting", "grading", "to agree", "agreed", "challenged", "decided")
