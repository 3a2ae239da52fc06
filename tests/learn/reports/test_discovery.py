"""A report is found by being there, and says everything a report must."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

from goldenthread.learn.reports import ASKED, Kind, all_reports, kind_of, report
from goldenthread.method.refusal import Refused


def a_file(**changed: object) -> ModuleType:
    file = ModuleType("goldenthread.learn.reports.sample")
    whole = {
        "KEY": "sample",
        "TITLE": "Sample",
        "AUDIENCE": "Everyone",
        "CADENCE": "yearly",
        "PARTS": {},
        "subjects": list,
        "subject": dict,
        "figures": len,
        "compose": max,
    }
    for name, value in {**whole, **changed}.items():
        if value is not None:
            setattr(file, name, value)
    return file


def test_a_file_describes_its_report() -> None:
    assert kind_of(a_file()) == Kind("sample", "Sample", "Everyone", "yearly", {}, list, dict, len, max)


@pytest.mark.parametrize("name", ASKED)
def test_a_file_that_leaves_something_out_is_named_with_what_it_lacks(name: str) -> None:
    with pytest.raises(TypeError, match=f"^goldenthread.learn.reports.sample has no {name}: "):
        kind_of(a_file(**{name: None}))


def test_an_unknown_report_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="^There is no report called “nonsense”. The reports are: "):
        report("nonsense")


def test_every_report_is_found_by_its_key() -> None:
    assert [report(kind.key) for kind in all_reports()] == list(all_reports())


def test_every_report_composes_from_facts_and_words_alone() -> None:
    assert all(list(inspect.signature(kind.compose).parameters) == ["figures", "words"] for kind in all_reports())
