"""Drawing children's files so that nobody can be said to have picked them: the method `goldenthread-draw-1`.

The list is frozen and digested first; the seed comes afterwards from outside the operator's hands; each case's ticket
is the SHA-256 of seed and case reference; in each stratum the smallest tickets are drawn and the next ones are the
reserves, in that order. A ticket depends on nothing but the seed and the reference, so drawing more extends a draw
without disturbing it, and a case left out does not move the others.

Source: the consistent sampling of Rivest as used in election audits (Arlo); the seed of the framework asks for "a
random selection of case files" (Recommendation 30, paragraph 2).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import eq, itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from goldenthread.method.refusal import Refused

METHOD = "goldenthread-draw-1"
Row = tuple[str, str]
_QUOTED = re.compile(r'[,"\r\n]')


# --- the list --------------------------------------------------------------------------------------------


def stratum(status: str, team: str) -> str:
    """The name of the stratum of one status in one team.

    >>> stratum("child_protection", "Duty 2")
    'child_protection / Duty 2'
    >>> stratum("looked_after", " ")
    'looked_after / no team'
    """
    return f"{status.strip() or 'no status'} / {team.strip() or 'no team'}"


def canonical_list(rows: Iterable[Row]) -> bytes:
    """The bytes of a case list that its digest is taken of: `ref,stratum`, sorted by ref, UTF-8, LF.

    `rows` are (ref, stratum) pairs in any order. Fields are quoted only where a comma, a quote or a line break needs
    it. Refused: no case at all, a blank ref or stratum, a ref that stands there twice.

    >>> canonical_list([("K2", "Duty, north"), ("K1", "CLA")])
    b'ref,stratum\\nK1,CLA\\nK2,"Duty, north"\\n'
    """
    return _written(*_columns(rows))


def list_digest(canonical: bytes) -> str:
    """The hex SHA-256 of a canonical list.

    >>> list_digest(canonical_list([("K1", "CLA")]))
    '68566c676dd7d44c50e759b6c4fcfc138613d3b83b8542c2cf76f196d13a8bcb'
    """
    return hashlib.sha256(canonical).hexdigest()


def _columns(rows: Iterable[Row]) -> tuple[list[str], list[str]]:
    """The refs in order, none blank and none twice, and the stratum of each."""
    listed = list(rows)
    if not listed:
        raise Refused("The case list holds no case, so nothing can be drawn from it.")
    listed.sort(key=itemgetter(0))
    refs, names = list(map(itemgetter(0), listed)), list(map(itemgetter(1), listed))
    faults = _faults(refs, names)
    if faults:
        raise Refused(*faults)
    return refs, names


def _faults(refs: Sequence[str], names: Sequence[str]) -> list[str]:
    faults = []
    if not all(map(str.strip, refs)):
        faults.append(f"Rows of the list without a case reference: {sum(not ref.strip() for ref in refs)}.")
    if any(map(eq, refs, islice(refs, 1, None))):
        twice = sorted({one for one, other in pairwise(refs) if one == other and one.strip()})
        faults += [f"The case reference {ref} stands in the list twice." for ref in twice]
    if not all(map(str.strip, set(names))):
        faults += [f"The case {ref} has no stratum." for ref, name in zip(refs, names, strict=True) if not name.strip()]
    return faults


def _written(refs: Sequence[str], names: Sequence[str]) -> bytes:
    body = "\n".join(map(",".join, zip(refs, names, strict=True)))
    if body.count(",") > len(refs) or body.count("\n") >= len(refs) or '"' in body or "\r" in body:
        body = "\n".join([f"{_field(ref)},{_field(name)}" for ref, name in zip(refs, names, strict=True)])
    return _utf8(f"ref,stratum\n{body}\n")


def _field(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise Refused(f"The text {text[:60]!r} holds a character that UTF-8 cannot write.") from error


# --- the seed and the tickets ------------------------------------------------------------------------------


def draw_seed(list_sha256: str, source: str, draw_id: str) -> str:
    """The hex seed of a draw, from the list's digest, the text of the seed's source and the draw's own name.

    >>> draw_seed("00", "dice:1", "2026-Q4-1")[:16]
    '8050899e379494cc'
    """
    return hashlib.sha256(_utf8(f"{METHOD}|{list_sha256}|{source}|{draw_id}")).hexdigest()


def tickets(seed: str, refs: Iterable[str]) -> list[bytes]:
    """The ticket of each case as the 32 bytes of SHA-256 of `{seed}|{ref}`; bytes sort as their hex does.

    >>> [ticket.hex()[:8] for ticket in tickets("ab", ["K1", "K2"])]
    ['a1037adf', 'b81aacf6']
    """
    # A million times round: the seed is hashed once and its state copied, and names are bound outside the loop.
    begun = hashlib.sha256(f"{seed}|".encode()).copy
    found: list[bytes] = []
    keep = found.append
    for ref in map(str.encode, refs):
        ticket = begun()
        ticket.update(ref)
        keep(ticket.digest())
    return found


def _ticket_order(codes: npt.NDArray[np.int64], digests: Sequence[bytes]) -> npt.NDArray[np.int64]:
    """Positions by (code, digest), with shape (n,). Sorts the first 8 bytes in numpy and settles ties by all 32."""
    heads = np.frombuffer(b"".join(digests), dtype=">u8")[::4].astype(np.uint64)
    spare = np.uint64(64 - max(1, int(codes.max()).bit_length()))
    # One 64-bit key, the stratum in its highest bits, sorts several times faster than two keys do.
    keys = codes.astype(np.uint64) << spare | heads >> np.uint64(64 - int(spare))
    order = np.argsort(keys)
    ranked = keys[order]
    for start, end in _runs(np.flatnonzero(ranked[1:] == ranked[:-1])):
        order[start:end] = sorted(order[start:end].tolist(), key=digests.__getitem__)
    return order


def _runs(same_as_next: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """(start, end) of each run of equal keys, from the positions whose key equals the next one's."""
    runs: list[tuple[int, int]] = []
    for position in same_as_next.tolist():
        if runs and runs[-1][1] == position + 1:
            runs[-1] = (runs[-1][0], position + 2)
        else:
            runs.append((position, position + 2))
    return runs


