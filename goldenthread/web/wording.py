"""How a page says a day, a moment, a number. Every filter of the templates is a function here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NOTHING = "–"  # what a page shows where there is no value  # noqa: RUF001


def day(value: date | None, style: str = "long") -> str:
    """A day in words; a moment is first brought to the date on the wall in England.

    >>> day(date(2026, 8, 3)), day(date(2026, 8, 3), "short"), day(date(2026, 8, 3), "plain"), day(None)
    ('Monday 3 August 2026', '3 Aug 2026', '3 August 2026', '–')
    """
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = value.astimezone(LONDON).date()
    pattern = {"long": "%A {} %B %Y", "plain": "{} %B %Y", "short": "{} %b %Y"}[style]
    return value.strftime(pattern).format(value.day)


def when(value: datetime | None, style: str = "short") -> str:
    """A moment as the clock on the wall in England says it.

    >>> when(datetime(2026, 8, 3, 13, 5, tzinfo=ZoneInfo("UTC")))
    '3 Aug 2026 at 2:05pm'
    """
    if value is None:
        return NOTHING
    here = value.astimezone(LONDON)
    return f"{day(here.date(), style)} at {here.hour % 12 or 12}:{here:%M}{'am' if here.hour < 12 else 'pm'}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "task"), plural(0, "task"), plural(1200, "child", "children")
    ('1 task', '0 tasks', '1,200 children')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(part: float | None, whole: float | None = None, places: int = 0) -> str:
    """A share as a percentage: of `whole` where that is given, else `part` is already the share.

    >>> percent(9, 40), percent(0.125, places=1), percent(3, 0), percent(None)
    ('23%', '12.5%', '–', '–')
    """
    if part is None or whole == 0:
        return NOTHING
    share = part if whole is None else part / whole
    hundredths = round(share * 100 + 1e-9, places)  # 22.5 is 23, not the nearest even number
    return f"{hundredths:.{places}f}%"


def number(value: float | None, places: int = 0) -> str:
    """A figure with its thousands apart.

    >>> number(12000), number(3.14159, 2), number(None)
    ('12,000', '3.14', '–')
    """
    return NOTHING if value is None else f"{value:,.{places}f}"


def listed(things: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Several things in one sentence.

    >>> listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")
    ('', 'a', 'a and b', 'a, b or c')
    """
    *rest, final = list(things) or [""]
    return f"{', '.join(rest)} {last} {final}" if rest else final


def keyed(rows: Iterable[Sequence[Any]], *names: str) -> list[dict[str, Any]]:
    """Rows with a name for each place, as GOV.UK's components ask for them.

    >>> keyed([("Home", "/")], "text", "href")
    [{'text': 'Home', 'href': '/'}]
    """
    return [dict(zip(names, row, strict=True)) for row in rows]


FILTERS = {
    "day": day,
    "when": when,
    "plural": plural,
    "percent": percent,
    "number": number,
    "listed": listed,
    "keyed": keyed,
}
