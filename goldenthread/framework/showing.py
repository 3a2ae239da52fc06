"""The council's rules and templates as the settings' pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.framework.models import FrameworkVersion
from goldenthread.framework.template_files import SHIPPED, Rows, rows_in
from goldenthread.method.framework import Framework
from goldenthread.method.framework_words import Sections, framework_sections

SHIPPED_FRAMEWORKS = SHIPPED.parent


@dataclass(frozen=True, slots=True)
class Worded:
    """A framework in plain words, with the sentence of the council's own paper behind each rule."""

    version: FrameworkVersion
    sections: Sections
    paragraphs: Sequence[tuple[str, str]]


def worded(version: FrameworkVersion) -> Worded:
    framework = version.parsed
    said = [(rule.replace("_", " ").replace(".", ": "), text) for rule, text in framework.paragraphs.items() if text]
    return Worded(version, framework_sections(framework), said)


def posts_offered(framework: Framework) -> list[tuple[str, str]]:
    return [(post.key, post.label) for post in framework.posts]


def post_facts(framework: Framework, key: str) -> dict[str, object]:
    """A post of the framework as the facts that a person's post keeps."""
    post = framework.post(key)
    return {
        "kind": post.key, "title": post.label, "oversees": post.oversees, "quality_assurance": post.quality_assurance
    }  # fmt: skip


def shipped_framework(key: str = "knowsley_2009") -> str:
    """The text of a framework that comes with the product."""
    return (SHIPPED_FRAMEWORKS / f"{key}.toml").read_text(encoding="utf-8")


def shipped_template_rows(key: str = "case_file") -> Rows:
    return rows_in(SHIPPED / key)
