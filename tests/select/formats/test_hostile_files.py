"""Files are hostile until read: each of these gets one sentence, quickly, and nothing is opened that should not be."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress

import msoffcrypto.format.ooxml
import pytest
import xlwt

from goldenthread.method.refusal import Refused
from goldenthread.select.formats import read
from goldenthread.select.formats.model import NamedBytes
from tests.select.formats.framed import framed, refusal
from tests.select.formats.made_workbooks import children, sheets_of, workbook

NOT_A_SPREADSHEET = "{} is not a spreadsheet; save the case list as .xlsx, .xls or .csv."
DAMAGED = "{} is damaged and cannot be opened; save it again and retry."
GOOD = workbook({6: children(3)})
SHEET = "xl/worksheets/sheet1.xml"


def repacked(change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """A good workbook with its parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            bad.writestr(name, change(name, good.read(name)))
        for name, content in (extra or {}).items():
            bad.writestr(name, content)
    return buffer.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    return repacked(lambda name, content: content.replace(old, new, 1) if name == SHEET else content)


def locked(data: bytes) -> bytes:
    buffer = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(data)).encrypt("secret", buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.xlsx", b"", "{} is empty."),
        ("a.csv", b"\xef\xbb\xbf \r\n", "{} is empty."),
        ("a.xlsx", b"%PDF-1.7\n%...", NOT_A_SPREADSHEET),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n", NOT_A_SPREADSHEET),
        ("a.csv", b"ID,\x00\x01\x02", NOT_A_SPREADSHEET),
        ("a.csv", b"Child ID\n" + b"1001\n" * 2_000 + b"10\x0002\n", NOT_A_SPREADSHEET),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, NOT_A_SPREADSHEET),
        (
            "a.xls",
            b"<html><table><tr><td>Child Unique ID",
            "{} is a web page, not a spreadsheet; open it in Excel and save it as .xlsx.",
        ),
        ("a.xlsx", GOOD[: len(GOOD) // 2], DAMAGED),
        ("a.xlsx", b"PK\x03\x04" + b"\xff" * 500, DAMAGED),
    ],
)
def test_what_is_not_a_case_list_is_refused_by_its_content(name: str, data: bytes, sentence: str) -> None:
    assert refusal(data, name) == (sentence.format(name),)


def test_an_empty_workbook_is_refused() -> None:
    assert refusal(sheets_of({"Sheet1": []})) == ("annex-a.xlsx is a workbook with nothing in it.",)


def test_a_password_protected_workbook_is_refused() -> None:
    assert refusal(locked(GOOD)) == ("annex-a.xlsx is password-protected; save it without a password.",)


def test_a_zip_with_a_password_is_refused() -> None:
    marked = bytearray(GOOD)
    central = marked.index(b"PK\x01\x02")
    marked[central + 8] |= 1
    assert refusal(bytes(marked)) == ("annex-a.xlsx is password-protected; save it without a password.",)


def test_a_zip_of_case_lists_is_refused_with_what_to_do() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("list_6.csv", "Child Unique ID")
    assert refusal(buffer.getvalue(), "lists.zip") == ("lists.zip is a zip; unpack it and give the files inside.",)


def test_200_megabytes_of_zeros_are_refused_unopened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(200):
                sheet.write(bytes(2**20))
    assert refusal(buffer.getvalue()) == (
        "annex-a.xlsx unpacks to far more than a case list could hold, so it was not opened.",
    )


