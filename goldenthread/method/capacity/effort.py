"""What a file takes, as past sessions show it: a file that takes 1.3 of an ordinary one counts so.

An ordinary file takes one of the `files_a_day` parts of an auditor's day, and has effort 1. Each day on which somebody
finished files at a session says: the efforts of her files together made one day. The efforts are those that come
nearest to this over all days, none below nought (least squares; Lawson and Hanson, Solving least squares problems,
1974, chapter 23). A day counts with weight 1 / its files: then with one kind of file the effort is
days ÷ files × `files_a_day` and no less, whereas plain squares would take busy days too seriously.

Rule for few days: before any day is seen, an effort is taken to lie about 1, within `BEFOREHAND` of it two times in
three; so a handful of days moves it a little way from 1, and many days all the way (ridge regression towards 1, its
weight the days' own scatter over that of the efforts). A kind seen on fewer than `ENOUGH_DAYS` days, or with fewer than
`ENOUGH_AUDITORS` auditors, is not estimated at all: it counts as ordinary, and `Effort.known` is False.

What this cannot see: a day whose files were all finished with time to spare counts as full, so where nobody is ever
given more than she can finish every effort stays near 1; and a day without a finished file is nobody's day here.
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
ROUNDS = 3  # the scatter is measured about the efforts it helps to find
LEAST_SCATTER = 1e-4  # days that agree to the last file must not say more than days can

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
    """A file that somebody finished on the day of a session; its kind is `kind_of` it."""

    auditor: int
    day: date
    status: str
    kind: str


@dataclass(frozen=True, slots=True)
class Effort:
    """What a kind of file takes, of an ordinary one; `low` and `high`: some 95 % of such intervals hold the truth.

    Where `known` is False too few days say anything: it counts as 1 and has no interval.
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
    days: dict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    by_status: dict[str, Counter[str]] = defaultdict(Counter)
    for file in past:
        days[file.auditor, file.day][file.kind] += 1
        by_status[file.status][file.kind] += 1
    found = efforts([(auditor, files) for (auditor, _), files in days.items()], files_a_day)
    takes = {each.kind: each.effort for each in found}
    statuses = {
        status: (kinds.total(), sum(number * takes[kind] for kind, number in kinds.items()) / kinds.total())
        for status, kinds in sorted(by_status.items())
    }
    return Measured(len(days), len({auditor for auditor, _ in days}), found, statuses)


AuditorDay = tuple[int, Mapping[str, int]]  # whose day, and how many files of each kind she finished in it


def efforts(days: Sequence[AuditorDay], files_a_day: int) -> tuple[Effort, ...]:
    """What a file of each kind seen takes, in the order of `KINDS`.

    >>> alike = [(auditor, {"under_1": 5}) for auditor in range(6) for _ in range(10)]
    >>> half = [(auditor, {"over_3": 2}) for auditor in range(6) for _ in range(100)]
    >>> [(each.kind, each.days, round(each.effort, 2)) for each in efforts(alike + half, 5)]
    [('under_1', 60, 1.0), ('over_3', 600, 2.5)]
    """
    seen = [_seen(kind, days) for kind in KINDS if any(files.get(kind) for _, files in days)]
    fitted = [each for each in seen if each.days >= ENOUGH_DAYS and each.auditors >= ENOUGH_AUDITORS]
    if not fitted:
        return tuple(seen)
    values = _fitted([each.kind for each in fitted], days, files_a_day)
    known = {
        each.kind: Effort(each.kind, each.days, each.files, each.auditors, *value)
        for each, value in zip(fitted, values, strict=True)
    }
    return tuple(known.get(each.kind, each) for each in seen)


def _seen(kind: str, days: Sequence[AuditorDay]) -> Effort:
    held = [(auditor, files[kind]) for auditor, files in days if files.get(kind)]
    return Effort(kind, len(held), sum(number for _, number in held), len({auditor for auditor, _ in held}))


def _fitted(kinds: Sequence[str], days: Sequence[AuditorDay], files_a_day: int) -> list[tuple[float, float, float]]:
    """(effort, low, high) of each kind: shrunk least squares, with intervals that let an auditor's days be alike.

    Rows are days, columns kinds, values parts of a day; other kinds' files are taken from the day as ordinary ones.
    """
    counts = np.array([[files.get(kind, 0) for kind in kinds] for _, files in days], dtype=float)
    totals = np.array([sum(files.values()) for _, files in days], dtype=float)
    parts, left = counts / files_a_day, 1 - (totals - counts.sum(axis=1)) / files_a_day
    weighted = parts.T / totals
    values = np.ones(len(kinds))
    for _ in range(ROUNDS):
        scatter = max(float(((left - parts @ values) ** 2 / totals).mean()), LEAST_SCATTER)
        pull = scatter / BEFOREHAND**2
        moments = weighted @ parts + np.eye(len(kinds)) * pull
        values = not_below_nought(moments, weighted @ left + pull)
    scores = parts * ((left - parts @ values) / totals)[:, None]
    wide = _spread(moments, scores, [auditor for auditor, _ in days], pull * scatter)
    return [(float(v), max(float(v - w), 0.0), float(v + w)) for v, w in zip(values, wide, strict=True)]


def not_below_nought(moments: Vector, sums: Vector) -> Vector:
    """The x, none below nought, for which x·moments·x / 2 - sums·x is least: one coordinate after another until still.

    `moments` is square, symmetric and positive definite, which makes the x one and the way to it sure.

    >>> not_below_nought(np.array([[2.0, 0.0], [0.0, 4.0]]), np.array([1.0, -3.0])).tolist()
    [0.5, 0.0]
    """
    values: Vector = np.ones(len(sums))
    for _ in range(10_000):
        before = values.copy()
        for place in range(len(sums)):
            gap = sums[place] - moments[place] @ values
            values[place] = max(0.0, values[place] + gap / moments[place, place])
        if np.abs(values - before).max() < 1e-12:
            break
    return values


def _spread(moments: Vector, scores: Vector, whose: Sequence[int], beforehand: float) -> Vector:
    """Half of each interval's width: Liang and Zeger's variance (1986), an auditor's days taken together.

    `beforehand`: what not knowing the efforts at first adds to the scores' variance.
    """
    places = np.unique(np.array(whose), return_inverse=True)[1]
    auditors = int(places.max()) + 1
    together = np.zeros((auditors, scores.shape[1]))
    np.add.at(together, places, scores)
    scored = together.T @ together * auditors / (auditors - 1) + np.eye(scores.shape[1]) * beforehand
    inverse = np.linalg.inv(moments)
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
