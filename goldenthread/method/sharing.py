"""Sharing things out evenly, and never to someone who may not have them: senior managers' supervision notes, say."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence

Barred = Callable[[int, int], str | None]


def fair_shares(
    files: Sequence[int], auditors: Sequence[int], barred: Barred, held: Mapping[int, int]
) -> dict[int, int]:
    """Who audits which file: {file: auditor}, as even as independence allows, counting the files already `held`.

    Files with the fewest possible auditors are shared first, each to whoever has the least so far; then files move on,
    from hand to hand where they must, while somebody has two more than somebody they can reach. When nobody has, no
    other sharing is more even (Harvey, Ladner, Lovász and Tamir, Semi-matchings for bipartite graphs and load
    balancing, 2006). A file that nobody may audit is left out.

    >>> fair_shares([1, 2, 3], [10, 20], lambda file, auditor: "hers" if (file, auditor) == (1, 10) else None, {})
    {1: 20, 2: 10, 3: 10}
    """
    able = {file: [auditor for auditor in auditors if barred(file, auditor) is None] for file in files}
    load = {auditor: held.get(auditor, 0) for auditor in auditors}
    shares: dict[int, int] = {}
    for file in sorted(files, key=lambda file: len(able[file])):
        if able[file]:
            shares[file] = min(able[file], key=lambda auditor: load[auditor])
            load[shares[file]] += 1
    while moves := _evening_moves(shares, able, load):
        load[shares[moves[0][0]]] -= 1
        load[moves[-1][1]] += 1
        shares.update(moves)
    return shares


Moves = list[tuple[int, int]]


def _evening_moves(shares: dict[int, int], able: dict[int, list[int]], load: dict[int, int]) -> Moves:
    """The fewest moves, each (file, whose it becomes), that take a file's work from somebody to one with two fewer."""
    for giver in sorted(load, key=lambda auditor: -load[auditor]):
        reached: dict[int, Moves] = {giver: []}
        for auditor in _reached_in_turn(reached, shares, able):
            if load[giver] - load[auditor] > 1:
                return reached[auditor]
    return []


def _reached_in_turn(reached: dict[int, Moves], shares: dict[int, int], able: dict[int, list[int]]) -> Iterator[int]:
    """Everybody whom the giver's work can reach, nearest first, with the moves that take it there kept in `reached`."""
    waiting = deque(reached)
    while waiting:
        holder = waiting.popleft()
        yield holder
        for file in [file for file, whose in shares.items() if whose == holder]:
            for auditor in able[file]:
                if auditor not in reached:
                    reached[auditor] = [*reached[holder], (file, auditor)]
                    waiting.append(auditor)
