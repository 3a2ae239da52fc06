"""Reading and checking the two files a draw leaves behind: its list and its record."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from goldenthread.method.refusal import Refused
from goldenthread.method.sampling import METHOD, DrawRecord, Row, canonical_list, draw

HEADER = ["ref", "stratum"]


def read_list(data: bytes, *, name: str) -> list[Row]:
    """The (ref, stratum) pairs in the bytes of a CSV file with the header `ref,stratum`; `name` is the file's.

    Order, kind of line end, needless quotes and a byte-order mark do not matter: a digest is only ever taken of the
    canonical bytes. Refused, each row that is wrong with its number in the file: text that is not UTF-8, another
    header, a row without exactly two fields, a blank field, a ref seen before.

    >>> read_list(b"ref,stratum\\r\\nK2,CP\\r\\n", name="LIST.csv")
    [('K2', 'CP')]
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused(f"{name}, row {line}: the text is not UTF-8; save the list as CSV UTF-8.") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if header != HEADER:
            raise Refused(f"{name}, row 1: the header is {','.join(header)!r}; it has to be 'ref,stratum'.")
        return _read_rows(reader, name)
    except csv.Error as error:
        raise Refused(f"{name}, row {reader.line_num}: this is not CSV: {error}.") from error


def _read_rows(reader: Any, name: str) -> list[Row]:
    rows: list[Row] = []
    seen: dict[str, int] = {}
    faults: list[str] = []
    for fields in reader:
        fault = _row_fault(fields, seen)
        if fault:
            faults.append(f"{name}, row {reader.line_num}: {fault}")
        elif fields:
            seen[fields[0]] = reader.line_num
            rows.append((fields[0], fields[1]))
    if faults:
        raise Refused(*faults)
    if not rows:
        raise Refused(f"{name} holds no case below its header.")
    return rows


def _row_fault(fields: list[str], seen: Mapping[str, int]) -> str:
    if not fields:  # an empty line, as some programs leave at the end
        return ""
    if len(fields) != len(HEADER):
        return f"ref and stratum are expected, and nothing else; the number of fields is {len(fields)}."
    if not fields[0].strip():
        return "the ref is blank."
    if not fields[1].strip():
        return f"the case {fields[0]} has no stratum."
    return f"the ref {fields[0]} stands in row {seen[fields[0]]} already." if fields[0] in seen else ""


def verify(record: Mapping[str, Any], list_bytes: bytes, *, list_name: str = "the list") -> tuple[str, ...]:
    """What differs between a draw's record and the draw made again from its list and source; nothing if it follows.

    `record` is the JSON document of `DrawRecord.as_json`; quotas are read off what was selected. Each difference is
    one sentence. A list that cannot be read is refused.
    """
    faults = _shape_faults(record)
    if faults:
        return tuple(faults)
    rows = read_list(list_bytes, name=list_name)
    quotas = {name: len(refs) for name, refs in record["selected"].items()}
    try:
        again = draw(rows, source=record["source"], draw_id=record["draw_id"], quotas=quotas)
    except Refused as refusal:
        return refusal.sentences
    return (*_head_differences(record, again), *_strata_differences(record, again))


def _shape_faults(record: Mapping[str, Any]) -> list[str]:
    if not isinstance(record, Mapping):
        return ["The record is not a JSON object."]
    texts = [
        key for key in ("method", "list_sha256", "source", "draw_id", "seed") if not isinstance(record.get(key), str)
    ]
    lists = [key for key in ("selected", "reserves") if not _is_refs_by_stratum(record.get(key))]
    faults = [f"The record's {key} is missing or is not text." for key in texts]
    faults += [f"The record's {key} is missing or is not lists of refs by stratum." for key in lists]
    if not faults and record["method"] != METHOD:
        faults.append(f"The record's method is {record['method']!r}; this checks {METHOD!r} only.")
    return faults


def _is_refs_by_stratum(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(refs, list) and all(isinstance(ref, str) for ref in refs) for refs in value.values()
    )


def _head_differences(record: Mapping[str, Any], again: DrawRecord) -> list[str]:
    differences = []
    if record["list_sha256"] != again.list_sha256:
        differences.append(f"The list's digest is {again.list_sha256}, but the record has {record['list_sha256']}.")
    if record["seed"] != again.seed:
        differences.append(f"The seed that follows is {again.seed}, but the record has {record['seed']}.")
    if record.get("quotas", again.quotas) != again.quotas:
        differences.append("The record's quotas are not the numbers of cases it selected.")
    return differences


def _strata_differences(record: Mapping[str, Any], again: DrawRecord) -> list[str]:
    differences = []
    for key, follows in (("selected", again.selected), ("reserves", again.reserves)):
        for name in sorted({*record[key], *follows}):
            found, expected = record[key].get(name, []), follows.get(name, [])
            if found != expected:
                differences.append(_difference(key, name, found, expected))
    return differences


def _difference(key: str, name: str, found: list[str], expected: Any) -> str:
    for place, (one, other) in enumerate(zip(found, expected, strict=False), start=1):
        if one != other:
            return f"{key}, {name}, place {place}: the record has {one}, but {other} follows."
    return f"{key}, {name}: the record has {len(found)} cases, but {len(expected)} follow."


def is_canonical(data: bytes, rows: list[Row]) -> bool:
    """Whether a file's bytes are already the ones its digest is taken of."""
    return data == canonical_list(rows)
