"""`goldenthread demo`: the demonstration council, as files (`--out FOLDER`) or in the database (`--load`)."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.home.demonstration.council import SEED, Council, invent_council
from goldenthread.home.demonstration.workbook import write_annex_a, write_extract, write_people
from goldenthread.home.loading.demonstration import load_demonstration
from goldenthread.method.refusal import Refused
from goldenthread.web import clock
from goldenthread.web.command import AnswerCommand

ANNEX_A = {
    "template": "annex-a-template.xlsx",
    "plain": "annex-a-plain.xlsx",
    "pivot": "annex-a-pivot.xlsx",
    "worksheet-csv": "annex-a-csv",
}
README = """{name}: invented files
{line}

Everything in this folder is invented. There is no {name}; none of its staff exist, and no row is about
a real child. There are no names of children here, nor addresses or postcodes. The files may be copied, shown and
changed without leave.

Made from seed {seed} as it stands on {as_at:%d %B %Y}. The same seed and day give the same files.

annex-a-template.xlsx   Ofsted's Annex A as the published workbook has it
annex-a-plain.xlsx      the same, headers on row 1, codes without letters, references as numbers
annex-a-pivot.xlsx      the same out of a pivot table: totals, ISO dates as text, failed look-ups
annex-a-csv             the same, one CSV for each list
extract.csv             the open children as a case system would list them
people.csv              the staff, and the posts they held over the last two years

Each Annex A holds a few faults on purpose, as real ones do: dates that are none, rows that are nobody's, a child in
List 8 who is not in List 6, repeated rows.
"""


class Command(AnswerCommand):
    help = "An invented council: its files (Annex A, an extract, the staff list), or the whole of it loaded."

    def add_question(self, parser: CommandParser) -> None:
        wanted = parser.add_mutually_exclusive_group(required=True)
        wanted.add_argument("--out", metavar="FOLDER", type=Path, help="write the council's files into this folder")
        wanted.add_argument("--load", action="store_true", help="load the council, with two years of audits")
        parser.add_argument("--seed", metavar="N", type=int, default=SEED, help="another seed, another council")
        parser.add_argument(
            "--as-at", metavar="DATE", type=_day, help="the day, such as 2026-11-23; today if not given"
        )
        parser.add_argument("--scale", metavar="X", type=_scale, default=1.0, help="1 is England's median authority")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        return self._loaded(options) if options["load"] else self._written(options)

    def _loaded(self, options: Mapping[str, Any]) -> Mapping[str, Any]:
        tell = (lambda text: None) if options["json"] else self.stdout.write
        audits = load_demonstration(now=clock.now(), today=clock.today(), seed=options["seed"], tell=tell)
        return {"seed": options["seed"], "audits": audits}

    def _written(self, options: Mapping[str, Any]) -> Mapping[str, Any]:
        folder, as_at = options["out"], options["as_at"] or clock.today()
        council = invent_council(options["seed"], today=as_at, scale=options["scale"])
        try:
            folder.mkdir(parents=True, exist_ok=True)
            files = _write_all(council, folder, as_at)
        except OSError as error:
            raise Refused(f"{error.filename or folder} cannot be written: {error.strerror}.") from error
        return {
            "council": council.name,
            "seed": council.seed,
            "as_at": as_at.isoformat(),
            "folder": str(folder),
            "cases": len(council.open_children()),
            "by_status": dict(Counter(child.status for child in council.open_children())),
            "teams": len(council.leaf_teams),
            "people": len(council.posts_on(as_at)),
            "files": files,
        }

    def words(self, answer: Mapping[str, Any]) -> str:
        if "audits" in answer:
            return f"The demonstration council is loaded, with {answer['audits']} past audits."
        said = [f"{answer['council']} (invented): {answer['cases']:,} open cases in {answer['teams']} teams."]
        said.append(f"Written to {answer['folder']}:")
        return "\n".join(said + [f"  {name}" for name in answer["files"]])


def _write_all(council: Council, folder: Path, as_at: date) -> list[str]:
    for dialect, name in ANNEX_A.items():
        write_annex_a(council, folder / name, as_at=as_at, dialect=dialect)
    write_extract(council, folder / "extract.csv")
    write_people(council, folder / "people.csv")
    title = f"{council.name}: invented files"
    readme = README.format(name=council.name, line="=" * len(title), seed=council.seed, as_at=as_at)
    (folder / "README.txt").write_text(readme, encoding="utf-8", newline="\n")
    return [*ANNEX_A.values(), "extract.csv", "people.csv", "README.txt"]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-11-23") from error


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not 0.05 <= scale <= 20:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0.05 to 20")
    return scale
