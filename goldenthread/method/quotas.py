"""How many files to draw from each stratum."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from goldenthread.method.refusal import Refused


def quotas_in_proportion(sizes: Mapping[str, int], total: int, *, at_least: int = 0) -> dict[str, int]:
    """Share `total` files among strata in proportion to their size, by largest remainder (Hamilton's method).

    `sizes` is how many cases each stratum holds. With `at_least`, a stratum whose share would be smaller gets that
    many (or all it has), and the others share what is left. Equal remainders go to the larger stratum, then by name.
    Refused: a total below what `at_least` alone needs, or above all the cases there are.

    >>> quotas_in_proportion({"CP": 50, "CLA": 30, "Duty": 21}, 10)
    {'CP': 5, 'CLA': 3, 'Duty': 2}
    >>> quotas_in_proportion({"CP": 50, "CLA": 30, "Duty": 2}, 10, at_least=1)
    {'CP': 6, 'CLA': 3, 'Duty': 1}
    """
    return quotas_with_least(sizes, total, {name: min(at_least, size) for name, size in sizes.items()})


def quotas_with_least(sizes: Mapping[str, int], total: int, least: Mapping[str, int]) -> dict[str, int]:
    """The same where each stratum has a least number of its own, no larger than its size.

    >>> quotas_with_least({"CP": 50, "CLA": 30, "Duty": 2}, 10, {"CP": 0, "CLA": 5, "Duty": 1})
    {'CP': 4, 'CLA': 5, 'Duty': 1}
    """
    needed, available = sum(least.values()), sum(sizes.values())
    if total < needed:
        raise Refused(f"{total} files are too few: the least of each of {len(sizes)} strata comes to {needed}.")
    if total > available:
        raise Refused(f"{total} files cannot be drawn: the list holds {available}.")
    shares = _shares(sizes, total, least)
    quotas = {name: int(share) for name, share in shares.items()}
    spare = sorted(shares, key=lambda name: (quotas[name] - shares[name], -sizes[name], name))
    for name in spare[: total - sum(quotas.values())]:
        quotas[name] += 1
    return quotas


def quotas_spread(sizes: Mapping[str, int], total: int, had: Mapping[str, int]) -> dict[str, int]:
    """Share `total` files among strata one at a time, so that in the long run each has as many as any other.

    Each goes to the stratum that has had fewest so far, those of before (`had`) counted, and still holds a case; then
    to the larger one, then by name. Where `quotas_in_proportion` says what the whole is like, this reaches every part.
    Refused: a total above all the cases there are.

    >>> quotas_spread({"Duty 1": 9, "Duty 2": 4, "Leaving Care": 1}, 4, {"Duty 1": 2})
    {'Duty 1': 1, 'Duty 2': 2, 'Leaving Care': 1}
    """
    if total > (available := sum(sizes.values())):
        raise Refused(f"{total} files cannot be drawn: the list holds {available}.")
    quotas = dict.fromkeys(sizes, 0)
    for _ in range(total):
        open_to_more = [name for name in sizes if quotas[name] < sizes[name]]
        quotas[min(open_to_more, key=lambda name: (quotas[name] + had.get(name, 0), -sizes[name], name))] += 1
    return quotas


def _shares(sizes: Mapping[str, int], total: int, least: Mapping[str, int]) -> dict[str, Fraction]:
    """Exact shares that add up to `total`, none below its least; those that would be are set aside at it in turn."""
    fixed: set[str] = set()
    while True:
        left = total - sum(least[name] for name in fixed)
        crowd = sum(size for name, size in sizes.items() if name not in fixed)
        shares = {
            name: Fraction(least[name]) if name in fixed else Fraction(left * size, crowd or 1)
            for name, size in sizes.items()
        }
        short = {name for name in shares if shares[name] < least[name]}
        if not short:
            return shares
        fixed |= short
