"""How many files a draw takes of each stratum so that it mends what the year still owes, and leaves no case without a
chance.

A quota is fixed when the list is frozen, before anybody can know the seed. So no rounding by chance can save a stratum
whose share is less than a file: it would have to come from the seed. Small strata are put together instead, as survey
samplers do with collapsed strata (Cochran, Sampling Techniques, 1977, section 5A.12): the list that is frozen names the
stratum that a case is drawn in, and the chance of each of its cases is the files drawn of it divided by the cases it
holds, as in any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.method.quotas import quotas_in_proportion, quotas_with_least
from goldenthread.method.sampling import stratum

SEPARATOR = " / "  # between the status and the team of a stratum: see sampling.stratum
OTHER_TEAMS = "other teams"  # in place of a team: the small strata of one status, drawn as one
OTHERS = stratum("other", OTHER_TEAMS)  # all small strata of every status, drawn as one


@dataclass(frozen=True, slots=True)
class Wanted:
    """At least so many files among these strata together: what a team, a status, a locality still owes."""

    strata: frozenset[str]
    files: int


@dataclass(frozen=True, slots=True)
class Mending:
    """What a draw proposes. `strata`: each stratum of the list → the one it is drawn in, itself or one put together.

    `sizes`: each stratum that is drawn in → the cases it holds; `quotas` → how many files, nowhere 0.
    """

    strata: Mapping[str, str]
    sizes: Mapping[str, int]
    quotas: Mapping[str, int]

    @property
    def put_together(self) -> Mapping[str, tuple[str, ...]]:
        """Each stratum that was put together, with what it is made of."""
        parts: dict[str, tuple[str, ...]] = {}
        for name, drawn_in in self.strata.items():
            parts[drawn_in] = (*parts.get(drawn_in, ()), name)
        return {drawn_in: names for drawn_in, names in parts.items() if names != (drawn_in,)}


def mending(sizes: Mapping[str, int], owed: Sequence[Wanted], total: int) -> Mending:
    """Share `total` files, or all cases there are, so that what is owed is mended and every case keeps a chance.

    `sizes`: stratum → cases that may be drawn, each 1 or more; `owed` with what presses most first. The rule:

    1. What is owed comes first, in its order, up to what it asks for: each file goes to the stratum that mends most
       of what is owed at once, then to the largest. The last file is kept back while any stratum is without.
    2. The files that are left are shared in proportion to the cases each stratum still holds.
    3. Strata that are without then are put together: those of one status, and where that leaves too few files for
       each to have one, all of them, with the smallest others if need be. Then 2 again, each having one at least.

    So no case is without a chance, whatever is owed and however many strata there are, and each chance is known: the
    files of the stratum that the case is drawn in, divided by its cases.

    >>> sizes = {"CP / Duty 1": 40, "CP / Duty 2": 9, "CP / Duty 3": 2, "CP / Duty 4": 1}
    >>> owed = [Wanted(frozenset({"CP / Duty 3"}), 1)]
    >>> dict(mending(sizes, owed, 6).quotas)
    {'CP / Duty 1': 3, 'CP / Duty 2': 1, 'CP / Duty 3': 1, 'CP / Duty 4': 1}
    >>> made = mending(sizes, owed, 3)
    >>> dict(made.quotas), made.put_together["CP / other teams"]
    ({'CP / Duty 1': 1, 'CP / other teams': 1, 'CP / Duty 3': 1}, ('CP / Duty 2', 'CP / Duty 4'))
    """
    total = min(total, sum(sizes.values()))
    first = _owed_first(sizes, owed, total)
    left = total - sum(first.values())
    shared = quotas_in_proportion({name: size - first[name] for name, size in sizes.items()}, left)
    strata = _drawn_in(sizes, {name for name in sizes if not first[name] + shared[name]}, first, left)
    held, mended = _summed(sizes, strata), _summed(first, strata)
    least = {name: int(not mended[name]) for name in held}
    again = quotas_with_least({name: held[name] - mended[name] for name in held}, left, least)
    return Mending(strata, held, {name: mended[name] + again[name] for name in held})


def _owed_first(sizes: Mapping[str, int], owed: Sequence[Wanted], total: int) -> dict[str, int]:
    """Stratum → the files that mend what is owed."""
    given = dict.fromkeys(sizes, 0)
    lacking = [wanted.files for wanted in owed]
    mends: dict[str, list[int]] = {name: [] for name in sizes}
    for place, wanted in enumerate(owed):
        for name in wanted.strata & sizes.keys():
            mends[name].append(place)
    left = total
    for place, wanted in enumerate(owed):
        while lacking[place] > 0 and left > (0 in given.values()):
            holding = [name for name in wanted.strata & sizes.keys() if given[name] < sizes[name]]
            if not holding:
                break
            best = min(holding, key=lambda name: (-sum(lacking[at] > 0 for at in mends[name]), -sizes[name], name))
            given[best] += 1
            left -= 1
            for at in mends[best]:
                lacking[at] -= 1
    return given


def _drawn_in(sizes: Mapping[str, int], bare: set[str], first: Mapping[str, int], left: int) -> dict[str, str]:
    """Each stratum → the one it is drawn in, so that `left` files are one at least for each without one of `first`."""
    of_status = {name: stratum(name.partition(SEPARATOR)[0], OTHER_TEAMS) for name in bare}
    several = {name for name, number in Counter(of_status.values()).items() if number > 1}
    without = [name for name in sorted(sizes, key=lambda name: (sizes[name], name)) if not first[name]]
    lone = [name for name in without if name not in bare or of_status[name] not in several]
    if len(lone) + len(several) <= left:
        return {name: of_status[name] if of_status.get(name) in several else name for name in sizes}
    kept = [name for name in without if name not in bare]
    together = bare.union(kept[: max(0, len(kept) + 1 - left)])
    statuses = {name.partition(SEPARATOR)[0] for name in together}
    called = stratum(statuses.pop(), OTHER_TEAMS) if len(statuses) == 1 else OTHERS
    return {name: called if name in together else name for name in sizes}


def _summed(numbers: Mapping[str, int], strata: Mapping[str, str]) -> dict[str, int]:
    """The numbers of strata, added up for each stratum that they are drawn in."""
    sums = dict.fromkeys(strata.values(), 0)
    for name, number in numbers.items():
        sums[strata[name]] += number
    return sums
