"""Whoever grades a file blind sees nothing of its grades, by any address of the product, whatever else she may read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from goldenthread.act.models import Task
from goldenthread.act.queries import returns_visible_to
from goldenthread.audit.models import Audit, Finding
from goldenthread.audit.queries import audits_visible_to, session_files
from goldenthread.audit.queries.calibration import open_calibration_or_none
from goldenthread.audit.queries.moderation import ModerationFilter, page_of_moderations
from goldenthread.audit.services import calibration as calibrating
from goldenthread.audit.services import moderation as services
from goldenthread.learn.queries.editions import editions_visible_to
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from tests import make
from tests.audit import moderating
from tests.browsing import signed_in
from tests.learn import published

pytestmark = pytest.mark.django_db

CANARY = "canarywords"
SAID = {
    "plan_rationale": f"{CANARY} plan", "overall_rationale": f"{CANARY} overall", "voice_rationale": f"{CANARY} voice",
}  # fmt: skip
OTHERS: dict[str, list[str]] = {
    "section": ["plan", "voice"],
    "kind": ["auditor", "moderator", "practitioner", "family", "discussion", "reply", "co_auditor"],
    "form": ["pdf", "docx", "word", "csv"],
}


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def told() -> Audit:
    """An audit graded Inadequate that is submitted, returned with a task, and reported in a published edition."""
    audit = make.answered_audit(grade="inadequate", answers=SAID)
    make.finding(audit, f"{CANARY} finding", action=f"{CANARY} action")
    submitted(audit)
    make.returned_audit(audit)
    published.edition(audit.session, summary=f"{CANARY} summary")
    return audit


def submitted(audit: Audit) -> Audit:
    make.auditing.submit(by=make.auditor_of(audit), opened=make.opened(audit), now=make.NOW)
    audit.refresh_from_db()
    return audit


# --- every address ----------------------------------------------------------------------------------------


def patterns(resolver: Any = None, before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every address of the product with a place in it, as (its route, the names of its places)."""
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, route)
        elif isinstance(each, URLPattern) and route.count("<"):
            yield route, list(each.pattern.converters) + [n for n in named(route) if n not in each.pattern.converters]


def named(route: str) -> list[str]:
    return [piece.partition(">")[0].rpartition(":")[2] for piece in route.split("<")[1:]]


def addresses(audit: Audit) -> list[str]:
    """Every one of them with every code that has to do with this audit."""
    codes = {
        "code": [
            audit.code, audit.session.code, audit.case.code, audit.case.draw.code, moderating.of(audit).code,
            *(row.code for row in returns_visible_to(make.council().maya)),
            *(row.code for row in editions_visible_to(make.council().maya)),
        ],
        "report": ["session", "quarterly"],
        "subject": [f"session:{audit.session.code}", "2026-10-01:dmt"],
        "finding": list(Finding.objects.values_list("code", flat=True)),
        "task": list(Task.objects.values_list("code", flat=True)),
    }  # fmt: skip
    found = {
        "/audit/", "/audit/?state=submitted", "/audit/moderation/?state=all", "/audit/moderation/export/?state=all",
        "/", f"/search/?q={audit.ref}", "/act/", "/act/?state=all", "/learn/", "/audit/agreement/",
    }  # fmt: skip
    for route, places in patterns():
        values = [(codes | OTHERS).get(name, ["1"]) for name in places]
        for chosen in product(*values):
            path = route
            for value in chosen:
                start = path.index("<")
                path = path[:start] + value + path[path.index(">", start) + 1 :]
            found.add("/" + path.replace("^", "").replace("$", "").replace("\\Z", ""))
    return sorted(found)


SKIPPED = ("/static/", "/accounts/", "/settings/")  # the rules name grades, and nothing of an audit stands there


def pages(client: Client, audit: Audit) -> Iterator[tuple[str, str]]:
    for path in addresses(audit):
        if path.startswith(SKIPPED):
            continue
        for method in (client.get, client.post):
            with transaction.atomic():
                response = method(path, follow=False)
                content = b"".join(response.streaming_content) if response.streaming else response.content
                transaction.set_rollback(True)
            yield f"{method.__name__} {path}", content.decode(errors="replace")


def leaks(client: Client, audit: Audit) -> set[str]:
    """The addresses on which the auditor's words stand, or the grade stands more often than one nobody gave.

    The page that chooses files for their grade names the grade that its rule asks for: there the case must not stand.
    """

    def shows(path: str, text: str) -> bool:
        if path.endswith("/graded/"):
            return audit.ref in text
        return text.count("Inadequate") != text.count("Outstanding")

    return {path for path, text in pages(client, audit) if CANARY in text or shows(path, text)}


