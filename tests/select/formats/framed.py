"""Short ways for the tests to read and frame what they have just made."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from datetime import date

from goldenthread.method.refusal import Refused
from goldenthread.select.formats import frame, read
from goldenthread.select.formats.model import CASE_FILE, Case, Frame, Mapping, NamedBytes, Reading
from tests.select.formats.made_workbooks import Record, workbook

AS_AT = date(2024, 6, 30)


def reading(data: bytes, name: str = "annex-a.xlsx", mapping: Mapping | None = None) -> Reading:
    return read([NamedBytes(name, data)], mapping)


def framed(data: bytes, name: str = "annex-a.xlsx", mapping: Mapping | None = None) -> Frame:
    return frame(reading(data, name, mapping), AS_AT, mapping or Mapping())


def framed_lists(lists: MappingOf[int, Iterable[Record]], mapping: Mapping | None = None) -> Frame:
    return framed(workbook(lists), mapping=mapping)


def only_case(lists: MappingOf[int, Iterable[Record]]) -> Case:
    (case,) = framed_lists(lists).cases
    return case


def messages(frame_: Frame) -> list[str]:
    return [fault.message for fault in frame_.faults]


def refusal(data: bytes, name: str = "annex-a.xlsx", kind: str = CASE_FILE) -> tuple[str, ...]:
    """The sentences a file is refused with."""
    try:
        read([NamedBytes(name, data)], kind=kind)
    except Refused as refused:
        return refused.sentences
    raise AssertionError(f"{name} was not refused")
