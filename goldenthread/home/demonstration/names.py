"""Names for invented staff: varied, easy to tell apart, plainly made up (words/names.toml)."""

from __future__ import annotations

from collections.abc import Iterator

from .chance import Chance
from .words import words


def invented_names(chance: Chance, *, taken: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Endless (given, family) pairs, never the same pair twice and never a family name that is `taken`.

    A family name comes again only when all of its kind were used.
    """
    bank = words("names")
    used: set[tuple[str, str]] = set()
    shares = {heritage: names["share"] for heritage, names in bank["heritage"].items()}
    given = {heritage: names["given"].split() for heritage, names in bank["heritage"].items()}
    places = [front + back for front in bank["fronts"].split() for back in bank["backs"].split()]
    families = {
        heritage: _again_and_again(chance, names["family"].split() or places)
        for heritage, names in bank["heritage"].items()
    }
    while True:
        heritage = chance.weighted(shares)
        first = chance.pick(given[heritage])
        last = next(families["british" if chance.happens(0.12) else heritage])  # some married, some changed it
        if last not in taken and (first, last) not in used:
            used.add((first, last))
            yield first, last


def _again_and_again(chance: Chance, names: list[str]) -> Iterator[str]:
    while True:
        yield from chance.shuffled(names)


def username(given: str, family: str) -> str:
    """The name a person signs in with.

    >>> username("Maya", "Holt")
    'maya.holt'
    """
    return f"{given}.{family}".lower()
