"""No page lets data become markup, and none needs more than the strict content security policy gives."""

from __future__ import annotations

import ast
import re

from tests.architecture.tree import modules, pages, shown

UNSAFE = {
    "data let through as markup": re.compile(r"\|\s*safe\b|\bautoescape\s+(false|off)\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "an inline style": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
}

# Where Python itself writes markup, and why no data can be let through there.
MARKUP_IN_PYTHON = {
    "goldenthread/audit/drawing.py": "pieces that Jinja drew with autoescape on; all else is escaped",
    "goldenthread/web/controls.py": "a hidden input as Django drew it, escaped",
    "goldenthread/web/govuk.py": "what a GOV.UK macro drew, with autoescape on",
}


def faults(template: str) -> list[str]:
    """What in this template is unsafe, in words."""
    return [words for words, pattern in UNSAFE.items() if pattern.search(template)]


def makes_markup(source: str) -> bool:
    """Whether this module declares a string safe that is not written out there and then."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    open_ended = [call.func for call in calls if not all(isinstance(given, ast.Constant) for given in call.args)]
    names = {getattr(function, "id", getattr(function, "attr", "")) for function in open_ended}
    return bool({"mark_safe", "Markup", "SafeString"} & names)


def test_no_template_is_unsafe() -> None:
    found = {shown(path): faults(path.read_text(encoding="utf-8")) for path in pages()}

    assert {name: words for name, words in found.items() if words} == {}


def test_python_declares_markup_only_where_it_says_why() -> None:
    found = {shown(path) for path in modules() if makes_markup(path.read_text(encoding="utf-8"))}

    assert found == set(MARKUP_IN_PYTHON)


def test_each_way_of_being_unsafe_is_found() -> None:
    planted = [
        "<p>{{ note | safe }}</p>",
        "<script>go()</script>",
        "<style>p { color: red }</style>",
        '<p class="a" style="color: red">',
        '<button type="button" onclick="go()">',
    ]

    assert [faults(template) for template in planted] == [[words] for words in UNSAFE]


def test_a_script_of_our_own_file_and_a_word_like_safe_are_no_faults() -> None:
    assert faults('<script type="module" src="/static/web/form.js"></script>{{ safeguarding|safely }}') == []


def test_a_string_declared_safe_is_found() -> None:
    planted = ["mark_safe(note)", "markupsafe.Markup(f'<b>{note}</b>')", "Markup('<b>{}</b>').format(note)"]

    assert [makes_markup(source) for source in planted] == [True, True, False]
