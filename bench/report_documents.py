"""An annual report of some forty pages as page, PDF, Word, Excel and CSV, against the libraries alone writing the same.

The floor sets the same JSON with typst, draws the same pictures, fills the same tables with python-docx and XlsxWriter,
in the plainest way each library has. Titles differ from turn to turn, since typst keeps what it has set before.
"""

from __future__ import annotations

import csv
import io
import json
from copy import deepcopy
from itertools import count
from typing import Any

import typst
import xlsxwriter
from docx import Document

from bench import product
from bench.measurement import Measurement, in_turns
from goldenthread.learn.rendering import pdf
from goldenthread.learn.rendering.model import Chart, Report, Section, Table, plain
from tests.learn.sample_report import sample_report

NAME = "An annual report in all its forms"
PAGES, TIMES = 40, 9  # the sample's sections so many times over make so many pages, at least


def run() -> list[Measurement]:
    with product.installed():
        from django.template.loader import render_to_string

        from goldenthread.learn.rendering.page import as_page_context
        from goldenthread.learn.rendering.tables import as_csv_tables
        from goldenthread.learn.rendering.word import as_word
        from goldenthread.learn.rendering.workbook import as_workbook

        titles = (f"Annual report {number}" for number in count())

        def ours() -> None:
            report = long_report(next(titles))
            pdf.as_pdf(report)
            as_word(report)
            as_workbook(report)
            as_csv_tables(report)
            render_to_string("learn/report/report.html", as_page_context(report))

        if (pages := pages_of(long_report("Annual report"))) < PAGES:
            raise RuntimeError(f"The report has {pages} pages; {PAGES} are promised.")
        taken, floored = in_turns(ours, lambda: alone(long_report(next(titles))), repeats=5)
    return [Measurement(f"{NAME}, {pages} pages, against typst, python-docx and XlsxWriter alone", taken, floored, 2)]


def long_report(title: str) -> Report:
    report = sample_report(title=title)
    sections = tuple(
        Section(f"{section.title} {number}", deepcopy(section.blocks))  # each chart is numbered as a thing of its own
        for number in range(TIMES)
        for section in report.sections
    )
    return sample_report(title=title, sections=sections)


def pages_of(report: Report) -> int:
    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(pdf.as_pdf(report))).pages)


def alone(report: Report) -> None:
    """The same content by the libraries themselves: every table, every picture, every paragraph, and no more."""
    setting: dict[str, Any] = {"root": str(pdf.HERE), "font_paths": pdf._fonts(True)}
    given = json.dumps(pdf._given(report, pdf.COLOUR))
    typst.compile(
        str(pdf.HERE / "report.typ"), sys_inputs={"report": given}, format="pdf", pdf_standards=["ua-1"], timestamp=0,
        **setting,
    )  # fmt: skip
    blocks = [block for part in report.parts for block in part.blocks]
    tables = [block.table if isinstance(block, Chart) else block for block in blocks]
    word(blocks, [table for table in tables if isinstance(table, Table)], setting)
    excel([table for table in tables if isinstance(table, Table)])


def word(blocks: list[Any], tables: list[Table], setting: dict[str, Any]) -> None:
    from goldenthread.learn.rendering.charts import drawing

    paper = Document()
    for block in blocks:
        if isinstance(block, Chart):
            picture = typst.compile(
                str(pdf.HERE / "picture.typ"), sys_inputs={"drawing": json.dumps(plain(drawing(block)))}, format="png",
                ppi=200, **setting,
            )  # fmt: skip
            paper.add_picture(io.BytesIO(picture))
        elif not isinstance(block, Table):
            paper.add_paragraph(json.dumps(plain(block)))
    for table in tables:
        grid = paper.add_table(rows=1, cols=len(table.head))
        for row in (table.head, *table.rows):
            cells = grid.rows[0].cells if row is table.head else grid.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    paper.save(io.BytesIO())


def excel(tables: list[Table]) -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
        for table in tables:
            sheet = book.add_worksheet()
            for number, row in enumerate((table.head, *table.rows)):
                sheet.write_row(number, 0, row)
    for table in tables:
        csv.writer(io.StringIO()).writerows((table.head, *table.rows))
