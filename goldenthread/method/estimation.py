"""What the files drawn at random say of all the cases they were drawn from: estimates by design, with their intervals.

A draw is stratified: of the N_h cases of stratum h, n_h were drawn, each as likely as the next, so that every file read
stands for N_h / n_h cases. Means, totals, ratios and domains (parts of the population that were no strata) are worked
out by linearisation with the finite population correction, as R's survey package does (Lumley, Complex Surveys, 2010;
Cochran, Sampling Techniques, 3rd edition 1977, chapters 5, 5A and 6); intervals of means are t's with n − H degrees of
freedom. Values that are True or False are proportions, and get the intervals of `method.proportions`. Which interval
is chosen when is written down in docs/decisions/0017.

Only files drawn at random belong here: what was picked for a theme says nothing of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from goldenthread.method.proportions import Evidence, interval
from goldenthread.method.quantiles import of_student_t
from goldenthread.method.refusal import Refused

Reals = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Values = Sequence[float] | Sequence[bool] | npt.NDArray[Any]
Labels = Sequence[str] | npt.NDArray[Any]
Lonely = Literal["adjust", "certainty", "refuse"]

T, CENSUS, TOO_FEW = "t", "census", "too few for an interval"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure for `N` cases from the `n` of them that were read, and the interval that is plausible for it.

    `N` counts the strata that were drawn from; of a domain it is itself estimated, and rounded. `low` and `high` are
    None, and `method` is "too few for an interval", where not one degree of freedom is left: a domain of one file.
    `method` is "t", "logit", "wilson", "beta" (Clopper–Pearson's) or "census" (every case was read). `mean` is the
    total, or the ratio, where that was asked for.
    """

    n: int
    N: int
    mean: float
    se: float
    low: float | None
    high: float | None
    method: str


def stratified_mean(
    values: Values,
    strata: Labels,
    sizes: Mapping[str, int],
    *,
    domain: Sequence[bool] | npt.NDArray[np.bool_] | None = None,
    level: float = 0.95,
    lonely: Lonely = "adjust",
) -> Estimate:
    """The mean of all cases; of True and False, the proportion that is True. `domain` picks the files it is about.

    `values` and `strata` have one entry a file read, `sizes` is how many cases each stratum has. A stratum of which no
    file was read is left out, and `N` without it (`unread` names them). One file alone of its stratum shows no
    variance: it is measured from the mean of all ("adjust"), taken as if it had none ("certainty"), or refused.
    Refused: no file, a value that is no number, more files than cases, a stratum without a size.

    >>> found = stratified_mean([1, 2, 3, 10, 14], ["a", "a", "a", "b", "b"], {"a": 30, "b": 10})
    >>> found.N, found.mean, round(found.se, 4)
    (40, 4.5, 0.6072)
    """
    draw = _Draw.of(strata, sizes, lonely)
    numbers, share = _numbers(values, draw)
    chosen = None if domain is None else np.asarray(domain, dtype=bool)
    return _mean(draw, numbers, chosen, level, share=share)


def stratified_total(
    values: Values,
    strata: Labels,
    sizes: Mapping[str, int],
    *,
    domain: Sequence[bool] | npt.NDArray[np.bool_] | None = None,
    level: float = 0.95,
    lonely: Lonely = "adjust",
) -> Estimate:
    """The sum over all cases (in `mean`), as R's svytotal. True counts as 1.

    >>> stratified_total([1, 2, 3], ["a", "a", "a"], {"a": 30}).mean
    60.0
    """
    draw = _Draw.of(strata, sizes, lonely)
    numbers, _ = _numbers(values, draw)
    chosen = np.ones(draw.n, dtype=bool) if domain is None else np.asarray(domain, dtype=bool)
    parts = np.where(chosen, numbers * draw.weights, 0.0)
    return _with_t(draw, float(parts.sum()), parts, chosen, level)


def ratio(
    numerator: Values,
    denominator: Values,
    strata: Labels,
    sizes: Mapping[str, int],
    *,
    domain: Sequence[bool] | npt.NDArray[np.bool_] | None = None,
    level: float = 0.95,
    lonely: Lonely = "adjust",
) -> Estimate:
    """One total as a share of another (in `mean`), as R's svyratio: visits done of visits due.

    Refused: a denominator whose total is 0.
    """
    draw = _Draw.of(strata, sizes, lonely)
    above, below = _numbers(numerator, draw)[0], _numbers(denominator, draw)[0]
    chosen = np.ones(draw.n, dtype=bool) if domain is None else np.asarray(domain, dtype=bool)
    under = float((below * draw.weights)[chosen].sum())
    if under == 0:
        raise Refused("There is no ratio to a total of 0.")
    found = float((above * draw.weights)[chosen].sum()) / under
    parts = np.where(chosen, draw.weights * (above - found * below) / under, 0.0)
    return _with_t(draw, found, parts, chosen, level)


