"""A section that asks in every way there is: shown, sent with and without script, worked out, shown again."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from goldenthread.audit.models import Answer, Audit
from goldenthread.framework.services import adopt_template
from goldenthread.framework.template_files import SHIPPED, rows_in
from goldenthread.method.template import template_source
from tests import make
from tests.browsing import signed_in, words

pytestmark = pytest.mark.django_db

AGENCIES = (("health", "Health"), ("police", "The police"), ("school", "School"))
MORE = [
    {"type": "begin_group", "name": "more", "label": "More ways to ask"},
    {"type": "begin_group", "name": "visits", "label": "About the visits", "hint": "From the day of the referral."},
    {"type": "integer", "name": "planned", "label": "How many were planned?"},
    {"type": "integer", "name": "made", "label": "How many were made?", "constraint": ". >= 0",
     "constraint_message": "Expected 0 or more."},
    {"type": "decimal", "name": "hours", "label": "How many hours in all?"},
    {"type": "calculate", "name": "share", "label": "Share of visits made", "calculation":
     "concat(round(100 * ${made} div ${planned}), ' per cent')", "relevant": "${planned} > 0"},
    {"type": "end_group"},
    {"type": "select_one agencies", "name": "first_to_know", "label": "Who knew first?"},
    {"type": "select_multiple agencies", "name": "told", "label": "Who was told?"},
    {"type": "text", "name": "why_not_school", "label": "Why was the school not told?",
     "relevant": "count-selected(${told}) > 0 and not(selected(${told}, 'school'))"},
    {"type": "select_one grades", "name": "more_grade", "label": "How good is this?", "role": "section_grade"},
    {"type": "text", "name": "more_why", "label": "Why this grade for it?", "role": "section_rationale"},
    {"type": "end_group"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def audit() -> Audit:
    rows = rows_in(SHIPPED / "case_file")
    choices = [{"list_name": "agencies", "name": name, "label": label} for name, label in AGENCIES]
    source = template_source([*rows.survey, *MORE], [*rows.choices, *choices], [{**rows.settings[0], "version": "2"}])
    adopt_template(by=make.council().maya, source=source, now=make.NOW)
    made = make.audit()
    assert "told" in made.template.parsed.questions
    return made


@pytest.fixture
def client(audit: Audit) -> Client:
    return signed_in(make.auditor_of(audit))


def page(audit: Audit, name: str = "sections/more/") -> str:
    return f"/audit/{audit.code}/{name}"


def kept(audit: Audit) -> dict[str, str]:
    return dict(Answer.objects.filter(part__audit=audit).values_list("question", "value"))


def sent(client: Client, audit: Audit, **answers: object) -> HttpResponse:
    """The page as it is shown again, once these answers are sent."""
    response = client.post(page(audit), {f"q-{name}": value for name, value in answers.items()})
    assert response.status_code == 302, words(response)
    return client.get(page(audit))


def test_every_way_to_ask_is_on_the_page(client, audit):
    shown = words(client.get(page(audit)))
    asked = ["About the visits", "From the day of the referral.", "How many were planned?", "Who was told?", "School"]
    assert [one for one in asked if one not in shown] == []
    assert "Share of visits made" not in shown


def test_a_form_without_script_keeps_numbers_a_choice_and_all_boxes_ticked(client, audit):
    again = sent(
        client, audit, planned="010", made="7", hours="3.50", first_to_know="police", told=["", "police", "health"]
    )
    assert kept(audit) == {
        "planned": "10", "made": "7", "hours": "3.5", "first_to_know": "police", "told": "health police",
    }  # fmt: skip
    assert again.content.count(b" checked") == 3
    assert "70 per cent" in words(again)
    assert "Why was the school not told?" in words(again)


def test_no_box_ticked_makes_the_answer_blank_again(client, audit):
    sent(client, audit, told=["", "police"])
    client.post(page(audit), {"q-told": "", "seen-told": "1"})
    assert kept(audit) == {"told": ""}


def test_the_pages_script_sends_the_boxes_as_one_text(client, audit):
    answer = client.post(page(audit, "save/"), {"q-told": "school health", "seen-told": "0"})
    assert [one["question"] for one in json.loads(answer.content)["saved"]] == ["told"]
    assert kept(audit) == {"told": "health school"}


def test_after_a_fault_everything_is_still_as_it_was_typed(client, audit):
    response = client.post(page(audit), {"q-made": "-1", "q-hours": "long", "q-told": ["", "health", "school"]})
    assert response.status_code == 400
    assert "How many were made? “-1” cannot be kept. Expected 0 or more." in words(response)
    assert "How many hours in all? “long” is not a number we can keep; expected digits with a point" in words(response)
    assert response.content.count(b" checked") == 2
    assert b'value="long"' in response.content
    assert kept(audit) == {}


def test_what_is_worked_out_cannot_be_sent(client, audit):
    response = client.post(page(audit), {"q-planned": "1", "q-share": "100 per cent"})
    assert response.status_code == 400
    assert kept(audit) == {}


def test_answers_of_every_kind_are_read_in_words(client, audit):
    sent(client, audit, planned="4", made="1", told=["", "police", "health"])
    read = words(client.get(page(audit, "read/")))
    assert "Health; The police" in read
    assert "25 per cent" in read
