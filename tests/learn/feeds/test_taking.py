"""Tables taken away: what is in a file is what is in the database, and nothing that may not leave."""

from __future__ import annotations

import csv
import io
import json
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pyarrow.parquet
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.audit.models import Answer, Audit, Finding, Judgement
from goldenthread.learn.feeds import tables
from goldenthread.learn.feeds.model import PURPOSE, Asked
from goldenthread.learn.feeds.writing import write_table
from goldenthread.learn.pseudonym_key import pseudonym_key, pseudonyms
from goldenthread.learn.services.feeds import asked_by, tables_for, take_tables
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.audit import moderating

pytestmark = pytest.mark.django_db

CANARIES = ("C001", "Ffion", "Carrow", "canarytext", "canaryaction", "Grace")


@pytest.fixture
def told() -> Audit:
    """One audit of C001, with words, a finding, a task, returned."""
    held = make.drawn_session(1, cases=[make.Line("C001")])
    audit = make.answered_audit(make.audit(held), answers={"plan_rationale": "canarytext =1+1"})
    make.finding(audit, "=canarytext", action="canaryaction")
    make.auditing.submit(by=make.auditor_of(audit), opened=make.opened(audit), now=make.NOW)
    make.returned_audit(audit)
    audit.refresh_from_db()
    return audit


def asked(audit: Audit, **more: Any) -> Asked:
    return Asked(audit.authority_id, pseudonyms(audit.authority_id, PURPOSE), **more)


def written(name: str, form: str, of: Asked) -> bytes:
    file = io.BytesIO()
    write_table(tables()[name], of, form, file)
    return file.getvalue()


def parquet(name: str, of: Asked) -> list[dict[str, Any]]:
    return pyarrow.parquet.read_table(io.BytesIO(written(name, "parquet", of))).to_pylist()


def commas(name: str, of: Asked) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(name, "csv", of).decode("utf-8-sig"), newline="")))


def sheet(name: str, of: Asked) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(written(name, "xlsx", of))).worksheets[0].values
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_parquet_holds_what_the_database_holds(told: Audit) -> None:
    [audit] = parquet("audits", asked(told, protected=True))

    assert audit["audit_id"] == told.code
    assert audit["case_reference"] == "C001"
    assert audit["case_key"] == pseudonyms(told.authority_id, PURPOSE).of("C001")
    assert audit["held_on"] == told.session.held_on
    assert audit["submitted_at"] == told.submitted_at
    assert (audit["is_random"], audit["grade"], audit["team"]) == (True, "good", "Duty 2")


def test_every_answer_is_a_row_and_what_was_written_is_protected(told: Audit) -> None:
    rows = parquet("answers", asked(told, protected=True))
    kept = {answer.question: answer.value for answer in Answer.objects.filter(part__audit=told)}

    assert {row["question"]: row["value"] or row["written"] for row in rows} == kept
    assert {row["question"] for row in rows if row["value"]} >= {"plan_grade", "chronology", "life_now"}
    assert [row["number"] for row in rows if row["question"] == "life_now"] == [5.0]
    assert all("written" not in row for row in parquet("answers", asked(told)))


def test_judgements_say_which_stands(told: Audit) -> None:
    rows = parquet("judgements", asked(told))

    assert len(rows) == Judgement.objects.filter(audit=told).count()
    assert all(row["stands"] is True for row in rows)


def test_csv_and_excel_hold_the_same_rows(told: Audit) -> None:
    [mine], [theirs] = commas("findings", asked(told, protected=True)), sheet("findings", asked(told, protected=True))
    finding = Finding.objects.get()

    assert (mine["finding_id"], mine["has_action"], mine["finding"]) == (finding.code, "true", "'=canarytext")
    assert (theirs["finding_id"], theirs["has_action"], theirs["finding"]) == (finding.code, True, "=canarytext")
    assert mine["saved_at"] == f"{finding.saved_at:%Y-%m-%dT%H:%M:%SZ}"
    assert theirs["saved_at"] == finding.saved_at.replace(tzinfo=None)


def test_no_cell_of_a_workbook_is_a_formula(told: Audit) -> None:
    data = written("findings", "xlsx", asked(told, protected=True))
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows() for cell in row]

    assert "=canarytext" in [cell.value for cell in cells]
    assert [cell for cell in cells if cell.data_type == "f"] == []


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx"])
def test_a_default_export_names_no_case_no_worker_and_has_nobodys_words(told: Audit, form: str) -> None:
    for name in tables():
        found = {"parquet": parquet, "csv": commas, "xlsx": sheet}[form](name, asked(told))
        text = json.dumps(found, default=str)
        assert [canary for canary in CANARIES if canary in text] == [], name


def test_every_table_takes_as_many_statements_for_three_rows_as_for_one(told: Audit) -> None:
    def statements() -> dict[str, int]:
        found = {}
        for name in tables():
            with CaptureQueriesContext(
                connection,
            ) as sent:
                written(name, "csv", asked(told))
            found[name] = len(sent)
        return found

    few = statements()
    for weeks in (1, 2):
        held = make.session(held_on=make.DAY + timedelta(weeks=weeks))
        make.submitted_audit(make.audit(make.drawn_session(1, of=held, cases=[make.Line(f"W{weeks}")])))

    assert statements() == few
    assert {name for name, count in few.items() if count > 2} == set()


