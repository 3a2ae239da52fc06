"""The statement of a quarter's inspections: as it would be signed, with its gaps; as it was signed, with its hash."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from goldenthread.audit.models import Statement
from goldenthread.learn.rendering.model import Report, plain
from goldenthread.learn.rendering.pdf import as_pdf
from goldenthread.learn.rendering.word import as_word
from goldenthread.learn.reports import inspection_statement as report
from goldenthread.learn.subjects import Subject
from goldenthread.method.refusal import Refused
from tests import make
from tests.audit import inspecting
from tests.learn.opened_documents import tags_of_pdf, words_of_pdf, words_of_word

pytestmark = pytest.mark.django_db


def quarter(key: str = "2026-10-01") -> Subject:
    found = report.subject(make.council().authority, key)
    assert found is not None
    return found


def composed(today: date = make.DAY) -> Report:
    return report.compose(report.figures(quarter(), today), {})


def text_of(made: Report) -> str:
    return json.dumps(plain(made), ensure_ascii=False)


@pytest.mark.parametrize("inspected", [1, 3])
def test_what_was_inspected_and_what_is_missing_is_counted(
    inspected: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notes = inspecting.shared_out()
    for one in notes[:inspected]:
        inspecting.inspected(one)
    of = quarter()

    with django_assert_num_queries(5):
        found = report.figures(of, make.DAY)

    assert sum(line.notes_inspected for line in found.lines) == inspected
    assert sum(line.allotted for line in found.lines) == len(notes)
    assert all("No case file yet" in line.gaps for line in found.lines)
    assert found.signed is None
    assert found.without_gap == 0


def test_each_gap_is_said_plainly() -> None:
    inspecting.shared_out()
    made = text_of(composed())

    assert "It is not signed. The quarter has not ended." in made
    assert "No case file yet; No supervision notes yet" in made
    assert make.council().nadia.name in made


def test_a_signed_statement_stands_as_it_was_signed_with_its_hash(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    notes = inspecting.shared_out()
    inspecting.inspected(notes[0])
    signed = inspecting.signed_statement()
    of = quarter()

    with django_assert_num_queries(2):
        found = report.figures(of, date(2027, 1, 6))

    made = text_of(report.compose(found, {}))
    assert found.signed is not None
    assert (found.signed.sha256, found.signed.holds) == (signed.sha256, True)
    assert f"Signed by {make.council().helena.name}, " in made
    assert signed.sha256[:8] in made
    assert [line.name for line in found.lines] == [line["name"] for line in signed.content["lines"]]


def test_a_statement_that_was_changed_since_is_said_to_be() -> None:
    inspecting.shared_out()
    signed = inspecting.signed_statement()
    found = report.figures(quarter(), date(2027, 1, 6))
    assert found.signed is not None
    kept = Statement(content=signed.content | {"managers": 99}, sha256=signed.sha256)

    assert found.signed.holds
    assert inspecting.inspecting.digest_of(kept.content) != kept.sha256


def test_a_quarter_that_has_not_begun_is_refused_in_a_sentence() -> None:
    with pytest.raises(
        Refused, match=r"^January to March 2027 has not begun, so there is nothing to state of it yet\."
    ):
        report.figures(quarter("2027-01-01"), make.DAY)


@pytest.mark.parametrize("key", ["", "2026-10-02", "tomorrow", "2026-11-01"])
def test_a_day_on_which_no_quarter_begins_is_no_subject(key: str) -> None:
    assert report.subject(make.council().authority, key) is None


def test_the_quarter_that_runs_and_the_three_before_it_are_offered() -> None:
    offered = report.subjects(make.council().authority, make.DAY)

    assert [(one.key, one.note) for one in offered] == [
        ("2026-10-01", "not signed yet"), ("2026-07-01", "not signed yet"), ("2026-04-01", "not signed yet"),
        ("2026-01-01", "not signed yet"),
    ]  # fmt: skip


def test_it_is_read_by_directors_and_the_unit() -> None:
    here, of = make.council(), quarter()

    assert report.may(here.helena, of)
    assert report.may(here.maya, of)
    assert not report.may(here.rafiq, of)
    assert not report.may(here.bridget, of)


def test_its_documents_open_again_with_header_cells() -> None:
    notes = inspecting.shared_out()
    inspecting.inspected(notes[0])
    made = composed()

    pdf, word = as_pdf(made), as_word(made)

    tags = tags_of_pdf(pdf)
    assert tags["H1"] == 1
    assert tags["Table"] == 2
    assert tags["TH"] == 9
    for text in (words_of_pdf(pdf), words_of_word(word)):
        assert (
            notes[0].case.draw.draw_id in text.replace(" ", "").replace("\n", "") or notes[0].case.draw.draw_id in text
        )