def test_a_blind_moderator_finds_neither_words_nor_grade_at_any_address(told: Audit) -> None:
    blind = moderating.who_reads_everything()
    moderating.allotted(told, blind)

    assert leaks(signed_in(blind), told) == set()


def test_a_colleague_finds_them_where_they_stand(told: Audit) -> None:
    """So that the walk above is known to look."""
    moderating.allotted(told)
    found = leaks(signed_in(make.council().maya), told)

    assert len(found) > 10
    assert {f"get /audit/{told.code}/read/", f"get /audit/{told.code}/history/"} <= found
    assert f"get /audit/sessions/{told.session.code}/" in found


def test_once_she_has_given_hers_she_sees_both(told: Audit) -> None:
    blind = moderating.who_reads_everything()
    moderating.allotted(told, blind)
    moderating.graded(told, "good", by=blind)
    client = signed_in(blind)

    both = client.get(f"/audit/moderation/{moderating.of(told).code}/").content.decode()

    assert f"{CANARY} plan" in both
    assert "As I read it: " in both
    assert CANARY in client.get(f"/audit/{told.code}/read/").content.decode()


# --- the lists --------------------------------------------------------------------------------------------


def test_her_lists_leave_it_out_and_keep_the_others() -> None:
    first, second, third = (moderating_audit for moderating_audit in make.audits(make.drawn_session(3)))
    for audit in (first, second, third):
        make.submitted_audit(audit, grade="inadequate")
    blind = moderating.who_reads_everything()
    moderating.allotted(second, blind)

    assert set(audits_visible_to(blind)) == {first, third}
    files = {file.case.ref: (file.audit, file.grade, file.blind) for file in session_files(blind, first.session)}
    assert files[second.ref] == (None, None, True)
    assert files[first.ref][0] == first


def test_why_it_is_moderated_is_hidden_from_her_alone() -> None:
    audit = moderating.audit("inadequate")
    blind = moderating.who_reads_everything()
    moderating.allotted(audit, blind)

    reasons = [
        [line.reason for line in page_of_moderations(who, ModerationFilter(), make.DAY).lines]
        for who in (blind, make.council().maya)
    ]
    assert reasons == [[""], ["grade"]]


def test_an_earlier_stage_is_hidden_as_the_audit_is() -> None:
    audit = moderating.audit()
    blind = moderating.who_reads_everything()
    moderating.allotted(audit, blind)
    other = moderating.of(audit)
    other.pk, other.code, other.stage, other.state, other.part = None, "OTHERSTAGE", "earlier", "agreed", None
    other.save()

    everything = ModerationFilter(state="all")
    assert {line.stage for line in page_of_moderations(blind, everything, make.DAY).lines} == {"moderation"}


def test_a_moderator_who_reads_nothing_else_reads_the_audit_once_her_grades_are_given() -> None:
    audit = moderating.audit()
    vera = moderating.allotted(audit)

    before = list(audits_visible_to(vera))
    moderating.graded(audit, "good", by=vera)

    assert (before, list(audits_visible_to(vera))) == ([], [audit])


# --- calibration ------------------------------------------------------------------------------------------


def test_whoever_is_asked_to_grade_the_file_in_a_calibration_does_not_see_it_either(told: Audit) -> None:
    blind, other = moderating.who_reads_everything(), moderating.moderator("Other Asked")
    begun = calibrating.begin_calibration(
        by=make.council().maya, audit=told, title="Plans", people=[blind, other], closes_on=make.DAY, now=make.NOW
    )

    assert leaks(signed_in(blind), told) == set()
    opened = open_calibration_or_none(blind, begun.code)
    assert opened is not None
    with pytest.raises(Refused, match="grade this file yourself"):
        calibrating.agree_calibration(by=blind, opened=opened, agreed={}, because="x", now=make.NOW)


# --- who may be blind --------------------------------------------------------------------------------------


def test_whoever_has_read_the_audit_cannot_grade_it_blind() -> None:
    audit = moderating.audit()
    reader = moderating.who_reads_everything()
    signed_in(reader).get(f"/audit/{audit.code}/read/")

    with pytest.raises(Refused, match="has read this audit, so could not grade it blind"):
        moderating.allotted(audit, reader)


def test_she_cannot_pass_it_on_once_she_has_begun() -> None:
    audit = moderating.audit()
    vera = moderating.allotted(audit)
    found = moderating.opened(audit, vera)
    sent = moderating.changes_in(moderating.typed(found, "good"))
    services.save_grades(by=vera, found=found, changes=sent, now=make.NOW)

    with pytest.raises(Refused, match="has begun to grade"):
        moderating.allotted(audit, moderating.moderator("Another One"))


def test_the_people_of_the_walk_may_read_everything() -> None:
    person: Person = moderating.who_reads_everything()

    assert (person.is_quality_assurance, person.is_director) == (True, True)
