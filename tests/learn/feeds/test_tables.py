"""Every table of the feed keeps the same promises, read from the tables themselves."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from django.db.models import TextField

from goldenthread.learn.feeds import dictionary, tables
from goldenthread.learn.feeds.model import CLASSES, KINDS, OPEN, Column, Table
from goldenthread.method.access import MAY

TABLES = list(tables().values())
COLUMNS = [(table, column) for table in TABLES for column in table.columns]
NAMES = {"name", "username", "email", "staff_number", "worker_name", "reviewer_name"}  # of people
OF_NO_PERSON = {"people.Team.name", "people.Agency.name", "plan.Group.name"}
IDS = [f"{table.name}.{column.name}" for table, column in COLUMNS]


def test_the_tables_are_these() -> None:
    assert list(tables()) == [
        "answers", "attendance", "audits", "briefing_sessions", "briefings", "caseload", "concerns", "coverage",
        "drawn_cases", "draws", "editions", "findings", "grades", "inspections", "judgements", "moderations",
        "questions", "reaudits", "returns", "seats", "sessions", "sign_offs", "task_checks", "task_extensions",
        "tasks", "teams", "themes",
    ]  # fmt: skip


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_a_column_is_described(table: Table, column: Column) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
    assert column.kind in KINDS
    assert column.protection in CLASSES
    assert column.meaning.endswith(".")
    assert dictionary.source_of(table, column)


@pytest.mark.parametrize("table", TABLES, ids=list(tables()))
def test_a_table_has_each_column_once_an_id_and_an_act_that_opens_it(table: Table) -> None:
    names = [column.name for column in table.columns]

    assert len(names) == len(set(names))
    assert any(column.kind in ("key", "id") for column in table.columns)
    assert table.may in MAY
    assert table.about.endswith(".")


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_what_people_wrote_names_and_references_are_protected(table: Table, column: Column) -> None:
    if table.rows or column.protection not in OPEN or column.make:
        return
    for path in column.paths:
        if path not in table.worked_out:
            field = dictionary.field_of(table.model, path)
            source = f"{field.model._meta.app_label}.{field.model.__name__}.{field.name}"
            assert field.name != "ref"
            assert field.name not in NAMES or source in OF_NO_PERSON
            assert not isinstance(field, TextField) or source == "learn.Briefing.message"


def test_a_field_that_is_given_as_it_is_has_one_class_in_every_table() -> None:
    classes = defaultdict(set)
    for table, column in COLUMNS:
        if not table.rows and not column.make and len(column.paths) == 1 and column.paths[0] not in table.worked_out:
            field = dictionary.field_of(table.model, column.paths[0])
            if field.name not in ("code", "id", "key"):
                classes[f"{field.model.__name__}.{field.name}"].add(column.protection)
    several = {name: found for name, found in classes.items() if len(found & set(OPEN)) and len(found - set(OPEN))}

    assert several == {}
