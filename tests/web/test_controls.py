"""Every kind of field as its component; every line of the error summary leads to the input that mends it."""

from __future__ import annotations

from typing import Any

import html5lib
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldenthread.web.controls import control, faults_of
from goldenthread.web.forms import Form
from tests.web.catalogue import EveryField

pytestmark = pytest.mark.urls("tests.web.catalogue")

NOTHING = {"held_on-day": "", "held_on-month": "", "held_on-year": ""}


def parsed(html: str | bytes) -> Any:
    return html5lib.parse(html, namespaceHTMLElements=False)


def first(root: Any, tag: str, **attributes: str) -> Any:
    """The first such element with these attributes; `class_` asks for one class among others."""
    wanted = {name.rstrip("_"): value for name, value in attributes.items()}
    return next(e for e in root.iter(tag) if all(value in e.get(name, "").split() for name, value in wanted.items()))


def test_every_line_of_the_error_summary_leads_to_an_input() -> None:
    page = parsed(Client().post("/catalogue/", NOTHING).content)
    links = [a.get("href") for a in first(page, "div", class_="govuk-error-summary").iter("a")]
    inputs = {"#" + each.get("id", "") for tag in ("input", "select", "textarea") for each in page.iter(tag)}

    assert links == [
        "#reference", "#reason", "#held_on-day", "#score", "#grade", "#themes", "#team", "#file", "#witnessed",
    ]  # fmt: skip
    assert set(links) <= inputs


def test_the_error_summary_links_to_the_faulty_box_of_a_day() -> None:
    form = EveryField({"held_on-day": "3", "held_on-month": "13", "held_on-year": "2026"})

    assert list(faults_of(form))[2] == {
        "text": "Date of the session: “3 13 2026” is not a real date. Give one, for example 31 3 2026.",
        "href": "#held_on-month",
    }


def test_the_sentence_names_the_field_the_value_and_what_was_expected() -> None:
    form = EveryField({"reference": "x" * 21, "score": "11", "grade": "z"})
    said = {name: form.errors[name][0] for name in ("reference", "score", "grade", "witnessed")}

    assert said == {
        "reference": "Case reference: 21 characters are too many. Give at most 20.",
        "score": "Score: 11 is too much. Give 10 or less.",
        "grade": "Overall grade: “z” is not one of the answers. Choose one of those listed.",
        "witnessed": "The dice were witnessed: nothing was given. Tick the box to go on.",
    }


def test_what_is_no_number_is_told_so() -> None:
    assert EveryField({"score": "many"}).errors["score"] == [
        "Score: what was given cannot be read. Give a whole number."
    ]


def test_a_sentence_written_for_its_field_is_left_alone() -> None:
    class Own(Form):
        reason = forms.CharField(label="100 % of it", max_length=1, error_messages={"required": "Say why."})

    assert [Own({}).errors["reason"], Own({"reason": "ab"}).errors["reason"]] == [
        ["Say why."],
        ["100 % of it: 2 characters are too many. Give at most 1."],
    ]


def test_the_form_keeps_what_was_typed() -> None:
    typed = {"reference": "10457", "reason": "A <b>reason</b>", "held_on-day": "31", "held_on-month": "2",
             "held_on-year": "2026", "score": "0", "grade": "g", "themes": ["v"], "team": "d2"}  # fmt: skip
    page = parsed(Client().post("/catalogue/", typed).content)

    values = {i.get("id"): i.get("value") for i in page.iter("input") if i.get("type") == "text"}
    assert values["reference"] == "10457"
    assert values["score"] == "0"
    assert [values[f"held_on-{part}"] for part in ("day", "month", "year")] == ["31", "2", "2026"]
    assert first(page, "textarea", id="reason").text.strip() == "A <b>reason</b>"
    assert [i.get("value") for i in page.iter("input") if i.get("checked") is not None] == ["g", "v"]
    assert [o.get("value") for o in page.iter("option") if o.get("selected") is not None] == ["d2"]


def test_a_field_at_fault_is_described_by_its_hint_and_its_error() -> None:
    box = first(parsed(control(EveryField({})["reference"])), "input", id="reference")

    assert box.get("aria-describedby") == "reference-hint reference-error"


def test_an_untouched_form_shows_no_error_and_no_value() -> None:
    page = parsed(Client().get("/catalogue/").content)

    assert [p for p in page.iter("p") if "govuk-error-message" in p.get("class", "")] == []
    assert (first(page, "textarea", id="reason").text or "").strip() == ""


def test_a_form_without_faults_has_no_summary() -> None:
    sent = {"reference": "1", "reason": "r", "held_on-day": "3", "held_on-month": "8", "held_on-year": "2026",
            "score": "5", "grade": "g", "themes": "v", "team": "d1", "witnessed": "on",
            "file": SimpleUploadedFile("list.csv", b"ref\n1\n")}  # fmt: skip

    assert b"govuk-error-summary" not in Client().post("/catalogue/", sent).content


def test_ids_are_not_given_twice() -> None:
    page = parsed(Client().post("/catalogue/", NOTHING).content)
    ids = [each.get("id") for each in page.iter() if each.get("id")]

    assert sorted(ids) == sorted(set(ids))


def test_every_label_is_for_an_input_that_is_there() -> None:
    page = parsed(Client().get("/catalogue/").content)
    ids = {each.get("id") for each in page.iter() if each.get("id")}

    assert {label.get("for") for label in page.iter("label")} - ids == set()
