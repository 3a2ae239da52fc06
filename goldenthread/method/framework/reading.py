"""From the text of a framework file to a `Framework`, or every fault in it at once, each with its line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from goldenthread.method.framework.consistency import inconsistencies
from goldenthread.method.framework.lines import Path, line_of, lines_of
from goldenthread.method.framework.rules import Framework
from goldenthread.method.framework.shapes import KeyOf, Shape
from goldenthread.method.refusal import Refused

BESIDE = ("seed", "because")  # in any table: the sentence a rule comes from, the reason where that is silent
GATHERED = ("paragraphs", "reasons")  # fields of Framework that those two fill
NAMES = ("key", "post")  # what tells one entry of a list from another


def parse_framework(text: str, name: str = "framework") -> Framework:
    """The framework that a TOML text says; `name` is what the sentences of a refusal call the file.

    Unknown and missing keys, wrong types, impossible values and rules that contradict each other are all raised
    together: one `Refused`, one sentence a fault, in the order of the lines.

    >>> try:
    ...     parse_framework('version = "2"', "ours.toml")
    ... except Refused as refusal:
    ...     [sentence for sentence in refusal.sentences if "version" in sentence]
    ['ours.toml, line 1, version: “2” is given, a whole number of 1 or more is expected.']
    """
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Refused(_not_toml(fault, name)) from None
    reading = _Reading(document, name, lines_of(text))
    parts = reading.parts(Framework, document, ())
    for path, sentence in inconsistencies(parts):
        reading.fault(path, sentence)
    if reading.faults:
        raise Refused(*(sentence for _, sentence in sorted(reading.faults, key=lambda fault: fault[0])))
    return Framework(
        **parts, paragraphs=MappingProxyType(reading.paragraphs), reasons=MappingProxyType(reading.reasons)
    )


class _Reading:
    """One file being read: what is sound is returned, what is not is remembered with its line."""

    def __init__(self, document: Mapping[str, Any], name: str, lines: Mapping[Path, int]) -> None:
        self.document = document
        self.name = name
        self.lines = lines
        self.faults: list[tuple[int, str]] = []
        self.paragraphs: dict[str, str] = {}
        self.reasons: dict[str, str] = {}

    def fault(self, path: Path, sentence: str) -> None:
        line = line_of(path, self.lines)
        where = _spoken(path, self.document)
        self.faults.append((line, f"{self.name}, line {line}{where and f', {where}'}: {sentence}"))

    def parts(self, kind: type, raw: Mapping[str, Any], path: Path) -> dict[str, Any]:
        """Field → value, for the fields of `kind` that are given; None where the value is at fault."""
        known = {field.name: field for field in fields(kind) if field.name not in GATHERED}
        for key in raw:
            if key not in known and key not in BESIDE:
                self.fault((*path, key), _unknown(key, (*known, *BESIDE)))
        hints = _hints(kind)
        parts = {}
        for key, field in known.items():
            if key in raw:
                parts[key] = self.value(hints[key], raw[key], (*path, key), may_be_empty=_optional(field))
            elif not _optional(field):
                self.fault((*path, key), f"this is missing, {_expected(hints[key], self.document)} is expected.")
        if not path:
            self.sources(raw, path)
        return parts

    def value(self, hint: Any, raw: Any, path: Path, *, may_be_empty: bool = False) -> Any:
        if is_dataclass(hint) and isinstance(raw, dict):
            self.sources(raw, path)
            return self.made(hint, raw, path)
        if get_origin(hint) is tuple and isinstance(raw, list) and (raw or may_be_empty):
            element = get_args(hint)[0]
            return self.entries(element, raw, path) if is_dataclass(element) else self.several(element, raw, path)
        if get_origin(hint) is Mapping and isinstance(raw, dict):
            self.sources(raw, path)
            return self.mapping(get_args(hint)[1], raw, path)
        if not _fits(hint, raw, self.document):
            self.fault(path, f"{_said(raw)} is given, {_expected(hint, self.document)} is expected.")
            return None
        return raw

    def made(self, kind: Any, raw: Mapping[str, Any], path: Path) -> Any:
        before = len(self.faults)
        parts = self.parts(kind, raw, path)
        return kind(**parts) if len(self.faults) == before else None

    def entries(self, kind: Any, raw: list[Any], path: Path) -> tuple[Any, ...]:
        """The tables of a list. One without a source of its own stands under the source of the one above it."""
        made = []
        above: Mapping[str, Any] = {}
        for position, entry in enumerate(raw):
            here = (*path, position)
            if not isinstance(entry, dict):
                self.fault(here, f"{_said(entry)} is given, a table [[{path[-1]}]] is expected.")
                continue
            above = entry if any(key in entry for key in BESIDE) else above
            self.sources(above, here)
            made.append(self.made(kind, entry, here))
        self.told_apart(raw, path)
        return tuple(made)

    def told_apart(self, raw: list[Any], path: Path) -> None:
        seen: dict[str, int] = {}
        for position, entry in enumerate(raw):
            name = _named(entry)
            if name is None:
                continue
            if name in seen:
                first = line_of((*path, seen[name]), self.lines)
                self.fault((*path, position), f"“{name}” is given twice (first on line {first}), once is expected.")
            seen.setdefault(name, position)

    def several(self, hint: Any, raw: list[Any], path: Path) -> tuple[Any, ...] | None:
        before = len(self.faults)
        for position, element in enumerate(raw):
            if self.value(hint, element, path) is not None and element in raw[:position]:
                self.fault(path, f"{_said(element)} is given twice, once is expected.")
        return tuple(raw) if len(self.faults) == before else None

    def mapping(self, hint: Any, raw: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
        given = {key: value for key, value in raw.items() if key not in BESIDE}
        return MappingProxyType({key: self.value(hint, value, (*path, key)) for key, value in given.items()})

    def sources(self, raw: Mapping[str, Any], path: Path) -> None:
        """Keep the sentence a rule comes from and the reason for it; one of the two has to say something."""
        rule = _spoken(path, self.document) or "framework"
        before = len(self.faults)
        for key, kept in zip(BESIDE, (self.paragraphs, self.reasons), strict=True):
            said = raw.get(key, "")
            if isinstance(said, str):
                kept[rule] = said.strip()
            else:
                self.fault((*path, key), f"{_said(said)} is given, a sentence in quotation marks is expected.")
        if "seed" not in raw:
            self.fault((*path, "seed"), 'this is missing, the sentence the rule comes from is expected ("" if none).')
        elif len(self.faults) == before and not self.paragraphs[rule] and not self.reasons[rule]:
            self.fault((*path, "because"), "this is missing, the reason for a rule without a sentence is expected.")


# --- what a type expects ----------------------------------------------------------------------------------


KINDS = {str: "at least one word in quotation marks", bool: "true or false", date: "a date such as 2009-11-01"}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _optional(field: Field[Any]) -> bool:
    return field.default is not MISSING


def _fits(hint: Any, raw: Any, document: Mapping[str, Any]) -> bool:
    """Whether a plain value is what its type says; tables and lists have been dealt with before."""
    if get_origin(hint) is Literal:
        return isinstance(raw, str) and raw in get_args(hint)
    if get_origin(hint) is Annotated:
        base, shape = get_args(hint)
        if isinstance(shape, KeyOf):
            return raw in _keys(shape, document)
        return type(raw) is base and _shape(shape).holds(raw)
    return type(raw) is hint


def _expected(hint: Any, document: Mapping[str, Any]) -> str:
    if is_dataclass(hint):
        return "a table"
    if get_origin(hint) is Mapping:
        return "a table of words in quotation marks"
    if get_origin(hint) is tuple:
        element = get_args(hint)[0]
        return "a list of tables" if is_dataclass(element) else f"a list, each {_expected(element, document)},"
    if get_origin(hint) is Literal:
        return _one_of(get_args(hint))
    if get_origin(hint) is Annotated:
        shape = get_args(hint)[1]
        return _one_of(_keys(shape, document)) if isinstance(shape, KeyOf) else _shape(shape).expected
    return KINDS[hint]


def _shape(shape: Shape) -> Shape:
    return shape


def _keys(shape: KeyOf, document: Mapping[str, Any]) -> tuple[str, ...]:
    entries = document.get(shape.section)
    names = [_named(entry) for entry in entries] if isinstance(entries, list) else []
    return (*(name for name in names if name is not None), *shape.also)


# --- how a fault is said ----------------------------------------------------------------------------------


def _said(raw: Any) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, dict | list):
        return ("a table" if isinstance(raw, dict) else "a list") if raw else "nothing"
    said = str(raw) if len(str(raw)) <= 60 else f"{str(raw)[:60]}…"
    return f"“{said}”" if isinstance(raw, str) else said


def _one_of(words: tuple[str, ...]) -> str:
    return "one of " + ", ".join(f"“{word}”" for word in words) if words else "a key that this file defines"


def _unknown(key: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(key, known, 1)
    if near:
        return f"no such key, perhaps {near[0]} is meant."
    return f"no such key, one of {', '.join(known)} is expected."


def _named(entry: Any) -> str | None:
    """What an entry of a list is called by: its key, or the post it is about."""
    names = (entry[key] for key in NAMES if key in entry) if isinstance(entry, dict) else ()
    return next((name for name in names if isinstance(name, str)), None)


def _spoken(path: Path, document: Any) -> str:
    """A path in words: entries of lists by their name, else by their number from 1."""
    steps = []
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            document = None
        steps.append(step if isinstance(step, str) else _named(document) or str(step + 1))
    return ".".join(steps)


def _not_toml(fault: Exception, name: str) -> str:
    place = re.search(r"\(at (?:line (\d+), column (\d+)|end of document)\)", str(fault))
    if place is None:
        return f"{name}: this cannot be read as TOML."
    where = f", line {place[1]}, column {place[2]}" if place[1] else ", at its end"
    return f"{name}{where}: this is not TOML: {str(fault)[: place.start()].strip()}."
