"""Rules that are sound one by one and impossible together, such as a sign-off by whoever does the tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from goldenthread.method.framework.acting import Concerns
from goldenthread.method.framework.lines import Path
from goldenthread.method.framework.rules import Post, Reaudit, Returns
from goldenthread.method.framework.selecting import Allotting, Independence

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


def who_holds_a_case_now_has_held_it(parts: Parts) -> Iterator[Fault]:
    tie: Independence | None = parts.get("independence")
    if tie and tie.held_within_months and not tie.own_case:
        yield (
            ("independence", "own_case"),
            f"false is given, true is expected: whoever held the case in the last {tie.held_within_months} months may "
            "not audit it.",
        )


def a_reaudit_is_by_who_both_rules_say(parts: Parts) -> Iterator[Fault]:
    tie: Independence | None = parts.get("independence")
    again: Reaudit | None = parts.get("reaudit")
    if tie and again and again.by_someone_else and tie.at_reaudit != "must_not":
        yield (
            ("independence", "at_reaudit"),
            f"“{tie.at_reaudit}” is given, “must_not” is expected: a re-audit is by someone else "
            "(reaudit.by_someone_else).",
        )


def pairs_can_be_mixed(parts: Parts) -> Iterator[Fault]:
    allotting: Allotting | None = parts.get("allotting")
    if not allotting or not allotting.mixed_seniority:
        return
    if allotting.pairs == "none":
        yield ("allotting", "mixed_seniority"), "true is given, pairs = “together” or “apart” is expected with it."
    auditing = [post for post in _sound(parts, "posts") if post and post.audits]
    if len({post.seniority for post in auditing}) < 2:  # noqa: PLR2004
        yield (
            ("allotting", "mixed_seniority"),
            "true is given, posts that audit of different seniority are expected with it.",
        )


def a_challenge_has_its_people(parts: Parts) -> Iterator[Fault]:
    """Whoever challenges does not decide; where there is a challenge, somebody makes it and somebody decides it."""
    rule = parts.get("challenge")
    if rule is None or not rule.days:
        return
    for key in ("by", "decided_by"):
        if not getattr(rule, key):
            yield ("challenge", key), "no post is given, at least one is expected where a grade can be challenged."
    for post in rule.decided_by:
        if post in rule.by:
            yield ("challenge", "decided_by"), f"“{post}” is given, who challenges (by); another post is expected."


def each_stage_of_moderation_wants_something(parts: Parts) -> Iterator[Fault]:
    for position, stage in enumerate(_sound(parts, "moderation")):
        if not stage:
            continue
        if not (stage.every or stage.grades or stage.first_of_auditor or stage.random_percent):
            yield (
                ("moderation", position, "every"),
                "no audit goes to this stage; every, grades, first_of_auditor or random_percent is expected.",
            )
        if stage.key in {"auditor", "challenge", "decided"}:
            yield ("moderation", position, "key"), f"“{stage.key}” is a word of the product; another key is expected."


def a_concern_goes_to_somebody_and_then_to_others(parts: Parts) -> Iterator[Fault]:
    """A table that says anything of concerns says who is told; it is passed on to others than those."""
    rule = parts.get("concerns")
    if rule is None or rule == Concerns():
        return
    if not rule.to:
        yield ("concerns", "to"), "no post is given, at least one is expected: somebody is told of a concern at once."
    for post in rule.escalate_to:
        if post in rule.to:
            yield ("concerns", "escalate_to"), f"“{post}” is given, who is told first (to); another post is expected."


def the_most_urgent_has_the_shortest_clock(parts: Parts) -> Iterator[Fault]:
    """Clocks of one kind of day are compared; `days` 0 is the clock of [returns]."""
    returns: Returns | None = parts.get("returns")
    if returns is None:
        return
    clocks = [
        (each.days or returns.days, each.day_kind if each.days else returns.day_kind) if each else None
        for each in _sound(parts, "severities")
    ]
    for position, (above, clock) in enumerate(pairwise(clocks), start=1):
        if above and clock and above[1] == clock[1] and above[0] >= clock[0]:
            yield (
                ("severities", position, "days"),
                f"{clock[0]} {clock[1]} days, no more than the more urgent one above it has ({above[0]}).",
            )


def more_time_is_given_by_who_answers_for_it(parts: Parts) -> Iterator[Fault]:
    rule = parts.get("tasking")
    for key in ("extended_by", "challenged_to"):
        for post in getattr(rule, key) if rule else ():
            if not _answers_for_others(parts, post):
                yield ("tasking", key), f"“{post}” is given, {ANSWERS} is expected."


def the_ladder_climbs(parts: Parts) -> Iterator[Fault]:
    """Each rung is later than the one before, and leads to somebody who can do something about it."""
    rungs = _sound(parts, "escalation")
    for position, rung in enumerate(rungs):
        if rung and not _answers_for_others(parts, rung.to):
            yield ("escalation", position, "to"), f"“{rung.to}” is given, {ANSWERS} is expected."
    for position, (before, rung) in enumerate(pairwise(rungs), start=1):
        if before and rung and rung.after_days <= before.after_days:
            yield (
                ("escalation", position, "after_days"),
                f"{rung.after_days} is given, more than the {before.after_days} of the rung before is expected.",
            )


ANSWERS = "a post that oversees a team, a service or the council, or that runs the audits,"


def _answers_for_others(parts: Parts, key: str) -> bool:
    post = _post(parts, key)
    return bool(post.oversees or post.quality_assurance)


CHECKS: tuple[Callable[[Parts], Iterator[Fault]], ...] = (
    grades_fall,
    those_who_owe_audits_may_audit,
    nobody_signs_off_or_assures_their_own_tasks,
    who_signs_is_told_and_oversees,
    somebody_runs_it_and_somebody_holds_cases,
    every_word_is_there,
    a_case_file_has_a_template,
    who_holds_a_case_now_has_held_it,
    a_reaudit_is_by_who_both_rules_say,
    pairs_can_be_mixed,
    a_challenge_has_its_people,
    each_stage_of_moderation_wants_something,
    the_most_urgent_has_the_shortest_clock,
    more_time_is_given_by_who_answers_for_it,
    the_ladder_climbs,
    a_concern_goes_to_somebody_and_then_to_others,
)


def _sound(parts: Parts, section: str) -> tuple[Any, ...]:
    return parts.get(section) or ()


def _post(parts: Parts, key: str) -> Post:
    """The post of this key; one that is itself at fault is given the benefit of the doubt."""
    found = (post for post in _sound(parts, "posts") if post and post.key == key)
    return next(found, Post(key, key, key, oversees="team", audits=True))


def _does_not_audit(post: str) -> str:
    return f"“{post}” is given, a post with audits = true is expected."
