"""Whether practice changed after something: a briefing, a new procedure. Random files before it and after it, compared.

A file counts once: it shows what is looked for when every item that was asked of it is answered well, so that files,
and not answers of one file, are what is counted. The interval of a difference of two proportions is Newcombe's hybrid
score interval, from Wilson's of each. Source: Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10.

Whoever looks every week gives chance many occasions. So before there are files enough to see a change of `POINTS`, a
difference is only said where an interval of `EARLY` is clear of nought; afterwards where one of 95 % is (the idea of
Haybittle 1971 and Peto 1976: stop early on strong evidence only).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil, floor, sqrt
from typing import Literal

from goldenthread.method.measures import FEW, proportion
from goldenthread.method.refusal import Refused

POINTS = 20  # percentage points: a change that is worth waiting for
EARLY = 0.99
MOST = 400  # files; whoever needs more than this waits for ever

Says = Literal["nothing before", "too few before", "nothing since", "too early", "more", "fewer", "no change"]


@dataclass(frozen=True, slots=True)
class Count:
    """`met` files of `of` show what is looked for."""

    met: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.met <= self.of:
            raise Refused(f"{self.met} of {self.of} files is not a count.")

    @property
    def share(self) -> float:
        return self.met / self.of


@dataclass(frozen=True, slots=True)
class Difference:
    """How much higher the share is after than before, as a fraction from -1 to 1, and what is plausible for it."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether no change at all is not among what is plausible."""
        return self.low > 0 or self.high < 0


def difference(before: Count, after: Count, *, confidence: float = 0.95) -> Difference:
    """The second share less the first, with Newcombe's interval. Refused where either has no file.

    >>> found = difference(Count(48, 80), Count(56, 70))
    >>> round(found.value, 4), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    low_b, high_b = _bounds(before, confidence)
    low_a, high_a = _bounds(after, confidence)
    first, second = before.share, after.share
    value = second - first
    return Difference(
        value,
        value - sqrt((second - low_a) ** 2 + (high_b - first) ** 2),
        value + sqrt((high_a - second) ** 2 + (first - low_b) ** 2),
    )


def _bounds(count: Count, confidence: float) -> tuple[float, float]:
    found = proportion(count.met, count.of, confidence=confidence)
    if found.low is None or found.high is None:
        raise Refused("There is no file to compare.")
    return found.low, found.high


@lru_cache(maxsize=1024)
def needed(before: Count, *, points: int = POINTS) -> int | None:
    """The fewest files afterwards that would make a change of so many percentage points clear; None: not even `MOST`.

    The change is looked for upwards; downwards where there is no room above. At least `FEW`.

    >>> needed(Count(18, 40)), needed(Count(6, 12))
    (60, None)
    """
    if before.of < FEW:
        return None
    up = before.share + points / 100 <= 1
    share = before.share + (points if up else -points) / 100
    rounded = floor if up else ceil  # to the side on which a change is harder to see
    trials = (Count(rounded(share * files + (1e-9 if up else -1e-9)), files) for files in range(FEW, MOST + 1))
    return next((trial.of for trial in trials if difference(before, trial).is_clear), None)


# --- what can be said --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Effect:
    """The files before and after, and whether anything can be said of them yet.

    `difference` is None where either side has fewer than `FEW` files; `needed`: see the function of that name.
    """

    before: Count
    after: Count
    difference: Difference | None
    needed: int | None
    says: Says


def effect(before: Count, after: Count) -> Effect:
    """What these two counts say.

    >>> effect(Count(18, 40), Count(31, 42)).says, effect(Count(18, 40), Count(4, 6)).says
    ('more', 'too early')
    """
    wanted = needed(before)
    few = before.of < FEW or after.of < FEW
    found = None if few else difference(before, after)
    return Effect(before, after, found, wanted, _says(before, after, found, wanted))


def _says(before: Count, after: Count, found: Difference | None, wanted: int | None) -> Says:
    if not before.of:
        return "nothing before"
    if before.of < FEW:
        return "too few before"
    if not after.of:
        return "nothing since"
    if found is None:
        return "too early"
    early = wanted is None or after.of < wanted
    clear = difference(before, after, confidence=EARLY).is_clear if early else found.is_clear
    if clear:
        return "more" if found.value > 0 else "fewer"
    if wanted is None:
        return "too few before"
    return "too early" if early else "no change"


CAUTION = "Other things changed as well in that time, so this alone does not prove what brought it about."


def in_words(found: Effect, *, since: str = "the briefing") -> str:
    """One plain sentence, or two, on whether anything can be said yet. `since` names what came between.

    >>> in_words(effect(Count(18, 40), Count(4, 6)))
    'Too early: 6 files since; at least 60 are needed to see a change of 20 points.'
    """
    before, after = found.before, found.after
    if found.says == "nothing before":
        return f"Nothing can be said: no random file audited before {since} was asked any of it."
    if found.says == "too few before":
        files = "1 random file" if before.of == 1 else f"{before.of} random files"
        return f"Nothing can be said: {files} before {since} are too few to see a change of {POINTS} points."
    if found.says in ("nothing since", "too early"):
        number = "no file" if not after.of else "1 file" if after.of == 1 else f"{after.of} files"
        least = FEW if found.needed is None else found.needed
        return f"Too early: {number} since; at least {least} are needed to see a change of {POINTS} points."
    counts = f"{before.met} of {before.of} before, {after.met} of {after.of} after"
    assert found.difference is not None  # whatever is left to be said rests on one
    low, high = found.difference.low, found.difference.high
    if found.says == "no change":
        return f"No change can be seen: {counts}; {_span(low, high)} is plausible."
    few_or_many = "More" if found.says == "more" else "Fewer"
    first, last = sorted((abs(low), abs(high)))
    between = f"the difference is between {_points(first)} and {_points(last)} points"
    return f"{few_or_many} files show it: {counts}; {between}. {CAUTION}"


def _span(low: float, high: float) -> str:
    return f"anything from {_points(-low)} points fewer to {_points(high)} points more"


def _points(share: float) -> int:
    return int(abs(share) * 100 + 0.5)


# --- files, before and after -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Looked:
    """A file drawn at random, audited `on` that day: of each item that was asked of it, whether it was answered well.

    `told_on`: the day from which its team knew; None where it was never told.
    """

    on: date
    told_on: date | None
    met: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Compared:
    """`whole`: files in which every item asked was answered well; `items`: each by itself, in their order.

    `untold`: files audited in that time whose team was never told, which are in no count.
    """

    whole: Effect
    items: tuple[tuple[str, Effect], ...]
    untold: int


def compared(files: Iterable[Looked], items: Sequence[str], *, since: date, until: date) -> Compared:
    """Before: audited from `since` to the day on which the file's team was told, that day included. After: from the
    next day to `until`. A file that was asked none of the items is in no count."""
    within = [each for each in files if since <= each.on <= until]
    before = [each.met for each in within if each.told_on and each.on <= each.told_on]
    after = [each.met for each in within if each.told_on and each.on > each.told_on]
    return Compared(
        whole=effect(_count(before, items), _count(after, items)),
        items=tuple((item, effect(_count(before, [item]), _count(after, [item]))) for item in items),
        untold=sum(1 for each in within if each.told_on is None and any(item in each.met for item in items)),
    )


def _count(files: Sequence[Mapping[str, bool]], items: Sequence[str]) -> Count:
    asked = [[met[item] for item in items if item in met] for met in files]
    return Count(sum(1 for each in asked if each and all(each)), sum(1 for each in asked if each))