def by_domain(
    values: Values,
    strata: Labels,
    sizes: Mapping[str, int],
    domains: Labels,
    *,
    level: float = 0.95,
    lonely: Lonely = "adjust",
) -> dict[str, Estimate]:
    """The mean of every domain, as R's svyby: `domains` has one label a file. In order of label.

    All are worked out in a few passes over the files, however many domains there are.

    >>> found = by_domain([1, 2, 3, 4], ["a", "a", "b", "b"], {"a": 4, "b": 4}, ["x", "y", "x", "y"])
    >>> [(name, each.n, each.mean) for name, each in found.items()]
    [('x', 2, 2.0), ('y', 2, 3.0)]
    """
    draw = _Draw.of(strata, sizes, lonely)
    numbers, share = _numbers(values, draw)
    names, codes = _codes(domains)
    if len(codes) != draw.n:
        raise Refused(f"There are {len(codes):,} domains for {draw.n:,} files; one a file is expected.")
    sums = _sums(draw, numbers, codes, len(names))
    found = [_assembled(draw, sums, place, level, share=share) for place in range(len(names))]
    return dict(sorted(zip(names, found, strict=True)))


def stratified_proportion(
    counts: Mapping[str, tuple[int, int]], sizes: Mapping[str, int], level: float = 0.95, *, lonely: Lonely = "adjust"
) -> Estimate:
    """The proportion of all cases, from how many files of each stratum hit and how many were read: `(hits, n)`.

    >>> found = stratified_proportion({"all": (9, 40)}, {"all": 2263})
    >>> round(found.mean, 3), round(found.low, 3), round(found.high, 3), found.method
    (0.225, 0.12, 0.381, 'wilson')
    """
    for name, (hits, n) in counts.items():
        if not 0 <= hits <= n:
            raise Refused(f"{hits} of {n} files of {name} is not a proportion.")
    read = {name: each for name, each in counts.items() if each[1]}
    strata = np.repeat(np.array(list(read), dtype=object), [n for _, n in read.values()])
    values = np.array([place < hits for hits, n in read.values() for place in range(n)], dtype=bool)
    return stratified_mean(values, strata, sizes, level=level, lonely=lonely)


def unread(strata: Iterable[str], sizes: Mapping[str, int]) -> dict[str, int]:
    """The strata with cases but without one file read, and how many cases: what an estimate does not speak for."""
    seen = set(strata)
    return {name: size for name, size in sizes.items() if size and name not in seen}


# --- how it is worked out ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Draw:
    """A stratified draw: `codes` (n,) is each file's stratum, `drawn` and `held` (H,) are n_h and N_h."""

    names: tuple[str, ...]
    codes: Whole
    drawn: Reals
    held: Reals
    lonely: Lonely

    @classmethod
    def of(cls, strata: Labels, sizes: Mapping[str, int], lonely: Lonely) -> _Draw:
        names, codes = _codes(strata)
        if not len(codes):
            raise Refused("No file was read, so there is nothing to estimate.")
        drawn = np.bincount(codes, minlength=len(names))
        for name, count in zip(names, drawn.tolist(), strict=True):
            if name not in sizes:
                raise Refused(f"The stratum {name!r} is not in the population.")
            if count > sizes[name]:
                raise Refused(f"{count:,} files of {name!r} cannot have been drawn from {sizes[name]:,} cases.")
            if lonely == "refuse" and count == 1 < sizes[name]:
                raise Refused(f"One file alone was read of {name!r}: it shows no variance, and two are expected.")
        held = np.array([sizes[name] for name in names], dtype=np.float64)
        return cls(names, codes, drawn.astype(np.float64), held, lonely)

    @property
    def n(self) -> int:
        return len(self.codes)

    @property
    def weights(self) -> Reals:
        """Of each file, shape (n,): how many cases it stands for."""
        return (self.held / self.drawn)[self.codes]

    @property
    def census(self) -> bool:
        return bool((self.drawn == self.held).all())

    def variance(self, parts: Reals) -> float:
        """Of a sum of `parts` (n,), which hold the weights and are 0 outside the domain."""
        sums = np.bincount(self.codes, weights=parts, minlength=len(self.names))
        rest = parts - (sums / self.drawn)[self.codes]
        squares = np.bincount(self.codes, weights=rest * rest, minlength=len(self.names))
        if self.lonely == "adjust":
            squares = np.where(self.drawn == 1, (sums - parts.mean()) ** 2, squares)
        return float((self.scale * squares).sum())

    @property
    def scale(self) -> Reals:
        """Of each stratum, shape (H,): what a sum of squares about its mean counts for."""
        return (1 - self.drawn / self.held) * self.drawn / np.maximum(self.drawn - 1, 1)


@dataclass(frozen=True, slots=True)
class _Sums:
    """Of each domain (rows, D) and stratum (columns, H): files, and sums of what they differ from the domain's mean."""

    files: Reals
    rest: Reals
    squares: Reals
    hits: Reals
    means: Reals  # (D,)
    cases: Reals  # (D,)


