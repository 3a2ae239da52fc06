"""Our radios and checkboxes are GOV.UK's, drawn faster: each state is compared with their macro's, as parsed HTML."""

from __future__ import annotations

from typing import Any

import pytest

from goldenthread.web.controls import control
from goldenthread.web.govuk import component
from tests.web.catalogue import GRADES, EveryField
from tests.web.test_govuk import shape

HINTS = {"g": "Most of the time"}
SMALL = {"classes": "govuk-radios--inline govuk-radios--small"}


def theirs(kind: str, name: str, legend: str, options: list[tuple[str, str]], chosen: str = "", **more: Any) -> str:
    items = [
        {"value": value, "text": text, "checked": value == chosen, "hint": more.get("hints", {}).get(value)}
        for value, text in options
    ]
    fieldset = {"legend": {"text": legend, "classes": more.get("size", "govuk-fieldset__legend--s"),
                           "isPageHeading": more.get("heading")}}  # fmt: skip
    told = {key: {"text": more[key]} for key in ("hint", "errorMessage") if key in more}
    params = {"idPrefix": name, "name": name, "fieldset": fieldset, "items": items, "classes": more.get("classes")}
    return component(kind, params | told)


NOTHING = "Overall grade: nothing was given. Choose one of those listed."
STATES: list[tuple[dict[str, Any] | None, dict[str, Any], dict[str, Any]]] = [
    (None, {}, {}),
    ({"grade": "r"}, {}, {"chosen": "r"}),
    ({}, {}, {"errorMessage": NOTHING}),
    ({}, {"hint": "One of four"}, {"hint": "One of four", "errorMessage": NOTHING}),
    (None, {"heading": True}, {"heading": True, "size": "govuk-fieldset__legend--l"}),
    (None, {"hints": HINTS}, {"hints": {"g": {"text": "Most of the time"}}}),
    (None, {"inline": True, "small": True}, SMALL),
]


@pytest.mark.parametrize(("sent", "how", "drawn"), STATES)
def test_radios_are_govuk_s(sent: dict[str, Any] | None, how: dict[str, Any], drawn: dict[str, Any]) -> None:
    form = EveryField() if sent is None else EveryField(sent)

    assert shape(control(form["grade"], **how)) == shape(theirs("radios", "grade", "Overall grade", GRADES, **drawn))


def test_checkboxes_are_govuk_s() -> None:
    themes = [("v", "The child’s voice"), ("s", "Supervision")]

    assert shape(control(EveryField({"themes": ["s"]})["themes"])) == shape(
        theirs("checkboxes", "themes", "Themes", themes, "s")
    )


@pytest.mark.parametrize("sent", [None, {}])
def test_a_lone_checkbox_is_govuk_s(sent: dict[str, Any] | None) -> None:
    form = EveryField() if sent is None else EveryField(sent)
    item = {"value": "on", "text": "The dice were witnessed"}
    error = {"text": "The dice were witnessed: nothing was given. Tick the box to go on."} if sent == {} else None
    params = {"idPrefix": "witnessed", "name": "witnessed", "items": [item], "errorMessage": error}

    assert shape(control(form["witnessed"])) == shape(component("checkboxes", params))


def test_what_an_option_reveals_stands_hidden_until_it_is_chosen() -> None:
    hidden = control(EveryField()["grade"], reveals={"i": "What must happen today?"})
    shown = control(EveryField({"grade": "i"})["grade"], reveals={"i": "What must happen today?"})

    assert ["govuk-radios__conditional--hidden" in html for html in (hidden, shown)] == [True, False]
