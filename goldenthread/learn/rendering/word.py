"""A report as a Word document that keeps to its styles, so a committee's clerk can paste it into the papers.

Headings are headings, header rows repeat on every page and say that they are header rows, pictures have words, the
language is British English. The same report gives the same bytes: python-docx stamps nothing but what is said here.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from functools import singledispatch

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table as Grid
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from goldenthread.learn.rendering.model import Chart, Figures, Points, Protected, Report, Table, Text, Words
from goldenthread.learn.rendering.pdf import COLOUR, as_picture

FONT = "Arial"
INK, GREY = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x50, 0x5A, 0x5F)
SIZES = {"Normal": 10.5, "Title": 25, "Subtitle": 14, "Heading 1": 15.5, "Heading 2": 11.5, "Caption": 10.5}
PAGE = Cm(21), Cm(29.7)
MARGIN = Cm(2.2)
ROOM = PAGE[0] - 2 * MARGIN
UNPUBLISHED = datetime(2000, 1, 1, tzinfo=UTC)  # a draft's document has no day of its own, and the clock is not read


def as_word(report: Report, *, colour: str = COLOUR) -> bytes:
    """The whole report as one .docx. `colour` ("#rrggbb") draws the rule under the title."""
    paper = Document()
    _dress(paper, colour)
    _say_what_it_is(paper, report)
    _footer(paper, report)
    _cover(paper, report)
    for part in report.parts:
        paper.add_heading(part.title, level=1)
        for block in part.blocks:
            _show(block, paper)
    if report.charts:
        paper.add_heading("The figures behind the charts", level=1)
    for number, chart in enumerate(report.charts, start=1):
        _table(chart.table, paper, caption=f"Table {number}. {chart.table.caption}")
    return _packed(paper)


# --- what goes round the report -----------------------------------------------------------------------------------


def _dress(paper: Paper, colour: str) -> None:
    """Our styles in place of the library's: one typeface, dark ink, the council's colour on the title's rule."""
    for name, size in SIZES.items():
        style = paper.styles[name]
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), INK, False
        style.font.bold = name not in {"Normal", "Subtitle"}
        faces = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            faces.attrib.pop(qn(f"w:{theme}"), None)  # a theme's typeface would win over the named one
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            faces.set(qn(f"w:{script}"), FONT)
    for name in ("Title", "Subtitle"):
        for border in paper.styles[name].element.pPr.findall(qn("w:pBdr")):
            paper.styles[name].element.pPr.remove(border)
    paper.styles["Subtitle"].font.color.rgb = GREY
    paper.styles["Normal"].paragraph_format.space_after = Pt(7)
    paper.styles["Heading 1"].paragraph_format.space_before = Pt(22)
    paper.styles["Heading 2"].paragraph_format.space_before = Pt(14)
    for name in ("Heading 1", "Heading 2", "Caption"):
        paper.styles[name].paragraph_format.space_after = Pt(5)
        paper.styles[name].paragraph_format.keep_with_next = True
    _edge(paper.styles["Subtitle"].element.get_or_add_pPr(), "bottom", colour, 20)
    section = paper.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN


def _say_what_it_is(paper: Paper, report: Report) -> None:
    about = paper.core_properties
    made = datetime.combine(report.published_on, time(), UTC) if report.published_on else UNPUBLISHED
    about.title, about.author, about.language = f"{report.title}: {report.subtitle}", report.council, "en-GB"
    about.comments = about.last_modified_by = about.keywords = ""
    about.created = about.modified = made.replace(tzinfo=None)
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _footer(paper: Paper, report: Report) -> None:
    line = paper.sections[0].footer.paragraphs[0]
    line.paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(ROOM, alignment=2)  # 2: to the right
    named = " · ".join(one for one in (report.council, report.title, report.edition) if one)
    _grey(line, f"{named}\tpage ")
    _field(line, "PAGE")
    _grey(line, " of ")
    _field(line, "NUMPAGES")


def _cover(paper: Paper, report: Report) -> None:
    council = paper.add_paragraph()
    council.add_run(report.council).bold = True
    paper.add_paragraph(report.title, style="Title")
    paper.add_paragraph(report.subtitle, style="Subtitle")
    for name, value in report.facts:
        fact = paper.add_paragraph()
        fact.paragraph_format.space_after = Pt(2)
        _grey(fact, f"{name}: ", size=10.5)
        fact.add_run(value).bold = True


# --- blocks -------------------------------------------------------------------------------------------------------


@singledispatch
def _show(block: object, paper: Paper) -> None:
    raise TypeError(f"Word has no form for {type(block).__name__}.")


