"""The interval of a proportion from a stratified draw: which of three, and why.

- *logit* where at least ten files hit and ten did not: symmetric on the scale of log odds, so that it never leaves
  0 to 1, as R's svyciprop(method = "logit").
- *wilson* where there are fewer: Wilson's score interval with the effective number of files and t in place of z
  (Dean and Pagano, Journal of Survey Statistics and Methodology 3 (2015); Franco and others, the same 7 (2019)).
- *beta* where no file hit, or every one: Clopper and Pearson's with the effective number, as R's
  svyciprop(method = "beta") (Korn and Graubard, Survey Methodology 24 (1998)).

The effective number is how many files drawn simply at random would know as much. It is never taken to be more than the
files read would be if drawn simply at random: in a few strata that happen to be all alike, the variance within them
is 0, and nobody should believe it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import Literal

from goldenthread.method.quantiles import of_beta, of_student_t

Way = Literal["logit", "wilson", "beta"]
ENOUGH = 10  # files that hit, and that did not, for the logit


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the files say of one proportion.

    `hits` of `n` files; `share` is what that makes of the `cases` (weighted); `variance` is the share's; `free` are
    its degrees of freedom; `alike` is the effective number of files if every stratum had the same share of hits;
    `census` says that every case was read.
    """

    hits: int
    n: int
    share: float
    variance: float
    free: int
    alike: float
    cases: float
    census: bool


def interval(found: Evidence, level: float, way: Way | None = None) -> tuple[float | None, float | None, str]:
    """The low and high end, and by which method; `way` asks for one of them instead of the one that fits."""
    if found.census and not found.variance:
        return found.share, found.share, "census"
    if found.free < 1:
        return None, None, "too few for an interval"
    way = way or _fitting(found)
    if way == "logit":
        return *logit(found.share, found.variance, found.free, level), way
    most = found.n * (found.cases - 1) / (found.cases - found.n) if found.cases > found.n else found.alike
    effective = min(found.share * (1 - found.share) / found.variance if found.variance else found.alike, most)
    low, high = (wilson if way == "wilson" else beta)(found.share, effective, found.n, found.free, level)
    missed = found.n - found.hits
    return max(low, found.hits / found.cases), min(high, 1 - missed / found.cases), way


def _fitting(found: Evidence) -> Way:
    if found.hits in (0, found.n):
        return "beta"
    few = found.hits < ENOUGH or found.n - found.hits < ENOUGH
    return "wilson" if few or not found.variance else "logit"


def logit(share: float, variance: float, free: int, level: float) -> tuple[float, float]:
    """Symmetric about the log odds of `share`, t × its standard error there either way."""
    middle, error = log(share / (1 - share)), variance**0.5 / (share * (1 - share))
    half = of_student_t((1 + level) / 2, free) * error
    return 1 / (1 + exp(half - middle)), 1 / (1 + exp(-half - middle))


def wilson(share: float, effective: float, n: int, free: int, level: float) -> tuple[float, float]:
    """Wilson's score interval for `effective` files, with t for z."""
    square = of_student_t((1 + level) / 2, free) ** 2
    middle = (share + square / (2 * effective)) / (1 + square / effective)
    half = (square * (share * (1 - share) / effective + square / (4 * effective**2))) ** 0.5 / (1 + square / effective)
    return max(0.0, middle - half), min(1.0, middle + half)


def beta(share: float, effective: float, n: int, free: int, level: float) -> tuple[float, float]:
    """Clopper and Pearson's interval for `effective` files, fewer where the strata cost degrees of freedom."""
    tail = (1 - level) / 2
    size = effective * (of_student_t(tail, max(n - 1, 1)) / of_student_t(tail, free)) ** 2
    hits, missed = size * share, size * (1 - share)
    low = of_beta(tail, hits, missed + 1) if hits > 0 else 0.0
    high = of_beta(1 - tail, hits + 1, missed) if missed > 0 else 1.0
    return low, high
