"""Who is who in a pack: a role and a number for a name, the same on every page of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from goldenthread.audit.models import Audit
from goldenthread.framework.models import FrameworkVersion, TemplateVersion
from goldenthread.method.framework import Framework
from goldenthread.method.template import Template
from goldenthread.people.models import Person, Post, Team
from goldenthread.plan.models import Group
from goldenthread.select.models import CaseLine

NOBODY = "Person"  # of somebody without a post


@dataclass(frozen=True, slots=True)
class Known:
    """What a council's own lists know: who is who by id and by name, whom else the lists name, what is plain words."""

    by_id: Mapping[int, str]
    by_name: Mapping[str, str]
    others: frozenset[str]
    plain: frozenset[str]


def known(authority: int) -> Known:
    """Six statements, however much was audited. A post that only one person ever held needs no number."""
    titles: dict[int, str] = {}
    posts = Post.objects.filter(authority=authority).order_by("started_on", "pk").values_list("person", "title")
    for person, title in posts:
        titles.setdefault(person, title)
    people = list(Person.objects.filter(authority=authority).order_by("pk").values_list("pk", "name"))
    held = Counter(titles.get(pk, NOBODY) for pk, _ in people)
    given: Counter[str] = Counter()
    by_id: dict[int, str] = {}
    by_name: dict[str, str] = {}
    for pk, name in people:
        title = titles.get(pk, NOBODY)
        given[title] += 1
        by_id[pk] = title if held[title] == 1 else f"{title} {given[title]}"
        by_name.setdefault(name, by_id[pk])
    return Known(by_id, by_name, frozenset(_others(authority)), frozenset(_plain(authority)))


def _others(authority: int) -> Iterator[str]:
    """Workers and reviewing officers as the case lists have them, whether or not they are among the people."""
    lines = CaseLine.objects.filter(authority=authority).order_by()
    yield from filter(None, lines.values_list("worker_name", flat=True).distinct())
    yield from filter(None, lines.values_list("reviewer_name", flat=True).distinct())
    yield from filter(
        None, Audit.objects.filter(authority=authority).order_by().values_list("worker_name", flat=True).distinct()
    )


def _plain(authority: int) -> Iterator[str]:
    """What the product and the council's rules say: names of teams and groups, questions, answers, grades."""
    yield from Team.objects.filter(authority=authority).values_list("name", flat=True)
    yield from Group.objects.filter(authority=authority).values_list("name", flat=True)
    for version in FrameworkVersion.objects.filter(authority=authority).select_related("authority"):
        yield version.authority.name
        yield from _rules(version.parsed)
    for template in TemplateVersion.objects.filter(authority=authority):
        yield str(template)
        yield from _questions(template.parsed)


def _rules(framework: Framework) -> Iterator[str]:
    for rows in (framework.grades, framework.statuses, framework.tags, framework.themes, framework.posts):
        yield from (row.label for row in rows)
    for more in (framework.kinds, framework.moderation, framework.severities, framework.linked_files):
        yield from (row.label for row in more)


def _questions(template: Template) -> Iterator[str]:
    for section in template.sections:
        yield section.label
        for question in section.questions:
            yield question.label
            yield from (choice.label for choice in question.choices)
