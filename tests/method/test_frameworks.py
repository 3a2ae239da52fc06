"""Every framework that comes with the product, in one conformance test: adding the file is the whole change."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.framework.template_files import SHIPPED, rows_in
from goldenthread.method.framework import Framework, parse_framework
from goldenthread.method.framework_words import framework_words
from goldenthread.method.template import Template, read_template

FILES = sorted(SHIPPED.parent.glob("*.toml"))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    file: Path = request.param
    return file


@pytest.fixture
def framework(path: Path) -> Framework:
    return parse_framework(path.read_text(encoding="utf-8"), path.name)


def template(key: str) -> Template:
    return read_template(*rows_in(SHIPPED / key), name=key)


def test_there_are_two_that_work_differently() -> None:
    assert {path.stem for path in FILES} >= {"knowsley_2009", "wexmoor_2026"}


def test_its_key_is_its_files_name(path: Path, framework: Framework) -> None:
    assert framework.key == path.stem


def test_it_reads_back_in_plain_words(framework: Framework) -> None:
    assert framework_words(framework).startswith(framework.title)


def test_its_case_files_template_grades_on_its_own_scale(framework: Framework) -> None:
    graded = template(framework.templates["case_file"])

    for question in graded.questions.values():
        if question.kind == "graded":
            assert [choice.name for choice in question.choices] == [grade.key for grade in framework.grades]


def test_its_template_links_to_its_own_outcomes(framework: Framework) -> None:
    linked = template(framework.templates["case_file"])

    assert {each.name for each in linked.outcomes} == {outcome.key for outcome in framework.outcomes}


def test_the_grade_that_is_good_enough_is_on_its_scale(framework: Framework) -> None:
    assert framework.grade(framework.grading.good_from)
