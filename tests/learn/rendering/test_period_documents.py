"""The reports of a cycle, a quarter and a year as documents, opened again: tagged, headed, in words, in numbers."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date

import openpyxl
import pikepdf
import pytest
from docx import Document

from goldenthread.learn.periodic.tables import drafting
from goldenthread.learn.queries.composite import Rested
from goldenthread.learn.queries.cycles import Sitting
from goldenthread.learn.queries.period_facts import Graded, Tasks, Themed
from goldenthread.learn.rendering.model import Chart, Report, Table
from goldenthread.learn.rendering.pdf import as_pdf
from goldenthread.learn.rendering.tables import tables_of
from goldenthread.learn.rendering.word import as_word
from goldenthread.learn.rendering.workbook import as_workbook
from goldenthread.learn.reports import annual, cycle, quarterly
from tests.learn.period_facts import GOOD, POOR, QUARTER, facts, files, quarters
from tests.learn.rendering.test_pdf import elements

FOUND = facts(
    (files(9, GOOD), files(31, POOR)),
    readings=quarters(*[(9, 40)] * 13),
    sections=(
        Graded("Plan", GOOD, 10),
        Graded("Plan", POOR, 30),
        Graded("Record", GOOD, 35),
        Graded("Record", POOR, 5),
    ),
    themes=(Themed("practice", "improve", "Planning", 18), Themed("practice", "improve", "Voice", 12)),
    tasks=(Tasks("Duty 2", "Assessment", 8, 1, 2, 3, 0, 0),),
)
WORDS = {"summary": "Children were met with warmth."}
RESTED = Rested(1, "The board", date(2026, 10, 12), ("9 of 40 files were Good or better.",), "Steady work.")


def _reports() -> dict[str, Report]:
    drafted = drafting(FOUND)
    return {
        "quarterly": quarterly.compose(drafted, WORDS),
        "annual": annual.compose(annual.Composite(drafted, ((QUARTER, RESTED),)), WORDS),
        "cycle": cycle.compose(cycle.Cycle(drafted, (Sitting("Duty", date(2026, 7, 7), 5, 5, 2, 5),)), WORDS),
    }


@pytest.fixture(scope="module", params=["quarterly", "annual", "cycle"])
def report(request: pytest.FixtureRequest) -> Report:
    return _reports()[request.param]


def _tables(report: Report) -> list[Table]:
    blocks = [block for part in report.parts for block in part.blocks]
    return [block.table if isinstance(block, Chart) else block for block in blocks if isinstance(block, Chart | Table)]


def test_the_pdf_is_tagged_with_headings_header_cells_and_alternatives(report: Report) -> None:
    with pikepdf.open(io.BytesIO(as_pdf(report))) as pdf:
        found = list(elements(pdf.Root.StructTreeRoot.K))
        counted = Counter(str(one.S) for one in found)
        figures = [str(one.Alt) for one in found if one.S == "/Figure"]

    assert [alt.partition(". ")[0] for alt in figures] == [chart.title for chart in report.charts]
    assert (counted["/Table"], counted["/TH"]) == (
        len(_tables(report)),
        sum(len(each.head) for each in _tables(report)),
    )
    assert counted["/H2"] >= len(report.parts)


def test_the_word_document_has_every_part_as_a_heading_and_the_unit_s_words(report: Report) -> None:
    paper = Document(io.BytesIO(as_word(report)))
    headings = [one.text for one in paper.paragraphs if one.style and one.style.name == "Heading 1"]

    assert headings[: len(report.parts)] == [part.title for part in report.parts]
    assert "Children were met with warmth." in {one.text for one in paper.paragraphs}
    assert len(paper.tables) == len(_tables(report))


def test_the_workbook_has_a_sheet_for_every_table_with_its_numbers(report: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(report)))

    assert len(book.sheetnames) == len(tables_of(report)) + 1
    trend = next(sheet for sheet in book if "Files drawn at random" in sheet.title)
    assert [cell.value for cell in trend[14]] == ["July to September 2026", 9, 40]


def test_the_parts_are_those_that_a_person_may_add_words_to(report: Report) -> None:
    module = {"Quarterly report": quarterly, "Composite annual report": annual, "Cycle report": cycle}[report.title]
    titles = [part.title for part in report.parts]

    assert [title for title in module.PARTS.values() if title in titles] == titles[:-1]
