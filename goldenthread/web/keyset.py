"""Lists in the order of a day and of the key, a page at a time: found by where the page before ended, however long."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

PAGE = 50
LONGEST_KEY = 18  # digits: what every database takes


def page_of(
    rows: QuerySet[Any], day: str, after: str = "", *, most: int | None = None, newest_first: bool = False
) -> tuple[list[Any], str]:
    """So many rows in the order of this field, and the place where the next page begins ("" on the last).

    `after` is that place as an address has it; what names no place is the first page.
    """
    sign, most = "-" if newest_first else "", most or PAGE
    behind = rows.filter(beyond(day, after, newest_first=newest_first))
    found = list(behind.order_by(f"{sign}{day}", f"{sign}pk")[: most + 1])
    return found[:most], place_of(found[most - 1], day) if len(found) > most else ""


def place_of(row: Any, day: str) -> str:
    """Where a row stands, as it is written in an address."""
    return f"{getattr(row, day).isoformat()}.{row.pk}"


def beyond(day: str, place: str, *, newest_first: bool = False) -> Q:
    """The rows that come after this place; every row where it names none."""
    written, _, key = place.partition(".")
    if not (key.isascii() and key.isdecimal()) or len(key) > LONGEST_KEY:
        return Q()
    try:
        on = date.fromisoformat(written)
    except ValueError:
        return Q()
    way = "lt" if newest_first else "gt"
    return Q(**{f"{day}__{way}": on}) | Q(**{day: on, f"pk__{way}": int(key)})
