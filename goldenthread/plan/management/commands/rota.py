"""`goldenthread rota PROBLEM.json [--seconds N]`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.method.refusal import Refused
from goldenthread.method.rota import Problem, parse_problem, solve
from goldenthread.web.command import AnswerCommand, whole

PROVEN = {
    "optimal": "No rota is better: this is proven.",
    "feasible": "Time ran out before it was proven that no rota is better; give it more with --seconds.",
}


class Command(AnswerCommand):
    help = "Plan who sits in which seat of which session, round absences and as evenly as can be."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument(
            "problem", metavar="PROBLEM.json", type=Path, help="people, groups, sessions, and who sits already"
        )
        parser.add_argument(
            "--seconds",
            metavar="N",
            type=whole,
            default=60,
            help="for as long to look for a better one; 60 if not said",
        )

    def answer(self, **options: Any) -> Mapping[str, Any]:
        self.asked = parse_problem(read_json(options["problem"]))
        rota = solve(self.asked, seconds=options["seconds"])
        return dataclasses.asdict(rota) | {
            "seats": [seat._asdict() for seat in rota.seats],
            "moved": [seat._asdict() for seat in rota.moved],
        }

    def words(self, answer: Mapping[str, Any]) -> str:
        return "\n\n".join(filter(None, [*_sessions(self.asked, answer), _loads(self.asked, answer), _end(answer)]))


def _sessions(problem: Problem, answer: Mapping[str, Any]) -> list[str]:
    """Each session with who sits in which seat, and what to know of its empty ones."""
    people = {person.id: str(person) for person in problem.people}
    groups = {group.id: group for group in problem.groups}
    paragraphs = []
    for session in sorted(problem.sessions, key=lambda session: (session.date, session.id)):
        group = groups[session.group]
        lines = [f"{session.date:%d/%m/%Y}  {session.name or group}"]
        for post, number in group.seats.items():
            here = [seat for seat in answer["seats"] if (seat["session"], seat["post"]) == (session.id, post)]
            empty = ["(empty)"] * (number - len(here))
            lines.append(f"  {_post(problem, post)}: {', '.join([people[seat['person']] for seat in here] + empty)}")
        for unfilled in answer["unfilled"]:
            if unfilled["session"] == session.id:
                lines.append(f"  {unfilled['why']} {unfilled['fix']}")
        paragraphs.append("\n".join(lines))
    return paragraphs


def _post(problem: Problem, post: str) -> str:
    return problem.post_names.get(post) or post.replace("_", " ")


def _loads(problem: Problem, answer: Mapping[str, Any]) -> str:
    width = max((len(str(person)) for person in problem.people), default=0)
    lines = [
        f"  {person!s:{width}}  {answer['load'][person.id]:3} of {answer['fair'][person.id]:.1f}"
        for person in problem.people
    ]
    return "\n".join(["Seats of each person, of a fair share:", *lines]) if lines else ""


def _end(answer: Mapping[str, Any]) -> str:
    parts = answer["parts"]
    figures = f"{len(answer['seats'])} seats filled, {parts['unfilled']} empty, {parts['moved']} moved"
    return f"{figures}, {parts['twice']} twice running in a group. {PROVEN[answer['status']]}"


def read_json(path: Path) -> object:
    """A JSON file's document. Refused, in words: a file that cannot be read, and one that is not JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path} is not text in UTF-8.") from error
    except json.JSONDecodeError as error:
        raise Refused(f"{path} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except ValueError as error:
        raise Refused(f"{path} holds a number too long to read.") from error
    except RecursionError as error:
        raise Refused(f"{path} is not a rota's problem: it is nested too deeply.") from error
