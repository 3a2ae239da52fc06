"""Every page is declared, can be reached, and stands where a newcomer would look for it."""

from __future__ import annotations

import ast
from pathlib import Path

from django.urls import get_resolver

from goldenthread.web.checks import every_view_declares_its_page, routes
from tests.architecture.tree import PACKAGE, modules, shown

OTHERS = ("allauth.",)  # the sign-in pages


def routed() -> set[str]:
    """The views that an address leads to, as "goldenthread.act.views.sign_off"."""
    return {f"{view.__module__}.{view.__name__}" for _, view in routes(get_resolver())}


def declared(path: Path) -> set[str]:
    """The pages that this file declares with @page, by the same names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return {f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef) and is_page(node)}


def is_page(node: ast.FunctionDef) -> bool:
    return any(getattr(getattr(each, "func", each), "id", "") == "page" for each in node.decorator_list)


def test_every_view_says_who_may_open_it() -> None:
    assert every_view_declares_its_page() == []


def test_every_address_leads_to_a_declared_page_or_to_the_sign_in() -> None:
    pages = {name for path in modules() for name in declared(path)}

    assert {name for name in routed() - pages if not name.startswith(OTHERS)} == set()


def test_every_page_can_be_reached() -> None:
    assert {name for path in modules() for name in declared(path)} - routed() == set()


def test_pages_are_declared_among_the_views_only() -> None:
    elsewhere = [shown(path) for path in modules() if declared(path) and "views" not in (path.stem, path.parent.name)]

    assert elsewhere == []


def test_a_declared_page_is_told_from_a_plain_function() -> None:
    nodes = ast.parse("@page(may='anyone')\ndef about(): ...\n@step\ndef sign_off(): ...\n").body

    assert [is_page(node) for node in nodes if isinstance(node, ast.FunctionDef)] == [True, False]
