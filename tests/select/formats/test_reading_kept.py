"""A reading is kept between preview and confirmation as compact JSON, whole, without the file."""

from __future__ import annotations

import pytest

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.reading import reading_from_json, reading_to_json
from tests.select.formats.framed import reading
from tests.select.formats.made_workbooks import ID, STARTED, children, workbook

FULL = workbook({6: [*children(30), {ID: "Total"}, {ID: 7, STARTED: "soon"}], 7: [{ID: 1001}], 11: []})


@pytest.mark.parametrize("data", [FULL, workbook({6: []})], ids=["full", "empty"])
def test_a_reading_comes_back_as_it_was(data: bytes) -> None:
    read = reading(data)
    assert reading_from_json(reading_to_json(read)) == read


def test_what_is_kept_is_small() -> None:
    assert len(reading_to_json(reading(workbook({6: children(2_000)})))) < 2_000 * 100


@pytest.mark.parametrize(
    "kept", [b"", b"{}", b"[]", b"\xff", b'{"version": 1}', b'{"version": 1, "source": 2, "files": 3}']
)
def test_what_was_not_kept_by_us_is_refused(kept: bytes) -> None:
    with pytest.raises(Refused, match=r"give the files again\.$"):
        reading_from_json(kept)


def test_what_another_version_kept_is_refused() -> None:
    with pytest.raises(Refused, match=r"^This case list was read by another version; give the files again\.$"):
        reading_from_json(b'{"version": 0}')