def _mean(
    draw: _Draw, numbers: Reals, chosen: npt.NDArray[np.bool_] | None, level: float, *, share: bool
) -> Estimate:  # fmt: skip
    if chosen is not None:
        if len(chosen) != draw.n:
            raise Refused(f"The domain marks {len(chosen):,} of {draw.n:,} files; one mark a file is expected.")
        if not chosen.any():
            raise Refused("No file of the domain was read, so there is nothing to estimate.")
    codes = np.zeros(draw.n, dtype=np.int64) if chosen is None else np.where(chosen, 0, 1)
    return _assembled(draw, _sums(draw, numbers, codes, int(codes.max()) + 1), 0, level, share=share)


def _sums(draw: _Draw, numbers: Reals, domains: Whole, many: int) -> _Sums:
    strata = len(draw.names)
    cells = domains * strata + draw.codes
    shape, per_file = (many, strata), draw.held / draw.drawn

    def binned(numbers: Reals | None = None) -> Reals:
        return np.bincount(cells, weights=numbers, minlength=many * strata).astype(np.float64).reshape(shape)

    files, hits = binned(), binned(numbers)
    cases = files @ per_file
    means = (hits @ per_file) / cases
    about = numbers - means[domains]
    return _Sums(files, binned(about), binned(about * about), hits, means, cases)


def _assembled(draw: _Draw, sums: _Sums, place: int, level: float, *, share: bool) -> Estimate:
    """One domain's estimate. Files outside it count as 0, so a stratum's mean is of all its files."""
    files, mean, cases = sums.files[place], float(sums.means[place]), float(sums.cases[place])
    per_case = (draw.held / draw.drawn) / cases
    squares = (sums.squares[place] - sums.rest[place] ** 2 / draw.drawn) * per_case**2
    if draw.lonely == "adjust":  # the parts of a mean sum to nothing, so their mean is 0
        squares = np.where(draw.drawn == 1, (sums.rest[place] * per_case) ** 2, squares)
    variance = max(0.0, float((draw.scale * squares).sum()))
    n, present = int(files.sum()), files > 0
    free = n - int(present.sum())
    if share:
        found = Evidence(
            hits=round(float(sums.hits[place].sum())),
            n=n,
            share=min(1.0, max(0.0, mean)),
            variance=variance,
            free=free,
            alike=_alike(draw, files, cases),
            cases=cases,
            census=bool((draw.drawn == draw.held)[present].all()),
        )
        low, high, method = interval(found, level)
        return Estimate(n, round(cases), found.share, variance**0.5, low, high, method)
    if (draw.drawn == draw.held)[present].all() and variance == 0:
        return Estimate(n, round(cases), mean, 0.0, mean, mean, CENSUS)
    return Estimate(n, round(cases), mean, variance**0.5, *_t(mean, variance, free, level))


def _alike(draw: _Draw, files: Reals, cases: float) -> float:
    """How many files drawn simply at random would know as much, if every stratum had the same share of hits."""
    weight = (draw.held / draw.drawn) / cases
    spread = float((weight**2 * files * (1 - draw.drawn / draw.held)).sum())
    return 1 / spread if spread else float("inf")


def _with_t(draw: _Draw, found: float, parts: Reals, chosen: npt.NDArray[np.bool_], level: float) -> Estimate:
    if len(chosen) != draw.n or not chosen.any():
        raise Refused("No file of the domain was read, so there is nothing to estimate.")
    variance, cases, n = draw.variance(parts), float(draw.weights[chosen].sum()), int(chosen.sum())
    if draw.census:
        return Estimate(n, round(cases), found, 0.0, found, found, CENSUS)
    free = n - len(np.unique(draw.codes[chosen]))
    return Estimate(n, round(cases), found, variance**0.5, *_t(found, variance, free, level))


def _t(found: float, variance: float, free: int, level: float) -> tuple[float | None, float | None, str]:
    if free < 1:
        return None, None, TOO_FEW
    half = of_student_t((1 + level) / 2, free) * variance**0.5
    return found - half, found + half, T


def _numbers(values: Values, draw: _Draw) -> tuple[Reals, bool]:
    """The values as numbers of shape (n,), and whether they are True and False."""
    given = np.asarray(values)
    if len(given) != draw.n:
        raise Refused(f"There are {len(given):,} values for {draw.n:,} files; one a file is expected.")
    numbers = given.astype(np.float64)
    if not np.isfinite(numbers).all():
        raise Refused("A value is missing or is not a number; leave its file out, and say so.")
    return numbers, given.dtype == np.bool_


def _codes(labels: Labels) -> tuple[tuple[str, ...], Whole]:
    """The different labels in order of appearance, and the place of each label among them, shape (n,)."""
    given = labels.tolist() if isinstance(labels, np.ndarray) else list(labels)
    places = {label: place for place, label in enumerate(dict.fromkeys(given))}
    return tuple(places), np.fromiter(map(places.__getitem__, given), dtype=np.int64, count=len(given))
