"""What a file takes, as past sessions show it: a file that takes 1.3 of an ordinary one counts so.

An ordinary file takes one of the `files_a_day` parts of an auditor's day, and has effort 1. A day at a session says how
many of the files she was given somebody finished. Where some were left, her day held what she finished and not one file
more; where none was left, it held at least what she finished: given one file, finishing it does not show that it took
the day. So each day gives an interval in which the length of her day lies, and the efforts are those under which these
intervals are likeliest, days being spread about one day as the logistic curve is (McCullagh, Regression models for
ordinal data, 1980). Taking every day as exactly full would call a file as long as the day in which it was the only one.

Rule for few days: before any day is seen, an effort is taken to lie about 1, within `BEFOREHAND` of it two times in
three; so a handful of days moves it a little way from 1, and many days all the way. A day tells something if files were
left, or as many were finished as make a day. A kind with fewer than `ENOUGH_DAYS` telling days, or with fewer than
`ENOUGH_AUDITORS` auditors, is not estimated at all: it counts as ordinary, and `Effort.known` is False.

A day on which nothing was finished is taken as an absence, and a file submitted on a later day as left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

BEFOREHAND = 0.5
ENOUGH_DAYS = 10
ENOUGH_AUDITORS = 5
SURE = 0.95
SCATTERS = (0.03, 0.045, 0.07, 0.1, 0.15, 0.22, 0.33)  # of days about one day, tried in turn: logistic scales
FAR = 700.0  # scatters: beyond it nothing changes but that exp() overflows
LEAST = 0.05  # of an ordinary file: no file takes nothing

LENGTHS = {
    "under_1": "involved under 1 year",
    "1_to_3": "involved 1 to 3 years",
    "over_3": "involved over 3 years",
    "not_known": "length of involvement not known",
}
LINKED = "_linked"
KINDS = tuple(length + linked for length in LENGTHS for linked in ("", LINKED))

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PastFile:
    """A file that somebody was given at a session; `kind_of` it; `finished` on that very day or not."""

    auditor: int
    day: date
    status: str
    kind: str
    finished: bool


@dataclass(frozen=True, slots=True)
class AuditorDay:
    """How many files of each kind somebody finished in a day, and how many of those given to her were left."""

    auditor: int
    finished: Mapping[str, int]
    left: Mapping[str, int]

    def tells(self, files_a_day: int) -> bool:
        return bool(self.left) or sum(self.finished.values()) >= files_a_day


@dataclass(frozen=True, slots=True)
class Effort:
    """What a kind of file takes, of an ordinary one; some 95 % of intervals from `low` to `high` hold the truth.

    `files`: finished; `days` and `auditors`: of those days that tell something. Where `known` is False they are too
    few: it counts as 1 and has no interval.
    """

    kind: str
    days: int
    files: int
    auditors: int
    effort: float = 1.0
    low: float | None = None
    high: float | None = None

    @property
    def known(self) -> bool:
        return self.low is not None

    @property
    def words(self) -> str:
        return kind_in_words(self.kind)


@dataclass(frozen=True, slots=True)
class Measured:
    """What past sessions took. `statuses`: files seen of each status, and what one of them took on average."""

    days: int
    auditors: int
    efforts: tuple[Effort, ...]
    statuses: Mapping[str, tuple[int, float]]

    def of_statuses(self, statuses: Iterable[str]) -> float:
        """What a file of a group's theme takes: the mean over the files seen of its statuses; 1 where none was seen.

        >>> Measured(9, 3, (), {"looked_after": (30, 1.2), "care_leaver": (10, 0.8)}).of_statuses(["looked_after"])
        1.2
        """
        seen = [self.statuses[status] for status in statuses if status in self.statuses]
        files = sum(number for number, _ in seen)
        return sum(number * mean for number, mean in seen) / files if files else 1.0

    def as_json(self) -> dict[str, Any]:
        efforts = [{name: getattr(each, name) for name in Effort.__slots__} for each in self.efforts]
        statuses = {status: list(seen) for status, seen in self.statuses.items()}
        return {"days": self.days, "auditors": self.auditors, "efforts": efforts, "statuses": statuses}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Measured:
        """What `as_json` gave; nothing measured from nothing kept.

        >>> Measured.from_json({}).days
        0
        """
        efforts = tuple(Effort(**each) for each in kept.get("efforts", ()))
        statuses = {status: (number, mean) for status, (number, mean) in kept.get("statuses", {}).items()}
        return cls(kept.get("days", 0), kept.get("auditors", 0), efforts, statuses)


def kind_of(opened_on: date | None, day: date, *, linked: bool) -> str:
    """The kind of a file on the day it is audited: how long the service was involved, and whether files hang on it.

    >>> kind_of(date(2023, 10, 6), date(2026, 10, 6), linked=True), kind_of(None, date(2026, 10, 6), linked=False)
    ('1_to_3_linked', 'not_known')
    """
    return _length(opened_on, day) + (LINKED if linked else "")


def _length(opened_on: date | None, day: date) -> str:
    if opened_on is None or opened_on > day:
        return "not_known"
    years = day.year - opened_on.year - ((day.month, day.day) < (opened_on.month, opened_on.day))
    anniversary = (day.month, day.day) == (opened_on.month, opened_on.day)
    return "under_1" if years < 1 else "1_to_3" if years < 3 or (years == 3 and anniversary) else "over_3"


def kind_in_words(kind: str) -> str:
    """As "involved over 3 years, with linked files".

    >>> kind_in_words("over_3_linked")
    'involved over 3 years, with linked files'
    """
    length = kind.removesuffix(LINKED)
    return f"{LENGTHS[length]}, with{'' if kind.endswith(LINKED) else 'out'} linked files"


def measured(past: Iterable[PastFile], files_a_day: int) -> Measured:
    """What the files of past sessions took, by kind and by status."""
    given: dict[tuple[int, date], list[PastFile]] = defaultdict(list)
    for file in past:
        given[file.auditor, file.day].append(file)
    held = [files for files in given.values() if any(file.finished for file in files)]
    days = [_day(files) for files in held]
    found = efforts(days, files_a_day)
    takes = {each.kind: each.effort for each in found}
    by_status: dict[str, list[float]] = defaultdict(list)
    for file in (file for files in held for file in files):
        by_status[file.status].append(takes.get(file.kind, 1.0))
    telling = [day for day in days if day.tells(files_a_day)]
    return Measured(
        len(telling),
        len({day.auditor for day in telling}),
        found,
        {status: (len(each), sum(each) / len(each)) for status, each in sorted(by_status.items())},
    )


def _day(files: Sequence[PastFile]) -> AuditorDay:
    finished, left = (Counter(file.kind for file in files if file.finished is said) for said in (True, False))
    return AuditorDay(files[0].auditor, finished, left)


def efforts(days: Sequence[AuditorDay], files_a_day: int) -> tuple[Effort, ...]:
    """What a file of each kind finished takes, in the order of `KINDS`.

    >>> full = [AuditorDay(auditor, {"over_3": 2}, {"over_3": 3}) for auditor in range(6) for _ in range(50)]
    >>> easy = [AuditorDay(auditor, {"under_1": 1}, {}) for auditor in range(6) for _ in range(50)]
    >>> [(each.kind, each.days, round(each.effort, 1)) for each in efforts(full + easy, 5)]
    [('under_1', 0, 1.0), ('over_3', 300, 2.0)]
    """
    seen = [_seen(kind, days, files_a_day) for kind in KINDS if any(day.finished.get(kind) for day in days)]
    fitted = [each for each in seen if each.days >= ENOUGH_DAYS and each.auditors >= ENOUGH_AUDITORS]
    if not fitted:
        return tuple(seen)
    values = _fitted([each.kind for each in fitted], days, files_a_day)
    known = {
        each.kind: Effort(each.kind, each.days, each.files, each.auditors, *value)
        for each, value in zip(fitted, values, strict=True)
    }
    return tuple(known.get(each.kind, each) for each in seen)


def _seen(kind: str, days: Sequence[AuditorDay], files_a_day: int) -> Effort:
    held = [day for day in days if day.finished.get(kind)]
    telling = [day.auditor for day in held if day.tells(files_a_day)]
    return Effort(kind, len(telling), sum(day.finished[kind] for day in held), len(set(telling)))


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Between what each day's length lies, for efforts x: `low`·x + `low_at` and `high`·x + `high_at`, in days from 1.

    One row a day, one column a kind. Where no file was `left` there is no upper bound.
    """

    low: Vector
    low_at: Vector
    high: Vector
    high_at: Vector
    left: npt.NDArray[np.bool_]


