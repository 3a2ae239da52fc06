"""Cells to values, by the column's declared type and never by guess; each distinct value is worked out once."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

BLANKS = frozenset(
    {
        "",
        "null",
        "nan",
        "n/a",
        "#n/a",
        "na",
        "none",
        "nat",
        "-",
        "--",
        ".",
        "#ref!",
        "#value!",
        "#name?",
        "#div/0!",
        "#null!",
    }
)
"""What files write where they mean nothing (lower case)."""
SENTINELS = (date(1900, 1, 2), date(2099, 1, 1))
"""Dates up to the first or from the second mean "no date": case systems write 1900-01-01 and 9999-12-31."""

ADULT = "18 and over"
"""The last of the age bands."""

_EXCEL_EPOCH = date(1899, 12, 30)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august")
        + ("sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}
_TIME = r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_UK = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})" + _TIME, re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})" + _TIME, re.IGNORECASE)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_WORDED = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-]+([a-z]{3,9})[\s\-,]+(\d{4}|\d{2})" + _TIME, re.I
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_NOT_A_CHILD = re.compile(r"\W*(grand |sub[- ]?)?totals?\b|\W*(sum|count|average|notes?|source|n) ?[:=]", re.IGNORECASE)
_MONTHS_OLD = re.compile(r"(\d+(?:\.\d+)?)\s*(?:m|mth|mths|month|months|w|wk|wks|week|weeks|d|day|days)(?: old)?", re.I)
_YEARS_OLD = re.compile(r"(-?\d+(?:\.\d+)?)\s*(?:y|yr|yrs|year|years)?(?: old)?", re.IGNORECASE)


class Bad(str):
    """A value that could not be read as its column's type; the text is what stands in the file."""

    __slots__ = ()


def text(value: Any) -> str:
    """A cell as text: whole numbers without ".0", odd spaces made plain, words for nothing made "".

    >>> text(1001.0), text("Duty\\xa0 Team 2 "), text("#N/A")
    ('1001', 'Duty Team 2', '')
    """
    if isinstance(value, float):
        value = int(value) if value.is_integer() else value
    elif isinstance(value, bool):
        value = "Yes" if value else "No"
    written = str(value)
    plain = " ".join((written if written.isascii() else unicodedata.normalize("NFKC", written)).split())
    return "" if plain.lower() in BLANKS else plain


def reference(value: Any) -> str:
    """A child's reference as text, leading zeros kept, or `Bad` where the cell holds no reference (a total, a note).

    >>> reference(1001.0), reference("00511554"), reference("1001.0"), reference("Grand total")
    ('1001', '00511554', '1001', 'Grand total')
    >>> isinstance(reference("Grand total"), Bad)
    True
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str) and len(value) <= 64 and value.isascii() and value.isalnum() and value[-1].isdigit():
        return value
    if isinstance(value, (date, timedelta, bool)):
        return Bad(value)
    plain = text(value)
    if plain.endswith(".0") and plain[:-2].isdigit():
        plain = plain[:-2]
    return Bad(plain) if _NOT_A_CHILD.match(plain) or len(plain) > 64 else plain


def day(value: Any) -> date | Bad | None:
    """A date, None where there is none, or `Bad`.

    Day before month, as councils write; Excel's serial numbers count from 30 December 1899.

    >>> day("05/04/2024"), day(36526.0), day("1900-01-01"), day("May be 8 Jan 2000")
    (datetime.date(2024, 4, 5), datetime.date(2000, 1, 1), None, 'May be 8 Jan 2000')
    """
    if isinstance(value, datetime):
        found: date | None = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, (bool, timedelta)):
        return Bad(value)
    elif isinstance(value, (int, float)):
        found = _serial(float(value))
    elif not (plain := text(value)):
        return None
    else:
        found = _written(plain)
    if found is None:
        return Bad(text(value))
    return None if found <= SENTINELS[0] or found >= SENTINELS[1] else found


def _serial(number: float) -> date | None:
    return _EXCEL_EPOCH + timedelta(days=int(number)) if 0 <= number < 3_000_000 else None


def _written(plain: str) -> date | None:
    if _SERIAL.fullmatch(plain):
        return _serial(float(plain))
    if found := _ISO.fullmatch(plain) or _COMPACT.fullmatch(plain):
        year, month, day_ = (int(part) for part in found.groups())
    elif found := _UK.fullmatch(plain):
        day_, month, year = int(found[1]), int(found[2]), _year(found[3])
    elif found := _WORDED.fullmatch(plain):
        day_, month, year = int(found[1]), _MONTHS.get(found[2].lower(), 0), _year(found[3])
    else:
        return None
    try:
        return date(year, month, day_) if year >= 1900 else None
    except ValueError:
        return None


def _year(digits: str) -> int:
    """Two digits: a council's records reach from 1970 to 2069."""
    return int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= 70 else 2000)


def age(value: Any) -> int | Bad | None:
    """Whole years, -1 for an unborn child, None where blank, or `Bad`.

    >>> age(6.138), age("<1"), age("8 months"), age("unborn"), age("ten")
    (6, 0, 0, -1, 'ten')
    """
    if isinstance(value, (date, timedelta, bool)):
        return Bad(value)
    plain = text(value).lower()
    if not plain:
        return None
    if plain.startswith(("<1", "< 1", "under 1", "less than 1")):
        return 0
    if "unborn" in plain:
        return -1
    if found := _MONTHS_OLD.fullmatch(plain):
        return int(float(found[1]) // 12) if "m" in plain else 0
    if found := _YEARS_OLD.fullmatch(plain):
        years = int(float(found[1]) // 1)
        return years if -1 <= years <= 110 else Bad(text(value))
    return Bad(text(value))


def age_band(years: int | None) -> str:
    """The Department for Education's age bands.

    >>> [age_band(years) for years in (-1, 0, 4, 9, 15, 17, 18, None)]
    ['unborn', 'under 1', '1 to 4', '5 to 9', '10 to 15', '16 to 17', '18 and over', '']
    """
    if years is None:
        return ""
    if years < 0:
        return "unborn"
    bands = ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"), (18, "16 to 17"))
    return next((band for limit, band in bands if years < limit), ADULT)
