"""Sharing a session's files among those who sit there: evenly, and never a file to someone who may not audit it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Barred = Callable[[int, int], str | None]


def fair_shares(files: Sequence[int], auditors: Sequence[int], barred: Barred, held: Mapping[int, int]) -> dict[int, int]:
    """Who audits which file: {file: auditor}, as even as independence allows, counting the files already `held`.

    Files with the fewest possible auditors are shared first, each to whoever has the least so far; then one file at a
    time moves from the most loaded to the least while that makes it more even. A file that nobody may audit is left out.

    >>> fair_shares([1, 2, 3], [10, 20], lambda file, auditor: "in the team" if (file, auditor) == (1, 10) else None, {})
    {1: 20, 2: 10, 3: 10}
    """
    able = {file: [auditor for auditor in auditors if barred(file, auditor) is None] for file in files}
    load = {auditor: held.get(auditor, 0) for auditor in auditors}
    shares: dict[int, int] = {}
    for file in sorted(files, key=lambda file: len(able[file])):
        if able[file]:
            shares[file] = min(able[file], key=lambda auditor: load[auditor])
            load[shares[file]] += 1
    while move := _evening_move(shares, able, load):
        file, auditor = move
        load[shares[file]] -= 1
        load[auditor] += 1
        shares[file] = auditor
    return shares


def _evening_move(shares: dict[int, int], able: dict[int, list[int]], load: dict[int, int]) -> tuple[int, int] | None:
    """A file and the auditor to give it to, where she has at least two fewer than whoever has it now."""
    for file, holder in shares.items():
        for auditor in able[file]:
            if load[holder] - load[auditor] > 1:
                return file, auditor
    return None
