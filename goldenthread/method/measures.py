"""Counts that are honest enough for a report: each with its denominator, and its interval where it is an estimate.

An interval is given only for files drawn at random. Files picked for a theme say what they say about themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from goldenthread.method.refusal import Refused

if TYPE_CHECKING:
    from goldenthread.method.estimation import Estimate

FEW = 10  # below this many files a percentage says more than is known


@dataclass(frozen=True, slots=True)
class Tally:
    """How many files of one category got each grade: `counts` in the order of the scale, `n` their sum."""

    category: str
    n: int
    counts: tuple[tuple[str, int], ...]


def tallies(graded: Iterable[tuple[str, str]], scale: Sequence[str]) -> tuple[Tally, ...]:
    """Count (category, grade) pairs: one `Tally` a category, by name, each with every grade of the scale.

    Refused: a grade that the scale does not have.

    >>> tallies([("CP", "Good"), ("CP", "Good")], ["Good", "Inadequate"])
    (Tally(category='CP', n=2, counts=(('Good', 2), ('Inadequate', 0))),)
    """
    pairs = Counter(graded)
    for grade in sorted({grade for _, grade in pairs} - set(scale)):
        raise _not_in_scale(grade, scale)
    return tuple(
        Tally(name, sum(count for (of, _), count in pairs.items() if of == name), _counts(pairs, name, scale))
        for name in sorted({name for name, _ in pairs})
    )


def _counts(pairs: Counter[tuple[str, str]], name: str, scale: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple((grade, pairs[name, grade]) for grade in scale)


def good_or_better(grades: Sequence[str], scale: Sequence[str], *, good: str = "Good") -> tuple[int, int]:
    """How many of the grades are `good` or better, and of how many; `scale` is best first.

    Refused: a grade, or a `good`, that the scale does not have.

    >>> good_or_better(["Good", "Inadequate", "Outstanding"], ["Outstanding", "Good", "Inadequate"])
    (2, 3)
    """
    for grade in (good, *grades):
        if grade not in scale:
            raise _not_in_scale(grade, scale)
    enough = set(scale[: list(scale).index(good) + 1])
    return sum(grade in enough for grade in grades), len(grades)


def _not_in_scale(grade: str, scale: Sequence[str]) -> Refused:
    return Refused(f"The grade {grade!r} is not in the scale {', '.join(scale)}.")


@dataclass(frozen=True, slots=True)
class Proportion:
    """`n` files of `of`, and what that makes plausible for all the `population` cases they were drawn from.

    `low` and `high` are fractions, both None where no interval may be given: purposive files, or no file at all.
    `method` is "wilson", "wilson with finite population correction", "census" (every case was read) or "purposive".
    """

    n: int
    of: int
    low: float | None
    high: float | None
    method: str
    population: int | None = None


def proportion(
    n: int, of: int, *, population: int | None = None, at_random: bool = True, confidence: float = 0.95
) -> Proportion:
    """`n` of `of` files, with Wilson's score interval for the cases that they were drawn from at random.

    With `population` (how many cases there were to draw from) the sample counts for `of × (population − 1) /
    (population − of)` files, the finite population correction, and the interval is kept to what the files read leave
    possible. Refused: fewer than 0 or more than `of`, and more files than the population has.
    Source: Wilson 1927; Newcombe, Statistics in Medicine 17 (1998), method 3; Cochran, Sampling Techniques, 2.6.

    >>> found = proportion(81, 263)
    >>> round(found.low, 4), round(found.high, 4)
    (0.2553, 0.3662)
    """
    if not 0 <= n <= of:
        raise Refused(f"{n} of {of} files is not a proportion.")
    if population is not None and of > population:
        raise Refused(f"{of} files cannot have been drawn from {population} cases.")
    if not at_random or not of:
        return Proportion(n, of, None, None, "wilson" if at_random else "purposive", population)
    if population is None:
        return Proportion(n, of, *_wilson(n / of, of, confidence), "wilson")
    if of == population:
        return Proportion(n, of, n / of, n / of, "census", population)
    low, high = _wilson(n / of, of * (population - 1) / (population - of), confidence)
    least, most = n / population, 1 - (of - n) / population
    return Proportion(n, of, max(low, least), min(high, most), "wilson with finite population correction", population)


def _wilson(share: float, size: float, confidence: float) -> tuple[float, float]:
    square = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    middle = (share + square / (2 * size)) / (1 + square / size)
    half = sqrt(square * (share * (1 - share) / size + square / (4 * size * size))) / (1 + square / size)
    # At 0 and at 1 the bound is exact; the arithmetic misses it in the last place.
    return (0.0 if share == 0 else middle - half), (1.0 if share == 1 else middle + half)


def proportion_in_words(found: Proportion, *, what: str = "files were Good or better", cases: str = "cases") -> str:
    """A proportion as a sentence or two for a report. `cases` names the population: "open cases".

    Fewer than 10 files get no percentage of their own; files that were picked get no interval.

    >>> proportion_in_words(proportion(9, 40, population=2263), cases="open cases")
    '9 of 40 files were Good or better (23%). Between 12% and 37% is plausible for all 2,263 open cases.'
    >>> proportion_in_words(proportion(2, 3, at_random=False))
    '2 of 3 files were Good or better. They were picked, not drawn at random, so this says nothing of other cases.'
    """
    if not found.of:
        return "No file was read, so there is nothing to say."
    few = found.of < FEW
    said = f"{found.n:,} of {found.of:,} {what}" + ("." if few else f" ({_percent(found.n / found.of)}).")
    everyone = f"all {found.population:,} {cases}" if found.population else f"all {cases}"
    if found.low is None or found.high is None:
        return f"{said} They were picked, not drawn at random, so this says nothing of other cases."
    if found.method == "census":
        return f"{said} These are {everyone}."
    between = f"etween {_percent(found.low)} and {_percent(found.high)} is plausible for {everyone}."
    return f"{said} With so few files, anything b{between}" if few else f"{said} B{between}"


def estimate_in_words(
    hits: int, found: Estimate, *, what: str = "files were Good or better", cases: str = "cases"
) -> str:
    """What `hits` of the files read make plausible for all cases, as a sentence or two for a report.

    `found` is the proportion, from a stratified draw. Where the strata were drawn in unequal measure, the share of the
    files is not the best estimate for the cases, and both are said. Fewer than 10 files get no percentage of their own.

    >>> from goldenthread.method.estimation import stratified_proportion
    >>> estimate_in_words(9, stratified_proportion({"all": (9, 40)}, {"all": 2263}), cases="open cases")
    '9 of 40 files were Good or better, 23%, and between 12% and 38% is plausible for all 2,263 open cases.'
    """
    said, everyone = f"{hits:,} of {found.n:,} {what}", f"all {found.N:,} {cases}"
    share = _percent(hits / found.n)
    if found.low is None or found.high is None:
        return f"{said}: too few to say what is plausible for {everyone}."
    if found.method == "census":
        return f"{said}{'' if found.n < FEW else f', {share}'}. These are {everyone}."
    between = f"between {_percent(found.low)} and {_percent(found.high)} is plausible for {everyone}"
    if found.n < FEW:
        return f"{said}. With so few files, anything {between}."
    if share == _percent(found.mean):
        return f"{said}, {share}, and {between}."
    return (
        f"{said}, {share}. With each kind of case counted by how many there are, that makes {_percent(found.mean)}, "
        f"and {between}."
    )


def mean_in_words(found: Estimate, *, what: str = "The mean score", cases: str = "cases", places: int = 1) -> str:
    """A mean as a sentence for a report, to so many decimal places.

    >>> from goldenthread.method.estimation import stratified_mean
    >>> mean_in_words(stratified_mean([5, 6, 7, 8] * 5, ["a"] * 20, {"a": 300}))
    'The mean score was 6.5 in 20 files, and between 6.0 and 7.0 is plausible for all 300 cases.'
    """
    files = f"{found.n:,} file{'' if found.n == 1 else 's'}"
    said, everyone = f"{what} was {found.mean:.{places}f} in {files}", f"all {found.N:,} {cases}"
    if found.low is None or found.high is None:
        return f"{said}: too few to say what is plausible for {everyone}."
    if found.method == "census":
        return f"{said}. These are {everyone}."
    return f"{said}, and between {found.low:.{places}f} and {found.high:.{places}f} is plausible for {everyone}."


def _percent(share: float) -> str:
    """A whole percentage, halves upwards as people round; never 0% or 100% for what is neither.

    >>> _percent(0.225), _percent(0.001), _percent(0.999), _percent(0)
    ('23%', '1%', '99%', '0%')
    """
    whole = int(share * 100 + 0.5 + 1e-9)
    return f"{min(99, max(1, whole)) if 0 < share < 1 else whole}%"