# --- the draw ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DrawRecord:
    """One draw, whole: what it was made from, and each stratum's cases in the order of their tickets.

    `quotas`, `selected` and `reserves` have every stratum of the list as a key; one that was given no quota has 0.
    """

    list_sha256: str
    source: str
    draw_id: str
    seed: str
    quotas: Mapping[str, int]
    selected: Mapping[str, Sequence[str]]
    reserves: Mapping[str, Sequence[str]]
    method: str = METHOD

    def as_json(self) -> dict[str, Any]:
        """The record as a JSON document, with the keys that the command line promises."""
        return {
            "method": self.method,
            "list_sha256": self.list_sha256,
            "source": self.source,
            "draw_id": self.draw_id,
            "seed": self.seed,
            "quotas": dict(self.quotas),
            "selected": {name: list(refs) for name, refs in self.selected.items()},
            "reserves": {name: list(refs) for name, refs in self.reserves.items()},
        }


def draw(rows: Iterable[Row], *, source: str, draw_id: str, quotas: Mapping[str, int]) -> DrawRecord:
    """Draw `quotas[stratum]` cases from each stratum of the list of (ref, stratum) pairs.

    Refused: a list that `canonical_list` refuses, a blank source or draw id, a quota below 0, for a stratum that the
    list does not have, or for more cases than its stratum holds.

    >>> record = draw([("K1", "CP"), ("K2", "CP"), ("K3", "CP")], source="dice:1-2", draw_id="1", quotas={"CP": 1})
    >>> record.selected, record.reserves
    ({'CP': ['K1']}, {'CP': ['K3', 'K2']})
    """
    refs, column = _columns(rows)
    names, counts, codes = _strata(column)
    faults = [*_blank_faults(source, draw_id), *quota_faults(quotas, dict(zip(names, counts, strict=True)))]
    if faults:
        raise Refused(*faults)
    digest = list_digest(_written(refs, column))
    seed = draw_seed(digest, source, draw_id)
    order = _ticket_order(codes, tickets(seed, refs))
    by_ticket = np.array(refs, dtype=object)[order].tolist()
    ends = np.cumsum(counts).tolist()
    selected, reserves, taken = {}, {}, {}
    for name, count, end in zip(names, counts, ends, strict=True):
        taken[name] = quotas.get(name, 0)
        cut = end - count + taken[name]
        selected[name], reserves[name] = by_ticket[end - count : cut], by_ticket[cut:end]
    return DrawRecord(digest, source, draw_id, seed, taken, selected, reserves)


def _strata(column: Sequence[str]) -> tuple[list[str], list[int], npt.NDArray[np.int64]]:
    """The strata's names in order, how many cases each has, and each row's stratum as an index, shape (n,)."""
    names = sorted(set(column))
    index = {name: code for code, name in enumerate(names)}
    codes = np.fromiter(map(index.__getitem__, column), dtype=np.int64, count=len(column))
    return names, np.bincount(codes, minlength=len(names)).tolist(), codes


def _blank_faults(source: str, draw_id: str) -> list[str]:
    faults = [] if source.strip() else ["The draw needs the source of its seed, such as the dice that were read out."]
    return faults if draw_id.strip() else [*faults, "The draw needs an id of its own, such as 2026-Q4-1."]


def quota_faults(quotas: Mapping[str, int], sizes: Mapping[str, int]) -> list[str]:
    """Why these quotas cannot be drawn from strata of these sizes, one sentence a fault; nothing if they can.

    >>> quota_faults({"CP": 2}, {"CP": 1})
    ["2 cannot be drawn from the stratum 'CP': it holds 1 in the list."]
    """
    faults = []
    for name, quota in quotas.items():
        if name not in sizes:
            faults.append(f"The list has no stratum {name!r}, so {quota} cannot be drawn from it.")
        elif not 0 <= quota <= sizes[name]:
            faults.append(f"{quota} cannot be drawn from the stratum {name!r}: it holds {sizes[name]} in the list.")
    return faults


def replacement(record: DrawRecord, name: str, taken: Collection[str]) -> str:
    """The reserve that comes next in a stratum, when those in `taken` have been used or passed over already.

    Refused: a stratum that was not drawn from, and one whose reserves are used up.
    """
    if name not in record.reserves:
        raise Refused(f"Nothing was drawn from a stratum {name!r}, so it has no reserves.")
    for ref in record.reserves[name]:
        if ref not in taken:
            return ref
    raise Refused(f"All {len(record.reserves[name])} reserves of {name!r} have been used: no case is left to take.")
