"""What could name somebody in people's own words is masked and counted; other words stand as they were written."""

from __future__ import annotations

import pytest

from goldenthread.method.masking import Masker, References

ROLES = {
    "Ada Quill": "Auditor 1",
    "Siobhán O'Hara-Moss": "Team Manager 2",
    "Will Good": "Director",
    "Jo Li": "Auditor 2",
}
REFERENCES = References(("C 001", "K7"), {"k0012": "K0012"}, lambda ref: f"({ref})")


def masked(text: str, cleared: tuple[str, ...] = (), plain: tuple[str, ...] = ()) -> str:
    return Masker(ROLES, ["Pat Nobody"], plain, cleared).mask(text, REFERENCES)


@pytest.mark.parametrize(
    ("text", "as_packed"),
    [
        ("Ada Quill", "Auditor 1"),
        ("Ada Quill spoke.", "▇ spoke."),
        ("Quill’s note, and quill's", "▇ note, and ▇"),
        ("QUILL wrote", "▇ wrote"),
        ("O’Hara was there, Moss-like", "▇ was there, ▇-like"),
        ("A plan will be good", "A plan will be good"),
        ("A plan by Will", "A plan by ▇"),
        ("Jo and jo", "▇ and jo"),
        ("nobody came", "▇ came"),
        ("K0012 and k0012, not K00123", "(K0012) and (K0012), not K00123"),
        ("child c 001 and k7", "child (C 001) and (K7)"),
        ("write to a.b@family.org or 07700 900123 at L36 9YU", "write to ▇ or ▇ at ▇"),
        ("2 visits in 2026, 10 working days", "2 visits in 2026, 10 working days"),
        ("", ""),
    ],
)
def test_names_references_and_ways_to_reach_somebody_are_masked(text: str, as_packed: str) -> None:
    assert masked(text) == as_packed


def test_each_hit_is_counted_by_its_word() -> None:
    masker = Masker(ROLES)
    masker.mask("Ada, ada and Quill’s K7", REFERENCES)

    assert dict(masker.hits) == {"ada": 2, "quill": 1, "k7": 1}


def test_a_word_that_a_person_cleared_stands() -> None:
    assert masked("Moss on the wall, Quill", cleared=("moss",)) == "Moss on the wall, ▇"


def test_what_the_product_says_itself_is_left_alone() -> None:
    assert masked("Will the plan work?", plain=("Will the plan work?",)) == "Will the plan work?"
