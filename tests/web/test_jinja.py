"""What every page knows, and what its pieces say."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from jinja2 import UndefinedError

from goldenthread.web.jinja import every_page

ALL = ["Your work", "Plan", "Select", "Audit", "Act", "Learn"]


def known(path: str = "/", *, signed_in: bool = True, areas: Any = None) -> dict[str, Any]:
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=signed_in, name="Asha Lind")
    if areas is not None:
        request.areas = areas
    return every_page(request)


def said(template: str, **context: Any) -> str:
    piece = engines["jinja2"].from_string('{% import "web/macros.html" as ui with context %}' + template)
    return " ".join(piece.render(context).split())


def test_someone_signed_in_sees_the_six_areas_in_the_order_of_the_cycle() -> None:
    assert [area.name for area in known()["areas"]] == ALL


def test_she_sees_only_those_she_has_something_to_do_in() -> None:
    seen = known(areas=["Act", "Your work"])

    assert ([area.name for area in seen["areas"]], seen["settings_area"]) == (["Your work", "Act"], None)


def test_nobody_signed_in_sees_none() -> None:
    seen = known(signed_in=False)

    assert (seen["areas"], seen["settings_area"], seen["person"]) == ([], None, None)


@pytest.mark.parametrize(
    ("path", "here"), [("/", "Your work"), ("/audit/bcdf/", "Audit"), ("/about/", None), ("/settings/people/", None)]
)
def test_the_area_one_is_in_is_known_by_its_path(path: str, here: str | None) -> None:
    assert [area.name for area in known()["areas"] if area.holds(path)] == ([here] if here else [])


def test_a_name_nobody_gave_is_a_fault() -> None:
    with pytest.raises(UndefinedError):
        said("{{ auditor }}")


def test_what_is_said_is_never_markup() -> None:
    assert "<i>" not in said("{{ ui.page_heading(x) }}{{ ui.table(x, [x], [[x, x]]) }}{{ ui.details(x, x) }}", x="<i>")


def test_a_button_that_acts_is_a_form_with_its_token() -> None:
    form = said('{{ ui.post_button("/x/", "Sign off", hidden={"task": 3}) }}', csrf_input="csrf")

    assert form.startswith(
        '<form method="post" action="/x/" class="gt-inline-form"> csrf <input type="hidden" name="token" value="'
    )
    assert '<input type="hidden" name="task" value="3">' in form


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    bars = said('{{ ui.bar_chart("Themes", [("Voice", 8), ("Plan", 2)]) }}')

    assert [each.split('"')[0] for each in bars.split('rect width="')[1:]] == ["100", "100.00", "100", "25.00"]


def test_a_chart_of_nothing_draws_no_bar() -> None:
    assert "<rect" not in said('{{ ui.bar_chart("Themes", []) }}')


def test_a_share_bar_fills_its_width_and_names_each_part() -> None:
    bar = said('{{ ui.share_bar("Grades", [("Good", 3), ("Inadequate", 1)]) }}')

    assert '<rect x="0.00" width="75.00"' in bar
    assert '<rect x="75.00" width="25.00"' in bar
    assert "Good <strong>3</strong>" in bar


def test_nothing_of_nothing_is_no_progress() -> None:
    assert "0 of 0 questions" in said('{{ ui.progress(0, 0, "questions") }}')


def test_the_last_page_leads_back_only() -> None:
    links = said('{{ ui.pagination(previous="?before=3") }}')

    assert ('href="?before=3"' in links, "govuk-pagination__next" in links) == (True, False)


def test_a_list_of_one_page_has_no_pagination() -> None:
    assert said("{{ ui.pagination() }}") == ""