def _fitted(kinds: Sequence[str], days: Sequence[AuditorDay], files_a_day: int) -> list[tuple[float, float, float]]:
    """(effort, low, high) of each kind; other kinds count as ordinary."""
    bounds = _bounds(kinds, days, files_a_day)
    fits = [_likeliest(bounds, scatter) for scatter in SCATTERS]
    scatter, (_, values) = max(zip(SCATTERS, fits, strict=True), key=lambda tried: tried[1][0])
    scores, bend = _slopes(bounds, values, scatter)
    wide = _spread(scores, bend, [day.auditor for day in days])
    return [(float(v), max(float(v - w), 0.0), float(v + w)) for v, w in zip(values, wide, strict=True)]


def _bounds(kinds: Sequence[str], days: Sequence[AuditorDay], files_a_day: int) -> _Bounds:
    """The file after those finished is taken as the mean of those left."""
    finished, finished_others = _counts(kinds, [day.finished for day in days])
    left, left_others = _counts(kinds, [day.left for day in days])
    number = left.sum(axis=1) + left_others
    share = 1 / np.maximum(number, 1)
    low, low_at = finished / files_a_day, finished_others / files_a_day - 1
    high = low + left * share[:, None] / files_a_day
    return _Bounds(low, low_at, high, low_at + left_others * share / files_a_day, number > 0)


