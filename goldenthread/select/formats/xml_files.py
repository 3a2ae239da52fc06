"""XML files, streamed: no entities, no document type, no network, no more than one child's elements held at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.tables import Document

Element: TypeAlias = etree._Element


def root_of(document: Document) -> str:
    """The name of the root element. Raises `Refused` where the file does not even begin as XML."""
    for _, element in _events(document, ("start",), None):
        return str(element.tag)
    raise Refused(_broken(document.file, 1))


def elements(document: Document, *tags: str) -> Iterator[Element]:
    """Each element of these names as it ends, whole; it and all before it are forgotten when the next is asked for.

    Raises `Refused`, naming the line, where the XML is broken or breaks off.
    """
    for _, element in _events(document, ("end",), tags):
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _events(document: Document, events: tuple[str, ...], tags: tuple[str, ...] | None) -> Iterator[Any]:
    try:
        yield from etree.iterparse(
            io.BytesIO(document.data), events=events, tag=tags, resolve_entities=False, load_dtd=False, no_network=True,
            huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
    except etree.XMLSyntaxError as error:
        raise Refused(_broken(document.file, error.lineno or 1)) from error


def _broken(file: str, line: int) -> str:
    return f"{file}, line {line:,}: the XML is broken here or breaks off; export the file again."
