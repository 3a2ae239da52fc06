"""Councils' own words: known where they can be, left to a person where they cannot."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from goldenthread.select.formats.meanings import meaning, status

WORDS = Path(__file__).parent / "councils_words.csv"
"""Our own writing, in the ways real files vary: codes, letters, dashes, brackets, spelling, what stands around."""


def _words() -> list[tuple[str, str, str]]:
    with WORDS.open(encoding="utf-8", newline="") as lines:
        return [(row["field"], row["value"], row["meaning"]) for row in csv.DictReader(lines)]


def _said(field: str, value: str) -> str:
    return "+".join(sorted(status(value))) if field == "status" else meaning(field, value) or ""


@pytest.mark.parametrize(("field", "value", "expected"), _words())
def test_a_councils_word_means_what_it_says(field: str, value: str, expected: str) -> None:
    assert _said(field, value) == expected


def test_every_field_is_in_the_set_of_words() -> None:
    fields = defaultdict(int)
    for field, _, _ in _words():
        fields[field] += 1
    assert set(fields) == {"status", "legal_status", "placement", "disability", "uasc", "eligibility", "need", "abuse"}


@pytest.mark.parametrize(
    "value",
    [
        "Former LAC",
        "Not LAC",
        "Ex-CLA",
        "LAC to CIN",
        "CIN (was CP)",
        "Edge of care",
        "Pre-proceedings",
        "ICPC pending",
        "CP Conference",
        "CPP ended",
        "Awaiting closure",
        "Reopened",
        "LAC Respite",
        "Step down",
        "No status",
        "Open",
        "Referral",
        "~DO NOT USE TESTING ONLY!!!!",
        "#MULTIVALUE",
        "Code 'Q' is not mapped",
    ],
)
def test_a_status_that_is_not_certain_is_left_to_a_person(value: str) -> None:
    assert status(value) == frozenset()


@pytest.mark.parametrize(("before", "after"), [("a) ", ""), ("1 - ", ""), ("", " (LL)"), ("  ", "  "), ("CODE: ", "")])
def test_what_stands_around_a_status_does_not_change_it(before: str, after: str) -> None:
    assert status(f"{before}Looked\u2013after  child{after}") == {"looked_after"}
