"""The components we draw through govuk-frontend-jinja are those of the GOV.UK Frontend that npm fetched.

Each component is drawn from the parameters of GOV.UK's own fixtures and compared, as parsed HTML, with theirs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import html5lib
import pytest

from goldenthread.web.govuk import component

COMPONENTS = Path(__file__).parents[2] / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"

# Drawn by controls.py. Where the package trails GOV.UK in a parameter we do not use, the fixture is named.
DRAWN: dict[str, set[str]] = {
    "checkboxes": set(),
    "error-message": set(),
    "fieldset": set(),
    "file-upload": set(),
    "hint": set(),
    "input": set(),
    "password-input": set(),
    "radios": set(),
    "select": set(),
    "textarea": set(),
}


def shape(html: str) -> Any:
    """The HTML as nested tuples, blind to spaces between elements and to the order of attributes."""
    return _shape(html5lib.parseFragment(html, namespaceHTMLElements=False))


def _shape(element: Any) -> Any:
    attributes = sorted((name, " ".join(value.split())) for name, value in element.attrib.items())
    children = [(_shape(child), " ".join((child.tail or "").split())) for child in element]
    return element.tag, attributes, " ".join((element.text or "").split()), children


def differing(name: str) -> set[str]:
    fixtures = json.loads((COMPONENTS / name / "fixtures.json").read_text())["fixtures"]
    return {each["name"] for each in fixtures if shape(component(name, each["options"])) != shape(each["html"])}


@pytest.mark.parametrize("name", DRAWN)
def test_a_component_is_drawn_as_govuk_draws_it(name: str) -> None:
    assert differing(name) == DRAWN[name]


def test_the_comparison_sees_a_difference() -> None:
    assert shape('<p class="a  b"> x </p>') == shape('<p class="a b">x</p>')
    assert shape('<p class="a">x</p>') != shape('<p class="b">x</p>')
