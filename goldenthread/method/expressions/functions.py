"""The functions an expression may use, in one table: what each takes, gives and does.

docs/expressions.md is held against this table by a test. The values are XPath 1.0's: text, numbers and truths, with a
blank or any other text that is no number as NaN; and, as in ODK's JavaRosa, a day is the number of days since
1 January 1970 wherever a number is wanted (https://getodk.github.io/xforms-spec/#xpath-functions).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.method.expressions.patterns import pattern

Value = str | float | bool

TRUTH, VALUE, PATTERN, PLACES = "a condition", "a value", "a 'pattern'", "a whole number from 0 to 6"
ANY_NUMBER = 1_000  # of arguments; an expression is too short for more

_EPOCH = date(1970, 1, 1).toordinal()
_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def number_of(value: Value) -> float:
    """A value as a number; NaN for what is none.

    >>> number_of("2.50"), number_of("1970-01-31"), number_of("")
    (2.5, 30.0, nan)
    """
    if isinstance(value, str):
        return float(value) if _NUMBER.fullmatch(value) else _days(value)
    return float(value)


def text_of(value: Value) -> str:
    """A value as text; "" for NaN and the infinite, which nobody wants to read.

    >>> text_of(3.0), text_of(0.1 + 0.2), text_of(float("nan")), text_of(True)
    ('3', '0.3', '', 'true')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if not math.isfinite(value):
        return ""
    if value.is_integer():
        return str(int(value))
    return f"{value:.9f}".rstrip("0").rstrip(".")


def _days(text: str) -> float:
    day = _day(text)
    return float(date.fromisoformat(day).toordinal() - _EPOCH) if day else math.nan


def _day(value: Value) -> str:
    """An ISO day that exists, or ""."""
    text = text_of(value)
    try:
        return date.fromisoformat(text).isoformat() if _DAY.fullmatch(text) else ""
    except ValueError:
        return ""


def _round(value: Value, places: Value = 0.0) -> float:
    """Half goes up, as in XPath: 2.5 → 3, -2.5 → -2."""
    number, scale = number_of(value), 10.0 ** number_of(places)
    return math.floor(number * scale + 0.5) / scale if math.isfinite(number * scale) else number


def _int(value: Value) -> float:
    number = number_of(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., float]:
    def chosen(*values: Value) -> float:
        numbers = [number_of(value) for value in values]
        return math.nan if any(map(math.isnan, numbers)) else choose(numbers)

    return chosen


@dataclass(frozen=True, slots=True)
class Function:
    """`takes` says what each argument is; `least` of them must be there, and `most` may be, the last kind repeated.

    `gives` is TRUTH or VALUE, or "" for whatever its last arguments are. `words` says it to a person.
    """

    takes: tuple[str, ...]
    gives: str
    does: Callable[..., Value]
    words: str = ""
    least: int = 0
    most: int = 0

    @property
    def fewest(self) -> int:
        return self.least or len(self.takes)

    @property
    def longest(self) -> int:
        return self.most or len(self.takes)

    def taken_at(self, place: int) -> str:
        return self.takes[min(place, len(self.takes) - 1)]


FUNCTIONS: Mapping[str, Function] = {
    "selected": Function(
        (VALUE, VALUE), TRUTH, lambda among, word: text_of(word) in text_of(among).split(), "{0} include {1}"
    ),
    "count-selected": Function(
        (VALUE,), VALUE, lambda among: float(len(text_of(among).split())), "the number of answers in {0}"
    ),
    "not": Function((TRUTH,), TRUTH, lambda condition: not condition, "not ({0})"),
    "true": Function((), TRUTH, lambda: True, "always"),
    "false": Function((), TRUTH, lambda: False, "never"),
    "if": Function((TRUTH, "", ""), "", lambda when, then, other: then if when else other, "({1} if {0}, else {2})"),
    "coalesce": Function(
        (VALUE,), VALUE, lambda *values: next((one for one in values if text_of(one)), ""),
        "the first answered of {all}", least=2, most=ANY_NUMBER,
    ),
    "contains": Function((VALUE, VALUE), TRUTH, lambda text, part: text_of(part) in text_of(text), "{0} contains {1}"),
    "starts-with": Function(
        (VALUE, VALUE), TRUTH, lambda text, part: text_of(text).startswith(text_of(part)), "{0} begins with {1}"
    ),
    "string-length": Function((VALUE,), VALUE, lambda text: float(len(text_of(text))), "the length of {0}"),
    "concat": Function(
        (VALUE,), VALUE, lambda *texts: "".join(map(text_of, texts)), "{all} joined", least=2, most=ANY_NUMBER
    ),
    "regex": Function(
        (VALUE, PATTERN), TRUTH, lambda text, rule: pattern(str(rule)).matches(text_of(text)),
        "{0} is written as {1} asks",
    ),
    "number": Function((VALUE,), VALUE, number_of, "{0} as a number"),
    "int": Function((VALUE,), VALUE, _int, "the whole part of {0}"),
    "round": Function((VALUE, PLACES), VALUE, _round, "{0} rounded", least=1),
    "min": Function((VALUE,), VALUE, _extreme(min), "the least of {all}", least=2, most=ANY_NUMBER),
    "max": Function((VALUE,), VALUE, _extreme(max), "the most of {all}", least=2, most=ANY_NUMBER),
    "date": Function((VALUE,), VALUE, _day, "the day {0}"),
    "decimal-date-time": Function(
        (VALUE,), VALUE, lambda day: _days(text_of(day)), "the days from 1 January 1970 to {0}"
    ),
}  # fmt: skip
