"""The conditions an audit template may set: a small, safe part of XLSForm's expressions.

Supported: `${name}`, `.` (the answer itself), 'text' or "text", numbers, `=` `!=` `<` `>` `<=` `>=`, `and`, `or`,
`not( … )`, brackets, and `selected(${tags}, 'looked_after')`. Everything else is refused with a sentence, because
the programs that read XLSForm disagree on the rest (https://xlsform.org/en/#relevant). Nothing is ever executed:
an expression is read once into frozen nodes and then asked.

>>> condition = parse("${status} = 'looked_after' or selected(${tags}, 'uasc')")
>>> sorted(names_in(condition))
['status', 'tags']
>>> holds(condition, {"status": "child_in_need", "tags": "uasc disability"})
True
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.method.refusal import Refused

LONGEST = 500  # characters
DEEPEST = 20  # brackets within brackets; also what keeps a hostile template from exhausting the stack
ITSELF = "."  # the name under which a constraint finds the answer it judges


@dataclass(frozen=True, slots=True)
class Name:
    """The answer or case fact of that name; "" where there is none."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    number: float


Value = Name | Text | Number


@dataclass(frozen=True, slots=True)
class Compare:
    left: Value
    sign: str
    right: Value


@dataclass(frozen=True, slots=True)
class Selected:
    """Whether a space-separated answer holds a word."""

    among: Value
    word: Value


@dataclass(frozen=True, slots=True)
class Not:
    condition: Expression


@dataclass(frozen=True, slots=True)
class And:
    conditions: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    conditions: tuple[Expression, ...]


Expression = Compare | Selected | Not | And | Or

_SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_SIGN_WORDS = {
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    ">": "is more than",
    "<=": "is at most",
    ">=": "is at least",
}
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<name>\$\{[^}]*\})
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<sign><=|>=|!=|=|<|>)
      | (?P<word>[A-Za-z][A-Za-z0-9_-]*)
      | (?P<mark>[().,])
    )""",
    re.VERBOSE,
)


def parse(text: str) -> Expression:
    """Read a condition. Raises Refused with one sentence that says where the reading stopped.

    >>> parse(". >= 0 and . <= 10")  # doctest: +ELLIPSIS
    And(conditions=(Compare(left=Name(name='.'), sign='>=', right=Number(number=0.0)), ...))
    >>> parse("count(${tags}) > 1")
    Traceback (most recent call last):
    goldenthread.method.refusal.Refused: “count(${tags}) > 1” uses count, which is not supported; only selected( ) and \
