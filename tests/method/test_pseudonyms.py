"""A pseudonym tells nobody which case it is, is the same within a purpose and another beyond it."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from goldenthread.method.pseudonyms import Pseudonyms

KEY = b"0123456789abcdef0123456789abcdef"


def test_it_is_the_first_ten_letters_of_the_keyed_digest() -> None:
    digest = hmac.new(KEY, b"7|pack abc|1|K0012", hashlib.sha256).digest()

    assert Pseudonyms(KEY, 7, "pack abc").of("K0012") == base64.b32encode(digest).decode()[:10]


def test_it_differs_by_key_authority_purpose_and_version() -> None:
    made = {
        Pseudonyms(KEY, 7, "feed").of("K1"), Pseudonyms(KEY[::-1], 7, "feed").of("K1"),
        Pseudonyms(KEY, 8, "feed").of("K1"), Pseudonyms(KEY, 7, "pack").of("K1"),
        Pseudonyms(KEY, 7, "feed", version=2).of("K1"),
    }  # fmt: skip

    assert len(made) == 5


def test_no_two_of_a_hundred_thousand_cases_are_alike() -> None:
    names = Pseudonyms(KEY, 1, "feed")

    assert len({names.of(f"{number:07}") for number in range(100_000)}) == 100_000


def test_one_that_remembers_says_the_same() -> None:
    names = Pseudonyms(KEY, 1, "feed")
    quick = names.remembering()

    assert [quick(case) for case in ("A", "A", "B", "A")] == [names.of(case) for case in ("A", "A", "B", "A")]


def test_a_short_key_is_no_key() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        Pseudonyms(b"short", 1, "feed")
