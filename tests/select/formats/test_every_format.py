"""What every format in the folder must do: adding the file is the whole change."""

from __future__ import annotations

from typing import Any

import pytest

from goldenthread.method.refusal import Refused
from goldenthread.select.formats import formats, read
from goldenthread.select.formats.model import Mapping, NamedBytes, Reading
from goldenthread.select.formats.tables import opened
from tests.select.formats.made_workbooks import children, workbook

CENSUS = b"""<Message>
<Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year></CollectionDetails></Header>
<Children><Child><ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers>
<CINdetails><CINreferralDate>2024-02-01</CINreferralDate></CINdetails></Child></Children></Message>"""
GIVEN: dict[str, list[NamedBytes]] = {
    "annex_a": [NamedBytes("annex-a.xlsx", workbook({6: children(2), 9: [{"Child Unique ID": 5}]}))],
    "cin_census": [NamedBytes("census.xml", CENSUS)],
    "ssda903": [NamedBytes("episodes.csv", b"CHILD,DECOM,RNE,LS,CIN,PLACE,DEC\n1,01/02/2024,S,C2,N1,U1,\n")],
    "extract": [NamedBytes("cases.csv", b"Child ID,Status\n1,CIN\n")],
}
"""One case list of each source. A new format adds its own here."""


@pytest.fixture(params=formats(), ids=lambda form: form.SOURCE)
def form(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_every_format_has_a_case_list_here() -> None:
    assert {form.SOURCE for form in formats()} == set(GIVEN)


def test_a_format_has_a_title(form: Any) -> None:
    assert form.TITLE


def test_a_case_list_is_taken_by_its_own_format_before_any_other(form: Any) -> None:
    parts = opened(GIVEN[form.SOURCE])
    assert next(other.SOURCE for other in formats() if other.recognises(parts)) == form.SOURCE


def test_a_format_gives_a_reading(form: Any) -> None:
    reading = form.read(opened(GIVEN[form.SOURCE]), Mapping())
    assert isinstance(reading, Reading)
    assert reading.source == form.SOURCE
    assert {row.ref for row in reading.rows if row.ref != row.ref.strip() or not row.ref} == set()
    assert reading.row_count == len(reading.rows)


def test_no_files_are_refused() -> None:
    with pytest.raises(Refused, match=r"^Give the files of a case list\.$"):
        read([])
