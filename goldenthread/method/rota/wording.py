"""How the rota's sentences name days, seats, sessions and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goldenthread.method.rota.ground import Ground

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def day_words(day: date) -> str:
    """
    >>> day_words(date(2026, 5, 4))
    '4 May 2026'
    """
    return f"{day.day} {day:%B %Y}"


def number_words(number: int) -> str:
    """
    >>> number_words(2), number_words(12)
    ('two', '12')
    """
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def listed(words: Sequence[str]) -> str:
    """
    >>> listed(["Ann", "Tom", "Grace"])
    'Ann, Tom and Grace'
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def kind_words(ground: Ground, kind: str) -> str:
    """A kind of seat in the council's words, or in its key's."""
    return ground.problem.post_names.get(kind) or kind.replace("_", " ")


def seat_count(ground: Ground, kind: str, number: int) -> str:
    return f"{number} {kind_words(ground, kind)} {'seat' if number == 1 else 'seats'}"


def session_words(ground: Ground, session: str) -> str:
    """A session by its name, or its group's."""
    known = ground.sessions[session]
    return known.name or str(ground.groups[known.group])
