"""A case list held against other sources of one council: who is in one and not the other, and whose status differs."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.select.formats.model import Case, CrossCheck, Fault, Frame, Reading

TITLES = {"cin_census": "the census", "ssda903": "the SSDA903"}
HOLDS = {
    "cin_census": frozenset({"looked_after", "child_protection", "child_in_need", "open_assessment"}),
    "ssda903": frozenset({"looked_after"}),
}
"""The statuses a source should know every child of."""


def cross_checked(
    cases: Sequence[Case], others: Sequence[tuple[Reading, Frame]]
) -> tuple[tuple[CrossCheck, ...], tuple[Fault, ...]]:
    """Each other source against the list's open cases, and every difference as a fault where it stands."""
    listed = {case.ref: case for case in cases}
    checks, faults = [], []
    for reading, framed in others:
        check = _check(listed, framed)
        checks.append(check)
        faults += [fault for fault in framed.faults if fault not in set(reading.faults)]
        faults += _differences(check, listed, {case.ref: case for case in framed.cases})
    return tuple(checks), tuple(faults)


def _check(listed: dict[str, Case], framed: Frame) -> CrossCheck:
    found = {case.ref: case for case in framed.cases}
    expected = {ref for ref, case in listed.items() if case.status in HOLDS[framed.source]}
    both = sorted(listed.keys() & found.keys())
    return CrossCheck(
        source=framed.source,
        both=len(both),
        missing=tuple(sorted(found.keys() - listed.keys())),
        extra=tuple(sorted(expected - found.keys())),
        disagree=tuple(
            (ref, listed[ref].status, found[ref].status)
            for ref in both
            if not _agree(framed.source, listed[ref], found[ref])
        ),
    )


def _agree(source: str, case: Case, other: Case) -> bool:
    """The census does not know who is looked after, so of such a child it can only say what else she is."""
    if source == "cin_census" and case.status == "looked_after":
        return other.status != "child_protection" or "child_protection" in case.tags
    return case.status == other.status or ("short_breaks" in other.tags and case.status != "looked_after")


def _differences(check: CrossCheck, listed: dict[str, Case], found: dict[str, Case]) -> list[Fault]:
    title = TITLES[check.source]
    return [
        *(_fault(found[ref], f"Child {ref} is open in {title} but not in the case list.") for ref in check.missing),
        *(_fault(listed[ref], f"Child {ref} is open here but not in {title}.") for ref in check.extra),
        *(
            _fault(found[ref], f"Child {ref} is {_plain(other)} in {title} but {_plain(ours)} in the case list.")
            for ref, ours, other in check.disagree
        ),
    ]


def _fault(case: Case, message: str) -> Fault:
    return Fault(case.file, case.sheet, case.row, "", case.ref, message)


def _plain(status: str) -> str:
    return status.replace("_", " ")
