"""Reading an expression: text in, nodes out, or one sentence that says where the reading stopped."""

from __future__ import annotations

import re
from collections.abc import Callable

from goldenthread.method.expressions.functions import FUNCTIONS, PATTERN, PLACES, TRUTH, VALUE, Function
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
from goldenthread.method.expressions.patterns import pattern
from goldenthread.method.refusal import Refused

LONGEST = 2_000  # characters
DEEPEST = 20  # brackets within brackets; also what keeps a hostile template from exhausting the stack

SIGNS = ("=", "!=", "<", "<=", ">", ">=")
A_VALUE = "${a name}, a 'text', a number, . or a function"
A_COMPARISON = "a comparison (= != < > <= >=)"

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<name>\$\{[^}]*\})
      | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<sign><=|>=|!=|=|<|>)
      | (?P<word>[A-Za-z][A-Za-z0-9_:-]*)
      | (?P<mark>[().,*+-])
    )""",
    re.VERBOSE,
)
_CHANGING = ("today", "now")


def parse(text: str) -> Expression:
    """Read a condition. Raises Refused with one sentence that says where the reading stopped.

    >>> parse(". >= 0 and . <= 10")  # doctest: +ELLIPSIS
    And(conditions=(Compare(left=Name(name='.'), sign='>=', right=Number(number=0.0)), ...))
    >>> parse("pulldata(${tags}) > 1")
    Traceback (most recent call last):
    goldenthread.method.refusal.Refused: “pulldata(${tags}) > 1” uses pulldata, which is not supported; see \
docs/expressions.md for what is.
    """
    reader = _Reader(text)
    return reader.ended(reader.truth(reader.any_of()))


def parse_value(text: str) -> Expression:
    """Read what works out a value: anything `parse` reads, and what is no condition as well.

    >>> parse_value("${a} + 1")
    Arithmetic(first=Name(name='a'), rest=(('+', Number(number=1.0)),))
    """
    reader = _Reader(text)
    return reader.ended(reader.any_of())


def is_condition(expression: Expression) -> bool:
    """Whether this is true or false, and not a text or a number."""
    match expression:
        case And() | Or() | Compare():
            return True
        case Call(function, arguments):
            gives = FUNCTIONS[function].gives
            return gives == TRUTH or (not gives and is_condition(arguments[-1]))
    return False


def _tokens(text: str) -> list[tuple[str, str]]:
    """(kind, token) in order; the kinds are the names of the groups in `_TOKEN`."""
    tokens: list[tuple[str, str]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            if text[at:].lstrip()[:1] in "‘’“”":  # as a spreadsheet makes of straight ones while somebody types
                raise Refused(f"“{text}” has a curved quotation mark; write straight ones, as in 'yes'.")
            raise Refused(f"“{text}” cannot be read from “{text[at:].strip()}” on.")
        tokens.append((str(found.lastgroup), found[found.lastindex or 0]))
        at = found.end()
    return tokens


class _Reader:
    """Recursive descent over the tokens of one expression, the loosest binding first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.depth = 0
        if len(text) > LONGEST:
            raise Refused(f"An expression of {len(text)} characters is too long; {LONGEST} is the most.")
        self.tokens = _tokens(text)
        self.at = 0

    def ended(self, expression: Expression) -> Expression:
        if self.at < len(self.tokens):
            raise self.refusal("the end, and, or or")
        return expression

    def any_of(self) -> Expression:
        return self.joined("or", Or, self.all_of)

    def all_of(self) -> Expression:
        return self.joined("and", And, self.comparison)

    def joined(self, word: str, node: type[And] | type[Or], part: Callable[[], Expression]) -> Expression:
        first = part()
        if self.next_token()[1] != word:
            return first
        conditions = [self.truth(first)]
        while self.taken(word):
            conditions.append(self.truth(part()))
        return node(tuple(conditions))

    def comparison(self) -> Expression:
        left = self.sum()
        kind, sign = self.next_token()
        if kind != "sign":
            return left
        self.value(left)
        self.at += 1
        return Compare(left, sign, self.value(self.sum()))

    def sum(self) -> Expression:
        return self.calculated(("+", "-"), self.product)

    def product(self) -> Expression:
        return self.calculated(("*", "div", "mod"), self.single)

    def calculated(self, signs: tuple[str, ...], part: Callable[[], Expression]) -> Expression:
        first, rest = part(), list[tuple[str, Expression]]()
        while (sign := self.next_token()[1]) in signs:
            if not rest:
                self.value(first)
            self.at += 1
            rest.append((sign, self.value(part())))
        return Arithmetic(first, tuple(rest)) if rest else first

    def single(self) -> Expression:
        kind, said = self.next_token()
        if said == "(":
            self.at += 1
            return self.bracketed()
        if said == "-":
            self.at += 1
            return self.negative()
        if kind == "word":
            return self.call()
        if kind not in ("name", "text", "number") and said != ITSELF:
            raise self.refusal(A_VALUE)
        self.at += 1
        if kind == "name":
            return Name(said[2:-1].strip())
        if kind == "text":
            return Text(said[1:-1])
        return Name(ITSELF) if said == ITSELF else Number(float(said))

    def negative(self) -> Expression:
        if self.next_token()[1] == "-":
            raise self.refusal(A_VALUE)
        value = self.value(self.single())
        return Number(-value.number) if isinstance(value, Number) else Arithmetic(Number(0.0), (("-", value),))

    def bracketed(self) -> Expression:
        self.deeper()
        expression = self.any_of()
        self.must(")")
        self.depth -= 1
        return expression

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused(f"“{self.text}” has more than {DEEPEST} brackets within brackets.")

    def call(self) -> Expression:
        name = self.next_token()[1]
        if name in _CHANGING:
            why = "what is asked of a file must not change with the day it is opened"
            raise Refused(f"“{self.text}” uses {name}, which is not supported: {why}.")
        if name in ("and", "or", "div", "mod"):
            raise self.refusal(A_VALUE)
        if name not in FUNCTIONS:
            raise Refused(f"“{self.text}” uses {name}, which is not supported; see docs/expressions.md for what is.")
        self.at += 1
        self.must("(")
        self.deeper()
        arguments = self.arguments(name, FUNCTIONS[name])
        self.depth -= 1
        return Call(name, tuple(arguments))

    def arguments(self, name: str, function: Function) -> list[Expression]:
        found: list[Expression] = []
        while not self.taken(")"):
            if found:
                self.must(",")
            if len(found) == function.longest:
                raise self.refusal(")")
            found.append(self.argument(function.taken_at(len(found))))
        if len(found) < function.fewest:
            self.at -= 1
            raise self.refusal(f"another argument of {name}( )" if found else A_VALUE)
        if name == "if" and is_condition(found[1]) != is_condition(found[2]):
            raise Refused(f"“{self.text}” has an if( ) that gives a condition or a value; expected one or the other.")
        return found

    def argument(self, taken: str) -> Expression:
        found = self.any_of()
        if taken == TRUTH:
            return self.truth(found)
        if taken == VALUE:
            return self.value(found)
        if taken == PATTERN:
            if not isinstance(found, Text):
                raise self.refusal("a 'pattern' in quotes before it")
            pattern(found.text)
        if taken == PLACES and not (isinstance(found, Number) and found.number in range(7)):
            raise self.refusal(f"{PLACES} before it")
        return found

    def truth(self, expression: Expression) -> Expression:
        if not is_condition(expression):
            raise self.refusal(A_COMPARISON)
        return expression

    def value(self, expression: Expression) -> Expression:
        if is_condition(expression):
            raise Refused(f"“{self.text}” has a condition where a value was expected.")
        return expression

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
