"""Headers: the words above a column, made plain and matched to what a frame needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from goldenthread.select.formats.cells import text

HEADER_WITHIN = 20
"""A header stands within this many rows of a sheet's first; above it stand titles and notes."""


def names(words: str) -> frozenset[str]:
    """Squashed headers, written with spaces between them."""
    return frozenset(words.split())


REF = names(
    "childuniqueid childsuniqueid childid uniquechildid childuniqueidentifier uniqueid lachildid child personid"
    " clientid"
    " dimpersonid perspersonid perslegacyid lcsid mosaicid casereference caseref caseid childref childreference ref"
    " reference swisid careid icsid protocolid liquidlogicid eclipseid personreference serviceuserid"
)
TEAM = names(
    "allocatedteam team teamname currentteam caseteam responsibleteam dimdepartmentiddesc deptteamname"
    " allocatedteamname socialworkteam"
)
WORKER = names(
    "allocatedworker worker workername caseholder casehold keyworker socialworker allocatedsocialworker"
    " leadpractitioner"
    " dimworkeriddesc profprofessionalname allocatedpersonaladvisor allocatedpersonaladviser personaladvisor"
    " personaladviser leadworker caseworker practitioner allocatedpractitioner allocatedcaseworker"
)
AGE = names("ageofchild ageofchildyears age childage agenow currentage ageyears")
BORN = names("dateofbirth dob birthdate persondob personbirthdate birthdttm persdob expecteddateofbirth")

_BRACKETED = re.compile(r"\([^)]*\)")
_PIVOTED = re.compile(r"^(sum|count|max|min|average)of")


def squashed(header: Any) -> str:
    """A header as bare letters and digits, brackets and a pivot table's "Sum of" left out.

    >>> squashed("Age of Child (Years)"), squashed("Sum of Number of Previous Plans"), squashed("LA In Touch ")
    ('ageofchild', 'numberofpreviousplans', 'laintouch')
    """
    low = _BRACKETED.sub("", text(header).lower())
    return _PIVOTED.sub("", re.sub(r"[^a-z0-9]", "", low))


def header_row(grid: list[list[Any]], refs: frozenset[str], known: Iterable[frozenset[str]], least: int) -> int | None:
    """The index of the first row that names a child's reference and at least `least` known columns in all."""
    vocabulary = frozenset().union(*known)
    for index, row in enumerate(grid[:HEADER_WITHIN]):
        names = {squashed(cell) for cell in row if isinstance(cell, str)}
        if names & refs and len(names & vocabulary) >= least:
            return index
    return None


def matched(headers: list[Any], columns: Mapping[str, frozenset[str]]) -> dict[str, list[int]]:
    """Where each field's column stands: every position, first to last, so that a second one can be said."""
    places: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        name = squashed(header)
        for field, aliases in columns.items():
            if name in aliases:
                places.setdefault(field, []).append(place)
    return places
