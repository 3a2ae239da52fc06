"""Which duties to cover teams and statuses a plan cannot meet, by how many files, and the smallest reason.

A group takes files of some statuses in some teams, and any status with any team among these. So the files of a group
can be given their statuses and, apart from that, their teams: the two kinds of duty never compete, and each is a
question of files from groups to duties, which a maximum flow answers exactly, in whole files. What is short is what
some set of duties asks for beyond all that the groups open to it can give (Hall's theorem with deficiency: Ore, Graphs
and matching theorems, 1955); the smallest such set is what the flow cannot reach.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.method.capacity.files import GroupFiles, counted, listed

MOST_NAMED = 5  # duties that a sentence names one by one


@dataclass(frozen=True, slots=True)
class Duty:
    """At least so many files of one team or one status in the year. `groups`: the keys of those that may audit them."""

    key: str
    name: str
    files: int
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Duties that cannot all be met, and the groups open to them: the smallest set for which the sum does not work."""

    duties: tuple[Duty, ...]
    groups: tuple[str, ...]
    able: int

    @property
    def needed(self) -> int:
        return sum(duty.files for duty in self.duties)

    @property
    def short(self) -> int:
        return self.needed - self.able


def shortfalls(duties: Sequence[Duty], files: Mapping[str, int]) -> tuple[Shortfall, ...]:
    """Where the groups' files in the year do not reach the duties; together, the fewest files that must be wanting.

    >>> help_, care = Duty("help", "early help", 5, frozenset({"duty"})), Duty("care", "care leavers", 5, frozenset())
    >>> [(each.groups, each.needed, each.able, each.short) for each in shortfalls([help_, care], {"duty": 3})]
    [(('duty',), 5, 3, 2), ((), 5, 0, 5)]
    """
    alike: dict[frozenset[str], list[Duty]] = {}
    for duty in duties:
        if duty.files:
            alike.setdefault(duty.groups & frozenset(files), []).append(duty)
    demands = {groups: sum(duty.files for duty in same) for groups, same in alike.items()}
    unmet = _unmet(demands, files)
    return tuple(
        Shortfall(tuple(duty for groups in kinds for duty in alike[groups]), used, sum(files[group] for group in used))
        for kinds in _apart(unmet)
        for used in [tuple(key for key in files if any(key in groups for groups in kinds))]
    )


Kind = frozenset[str]  # duties open to the same groups are one


def _unmet(demands: Mapping[Kind, int], files: Mapping[str, int]) -> list[Kind]:
    """The smallest set of demands whose sum is beyond their groups' by all that is short: empty where none is."""
    flow = {(group, kind): 0 for kind in demands for group in files if group in kind}
    spare, wanting = dict(files), dict(demands)
    while path := _path(flow, spare, wanting):
        amount = min(spare[path[0][0]], wanting[path[-1][1]], *(flow[edge] for edge in path[1::2]))
        for turn, edge in enumerate(path):
            flow[edge] += amount if turn % 2 == 0 else -amount
        spare[path[0][0]] -= amount
        wanting[path[-1][1]] -= amount
    reached = _reached([kind for kind in demands if wanting[kind]], flow)
    return [kind for kind in demands if kind in reached]


Edge = tuple[str, Kind]


def _path(flow: Mapping[Edge, int], spare: Mapping[str, int], wanting: Mapping[Kind, int]) -> list[Edge]:
    """The shortest way to send one more file from a group to a duty: edges forward and back in turn; empty if none."""
    came: dict[str, list[Edge]] = {group: [] for group, left in spare.items() if left}
    seen: set[Kind] = set()
    waiting = deque(came)
    while waiting:
        group = waiting.popleft()
        for kind in [kind for giver, kind in flow if giver == group and kind not in seen]:
            seen.add(kind)
            here = [*came[group], (group, kind)]
            if wanting[kind]:
                return here
            for other, of in [edge for edge in flow if edge[1] == kind and flow[edge]]:
                if other not in came:
                    came[other] = [*here, (other, of)]
                    waiting.append(other)
    return []


def _reached(unmet: list[Kind], flow: Mapping[Edge, int]) -> list[Kind]:
    """The duties that would give way to those unmet: theirs, and what the same groups' files go to instead."""
    found = list(unmet)
    for each in found:  # grows as it is read
        for group, _ in [edge for edge in flow if edge[1] == each]:
            taken = [kind for (giver, kind), number in flow.items() if giver == group and number]
            found += [kind for kind in taken if kind not in found]
    return found


def _apart(kinds: Iterable[Kind]) -> list[list[Kind]]:
    """Kinds of duty that share no group, even by way of others, stand apart: each is a reason of its own."""
    heaps: list[list[Kind]] = []
    for kind in kinds:
        touching = [heap for heap in heaps if any(kind & other for other in heap)]
        heaps = [heap for heap in heaps if heap not in touching] + [[*sum(touching, []), kind]]
    return heaps


def teams_in_words(shortfall: Shortfall, each: int, groups: Sequence[GroupFiles]) -> str:
    """As "25 teams × 2 = 50 files are needed and the sessions planned give 35: 15 short."."""
    if not shortfall.groups:
        return f"No group takes files of {_named(shortfall.duties)}: {counted(shortfall.short, 'file')} short."
    every = len(shortfall.groups) == len(groups)
    whose = "planned" if every else f"of {listed(_of(shortfall, groups))}"
    teams = counted(len(shortfall.duties), "team") + ("" if every else f" ({_named(shortfall.duties)})")
    return (
        f"{teams} × {each} = {counted(shortfall.needed, 'file')} are needed and the sessions {whose} give "
        f"{shortfall.able:,}: {shortfall.short:,} short."
    )


def statuses_in_words(shortfall: Shortfall, each: int, groups: Sequence[GroupFiles]) -> str:
    """As "Frontline duty's 1 session can audit 7 files; early help and open assessments need 2 × 5 = 10: 3 short."."""
    names = _named(shortfall.duties)
    if not shortfall.groups:
        return f"No group takes {names}: {counted(shortfall.short, 'file')} short."
    held = sum(group.sessions for group in groups if group.key in shortfall.groups)
    number = len(shortfall.duties)
    needed = f"{number} × {each} = {shortfall.needed:,}" if number > 1 else f"{shortfall.needed:,}"
    return (
        f"The {counted(held, 'session')} of {listed(_of(shortfall, groups))} can audit "
        f"{counted(shortfall.able, 'file')}; {names} need {needed}: {shortfall.short:,} short."
    )


def _of(shortfall: Shortfall, groups: Sequence[GroupFiles]) -> list[str]:
    return [group.name for group in groups if group.key in shortfall.groups]


def _named(duties: Sequence[Duty]) -> str:
    """Their names; of more than five, the first and how many more.

    >>> _named([Duty(str(number), f"Duty {number}", 2, frozenset()) for number in range(8)])
    'Duty 0, Duty 1, Duty 2, Duty 3 and 4 others'
    """
    names = [duty.name for duty in duties]
    further = len(names) - MOST_NAMED + 1
    return listed(names if further < 2 else [*names[: MOST_NAMED - 1], f"{further} others"])
