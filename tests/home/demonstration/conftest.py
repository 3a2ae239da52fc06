"""The demonstration council of one day, invented once for all of these tests."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from goldenthread.home.demonstration.council import Council, invent_council
from goldenthread.home.demonstration.history import PastAudit, past_audits
from goldenthread.method.template import Template, read_template

TODAY = date(2026, 11, 23)
CASE_FILE = Path(__file__).parents[3] / "frameworks" / "templates" / "case_file"


@pytest.fixture(scope="session")
def council() -> Council:
    return invent_council(today=TODAY)


@pytest.fixture(scope="session")
def template() -> Template:
    sheets = []
    for name in ("survey", "choices", "settings"):
        with (CASE_FILE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            sheets.append(list(csv.DictReader(file)))
    return read_template(*sheets)


@pytest.fixture(scope="session")
def audits(council: Council, template: Template) -> tuple[PastAudit, ...]:
    return past_audits(council, template, TODAY)
