"""Rules that are sound one by one and impossible together, such as a sign-off by whoever does the tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from goldenthread.method.framework.lines import Path
from goldenthread.method.framework.rules import Post, Returns

Parts = Mapping[str, Any]  # field of Framework → its value; None, or None within, where that is at fault already
Fault = tuple[Path, str]

WORDS = (
    "authority", "service", "team", "session", "group", "practitioner", "auditor",
    "case", "cases", "child", "children", "file", "files", "case_file", "supervision_file",
    "audit", "audits", "task", "tasks", "outcomes", "early_help", "looked_after", "serious_case_review",
    "quality_assurance", "quality_assurance_short", "board", "board_short",
)  # fmt: skip
"""The words the pages speak with. Every framework has them all and no other, so that a misspelt one is noticed."""


def inconsistencies(parts: Parts) -> Iterator[Fault]:
    """Where each contradiction stands, and the sentence that says it."""
    for check in CHECKS:
        yield from check(parts)


def grades_fall(parts: Parts) -> Iterator[Fault]:
    for position, (above, grade) in enumerate(pairwise(_sound(parts, "grades")), start=1):
        if above and grade and grade.points >= above.points:
            yield (
                ("grades", position, "points"),
                f"{grade.points} is given, fewer points than “{above.key}” ({above.points}) above it are expected.",
            )


def those_who_owe_audits_may_audit(parts: Parts) -> Iterator[Fault]:
    for position, quota in enumerate(_sound(parts, "quotas")):
        if quota and quota.records and not _post(parts, quota.post).audits:
            yield ("quotas", position, "post"), _does_not_audit(quota.post)
    for position, seat in enumerate(_sound(parts, "seats")):
        for post in seat.posts if seat else ():
            if not _post(parts, post).audits:
                yield ("seats", position, "posts"), _does_not_audit(post)


def nobody_signs_off_or_assures_their_own_tasks(parts: Parts) -> Iterator[Fault]:
    returns: Returns | None = parts.get("returns")
    if returns is None:
        return
    for key in ("signs", "assures"):
        if getattr(returns, key) == returns.does:
            yield ("returns", key), f"“{returns.does}” is given, who does the tasks; another post is expected."


def who_signs_is_told_and_oversees(parts: Parts) -> Iterator[Fault]:
    returns: Returns | None = parts.get("returns")
    if returns is None:
        return
    for key in ("does", "signs"):
        if getattr(returns, key) not in returns.to:
            yield ("returns", "to"), f"“{getattr(returns, key)}” is missing, to whom the audit has to return ({key})."
    if not _post(parts, returns.signs).oversees:
        yield ("returns", "signs"), f"“{returns.signs}” is given, a post that oversees a team or service is expected."


def somebody_runs_it_and_somebody_holds_cases(parts: Parts) -> Iterator[Fault]:
    posts = _sound(parts, "posts")
    if not posts or None in posts:
        return
    for key in ("quality_assurance", "holds_cases"):
        if not any(getattr(post, key) for post in posts):
            yield ("posts",), f"no post has {key} = true, at least one is expected."


def every_word_is_there(parts: Parts) -> Iterator[Fault]:
    words = parts.get("words")
    if words is None:
        return
    for word in WORDS:
        if word not in words:
            yield ("words", word), "this is missing, the council's word for it is expected."
    for word in words:
        if word not in WORDS:
            yield ("words", word), f"no such word, one of {', '.join(WORDS)} is expected."


def a_case_file_has_a_template(parts: Parts) -> Iterator[Fault]:
    templates = parts.get("templates")
    if templates is not None and "case_file" not in templates:
        yield ("templates", "case_file"), "this is missing, the key of the template for a child's file is expected."


CHECKS: tuple[Callable[[Parts], Iterator[Fault]], ...] = (
    grades_fall,
    those_who_owe_audits_may_audit,
    nobody_signs_off_or_assures_their_own_tasks,
    who_signs_is_told_and_oversees,
    somebody_runs_it_and_somebody_holds_cases,
    every_word_is_there,
    a_case_file_has_a_template,
)


def _sound(parts: Parts, section: str) -> tuple[Any, ...]:
    return parts.get(section) or ()


def _post(parts: Parts, key: str) -> Post:
    """The post of this key; one that is itself at fault is given the benefit of the doubt."""
    found = (post for post in _sound(parts, "posts") if post and post.key == key)
    return next(found, Post(key, key, key, oversees="team", audits=True))


def _does_not_audit(post: str) -> str:
    return f"“{post}” is given, a post with audits = true is expected."
