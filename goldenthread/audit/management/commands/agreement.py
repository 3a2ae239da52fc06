"""`goldenthread agreement RATINGS.csv --scale A,B,C,D`: how far two graders agree, beyond chance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.method.agreement import agreement
from goldenthread.method.ratings import read_ratings, read_scale
from goldenthread.method.refusal import Refused
from goldenthread.web.command import AnswerCommand


class Command(AnswerCommand):
    help = "Compare the grades that two graders gave the same items."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("ratings", metavar="RATINGS.csv", type=Path, help="CSV with the columns item,first,second")
        parser.add_argument("--scale", metavar="A,B,C,D", required=True, help="the grades in their order")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        path, scale = options["ratings"], read_scale(options["scale"])
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Refused(f"{path} cannot be read: {error.strerror}.") from error
        return agreement(read_ratings(data, scale, name=path.name), scale).as_json()

    def words(self, answer: Mapping[str, Any]) -> str:
        between = answer["intervals"]
        lines = [f"{answer['pairs']:,} pairs, graded on the scale {', '.join(answer['scale'])}"]
        for name, words in (("exact", "The same grade"), ("adjacent", "The same or the next grade")):
            low, high = between[name]
            lines.append(f"{words}: {answer[name]:.0%} (between {low:.0%} and {high:.0%} is plausible)")
        low, high = between["shift_mean"]
        lines.append(
            f"Mean shift of the second along the scale: {answer['shift_mean']:+.2f} ({low:+.2f} to {high:+.2f})"
        )
        for name, words in (("kappa_linear", "Weighted kappa"), ("gwet_ac2", "Gwet's AC2")):
            if answer[name] is None:
                lines.append(f"{words}: none, since both gave one grade throughout")
            else:
                low, high = between[name]
                lines.append(f"{words}, linear weights: {answer[name]:.3f} ({low:.3f} to {high:.3f})")
        return "\n".join(lines)
