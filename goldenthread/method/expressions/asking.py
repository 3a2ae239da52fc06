"""Asking an expression: what it is worth for one audit's answers. Runs on every page of an audit."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from goldenthread.method.expressions.functions import FUNCTIONS, Value, number_of, text_of
from goldenthread.method.expressions.nodes import And, Arithmetic, Call, Compare, Expression, Name, Number, Or, Text

_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def holds(expression: Expression, values: Mapping[str, str]) -> bool:
    """Whether a condition is true of these answers and facts; a name without a value counts as "".

    `=` and `!=` compare as numbers where one side is a number, and else text with text. The four orderings compare
    numbers, or days by their number, and are false of anything else, a blank above all.

    >>> from goldenthread.method.expressions import parse
    >>> holds(parse("${age} < 5"), {"age": ""})
    False
    """
    match expression:
        case Compare(left, "=", right):
            return _equal(_worth(left, values), _worth(right, values))
        case Compare(left, "!=", right):
            return not _equal(_worth(left, values), _worth(right, values))
        case Compare(left, sign, right):
            return _ORDERS[sign](number_of(_worth(left, values)), number_of(_worth(right, values)))
        case And(conditions):
            return all(holds(condition, values) for condition in conditions)
        case Or(conditions):
            return any(holds(condition, values) for condition in conditions)
    return bool(_worth(expression, values))


def worked_out(expression: Expression, values: Mapping[str, str]) -> str:
    """What an expression is worth, as the text that is kept: "" for what cannot be worked out.

    >>> from goldenthread.method.expressions import parse_value
    >>> worked_out(parse_value("(${now} - ${then}) div 7"), {"then": "2026-03-02", "now": "2026-03-30"})
    '4'
    >>> worked_out(parse_value("${unanswered} + 1"), {})
    ''
    """
    return text_of(_worth(expression, values))


def _worth(expression: Expression, values: Mapping[str, str]) -> Value:
    match expression:
        case Name(name):
            return values.get(name, "")
        case Text(text):
            return text
        case Number(number):
            return number
        case Call(function, arguments):
            return FUNCTIONS[function].does(*(_worth(argument, values) for argument in arguments))
        case Arithmetic(first, rest):
            total = number_of(_worth(first, values))
            for sign, part in rest:
                total = _ARITHMETIC[sign](total, number_of(_worth(part, values)))
            return total
    return holds(expression, values)


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return number_of(left) == number_of(right)


def _divided(left: float, right: float) -> float:
    """By nought as in IEEE 754, which XPath follows: Python would raise."""
    if right:
        return left / right
    return math.nan if math.isnan(left) or not left else math.copysign(math.inf, left) * math.copysign(1, right)


def _remainder(left: float, right: float) -> float:
    """With the sign of what is divided, as in XPath: -5 mod 2 is -1."""
    return math.fmod(left, right) if right and math.isfinite(left) else math.nan


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divided,
    "mod": _remainder,
}
