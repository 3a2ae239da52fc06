"""A number with decimals, stored as plainly as it can be written."""

from __future__ import annotations

import re
from decimal import Decimal

from goldenthread.audit.questions.numbers import no_number
from goldenthread.method.template import Question

KEY = "decimal"
TEMPLATE = "audit/questions/decimal.html"
EXAMPLES = (
    ("0", "0", "0"),
    (" 07.50 ", "7.5", "7.5"),
    (".5", "0.5", "0.5"),
    ("-3.", "-3", "-3"),
    ("-0.0", "0", "0"),
    ("100", "100", "100"),
    ("123456789.123456", "123456789.123456", "123456789.123456"),
)
REFUSED = (".", "7,5", "1,000.5", "seven", "1e3", "٣", "1234567890", "0.1234567", "1.2.3", "NaN", "inf")

_DECIMAL = re.compile(r"-?(?:[0-9]{1,9}(?:\.[0-9]{0,6})?|\.[0-9]{1,6})")


def read(raw: str, question: Question) -> str:
    said = raw.strip()
    if not said:
        return ""
    if not _DECIMAL.fullmatch(said):
        raise no_number(raw, question, "digits with a point before the decimals, like 2.5, six decimals at most")
    plain = f"{Decimal(said):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


def shown(value: str, question: Question) -> str:
    return value
