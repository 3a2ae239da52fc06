"""Old workbooks (.xls), read in a process of their own under limits of memory and time.

A damaged file of this kind can send the reader round an endless chain until it aborts the whole process, and nothing
catches an abort. Run as a script, this file is that process: a workbook on standard input, its sheets on standard
output. It imports nothing of ours, so that it starts quickly.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
from datetime import date, datetime
from typing import Any

import python_calamine

MOST_MEMORY = 3 * 2**29
MOST_SECONDS = 60
MOST_CELLS = 8_000_000


def sheets(data: bytes) -> dict[str, Any]:
    """What that process says of a workbook.

    `{"sheets": [[name, first row, grid], …]}`, `{"locked": true}`, `{"far": [rows, columns]}` where a sheet's filled
    rectangle is too large, or nothing at all, `{}`, where it cannot be read.
    """
    try:
        ran = subprocess.run(  # noqa: S603 (this very file, by the interpreter that runs us)
            [sys.executable, "-I", __file__], input=data, capture_output=True, timeout=MOST_SECONDS, check=False
        )
        said = json.loads(ran.stdout, object_hook=_dated) if ran.returncode == 0 else {}
    except (ValueError, subprocess.TimeoutExpired):
        return {}
    return dict(said)


def _dated(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value["date"]) if value.keys() == {"date"} else value


def _said(data: bytes) -> dict[str, Any]:
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
    except python_calamine.PasswordError:
        return {"locked": True}
    found = []
    for index, name in enumerate(book.sheet_names):
        sheet = book.get_sheet_by_index(index)
        if sheet.height * sheet.width > MOST_CELLS:
            return {"far": [sheet.height, sheet.width]}
        found.append([name, (sheet.start or (0, 0))[0] + 1, sheet.to_python()])
    return {"sheets": found}


def _written(value: Any) -> Any:
    day = value.date() if isinstance(value, datetime) else value
    return {"date": day.isoformat()} if isinstance(day, date) else str(value)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_said(sys.stdin.buffer.read()), sys.stdout, default=_written)
