"""A day, stored as ISO text."""

from __future__ import annotations

import re
from datetime import date

from goldenthread.method.refusal import Refused
from goldenthread.method.template import Question

KEY = "date"
TEMPLATE = "audit/questions/date.html"
EXAMPLES = (
    ("2026-03-31", "2026-03-31", "31 March 2026"),
    ("31/3/2026", "2026-03-31", "31 March 2026"),
    (" 1 / 12 / 2025 ", "2025-12-01", "1 December 2025"),
    ("//", "", ""),
)
REFUSED = ("31/2/2026", "3/31/2026", "31/3/26", "31/3/", "2026", "yesterday", "1/1/1989", "2101-01-01")

EARLIEST, LATEST = 1990, 2100  # years; outside them it is a slip of the finger and not a child's file

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_THREE_PARTS = re.compile(r"(?P<day>[0-9]{1,2})\s*/\s*(?P<month>[0-9]{1,2})\s*/\s*(?P<year>[0-9]{4})")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def read(raw: str, question: Question) -> str:
    """Day, month and year divided by strokes, as the three boxes of the form give them, or an ISO date."""
    said = raw.strip()
    if not said.strip("/ "):
        return ""
    parts = _ISO.fullmatch(said) or _THREE_PARTS.fullmatch(said)
    try:
        day = date(*(int(parts[unit]) for unit in ("year", "month", "day"))) if parts else None
    except ValueError:
        day = None
    if day is None:
        raise Refused(f"{question.label} “{said[:60]}” is not a date; expected day, month and year, like 31/3/2026.")
    if not EARLIEST <= day.year <= LATEST:
        raise Refused(f"{question.label} “{said}” is not a likely date; expected a year from {EARLIEST} to {LATEST}.")
    return day.isoformat()


def shown(value: str, question: Question) -> str:
    if not value:
        return ""
    day = date.fromisoformat(value)
    # Written out here: strftime's month follows the machine's language, not the reader's.
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
