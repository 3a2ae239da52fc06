"""What an expression is read into: frozen nodes, which are asked and never executed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ITSELF = "."  # the name under which a constraint or a task rule finds the answer it judges


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


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`first`, then each sign (+ - * div mod) with its value, from left to right."""

    first: Expression
    rest: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function of FUNCTIONS with what it is given."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    left: Expression
    sign: str
    right: Expression


@dataclass(frozen=True, slots=True)
class And:
    conditions: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    conditions: tuple[Expression, ...]


Expression = Name | Text | Number | Arithmetic | Call | Compare | And | Or


def within(expression: Expression) -> Iterator[Expression]:
    """The expression and everything it is made of."""
    yield expression
    for part in _parts(expression):
        yield from within(part)


def _parts(expression: Expression) -> tuple[Expression, ...]:
    match expression:
        case And(parts) | Or(parts) | Call(_, parts):
            return parts
        case Compare(left, _, right):
            return (left, right)
        case Arithmetic(first, rest):
            return (first, *(value for _, value in rest))
    return ()


def names_in(expression: Expression) -> frozenset[str]:
    """The answers and case facts an expression asks about, `.` among them where it is used."""
    return frozenset(part.name for part in within(expression) if isinstance(part, Name))


def words_asked_of(expression: Expression) -> tuple[tuple[str, str], ...]:
    """Each (name, text) that an expression sets beside one another: what a misspelt text would make false for ever.

    >>> from goldenthread.method.expressions import parse
    >>> words_asked_of(parse("${status} = 'looked_after' and not(selected(${tags}, 'uasc'))"))
    (('status', 'looked_after'), ('tags', 'uasc'))
    """
    found = []
    for part in within(expression):
        match part:
            case (
                Compare(Name(name), "=" | "!=", Text(text))
                | Compare(Text(text), "=" | "!=", Name(name))
                | Call("selected", (Name(name), Text(text)))
            ):
                found.append((name, text))
    return tuple(found)
