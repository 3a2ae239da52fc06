"""`goldenthread docs [--check]`: the documents that are written from the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from goldenthread.home import generated
from goldenthread.method.refusal import Refused
from goldenthread.web.command import AnswerCommand

FOLDER = "docs/generated"


class Command(AnswerCommand):
    help = "Write the documents under docs/generated from the code, or check that they are fresh."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; refuse if a document is stale")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        folder = settings.BASE_DIR / FOLDER
        if not options["check"]:
            return {"written": generated.written(folder)}
        if names := generated.stale(folder):
            raise Refused(
                *(f"{FOLDER}/{name} does not say what the code says; run `goldenthread docs`." for name in names)
            )
        return {"written": []}

    def words(self, answer: Mapping[str, Any]) -> str:
        return "\n".join(f"Written: {FOLDER}/{name}" for name in answer["written"]) or "Every document is fresh."