def test_a_part_that_holds_more_than_the_directory_says_is_refused() -> None:
    data = bytearray(repacked(lambda _, content: content, {"xl/media/x.bin": bytes(30 * 2**20)}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 1_000)
    assert refusal(bytes(data)) == ("annex-a.xlsx says one size inside and holds another, so it was not opened.",)


def test_a_workbook_of_thousands_of_parts_is_refused() -> None:
    data = repacked(lambda _, content: content, {f"xl/x{n}.xml": b"" for n in range(2_001)})
    (sentence,) = refusal(data)
    assert sentence.endswith("parts inside; a workbook has at most 2,000.")


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE lolz [<!ENTITY lol "lol">]>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        b" " * 70_000 + b'<!DOCTYPE lolz [<!ENTITY lol "lol">]>',
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
def test_xml_with_entities_inside_a_workbook_is_refused(part: str, declared: bytes) -> None:
    declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    data = repacked(lambda name, content: declared + content.replace(declaration, b"") if name == part else content)
    assert refusal(data) == (
        f"annex-a.xlsx brings its own XML entities (in {part}), which a case list never does; it was not opened.",
    )


def test_entities_hidden_by_another_encoding_are_refused() -> None:
    text = '<!DOCTYPE lolz [<!ENTITY lol "lol">]><worksheet/>'.encode("utf-16")
    assert "brings its own XML entities" in refusal(repacked(lambda n, c: text if n == SHEET else c))[0]


def test_an_xml_file_with_entities_is_refused() -> None:
    data = b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "b">]><Message/>'
    assert refusal(data, "census.xml") == (
        "census.xml brings its own XML entities, which a case list never does; it was not opened.",
    )


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c r="B1048576"><v>1</v></c></row><row r="9"><c r="XFD9"><v>1</v></c></row>',
        b"<row r='9'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="9"><c r = "XFD1048576"><v>1</v></c></row>',
        b'<row r="9"><c r\t="XFD1048576"><v>1</v></c></row>',
        b'<row r="9"><c r="xfd1048576"><v>1</v></c></row>',
        b'<row r="9"><c s="1" r="XFD1048576" x="/>"><v>1</v></c></row>',
        b'<row r="1048576"><c><v>1</v></c></row><row r="9"><c r="XFD9"><v>1</v></c></row>',
        b'<row r="99999"><c r="ZZ99999"><v>1</v></c></row>',
    ],
)
def test_a_stray_cell_far_away_is_refused_before_the_reader_makes_room_for_it(cell: bytes) -> None:
    (sentence,) = refusal(in_sheet(b"</sheetData>", cell + b"</sheetData>"))
    assert sentence.startswith("annex-a.xlsx has a sheet of ")
    assert sentence.endswith(" columns; remove the stray cells far away.")


def test_formatting_down_to_the_last_row_does_no_harm() -> None:
    styled = b'<row r="1048576" spans="1:3" x14ac:dyDescent="0.25"><c r="A1048576" s="1"/><c r="C1048576" s="1"/></row>'
    assert len(framed(in_sheet(b"</sheetData>", styled + b"</sheetData>")).cases) == 3


def test_an_old_workbook_with_a_stray_cell_far_away_is_refused() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List_6")
    sheet.write(0, 0, "Child Unique ID")
    sheet.write(65_535, 255, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    assert refusal(buffer.getvalue(), "a.xls") == (
        "a.xls has a sheet of 65,536 rows by 256 columns; remove the stray cells far away.",
    )


def test_an_old_workbook_with_an_endless_chain_is_refused_and_we_live() -> None:
    data = bytearray(SMALL_OLD)
    (directory,) = struct.unpack_from("<I", data, 48)
    (table,) = struct.unpack_from("<I", data, 76)
    struct.pack_into("<I", data, 512 * (table + 1) + 4 * directory, directory)  # the directory follows itself
    assert refusal(bytes(data), "a.xls") == (DAMAGED.format("a.xls"),)


def test_a_locked_old_workbook_is_refused() -> None:
    after_the_first_record = SMALL_OLD.index(b"\x09\x08\x10\x00") + 20
    data = SMALL_OLD[:after_the_first_record] + b"\x2f\x00" + SMALL_OLD[after_the_first_record + 2 :]
    assert refusal(data, "a.xls") == ("a.xls is password-protected; save it without a password.",)


def test_a_csv_with_one_endless_row_is_refused() -> None:
    assert refusal(b"Child ID\n" * 100_000 + b"," * 100_000, "a.csv") == (
        "a.csv has a sheet of 100,001 rows by 100,001 columns; remove the stray cells far away.",
    )


def test_a_workbook_whose_parts_are_rubbish_is_refused() -> None:
    data = repacked(lambda name, content: b"\xff\xfe<rubbish" if name == "xl/workbook.xml" else content)
    assert len(refusal(data)) == 1


def test_every_file_that_cannot_be_read_is_said() -> None:
    with pytest.raises(Refused) as refused:
        read([NamedBytes("a.xlsx", b"%PDF"), NamedBytes("b.csv", b"")])
    assert refused.value.sentences == (NOT_A_SPREADSHEET.format("a.xlsx"), "b.csv is empty.")


@pytest.mark.parametrize("seed", range(150))
def test_no_damage_to_a_workbook_is_more_than_a_refusal(seed: int) -> None:
    """Bytes changed at places spread over the file by an odd multiplier; it is read, or refused with sentences."""
    data = bytearray(GOOD if seed % 10 else SMALL_OLD)
    for n in range(1 + seed % 5):
        data[(seed * 7_919 + n * 104_729) % len(data)] ^= 1 + (seed + n) % 255
    with suppress(Refused):
        read([NamedBytes("a.xlsx", bytes(data))])


def _old_workbook() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List_6")
    for place, (heading, value) in enumerate(
        {"Child Unique ID": 1, "Case Status": "CIN", "CIN Start Date": 45_000}.items()
    ):
        sheet.write(0, place, heading)
        sheet.write(1, place, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


SMALL_OLD = _old_workbook()
