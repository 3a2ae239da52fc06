"""`goldenthread estimate SAMPLE.csv --population POP.csv --stratum COL --value COL [--domain COL]`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from goldenthread.method.estimation import Estimate, by_domain, stratified_mean, unread
from goldenthread.method.refusal import Refused
from goldenthread.method.samples import Sample, read_population, read_sample
from goldenthread.web.command import AnswerCommand
from goldenthread.web.wording import listed


class Command(AnswerCommand):
    help = "Say what a stratified random sample makes plausible for all the cases it was drawn from."

    def add_question(self, parser: CommandParser) -> None:
        parser.add_argument("sample", metavar="SAMPLE.csv", type=Path, help="CSV, one row a file that was read")
        parser.add_argument(
            "--population", metavar="POP.csv", type=Path, required=True,
            help="CSV, one row a case, or one row a stratum with a column N",
        )  # fmt: skip
        parser.add_argument("--stratum", metavar="COL", required=True, help="the column of the stratum, in both files")
        parser.add_argument("--value", metavar="COL", required=True, help="the column of a number, or of yes and no")
        parser.add_argument("--domain", metavar="COL", help="a column of the sample: an estimate for each of its names")

    def answer(self, **options: Any) -> Mapping[str, Any]:
        path, population, stratum = options["sample"], options["population"], options["stratum"]
        sizes = read_population(_bytes(population), stratum=stratum, name=population.name)
        sample = read_sample(
            _bytes(path), sizes, stratum=stratum, value=options["value"], domain=options["domain"], name=path.name
        )
        read = Counter(sample.strata)
        return {
            "estimates": [{"domain": domain, **asdict(found)} for domain, found in _estimates(sample, sizes)],
            "level": 0.95,
            "proportion": sample.values.dtype == bool,
            "unread": [{"stratum": of, "N": size} for of, size in unread(sample.strata, sizes).items()],
            "alone": sorted(of for of, count in read.items() if count == 1 < sizes[of]),
        }

    def words(self, answer: Mapping[str, Any]) -> str:
        lines = [_line(found, share=answer["proportion"]) for found in answer["estimates"]]
        if answer["unread"]:
            names = listed([f"{each['stratum']} ({each['N']:,})" for each in answer["unread"]])
            lines.append(f"Nothing is said of {names}: no file of it was read.")
        if answer["alone"]:
            lines.append(
                f"One file alone was read of {listed(answer['alone'])}: how much it varies was taken from the others."
            )
        return "\n".join(lines)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error


def _estimates(sample: Sample, sizes: Mapping[str, int]) -> list[tuple[str | None, Estimate]]:
    if sample.domains is None:
        return [(None, stratified_mean(sample.values, sample.strata, sizes))]
    return list(by_domain(sample.values, sample.strata, sizes, sample.domains).items())


def _line(found: Mapping[str, Any], *, share: bool) -> str:
    def said(number: float) -> str:
        return f"{number:.1%}" if share else f"{number:,.4g}" if abs(number) < 1000 else f"{number:,.0f}"

    name = "All" if found["domain"] is None else found["domain"]
    files = f"{found['n']:,} file{'' if found['n'] == 1 else 's'}"
    begin = f"{name}: {said(found['mean'])}, from {files} for {found['N']:,} cases"
    if found["low"] is None:
        return f"{begin}; too few to say what is plausible for all of them."
    if found["method"] == "census":
        return f"{begin}; every one of them was read."
    return f"{begin}; between {said(found['low'])} and {said(found['high'])} is plausible ({found['method']})."