@_show.register
def _text(block: Text, paper: Paper) -> None:
    paper.add_paragraph(" ".join(block.sentences))


@_show.register
def _words(block: Words, paper: Paper) -> None:
    for place, text in enumerate((f"In the words of {block.by}", *block.paragraphs)):
        paragraph = paper.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.5)
        paragraph.paragraph_format.keep_with_next = place < len(block.paragraphs)
        _edge(paragraph._p.get_or_add_pPr(), "left", "#505a5f", 18)
        paragraph.add_run(text).bold = not place


@_show.register
def _figures(block: Figures, paper: Paper) -> None:
    """A line each, not a grid: a table without headers would mislead those who hear the document."""
    for figure in block.items:
        line = paper.add_paragraph()
        number = line.add_run(figure.number)
        number.bold, number.font.size = True, Pt(16)
        line.add_run(f"  {figure.label}").bold = True
        if figure.detail:
            _grey(line, f"  ({figure.detail})")


@_show.register
def _table(block: Table, paper: Paper, caption: str = "") -> None:
    paper.add_paragraph(caption or block.caption, style="Caption")
    grid = paper.add_table(rows=1, cols=len(block.head))
    grid.autofit = False
    _row_is_header(grid)
    for row in (block.head, *block.rows):
        cells = grid.rows[0].cells if row is block.head else grid.add_row().cells
        for place, text in enumerate(row):
            _fill(cells[place], text, to_the_right=place in block.numeric_columns, bold=row is block.head)
    for row_ in grid.rows:
        _row_stays_whole(row_._tr)
    _shape(grid, block.shares)
    after = paper.add_paragraph()
    _grey(after, block.note)


@_show.register
def _chart(block: Chart, paper: Paper) -> None:
    paper.add_heading(block.title, level=2)
    said = paper.add_paragraph(block.alt)
    said.paragraph_format.keep_with_next = True
    picture = paper.add_picture(io.BytesIO(as_picture(block)), width=ROOM)
    words = picture._inline.docPr
    words.set("descr", f"{block.alt} The figures are in a table at the end.")
    words.set("title", block.title)


@_show.register
def _points(block: Points, paper: Paper) -> None:
    paper.add_heading(block.title, level=2)
    for finding in block.items:
        line = paper.add_paragraph(finding.text, style="List Bullet")
        tail = " · ".join(part for part in (finding.count, finding.theme) if part)
        if tail:
            _grey(line, f" ({tail})")


@_show.register
def _protected(block: Protected, paper: Paper) -> None:
    line = paper.add_paragraph()
    line.add_run("Small numbers. ").bold = True
    line.add_run(block.text)


# --- what python-docx has no words for ----------------------------------------------------------------------------


def _grey(paragraph: Paragraph, text: str, *, size: float = 9) -> None:
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.size = GREY, Pt(size)


def _fill(cell: Cell, text: str, *, to_the_right: bool, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(2)
    if to_the_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(9.5)


def _shape(grid: Grid, shares: tuple[int, ...]) -> None:
    """Widths on every cell (Word heeds those, others the columns) and a thin rule under every row."""
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = Emu(ROOM * share // sum(shares))
    for row in grid.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Emu(ROOM * share // sum(shares))
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        borders.append(_rule(side, "#b1b4b6", 4))
    grid._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _row_is_header(grid: Grid) -> None:
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    look = grid._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstColumn"), "0")


def _row_stays_whole(row: object) -> None:
    row.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))  # type: ignore[attr-defined]


def _edge(properties: object, side: str, colour: str, eighths: int) -> None:
    border = OxmlElement("w:pBdr")
    border.append(_rule(side, colour, eighths))
    # The schema fixes the order of a paragraph's properties: borders come before spacing, indents and the rest.
    properties.insert_element_before(  # type: ignore[attr-defined]
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc",
        "w:outlineLvl", "w:rPr", "w:sectPr",
    )  # fmt: skip


def _rule(side: str, colour: str, eighths: int) -> object:
    rule = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "6"), ("color", colour.lstrip("#"))):
        rule.set(qn(f"w:{name}"), value)
    return rule


def _field(paragraph: Paragraph, name: str) -> None:
    """A number Word works out itself: PAGE or NUMPAGES."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    run.font.color.rgb, run.font.size = GREY, Pt(9)
    paragraph._p.replace(run._r, field)
    field.append(run._r)


def _packed(paper: Paper) -> bytes:
    """The document's zip with one date on every file in it, so that equal reports are equal bytes."""
    loose, packed = io.BytesIO(), io.BytesIO()
    paper.save(loose)
    with zipfile.ZipFile(loose) as had, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in had.namelist():
            made.writestr(zipfile.ZipInfo(name), had.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