not( ) are.
    """
    return _Reader(text).whole()


def names_in(expression: Expression) -> frozenset[str]:
    """The answers and case facts a condition asks about, `.` among them where it is used."""
    match expression:
        case Compare(left, _, right) | Selected(left, right):
            return frozenset(value.name for value in (left, right) if isinstance(value, Name))
        case Not(condition):
            return names_in(condition)
        case And(conditions) | Or(conditions):
            return frozenset().union(*map(names_in, conditions))


def words_asked_of(expression: Expression) -> tuple[tuple[str, str], ...]:
    """Each (name, text) that a condition sets beside one another: what a misspelt text would make false for ever.

    >>> words_asked_of(parse("${status} = 'looked_after' and not(selected(${tags}, 'uasc'))"))
    (('status', 'looked_after'), ('tags', 'uasc'))
    """
    match expression:
        case Compare(Name(name), _, Text(text)) | Compare(Text(text), _, Name(name)) | Selected(Name(name), Text(text)):
            return ((name, text),)
        case Not(condition):
            return words_asked_of(condition)
        case And(conditions) | Or(conditions):
            return tuple(pair for condition in conditions for pair in words_asked_of(condition))
    return ()


def holds(expression: Expression, values: Mapping[str, str]) -> bool:
    """Whether a condition is true of these answers and facts; a name without a value counts as "".

    `=` and `!=` compare text with text, and as numbers when one side is written as a number. The four orderings
    compare two numbers or two ISO dates, and are false of anything else, a blank above all.

    >>> holds(parse("${age} < 5"), {"age": ""})
    False
    """
    match expression:
        case And(conditions):
            return all(holds(condition, values) for condition in conditions)
        case Or(conditions):
            return any(holds(condition, values) for condition in conditions)
        case Not(condition):
            return not holds(condition, values)
        case Selected(among, word):
            return _text(word, values) in _text(among, values).split()
        case Compare(left, "=", right):
            return _equal(left, right, values)
        case Compare(left, "!=", right):
            return not _equal(left, right, values)
        case Compare(left, sign, right):
            return _ordered(_text(left, values), sign, _text(right, values))


def in_words(expression: Expression) -> str:
    """The condition as a person would say it.

    >>> in_words(parse("${status} != 'open_assessment' and not(selected(${tags}, 'uasc'))"))
    'status is not “open_assessment” and not (tags include “uasc”)'
    """
    match expression:
        case And(conditions):
            return " and ".join(_in_brackets(condition, Or) for condition in conditions)
        case Or(conditions):
            return " or ".join(_in_brackets(condition, And) for condition in conditions)
        case Not(condition):
            return f"not ({in_words(condition)})"
        case Selected(among, word):
            return f"{_value_in_words(among)} include {_value_in_words(word)}"
        case Compare(left, sign, right):
            return f"{_value_in_words(left)} {_SIGN_WORDS[sign]} {_value_in_words(right)}"


def _in_brackets(condition: Expression, kind: type[And] | type[Or]) -> str:
    words = in_words(condition)
    return f"({words})" if isinstance(condition, kind) else words


def _value_in_words(value: Value) -> str:
    match value:
        case Name(name):
            return "the answer" if name == ITSELF else name
        case Text(text):
            return f"“{text}”"
        case Number(number):
            return f"{number:g}"


def _text(value: Value, values: Mapping[str, str]) -> str:
    match value:
        case Name(name):
            return values.get(name, "")
        case Text(text):
            return text
        case Number(number):
            return repr(number)


def _equal(left: Value, right: Value, values: Mapping[str, str]) -> bool:
    if isinstance(left, Number) or isinstance(right, Number):
        first, second = _number(_text(left, values)), _number(_text(right, values))
        return first is not None and first == second
    return _text(left, values) == _text(right, values)


def _ordered(left: str, sign: str, right: str) -> bool:
    for measure in (_number, _day):
        first, second = measure(left), measure(right)
        if first is not None and second is not None:
            return _SIGNS[sign](first, second)
    return False


_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def _number(text: str) -> float | None:
    return float(text) if _PLAIN_NUMBER.fullmatch(text) else None


def _day(text: str) -> float | None:
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError:
        return None


def _tokens(text: str) -> list[tuple[str, str]]:
    """(kind, token) in order; the kinds are the names of the groups in `_TOKEN`."""
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None:
            raise Refused(f"“{text}” cannot be read from “{text[at:].strip()}” on.")
        tokens.append((str(found.lastgroup), found[found.lastindex or 0]))
        at = found.end()
    return tokens


class _Reader:
    """Recursive descent over the tokens of one expression: or-parts of and-parts of single conditions."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.depth = 0
        if len(text) > LONGEST:
            raise Refused(f"An expression of {len(text)} characters is too long; {LONGEST} is the most.")
        self.tokens = _tokens(text)
        self.at = 0

    def whole(self) -> Expression:
        expression = self.any_of()
        if self.at < len(self.tokens):
            raise self.refusal("the end, and, or or")
        return expression

    def any_of(self) -> Expression:
        conditions = [self.all_of()]
        while self.taken("or"):
            conditions.append(self.all_of())
        return conditions[0] if len(conditions) == 1 else Or(tuple(conditions))

    def all_of(self) -> Expression:
        conditions = [self.single()]
        while self.taken("and"):
            conditions.append(self.single())
        return conditions[0] if len(conditions) == 1 else And(tuple(conditions))

    def single(self) -> Expression:
        if self.taken("("):
            return self.bracketed()
        if self.taken("not"):
            self.must("(")
            return Not(self.bracketed())
        if self.taken("selected"):
            return self.selected()
        kind, token = self.next_token()
        if kind == "word":
            raise Refused(f"“{self.text}” uses {token}, which is not supported; only selected( ) and not( ) are.")
        return self.comparison()

    def bracketed(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused(f"“{self.text}” has more than {DEEPEST} brackets within brackets.")
        expression = self.any_of()
        self.must(")")
        self.depth -= 1
        return expression

    def selected(self) -> Selected:
        self.must("(")
        among = self.value()
        self.must(",")
        word = self.value()
        self.must(")")
        return Selected(among, word)

    def comparison(self) -> Compare:
        left = self.value()
        kind, sign = self.next_token()
        if kind != "sign":
            raise self.refusal("a comparison (= != < > <= >=)")
        self.at += 1
        return Compare(left, sign, self.value())

    def value(self) -> Value:
        kind, token = self.next_token()
        if kind not in ("name", "text", "number") and token != ITSELF:
            raise self.refusal("${a name}, a 'text', a number or .")
        self.at += 1
        if kind == "name":
            return Name(token[2:-1].strip())
        if kind == "text":
            return Text(token[1:-1])
        return Name(ITSELF) if token == ITSELF else Number(float(token))

    def taken(self, token: str) -> bool:
        if self.next_token()[1] != token:
            return False
        self.at += 1
        return True

    def must(self, token: str) -> None:
        if not self.taken(token):
            raise self.refusal(token)

    def next_token(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def refusal(self, expected: str) -> Refused:
        found = self.next_token()[1]
        return Refused(f"“{self.text}” has {found or 'its end'} where {expected} was expected.")