def _counts(kinds: Sequence[str], files: Sequence[Mapping[str, int]]) -> tuple[Vector, Vector]:
    """Of each day, the files of these kinds, and all others together."""
    counts = np.array([[each.get(kind, 0) for kind in kinds] for each in files], dtype=float)
    return counts, np.array([sum(each.values()) for each in files], dtype=float) - counts.sum(axis=1)


def _likeliest(bounds: _Bounds, scatter: float) -> tuple[float, Vector]:
    """The likeliest efforts for this scatter of days, and how likely (log): Newton's steps, halved while too long.

    The logarithm is concave (Pratt, Concavity of the log likelihood, 1981), so there is one best and no other hill.
    """
    values: Vector = np.ones(bounds.low.shape[1])
    likely = _likely(bounds, values, scatter)
    for _ in range(100):
        scores, bend = _slopes(bounds, values, scatter)
        step = np.linalg.solve(bend, scores.sum(axis=0) - (values - 1) / BEFOREHAND**2)
        for _ in range(30):
            tried = np.maximum(values + step, LEAST)
            if (then := _likely(bounds, tried, scatter)) >= likely:
                break
            step = step / 2
        if then <= likely + 1e-10:
            break
        values, likely = tried, then
    return likely, values


def _likely(bounds: _Bounds, values: Vector, scatter: float) -> float:
    """The logarithm of how likely the days are, and the efforts before any day was seen."""
    low, high, between = _scaled(bounds, values, scatter)
    said = -np.logaddexp(0, low)
    said += np.where(bounds.left, np.log(-np.expm1(-between)) - np.logaddexp(0, -high), 0)
    return float(said.sum() - ((values - 1) ** 2).sum() / (2 * BEFOREHAND**2))


def _scaled(bounds: _Bounds, values: Vector, scatter: float) -> tuple[Vector, Vector, Vector]:
    """Both bounds of each day in scatters from one day, and what lies between them."""
    low = (bounds.low @ values + bounds.low_at) / scatter
    high = (bounds.high @ values + bounds.high_at) / scatter
    return low, high, np.where(bounds.left, np.minimum(high - low, FAR), 1.0)


def _slopes(bounds: _Bounds, values: Vector, scatter: float) -> tuple[Vector, Vector]:
    """How the logarithm rises with each effort, day by day (without what was known before), and how it bends in all."""
    low, high, between = _scaled(bounds, values, scatter)
    below, above = _logistic(low), np.where(bounds.left, _logistic(-high), 0)
    narrow = np.where(bounds.left, 1 / np.expm1(between), 0)
    scores = (bounds.high * (above + narrow)[:, None] - bounds.low * (below + narrow)[:, None]) / scatter
    ends = ((bounds.low, below * (1 - below)), (bounds.high, above * (1 - above)))
    gap = (bounds.high - bounds.low, narrow * (1 + narrow))
    bend = sum((parts.T * weight) @ parts for parts, weight in (*ends, gap)) / scatter**2
    return scores, bend + np.eye(len(values)) / BEFOREHAND**2


def _logistic(at: Vector) -> Vector:
    rising: Vector = np.exp(-np.logaddexp(0, -at))
    return rising


def _spread(scores: Vector, bend: Vector, whose: Sequence[int]) -> Vector:
    """Half of each interval's width: Liang and Zeger's variance (1986), an auditor's days taken together."""
    places = np.unique(np.array(whose), return_inverse=True)[1]
    auditors = int(places.max()) + 1
    together = np.zeros((auditors, scores.shape[1]))
    np.add.at(together, places, scores)
    scored = together.T @ together * auditors / (auditors - 1) + np.eye(scores.shape[1]) / BEFOREHAND**2
    inverse = np.linalg.inv(bend)
    spread: Vector = t_quantile(SURE, auditors - 1) * np.sqrt(np.diag(inverse @ scored @ inverse))
    return spread


def t_quantile(sure: float, freedom: int) -> float:
    """How many standard errors either side hold so much of Student's t (Abramowitz and Stegun, 26.7.5).

    >>> round(t_quantile(0.95, 10), 2)
    2.23
    """
    z, v = NormalDist().inv_cdf((1 + sure) / 2), freedom
    terms = (
        (z**3 + z) / (4 * v),
        (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2),
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3),
    )
    return z + sum(terms)
