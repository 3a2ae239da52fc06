"""`goldenthread verify-draw RECORD.json LIST.csv`: exit 0 if the record follows from the list and the source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.method.case_list import verify
from goldenthread.method.refusal import Refused
from goldenthread.select.management.commands.draw import read_bytes
from goldenthread.web.command import AnswerCommand


class Command(AnswerCommand):
    help = "Make a draw again from its list and source, and say whether its record is what comes out."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("record", metavar="RECORD.json", type=Path, help="what `goldenthread draw` wrote")
        parser.add_argument("list", metavar="LIST.csv", type=Path, help="the frozen list: CSV with ref,stratum")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        record = _record(options["record"])
        differences = verify(record, read_bytes(options["list"]), list_name=options["list"].name)
        if differences:
            raise Refused(*differences)
        return {"follows": True, "draw_id": record["draw_id"], "list_sha256": record["list_sha256"]}

    def words(self, answer: Mapping[str, Any]) -> str:
        return f"The record of draw {answer['draw_id']} follows from the list {answer['list_sha256']} and its source."


def _record(path: Path) -> Any:
    try:
        return json.loads(read_bytes(path))
    except (ValueError, RecursionError) as error:
        raise Refused(f"{path.name} is not JSON: {error}.") from error
