"""An expression as a person would say it."""

from __future__ import annotations

from goldenthread.method.expressions.functions import FUNCTIONS, text_of
from goldenthread.method.expressions.nodes import (
    ITSELF,
    And,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Name,
    Number,
    Or,
    Text,
)

_SIGN_WORDS = {
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    ">": "is more than",
    "<=": "is at most",
    ">=": "is at least",
    "+": "plus",
    "-": "minus",
    "*": "times",
    "div": "divided by",
    "mod": "modulo",
}


def in_words(expression: Expression) -> str:
    """The condition or calculation as a person would say it.

    >>> from goldenthread.method.expressions import parse
    >>> in_words(parse("${status} != 'open_assessment' and not(selected(${tags}, 'uasc'))"))
    'status is not “open_assessment” and not (tags include “uasc”)'
    """
    match expression:
        case And(conditions):
            return " and ".join(_in_brackets(condition, Or) for condition in conditions)
        case Or(conditions):
            return " or ".join(_in_brackets(condition, And) for condition in conditions)
        case Compare(left, sign, right):
            return f"{in_words(left)} {_SIGN_WORDS[sign]} {in_words(right)}"
        case Arithmetic(first, rest):
            parts = [f"{_SIGN_WORDS[sign]} {_in_brackets(value, Arithmetic)}" for sign, value in rest]
            return " ".join([_in_brackets(first, Arithmetic), *parts])
        case Call(function, arguments):
            said = [in_words(argument) for argument in arguments]
            return FUNCTIONS[function].words.format(*said, all=", ".join(said))
        case Name(name):
            return "the answer" if name == ITSELF else name
        case Text(text):
            return f"“{text}”"
        case Number(number):
            return text_of(number)


def _in_brackets(part: Expression, kind: type[Expression]) -> str:
    words = in_words(part)
    return f"({words})" if isinstance(part, kind) else words