def test_since_gives_only_what_is_dated_from_then_on(told: Audit) -> None:
    day = told.session.held_on

    assert len(parquet("audits", asked(told, since=day))) == 1
    assert parquet("audits", asked(told, since=day + timedelta(days=1))) == []
    assert parquet("answers", asked(told, since=make.DAY + timedelta(days=1))) == []
    assert len(parquet("answers", asked(told, since=make.DAY))) > 0


def test_who_grades_a_file_blind_takes_nothing_of_it_away() -> None:
    audit = moderating.audit()
    blind = moderating.allotted(audit, moderating.who_reads_everything())

    assert parquet("audits", asked_by(blind)) == []
    assert parquet("judgements", asked_by(blind)) == []
    assert parquet("answers", asked_by(blind)) == []
    assert len(parquet("audits", asked_by(make.council().maya))) == 1


# --- who may, and what is recorded ---------------------------------------------------------------------------


def take(by: Person, **how: Any) -> io.BytesIO:
    file = io.BytesIO()
    take_tables(by=by, file=file, now=make.NOW, **({"names": ["audits"], "form": "csv"} | how))
    return file


def test_a_download_is_on_the_trail_with_what_and_how_much(told: Audit) -> None:
    take(make.council().maya)
    event = Event.objects.latest("seq")

    assert (event.verb, event.by_name) == ("downloaded data", "Maya Holt")
    assert event.now == {"tables": {"audits": 1}, "format": "csv", "protected": False, "since": None}


def test_a_director_takes_what_she_may_see_and_no_draws(told: Audit) -> None:
    names = {table.name for table in tables_for(make.council().helena)}

    assert "audits" in names
    assert names.isdisjoint({"draws", "drawn_cases"})
    assert tables_for(make.council().rafiq) == []


@pytest.mark.parametrize(
    ("who", "how", "why"),
    [
        ("rafiq", {}, "not yours to take away"),
        ("helena", {"names": ["draws"]}, "not yours to take away"),
        ("maya", {"names": ["nonsense"]}, "not yours to take away"),
        ("helena", {"protected": True, "because": "For the board"}, "Quality Assurance Unit only"),
        ("maya", {"protected": True, "because": " "}, "Say why"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(told: Audit, who: str, how: dict[str, Any], why: str) -> None:
    events = Event.objects.count()
    with pytest.raises(Refused, match=why):
        take(getattr(make.council(), who), **how)

    assert Event.objects.count() == events


def test_protected_columns_come_to_the_unit_for_a_reason_on_record(told: Audit) -> None:
    file = take(make.council().maya, protected=True, because="Matching to the case system")

    assert "C001" in file.getvalue().decode()
    assert Event.objects.latest("seq").because == "Matching to the case system"


def test_several_tables_come_in_one_zip_with_their_dictionary(told: Audit) -> None:
    file = take(make.council().maya, names=["audits", "tasks"], form="parquet")

    with ZipFile(file) as archive:
        assert sorted(archive.namelist()) == ["audits.parquet", "dictionary.csv", "tasks.parquet"]
        described = list(csv.DictReader(io.StringIO(archive.read("dictionary.csv").decode("utf-8-sig"), newline="")))
        columns = pyarrow.parquet.read_table(io.BytesIO(archive.read("tasks.parquet"))).column_names
    assert [row["column"] for row in described if row["table"] == "tasks"] == columns


# --- the command ----------------------------------------------------------------------------------------------


def export(to: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    call_command("export", "--json", "--to", str(to), *options)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_command_writes_each_table_and_the_dictionary(
    told: Audit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = export(tmp_path / "out", "--tables", "audits,tasks", capsys=capsys)

    assert said["tables"] == {"audits": 1, "tasks": 1}
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "audits.parquet", "dictionary.csv", "tasks.parquet",
    ]  # fmt: skip
    assert stat.S_IMODE((tmp_path / "out" / "audits.parquet").stat().st_mode) == 0o600
    assert Event.objects.latest("seq").verb == "exported data"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--tables", "nonsense"], "There is no table “nonsense”."),
        (["--authority", "Atlantis"], "There is no council “Atlantis” here."),
        (["--protected", "because"], "Say why the protected columns are needed"),
    ],
)
def test_the_command_refuses_in_a_sentence(
    told: Audit, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], why: str
) -> None:
    with pytest.raises(SystemExit) as left:
        call_command("export", "--to", str(tmp_path / "out"), *options)

    assert left.value.code == 1
    assert why in capsys.readouterr().err


def test_the_key_is_made_once_and_its_owners_only(tmp_path: Path) -> None:
    kept = tmp_path / "data" / "pseudonym-key"
    made = pseudonym_key(kept)

    assert pseudonym_key(kept) == made
    assert len(made) == 32
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [file.name for file in kept.parent.iterdir()] == ["pseudonym-key"]
