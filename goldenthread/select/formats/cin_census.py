"""The Department for Education's children in need census (XML): recognised, not read yet."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.model import Mapping, Reading
from goldenthread.select.formats.tables import Document, Opened

SOURCE = "cin_census"
TITLE = "Children in need census"


def recognises(parts: Sequence[Opened]) -> bool:
    """A census is a message about a collection."""
    return any(isinstance(part, Document) and b"EXPSSDA903" not in part.data[:4096] for part in parts)


def read(parts: Sequence[Opened], mapping: Mapping) -> Reading:
    """Raises `Refused`: this source is not read yet."""
    names = " and ".join(part.file for part in parts if isinstance(part, Document))
    raise Refused(f"{names} is an XML file, such as the children in need census; this source is not read yet.")
