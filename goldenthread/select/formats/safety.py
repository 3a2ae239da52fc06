"""The border between a stranger's file and us: what it truly is, and that opening it cannot exhaust the machine.

A file is hostile until read: the type is told by content, never by name; a zip's members are counted, sized and
inflated under a cap before any reader sees them; XML may bring no entities; a sheet may not claim more cells than a
case list has (the reader allocates the whole rectangle between the first and the last filled cell).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.model import NamedBytes
from goldenthread.select.formats.old_workbook import MOST_CELLS

MOST_BYTES = 60 * 2**20
MOST_MEMBERS = 2_000
MOST_INFLATED = 256 * 2**20
MOST_RATIO = 100
RATIO_FLOOR = 10 * 2**20
"""Below this many bytes a high ratio is only a tidy file."""

_CHUNK = 2**20
_ODD = (
    re.compile(rb'r="(?!(?:[A-C]?[A-Z])?[0-9]{1,5}"|http|0\.)'),
    re.compile(rb'r=[^"]'),
    re.compile(rb" ="),
)
"""A reference that is not, to the letter, one that Excel writes within column CZ and row 99,999, so that none slips by.

Left aside are what cannot be one: a namespace's address ("http") and a margin ("0."). Each begins with plain bytes,
which is what makes the search quick.
"""
_MOST_LINES = 16
"""Excel writes a sheet on two or three lines and without a tab; more might part a name from its value."""
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*\$?([A-Za-z]*)\$?([0-9]*)\s*["']""")
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?/>')
_EMPTY_ROW = re.compile(rb'<row r="[0-9]{1,7}"(?: [A-Za-z0-9:]+="[A-Za-z0-9:. ]*")*(?:/>|>\s*</row>)')
_FILE_PASS = re.compile(rb"\x09\x08\x10\x00[\s\S]{16}(?:\x86\x00\x00\x00)?\x2f\x00")
"""In an .xls: the record that asks for a password, straight after the one that begins the workbook."""
_ROOT = re.compile(rb"<[A-Za-z_]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(r"^\s*<\?xml\s[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be read: "workbook", "old workbook", "csv" or "xml", and the very bytes that were checked."""

    kind: str
    data: bytes


def checked(file: NamedBytes) -> Checked:
    """Say what a file is by its content, and give what may be read of it.

    Raises `Refused` with one sentence for anything else, and for a workbook that is locked, broken or too large.
    """
    name, data = file.name, file.data
    if len(data) > MOST_BYTES:
        raise Refused(f"{name} is larger than {MOST_BYTES // 2**20} MB, more than any case list needs.")
    if not data.strip(b"\x00\xef\xbb\xbf \t\r\n"):
        raise Refused(f"{name} is empty.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_workbook(file)
    if data.startswith(b"PK"):
        return Checked("workbook", _zipped_workbook(file))
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")):
        raise Refused(f"{name} is not a spreadsheet; save the case list as .xlsx, .xls or .csv.")
    return _text(file)


def _old_workbook(file: NamedBytes) -> Checked:
    if "EncryptedPackage".encode("utf-16-le") in file.data:
        raise Refused(locked(file.name))
    if _FILE_PASS.search(file.data):
        raise Refused(locked(file.name))
    if not any(name.encode("utf-16-le") in file.data for name in ("Workbook", "Book")):
        raise Refused(f"{file.name} is not a spreadsheet; save the case list as .xlsx, .xls or .csv.")
    return Checked("old workbook", file.data)


def _text(file: NamedBytes) -> Checked:
    data = file.data
    if data.startswith(_UTF_16):
        data = _as_utf_8(file)
    elif b"\x00" in data:
        raise Refused(f"{file.name} is not a spreadsheet; save the case list as .xlsx, .xls or .csv.")
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:64].lower().startswith((b"<!doctype html", b"<html")):
        raise Refused(f"{file.name} is a web page, not a spreadsheet; open it in Excel and save it as .xlsx.")
    if start.startswith(b"<"):
        _no_entities(file.name, "", data[: 2**20])
        return Checked("xml", data)
    return Checked("csv", file.data)


def _as_utf_8(file: NamedBytes) -> bytes:
    """XML in UTF-16 with its mark, as UTF-8 that no longer says otherwise; a table as it is, its reader knows the mark.

    Raises `Refused` for XML that is not what its mark says.
    """
    if not file.data[:4096].decode("utf-16", errors="replace").lstrip().startswith("<"):
        return file.data
    try:
        written = file.data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise Refused(f"{file.name} says it is written in UTF-16 and is not; save it as UTF-8 and retry.") from error
    return _DECLARED.sub("", written, count=1).encode()


def _zipped_workbook(file: NamedBytes) -> bytes:
    """The workbook packed anew from the parts that were checked: two readers of one zip may see different parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            members = archive.infolist()
            _within_caps(file, members)
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in {name.lower() for name in names}:
                raise Refused(_not_a_workbook(file.name, names))
            parts = {member.filename: _checked_part(file, archive, member) for member in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Refused(damaged(file.name)) from error
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _within_caps(file: NamedBytes, members: list[zipfile.ZipInfo]) -> None:
    """Refuse by what the zip's directory admits, before a byte is inflated."""
    if len(members) > MOST_MEMBERS:
        raise Refused(f"{file.name} holds {len(members):,} parts inside; a workbook has at most {MOST_MEMBERS:,}.")
    if any(member.flag_bits & 0x1 for member in members):
        raise Refused(locked(file.name))
    _within_size(file, sum(member.file_size for member in members))


def _within_size(file: NamedBytes, inflated: int) -> None:
    if inflated > MOST_INFLATED or (inflated > RATIO_FLOOR and inflated > MOST_RATIO * len(file.data)):
        raise Refused(f"{file.name} unpacks to far more than a case list could hold, so it was not opened.")


def _not_a_workbook(name: str, names: set[str]) -> str:
    if "xl/workbook.bin" in names or "content.xml" in names:
        return f"{name} is a workbook of another kind; save it as .xlsx."
    if any(member.lower().endswith((".csv", ".xlsx", ".xls", ".xml")) and "/" not in member for member in names):
        return f"{name} is a zip; unpack it and give the files inside."
    return f"{name} is not a spreadsheet; save the case list as .xlsx, .xls or .csv."


def _checked_part(file: NamedBytes, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Inflate one member ourselves, because the directory's sizes may lie."""
    content = _inflated(file, archive, member)
    lowered = member.filename.lower()
    if lowered.endswith((".xml", ".rels", ".vml")):
        _no_entities(file.name, member.filename, content)
    if lowered.startswith("xl/worksheets/") and lowered.endswith(".xml"):
        _within_cells(file.name, content)
    return content


def _inflated(file: NamedBytes, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member):  # checks the local header against the directory
        start = archive.fp.tell() if archive.fp else 0
    packed = file.data[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return packed
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused(f"{file.name} is packed in a way Excel does not use; save it again as .xlsx.")
    content = zlib.decompressobj(-15).decompress(packed, member.file_size + 1)
    if len(content) != member.file_size:  # one byte more was asked for, so more cannot hide
        raise Refused(f"{file.name} says one size inside and holds another, so it was not opened.")
    return content


def _no_entities(name: str, member: str, content: bytes) -> None:
    """Refuse a document type: it can only stand before the root element, and only entities need one."""
    plain = content[: 2**16].replace(b"\x00", b"")  # UTF-16 would hide it between zero bytes
    root = _ROOT.search(plain)
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in content[: 2**16] or (root is None and len(plain) >= 2**15):
        inside = f" (in {member})" if member else ""
        raise Refused(f"{name} brings its own XML entities{inside}, which a case list never does; it was not opened.")


def _within_cells(name: str, sheet: bytes) -> None:
    """Refuse a sheet whose filled rectangle is too large, discounting only cells exactly as Excel writes empty ones."""
    spread = b"\t" in sheet or sheet.count(b"\n") + sheet.count(b"\r") > _MOST_LINES
    if not spread and not any(pattern.search(sheet) for pattern in _ODD):
        return
    filled = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", sheet))
    rows = columns = 1
    for letters, digits in _REFERENCE.findall(filled):
        rows = max(rows, int(digits[:9] or 0))
        columns = max(columns, _column_number(letters))
    if rows * columns > MOST_CELLS:
        raise Refused(far_cells(name, rows, columns))


def damaged(name: str) -> str:
    """The sentence for a file whose own reader cannot make sense of it."""
    return f"{name} is damaged and cannot be opened; save it again and retry."


def locked(name: str) -> str:
    """The sentence for a file that asks for a password."""
    return f"{name} is password-protected; save it without a password."


def far_cells(name: str, rows: int, columns: int) -> str:
    """The sentence for a sheet whose filled rectangle is too large."""
    return f"{name} has a sheet of {rows:,} rows by {columns:,} columns; remove the stray cells far away."


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:5].upper():
        number = number * 26 + letter - 64
    return number
