"""Where a list goes on, as an address has it: what names no place is the first page, whatever is typed there."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q

from goldenthread.web.keyset import beyond


@pytest.mark.parametrize(
    "typed",
    ["", "2026-10-06", "2026-10-06.", "2026-10-06.x", "2026-13-06.1", ".1", "2026-10-06.²", "2026-10-06." + "9" * 19],
)
def test_what_names_no_place_is_the_first_page(typed: str) -> None:
    assert beyond("due_on", typed) == Q()


def test_what_comes_after_is_later_or_of_that_day_with_a_higher_key() -> None:
    assert beyond("due_on", "2026-10-06.7") == Q(due_on__gt=date(2026, 10, 6)) | Q(due_on=date(2026, 10, 6), pk__gt=7)


def test_with_the_newest_first_it_is_earlier_or_of_that_day_with_a_lower_key() -> None:
    after = beyond("held_on", "2026-10-06.7", newest_first=True)

    assert after == Q(held_on__lt=date(2026, 10, 6)) | Q(held_on=date(2026, 10, 6), pk__lt=7)
