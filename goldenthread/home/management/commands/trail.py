"""`goldenthread trail verify [--checkpoint FILE]` and `trail checkpoint --out FILE`: whether the trail is whole."""

from __future__ import annotations

import json
import sys
from argparse import SUPPRESS
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.method.refusal import Refused
from goldenthread.trail.queries import Checkpoint, examined
from goldenthread.web import clock
from goldenthread.web.command import AnswerCommand
from goldenthread.web.wording import plural

LARGEST = 10_000  # bytes; a checkpoint is one line
SHOWN = 20  # breaks said one by one


class Command(AnswerCommand):
    help = "Say whether the trail is whole, or write a checkpoint of it to keep elsewhere."

    def add_question(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", metavar="verify | checkpoint", required=True)
        verify = actions.add_parser("verify", help="hold every event against the one before it")
        verify.add_argument("--checkpoint", metavar="FILE", help="a checkpoint written earlier and kept elsewhere")
        verify.add_argument("--json", action="store_true", default=SUPPRESS, help="print one JSON document")
        checkpoint = actions.add_parser("checkpoint", help="write how long the trail is, and its last event's hash")
        checkpoint.add_argument("--out", metavar="FILE", required=True, help="where to write it")
        checkpoint.add_argument("--json", action="store_true", default=SUPPRESS, help="print one JSON document")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        if options["action"] == "checkpoint":
            return written(Path(options["out"]))
        checkpoint = read(Path(options["checkpoint"])) if options["checkpoint"] else None
        verdict = examined(checkpoint=checkpoint)
        self.found.extend(verdict.breaks)
        return {
            "whole": not verdict.breaks,
            "events": verdict.events,
            "head": verdict.head,
            "checkpoint": asdict(checkpoint) if checkpoint else None,
            "breaks": list(verdict.breaks),
        }

    def words(self, answer: Mapping[str, Any]) -> str:
        if "out" in answer:
            return f"{answer['out']}: {plural(answer['count'], 'event')}, head {answer['head']}"
        if not answer["whole"]:
            return "The trail is broken."
        beyond = (
            f", and holds what the checkpoint of {answer['checkpoint']['at']} names" if answer["checkpoint"] else ""
        )
        return f"The trail is whole: {plural(answer['events'], 'event')}, head {answer['head']}{beyond}."

    def handle(self, *args: Any, **options: Any) -> None:
        self.found: list[str] = []
        super().handle(*args, **options)
        if found := self.found:
            more = [f"And {len(found) - SHOWN} more."] if len(found) > SHOWN else []
            self.stderr.write("\n".join([*found[:SHOWN], *more]))
            sys.exit(1)


def written(file: Path) -> dict[str, Any]:
    """Write a checkpoint. Raises `Refused` when the trail is broken, for then there is nothing to vouch for."""
    verdict = examined()
    if verdict.breaks:
        raise Refused("The trail is broken, so no checkpoint is written.", *verdict.breaks[:SHOWN])
    checkpoint = Checkpoint(verdict.events, verdict.head, clock.now().isoformat(timespec="seconds"))
    try:
        file.write_text(json.dumps(asdict(checkpoint)) + "\n", encoding="utf-8")
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "the name cannot be used"
        raise Refused(f"{file}: this cannot be written ({reason}).") from None
    return asdict(checkpoint) | {"out": str(file)}


def read(file: Path) -> Checkpoint:
    """A checkpoint from its file; `Refused` says what it is instead."""
    try:
        with file.open("rb") as opened:
            found = json.loads(opened.read(LARGEST))
        checkpoint = Checkpoint(int(found["count"]), str(found["head"]), str(found["at"]))
    except OSError as fault:
        raise Refused(f"{file}: this cannot be opened ({fault.strerror}).") from None
    except (ValueError, TypeError, KeyError):
        said = f"{file}: this is no checkpoint; expected the file that “goldenthread trail checkpoint” wrote."
        raise Refused(said) from None
    return checkpoint
