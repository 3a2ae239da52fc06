"""The shape of every Goldenthread command: one answer, as JSON or in words; refusals in sentences, no traceback."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from goldenthread.method.refusal import Refused


class AnswerCommand(BaseCommand):
    """A command that answers a question.

    Subclasses give `add_question(parser)`, `answer(**options) -> Mapping` (the JSON document) and
    `words(answer) -> str` (the same for a person to read). A `Refused` raised on the way becomes one sentence a
    line on standard error and exit 1, and so does a database that was not migrated yet; a wrong use of the command is
    exit 2.
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
            self._refuse("\n".join(refusal.sentences))
        except DatabaseError:
            if not behind():
                raise
            self._refuse("The database does not have this version’s tables yet: run `goldenthread migrate` first.")
        if options["json"]:
            # Not indented: a draw from a million cases is one document, and only this way is it written in C.
            sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=str) + "\n")
        else:
            self.stdout.write(self.words(answer))

    def _refuse(self, sentences: str) -> NoReturn:
        self.stderr.write(sentences)
        sys.exit(1)


def behind() -> bool:
    """Whether a migration is still to be applied to the database."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def whole(text: str) -> int:
    """The type of an option that counts something."""
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number, 0 or more")
    return int(text)
