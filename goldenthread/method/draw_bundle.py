"""What a draw leaves behind for anybody to check: its list, its record, the verifier and how to use them, in one file.

The same draw always gives the same bytes, so that a digest of the bundle can be noted down too.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

LIST, RECORD, VERIFIER, README = "list.csv", "record.json", "verifier.py", "README.txt"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can hold


def record_text(record: Mapping[str, Any]) -> str:
    """A draw's record as JSON that can be read: a key a line, and a line for each stratum within it.

    >>> print(record_text({"seed": "ab", "selected": {"CP": ["K1", "K2"], "CLA": []}}), end="")
    {
    "seed": "ab",
    "selected": {
      "CP": ["K1", "K2"],
      "CLA": []
    }
    }
    """
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {_value(value)}" for key, value in record.items()) + "\n}\n"


def _value(value: Any) -> str:
    if not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False)
    lines = (f"  {json.dumps(key, ensure_ascii=False)}: {json.dumps(each, ensure_ascii=False)}"
             for key, each in value.items())  # fmt: skip
    return "{\n" + ",\n".join(lines) + "\n}"


def bundle(files: Mapping[str, str]) -> bytes:
    """One zip of these files, by name → text, in their order.

    They are stored, not compressed: a council's list is small, and no two versions of a compressor make the same bytes.

    >>> bundle({"list.csv": "ref,stratum\\n"}) == bundle({"list.csv": "ref,stratum\\n"})
    True
    """
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        for name, text in files.items():
            about = ZipInfo(name, LONG_AGO)
            about.external_attr = 0o644 << 16
            about.create_system = 3  # the same bytes on every system
            archive.writestr(about, text.encode(), ZIP_STORED)
    return written.getvalue()


def readme(*, draw_id: str, purpose: str, chosen: str, random: bool) -> str:
    """How to check a draw, in plain words. `chosen` says in a sentence how its files were chosen."""
    files = [f"{LIST}     the cases it could take, as they were fixed", f"{RECORD}  what was made from them, and how"]
    if not random:
        return _lines(draw_id, purpose, chosen, files, NOT_RANDOM)
    return _lines(draw_id, purpose, chosen, [*files, f"{VERIFIER}  twenty lines that make the draw again"], TO_CHECK)


def _lines(draw_id: str, purpose: str, chosen: str, files: list[str], then: str) -> str:
    heading = f"Draw {draw_id}"
    parts = [heading, "=" * len(heading), purpose, "", chosen, "", "In this folder:", *(f"  {line}" for line in files)]
    return "\n".join([*parts, "", then])


TO_CHECK = """\
To check it, on any computer with Python, in this folder:
  python verifier.py record.json list.csv
or, where Goldenthread is installed:
  goldenthread verify-draw record.json list.csv
Either says whether the record follows from the list and from where its seed came.

How it works: the list was fixed first, and its fingerprint (SHA-256) taken. Then the seed came from outside, as
"source" in the record says. Each case's ticket is the SHA-256 of the seed and its reference. In each stratum the
cases with the smallest tickets were taken; the next ones are the reserves, in that order. Whoever changes one letter
of the list, or of the source, gets another seed and so other cases.

What to ask beside: was the fingerprint of the list known before the seed was? Did the dice, the numbers or the round
of the beacon that the source names truly come out so? Ask the witnesses, or look the round up. A draw that was given
up, and any other draw from the same list, are on record too: ask for them.
"""
NOT_RANDOM = """\
No chance chose these files, so there is no seed, and nothing to make again: the record names each file and why it was
taken. Do not count them together with files drawn at random.
"""
