"""The report on a page: strict HTML, charts with words, nothing a content security policy would stop."""

from __future__ import annotations

import xml.etree.ElementTree as tree
from typing import Any

import html5lib
import pytest

from tests.learn.rendering.page_reader import as_html, parsed, texts
from tests.learn.sample_report import sample_report


@pytest.fixture(scope="module")
def page() -> Any:
    return parsed(as_html(sample_report()))


def test_it_is_strict_html() -> None:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)

    parser.parse(f"<!doctype html><html lang=en-GB><title>Report</title><body>{as_html(sample_report())}</body></html>")


def test_headings_are_nested_as_the_report_is(page: Any) -> None:
    assert texts(page, "h1") == ["Session report"]
    assert texts(page, "h2") == [part.title for part in sample_report().parts]
    assert len(texts(page, "h3")) == 8


def test_the_list_of_contents_leads_to_every_part(page: Any) -> None:
    targets = [link.get("href") for link in page.findall(".//nav//a")]

    assert targets == [f"#{one.get('id')}" for one in page.findall(".//h2")]


def test_every_chart_is_an_image_with_words_and_its_table_behind(page: Any) -> None:
    for figure, chart in zip(page.findall(".//figure"), sample_report().charts, strict=True):
        drawing = figure.find(".//svg")
        assert drawing.get("role") == "img"
        assert (drawing.find("title").text, drawing.find("desc").text) == (chart.title, chart.alt)
        rows = [[cell.text for cell in row] for row in figure.findall("details//tr")]
        assert rows == [list(row) for row in (chart.table.head, *chart.table.rows)]


def test_every_header_says_what_it_heads(page: Any) -> None:
    assert {header.get("scope") for header in page.iter("th")} == {"col", "row"}


def test_no_two_things_have_one_id(page: Any) -> None:
    ids = [one.get("id") for one in page.iter() if one.get("id")]

    assert len(ids) == len(set(ids))


def test_every_hatch_a_chart_names_is_on_the_page(page: Any) -> None:
    named = {one.get("fill") for one in page.iter("rect") if one.get("fill").startswith("url(")}

    assert named <= {f"url(#{one.get('id')})" for one in page.iter("pattern")}
    assert len(named) == 3


def test_nothing_on_it_has_an_inline_style_or_script(page: Any) -> None:
    attributes = {name for one in page.iter() for name in one.attrib}

    assert not [name for name in attributes if name == "style" or name.startswith("on")]
    assert not [one.tag for one in page.iter() if one.tag in {"script", "style"}]


def test_a_report_without_charts_has_no_hatches() -> None:
    page = parsed(as_html(sample_report(summary=(), sections=(), about=())))

    assert page.findall(".//svg") == []


def test_numbers_come_after_what_they_count_for_those_who_listen(page: Any) -> None:
    first: tree.Element = page.find(".//dl[@class='report-figures']/div")

    assert [one.text for one in first] == ["files audited", "40 of 40", "3 groups, 8 auditors each"]
