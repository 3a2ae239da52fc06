"""The shape of every Goldenthread command: one answer, as JSON or in words; refusals in sentences, no traceback."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from goldenthread.method.refusal import Refused


class AnswerCommand(BaseCommand):
    """A command that answers a question.

    Subclasses give `add_question(parser)`, `answer(**options) -> Mapping` (the JSON document) and
    `words(answer) -> str` (the same for a person to read). A `Refused` raised on the way becomes one sentence a
    line on standard error and exit 1; a wrong use of the command is exit 2.
    """

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
        self.add_question(parser)

    def add_question(self, parser: CommandParser) -> None:
        raise NotImplementedError

    def answer(self, **options: Any) -> Mapping[str, Any]:
        raise NotImplementedError

    def words(self, answer: Mapping[str, Any]) -> str:
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self.answer(**options)
        except Refused as refusal:
            self.stderr.write("\n".join(refusal.sentences))
            sys.exit(1)
        if options["json"]:
            # Not indented: a draw from a million cases is one document, and only this way is it written in C.
            sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=str) + "\n")
        else:
            self.stdout.write(self.words(answer))


def whole(text: str) -> int:
    """The type of an option that counts something."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number, 0 or more")
    return int(text)
