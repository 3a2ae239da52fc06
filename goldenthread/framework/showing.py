"""The council's rules and templates as the settings' pages show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldenthread.framework.models import FrameworkVersion, TemplateVersion
from goldenthread.framework.template_files import SHIPPED, Rows, rows_in
from goldenthread.method.framework import Framework
from goldenthread.method.framework_words import Sections, framework_sections
from goldenthread.method.template import CHANGES, Comparison, Source, template_source

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


def shipped_source(key: str) -> Source:
    """A template that comes with the product, as the rows that are adopted."""
    return template_source(*shipped_template_rows(key))


def shipped_keys(framework: Framework) -> list[str]:
    """The templates that this framework names, of its kinds of audit and of an audit's parts, and that are shipped."""
    named = dict.fromkeys([*framework.templates.values(), *(part.template for part in framework.parts)])
    return [key for key in named if (SHIPPED / key).is_dir()]


@dataclass(frozen=True, slots=True)
class FaultFound:
    """A fault of a workbook, by where it stands; what cannot be placed has no sheet."""

    sheet: str
    row: str
    column: str
    what: str


PLACED = re.compile(
    r"sheet (?P<sheet>\w+)(?:, row (?P<row>\d+))?(?:, column (?P<column>\w+))?: (?P<what>.*)", re.DOTALL
)


def faults_found(name: str, sentences: Sequence[str]) -> list[FaultFound]:
    """The sentences of a refusal, taken apart at the places they name."""
    said = [sentence.removeprefix(f"{name}, ").removeprefix(f"{name}: ") for sentence in sentences]
    placed = [(PLACED.fullmatch(words), words) for words in said]
    return [
        FaultFound(found["sheet"], found["row"] or "", found["column"] or "", _capital(found["what"]))
        if found
        else FaultFound("", "", "", _capital(words))
        for found, words in placed
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class TemplateHeld:
    """A template of the council: what it is for, and its versions, the newest first."""

    key: str
    title: str
    used_for: str
    versions: list[TemplateVersion]

    @property
    def focused(self) -> bool:
        """Whether it carries the questions of a focus, under a key of its own."""
        return "." in self.key


def templates_held(versions: Iterable[TemplateVersion], framework: Framework | None) -> list[TemplateHeld]:
    """The council's templates by title."""
    of: dict[str, list[TemplateVersion]] = {}
    for version in versions:
        of.setdefault(version.key, []).append(version)
    held = [TemplateHeld(key, found[0].title, used_for(key, framework), found) for key, found in of.items()]
    return sorted(held, key=lambda each: each.title)


def used_for(key: str, framework: Framework | None) -> str:
    """What the rules in force use this template for, in words; "" for nothing."""
    if framework is None:
        return ""
    labels = {kind.key: kind.label for kind in framework.kinds}
    kinds = [labels.get(kind, kind) for kind, template in framework.templates.items() if template == key]
    return ", ".join([*kinds, *(part.label for part in framework.parts if part.template == key)])


def kinds_without(framework: Framework, held: Iterable[str]) -> list[str]:
    """The kinds of audit and parts that have no template adopted, in words."""
    keys = set(held)
    kinds = [kind.label for kind in framework.kinds if framework.templates.get(kind.key) not in keys]
    return [*kinds, *(part.label for part in framework.parts if part.template not in keys)]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one question, in words."""

    label: str
    was: str  # its label before, where that is another
    words: str


def changes_shown(comparison: Comparison) -> list[Change]:
    """Every question that is not asked exactly as before."""
    return [
        Change(
            (each.newer or each.older).label,  # type: ignore[union-attr]
            each.older.label if each.older and each.newer and each.older.label != each.newer.label else "",
            "; ".join(CHANGES[change] for change in each.changes),
        )
        for each in comparison.changed
    ]
