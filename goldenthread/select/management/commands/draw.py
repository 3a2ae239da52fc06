"""`goldenthread draw LIST.csv --source TEXT --draw-id TEXT (--each N | --quota STRATUM=N …)`."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.method.case_list import is_canonical, read_list
from goldenthread.method.refusal import Refused
from goldenthread.method.sampling import Row, draw
from goldenthread.web.command import AnswerCommand, whole


class Command(AnswerCommand):
    help = "Draw cases from a frozen list so that anyone can make the draw again."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("list", metavar="LIST.csv", type=Path, help="CSV with the header ref,stratum")
        parser.add_argument("--source", required=True, help="where the seed comes from, such as dice:3-1-6-…")
        parser.add_argument("--draw-id", required=True, help="this draw's own name, such as 2026-Q4-1")
        how_many = parser.add_mutually_exclusive_group(required=True)
        how_many.add_argument(
            "--each", metavar="N", type=whole, help="this many from each stratum, or all where it has fewer"
        )
        how_many.add_argument(
            "--quota", metavar="STRATUM=N", type=_quota, action="append", help="this many from one stratum; repeat it"
        )
        parser.add_argument("--out", metavar="FILE", type=Path, help="write the record to this file as JSON")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        rows = self._rows(options["list"])
        record = draw(
            rows, source=options["source"], draw_id=options["draw_id"], quotas=self._quotas(rows, options)
        ).as_json()
        if options["out"]:
            write_record(options["out"], record)
        return {**record, "written_to": str(options["out"])} if options["out"] else record

    def words(self, answer: Mapping[str, Any]) -> str:
        lines = [f"Draw {answer['draw_id']} by {answer['method']}", f"List {answer['list_sha256']}"]
        lines += [f"Seed {answer['seed']}, from {answer['source']}"]
        for name, refs in answer["selected"].items():
            lines.append(f"{name}: {', '.join(refs) or 'none'} (and {len(answer['reserves'][name]):,} in reserve)")
        kept = answer.get("written_to")
        lines.append(f"The record is in {kept}." if kept else "Add --out FILE to keep the record.")
        return "\n".join(lines)

    def _rows(self, path: Path) -> list[Row]:
        data = read_bytes(path)
        rows = read_list(data, name=path.name)
        if not is_canonical(data, rows):
            self.stderr.write(
                f"{path.name} was not in canonical form (order, line ends, quotes or byte-order mark): "
                "its digest is taken of the canonical bytes."
            )
        return rows

    def _quotas(self, rows: list[Row], options: Mapping[str, Any]) -> dict[str, int]:
        if options["quota"]:
            twice = [name for name, times in Counter(name for name, _ in options["quota"]).items() if times > 1]
            if twice:
                raise Refused(*(f"The stratum {name!r} has more than one --quota." for name in twice))
            return dict(options["quota"])
        sizes, each = Counter(name for _, name in rows), options["each"]
        fewer = {name: size for name, size in sorted(sizes.items()) if size < each}
        for name, size in fewer.items():
            self.stderr.write(f"The stratum {name!r} holds {size}, fewer than {each}: all of them are drawn.")
        return {name: min(each, size) for name, size in sizes.items()}


def read_bytes(path: Path) -> bytes:
    """A file's bytes. Refused, in words: a file that cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error


def write_record(path: Path, record: Mapping[str, Any]) -> None:
    """Keep a record, one key a line. Refused: a file that is there already, since a draw is not to be written over."""
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in record.items()]
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write("{\n" + ",\n".join(lines) + "\n}\n")
    except FileExistsError as error:
        raise Refused(f"{path} is there already; a draw is kept and not written over.") from error
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from error


def _quota(text: str) -> tuple[str, int]:
    name, equals, number = text.rpartition("=")
    if not (equals and name):
        raise argparse.ArgumentTypeError(f"{text!r} is not STRATUM=N")
    return name, whole(number)
