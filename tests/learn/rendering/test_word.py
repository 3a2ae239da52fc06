"""The Word document opened again: styled, titled, in words, and the same every time."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn

from goldenthread.learn.rendering.word import as_word
from tests.learn.sample_report import sample_report


@pytest.fixture(scope="module")
def made() -> bytes:
    return as_word(sample_report())


@pytest.fixture(scope="module")
def paper(made: bytes) -> Paper:
    return Document(io.BytesIO(made))


def test_headings_are_headings(paper: Paper) -> None:
    found = [(one.style.name, one.text) for one in paper.paragraphs if one.style.name in {"Title", "Heading 1"}]

    assert found == [
        ("Title", "Session report"),
        ("Heading 1", "Summary"),
        ("Heading 1", "Grades"),
        ("Heading 1", "Practice and process"),
        ("Heading 1", "Outcomes and early help"),
        ("Heading 1", "Tasks"),
        ("Heading 1", "About this report"),
        ("Heading 1", "The figures behind the charts"),
    ]


def test_charts_and_lists_of_findings_are_headed_one_level_down(paper: Paper) -> None:
    found = [one.text for one in paper.paragraphs if one.style.name == "Heading 2"]

    assert found == [
        "Grades by section of the template",
        "Overall grades by status",
        "Overall grades by team",
        "Files graded good or better, by session",
        "Good practice",
        "Practice that needs work",
        "Process that needs work",
        "Files in which each theme needed work",
    ]


def test_the_first_row_of_every_table_repeats_and_no_row_is_split(paper: Paper) -> None:
    headers = [[row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] for table in paper.tables]
    whole = [row._tr.trPr.find(qn("w:cantSplit")) is not None for table in paper.tables for row in table.rows]

    assert headers == [[True] + [False] * (len(one) - 1) for one in headers]
    assert (len(headers), all(whole)) == (9, True)


def test_every_picture_has_words(paper: Paper) -> None:
    words = [shape._inline.docPr.get("descr") for shape in paper.inline_shapes]

    assert words == [f"{chart.alt} The figures are in a table at the end." for chart in sample_report().charts]


def test_it_is_in_british_english(paper: Paper) -> None:
    assert {one.get(qn("w:val")) for one in paper.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_its_properties_hold_nothing_but_title_council_and_day(paper: Paper) -> None:
    about = paper.core_properties

    assert (about.title, about.author) == (
        "Session report: Safeguarding, children looked after and duty: July 2026",
        "Thornmere Council",
    )
    assert (about.comments, about.keywords, about.subject, about.last_modified_by) == ("", "", "", "")
    assert about.created.replace(tzinfo=None) == datetime(2026, 7, 24)


def test_every_page_says_council_edition_and_its_number(paper: Paper) -> None:
    footer = paper.sections[0].footer._element

    assert "".join(one.text or "" for one in footer.iter(qn("w:t"))) == (
        "Thornmere Council · Session report · Edition 1page 1 of 1"
    )
    assert [one.get(qn("w:instr")) for one in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_the_cells_of_a_table_are_those_of_the_report(paper: Paper) -> None:
    assert [[cell.text for cell in row.cells] for row in paper.tables[0].rows] == [
        ["Files", "Outstanding", "Good", "Requires improvement", "Inadequate", "Good or better"],
        ["40", "4", "23", "11", "2", "67.5%"],
    ]


def test_the_units_words_are_set_apart(paper: Paper) -> None:
    bordered = [one.text for one in paper.paragraphs if one._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None]

    assert bordered[:2] == [
        "In the words of the Quality Assurance Unit",
        "Direct work with children has moved on since May, and it shows in the plans.",
    ]


def test_the_same_report_is_the_same_file(made: bytes) -> None:
    assert as_word(sample_report()) == made


def test_nothing_in_the_file_carries_a_clock(made: bytes) -> None:
    assert {one.date_time for one in zipfile.ZipFile(io.BytesIO(made)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
