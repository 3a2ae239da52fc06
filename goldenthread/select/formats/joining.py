"""Readings of several sources made into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from goldenthread.select.formats.model import Reading


def checked(spine: Reading, others: Sequence[Reading]) -> Reading:
    """The spine's list, with the other sources to be held against it."""
    return replace(_together([spine, *others]), checks=tuple(others))


def joined(census: Reading, returned: Reading) -> Reading:
    """One list of a census and an SSDA903: the second says who is looked after, which the first does not know."""
    rows = tuple(row._replace(evidence="looked_after") for row in returned.rows if row.status != "closed")
    newest = max(filter(None, (census.newest, returned.newest)), default=None)
    return replace(_together([census, returned]), rows=census.rows + rows, newest=newest)


def _together(readings: Sequence[Reading]) -> Reading:
    return replace(
        readings[0],
        files=tuple(dict.fromkeys(file for reading in readings for file in reading.files)),
        tables=tuple(table for reading in readings for table in reading.tables),
        ignored=tuple(sheet for reading in readings for sheet in reading.ignored),
        faults=tuple(fault for reading in readings for fault in reading.faults),
    )
