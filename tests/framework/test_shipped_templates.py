"""The templates that come with the product: whole, small, plain, and each named by the framework for something."""

from __future__ import annotations

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.framework.focusing import with_focus
from goldenthread.framework.showing import shipped_framework, shipped_keys, shipped_source
from goldenthread.framework.template_files import SHIPPED, shipped_template, to_workbook, workbook_rows
from goldenthread.method.framework import parse_framework
from goldenthread.method.template import Template, template_from_source, template_source

KNOWSLEY = parse_framework(shipped_framework())
AUDITS = sorted(set(KNOWSLEY.templates.values()))
PARTS = sorted(part.template for part in KNOWSLEY.parts)


def asked(template: Template) -> int:
    return sum(1 for question in template.questions.values() if question.answerable)


def test_the_framework_names_a_shipped_template_for_every_kind_and_every_part() -> None:
    assert {kind.key for kind in KNOWSLEY.kinds} == set(KNOWSLEY.templates)
    assert sorted(shipped_keys(KNOWSLEY)) == sorted([*AUDITS, *PARTS])


def test_each_is_for_what_the_framework_names_it() -> None:
    assert {shipped_template(key).instrument for key in AUDITS} == {"audit"}
    assert {shipped_template(key).instrument for key in PARTS} == {"part"}


def test_each_is_small() -> None:
    most = {"supervision_file": 30, "closure_transfer": 30, "carer_file": 30, "dip_sample": 10}
    most |= dict.fromkeys(PARTS, 10)
    assert {key: asked(shipped_template(key)) for key in most if asked(shipped_template(key)) > most[key]} == {}


def test_a_dip_sample_is_ten_questions() -> None:
    assert asked(shipped_template("dip_sample")) == 10


@pytest.mark.parametrize("key", AUDITS)
def test_its_grades_are_those_of_the_framework(key: str) -> None:
    graded = [each for each in shipped_template(key).questions.values() if each.kind == "graded"]

    assert {tuple(choice.name for choice in question.choices) for question in graded} == {
        tuple(grade.key for grade in KNOWSLEY.grades)
    }


@pytest.mark.parametrize("key", AUDITS)
def test_what_is_asked_of_a_file_says_what_good_looks_like(key: str) -> None:
    silent = [
        question.name
        for question in shipped_template(key).questions.values()
        if question.answerable and question.kind != "scaling" and not question.guidance and not question.hint
    ]
    assert silent == []


@pytest.mark.parametrize("key", [*AUDITS, *PARTS])
def test_its_names_are_plain_and_its_rows_whole(key: str) -> None:
    with (SHIPPED / key / "survey.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["name"] for row in rows if row["name"] and not re.fullmatch(r"[a-z][a-z0-9_]*", row["name"])] == []
    assert [row for row in rows if "  " in row["label"] or row["label"] != row["label"].strip()] == []


def test_the_familys_part_asks_for_no_name() -> None:
    family = shipped_template("family")

    assert "never a name" in family.sections[0].hint
    assert {choice.name for choice in family.questions["spoken_to"].choices} >= {"child", "mother", "father", "nobody"}


# --- a focus composed into each -----------------------------------------------------------------------------


@pytest.mark.parametrize("key", AUDITS)
def test_a_focus_is_composed_into_it_and_the_workbook_of_both_reads_back(key: str) -> None:
    source = with_focus(shipped_source(key), "Domestic abuse", ["Was fear named?", "Was he seen?"])

    template = template_from_source(source)

    assert [question.role for question in next(s for s in template.sections if s.name == "focus").questions] == [
        "", "", "section_grade", "section_rationale",
    ]  # fmt: skip
    assert template_source(*workbook_rows("both.xlsx", to_workbook(source))) == source


def test_a_name_the_template_has_already_is_passed_over() -> None:
    source = with_focus(shipped_source("dip_sample"), "Neglect", ["First?"])

    twice = template_from_source(with_focus(source, "Visits", ["Second?"]))

    assert [section.name for section in twice.sections] == ["focus", "focus_2", "sample"]


@given(
    title=st.text(max_size=200).filter(str.strip),
    questions=st.lists(st.text(max_size=300).filter(str.strip), min_size=1, max_size=20),
)
def test_whatever_is_asked_the_template_stays_whole(title: str, questions: list[str]) -> None:
    template = template_from_source(with_focus(shipped_source("dip_sample"), title, questions))

    assert asked(template) == 10 + len(questions) + 2
