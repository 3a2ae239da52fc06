"""The generated documents say what the code says, and a stale one is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import models
from django.db.models import F, Q
from django.test.utils import isolate_apps

from goldenthread.home import generated
from goldenthread.home.generated import lifecycles, markdown, routes, tables, who_may
from goldenthread.method.access import Is
from goldenthread.method.workflow import Lifecycle, step
from goldenthread.web.page import page


def signed(facts: object) -> str | None:
    return None


LETTER = Lifecycle(
    "letter",
    (
        step("write", "to do", "written", {Is.OWNER}),
        step("correct", "written", "written", {Is.OWNER, Is.AUDITOR}),
        step("send", "written", "sent", {Is.DIRECTOR}, signed),
    ),
)


def test_a_lifecycle_is_drawn_from_its_first_state_to_those_that_nothing_leaves() -> None:
    assert lifecycles.diagram(LETTER).splitlines() == [
        "```mermaid",
        "stateDiagram-v2",
        '    state "to do" as to_do',
        "    [*] --> to_do",
        "    to_do --> written: write",
        "    written --> written: correct",
        "    written --> sent: send",
        "    sent --> [*]",
        "```",
    ]


def test_each_step_is_a_row_with_those_it_is_open_to_and_what_it_needs() -> None:
    assert lifecycles.steps(LETTER).splitlines()[2:] == [
        "| write | to do | written | the person whose task it is |  |",
        "| correct | written | written | the auditor of this file or the person whose task it is |  |",
        "| send | written | sent | the directors | signed |",
    ]


def test_each_act_has_a_mark_under_the_standings_it_is_open_to() -> None:
    row = who_may.standings({"read": frozenset({Is.QUALITY_ASSURANCE, Is.SERVICE_MANAGER})}).splitlines()[-1]
    marks = ("yes" if standing in {Is.QUALITY_ASSURANCE, Is.SERVICE_MANAGER} else "" for standing in Is)
    assert row == f"| read | {' | '.join(marks)} |"


@isolate_apps()
def test_a_table_is_described_with_its_rules() -> None:
    class Visit(models.Model):
        """Somebody sat here.

        And more that is not shown.
        """

        began_on = models.DateField()
        ended_on = models.DateField(null=True)

        class Meta:
            app_label = "people"
            constraints = [
                models.UniqueConstraint(fields=["began_on"], condition=Q(ended_on__isnull=True), name="one_open"),
                models.CheckConstraint(condition=~Q(ended_on__lt=F("began_on")), name="in_order"),
            ]

        def __str__(self) -> str:
            return ""

    assert tables.described(Visit) == [
        "### Visit",
        "Somebody sat here.",
        "| field | kind |  |  |\n"
        "| --- | --- | --- | --- |\n"
        "| `id` | BigAutoField |  | unique |\n"
        "| `began_on` | DateField |  |  |\n"
        "| `ended_on` | DateField | may be absent |  |",
        "- `one_open`: one for each `began_on` where `ended_on is absent`\n"
        "- `in_order`: always `not (ended_on < began_on)`",
    ]


def test_a_route_says_which_page_answers_to_what_and_for_whom() -> None:
    @page(may="anyone", methods=("GET", "POST"))
    def sign_off(request):  # type: ignore[no-untyped-def]
        raise NotImplementedError

    sign_off.__module__ = "goldenthread.act.views"

    assert [routes.name(sign_off), *routes.declared(sign_off)] == ["act: sign_off", "GET, HEAD, POST", "anyone"]


def test_a_route_that_is_not_ours_says_so() -> None:
    assert routes.declared(print) == ["", "django-allauth decides"]


def test_a_bar_or_a_line_break_does_not_break_a_table() -> None:
    assert markdown.line(["a|b", "c\nd"]) == "| a\\|b | c d |"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(generated, "DOCUMENTS", {"one.md": lambda: "One\n", "two.md": lambda: "Two\n"})
    return tmp_path / "generated"


def test_what_was_written_is_fresh(folder: Path) -> None:
    assert generated.written(folder) == ["one.md", "two.md"]
    assert generated.stale(folder) == []


def test_a_document_that_differs_and_one_that_is_absent_are_stale(folder: Path) -> None:
    folder.mkdir()
    (folder / "two.md").write_text("Too\n")

    assert generated.stale(folder) == ["one.md", "two.md"]


def test_a_fresh_document_is_not_written_again(folder: Path) -> None:
    generated.written(folder)
    (folder / "one.md").unlink()

    assert generated.written(folder) == ["one.md"]
