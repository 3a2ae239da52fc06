"""`goldenthread framework check FILE`: a council's framework in plain words, or each fault with its line and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.method.framework import parse_framework
from goldenthread.method.framework_words import framework_words, implied
from goldenthread.method.refusal import Refused
from goldenthread.web.command import AnswerCommand

LARGEST = 1024 * 1024  # bytes; a framework is a few pages of text


class Command(AnswerCommand):
    help = "Check a council's framework file and say it in plain words."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["check"], help="what to do with the file")
        parser.add_argument("file", metavar="FILE", help="a framework, such as frameworks/knowsley_2009.toml")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        file = Path(options["file"])
        framework = parse_framework(text_of(file), file.name)
        return {
            "file": file.name,
            "framework": as_data(framework),
            "implied": asdict(implied(framework)),
            "words": framework_words(framework),
        }

    def words(self, answer: Mapping[str, Any]) -> str:
        return str(answer["words"])


def text_of(file: Path) -> str:
    """The text of a framework file; `Refused` says in one sentence why there is none."""
    try:
        with file.open("rb") as opened:
            read = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise Refused(f"{file}: there is no such file.") from None
    except IsADirectoryError:
        raise Refused(f"{file}: this is a folder, a framework file (.toml) is expected.") from None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "the name cannot be used"
        raise Refused(f"{file}: this cannot be opened ({reason}).") from None
    if len(read) > LARGEST:
        raise Refused(f"{file}: this is larger than 1 MB, a framework file of a few pages is expected.")
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = read.count(b"\n", 0, fault.start) + 1
        raise Refused(f"{file}, line {line}: this is not UTF-8 text, a framework file (.toml) is expected.") from None


def as_data(value: Any) -> Any:
    """Values of the framework as JSON has them: tables as objects, lists as arrays."""
    if is_dataclass(value):
        return {field.name: as_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: as_data(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [as_data(entry) for entry in value]
    return value
