"""Where in the text of a TOML file each table and key stands, so that a fault can name its line.

`tomllib` forgets lines. The text has been parsed before it comes here, so what is sought is known to be there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

Path = tuple[str | int, ...]

# Strings first, so that brackets, hashes and equals signs within them are not read as TOML.
_OPAQUE = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'" r"|#[^\n]*",
    re.DOTALL,
)
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\-\s]+?)\s*\]")
_KEY = re.compile(r"\s*([\w.\-]+(?:\s*\.\s*[\w\-]+)*)\s*=")


def lines_of(text: str) -> Mapping[Path, int]:
    """Path of each table and key → the line it begins on, from 1. Entries of `[[lists]]` are numbered from 0.

    >>> dict(lines_of('title = "A"\\n[[grades]]\\nkey = "good"'))
    {('title',): 1, ('grades',): 2, ('grades', 0): 2, ('grades', 0, 'key'): 3}
    """
    found: dict[Path, int] = {}
    entries: Counter[str] = Counter()
    table: Path = ()
    depth = 0
    for number, line in enumerate(_blanked(text).split("\n"), start=1):
        header = None if depth else _HEADER.match(line)
        if header:
            name = header[2]
            table = _steps(name)
            if header[1] == "[[":
                found.setdefault(table, number)
                table = (*table, entries[name])
                entries[name] += 1
            found.setdefault(table, number)
            continue
        key = None if depth else _KEY.match(line)
        if key:
            found.setdefault((*table, *_steps(key[1])), number)
        depth += sum(line.count(bracket) for bracket in "[{") - sum(line.count(bracket) for bracket in "]}")
    return found


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """The line of a path, or of the nearest thing around it that has one; 1 for the file as a whole."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 1


def _steps(name: str) -> Path:
    return tuple(step.strip() for step in name.split("."))


def _blanked(text: str) -> str:
    """The text with strings and comments emptied and every line break kept."""
    return _OPAQUE.sub(lambda found: '""' + "\n" * found[0].count("\n"), text.replace("\r\n", "\n"))
