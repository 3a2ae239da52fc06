"""Moderation in four stages, the last two sighted, of files that two audit apart: under the framework of Wexmoor."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
import time_machine

from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit, Judgement, Moderation
from goldenthread.audit.moderating import side_by_side
from goldenthread.audit.queries import open_audit_or_none
from goldenthread.audit.queries.moderation import Given, OpenModeration, open_moderation_or_none, standing_grades
from goldenthread.audit.queries.moderators import candidates_for
from goldenthread.audit.services import moderation as services
from goldenthread.audit.services.moderation import _seed
from goldenthread.method.moderation import ticket
from goldenthread.method.parts import AUDITORS
from goldenthread.people.models import Person
from tests.any_order.councils import NOW, council_under
from tests.any_order.story import Story
from tests.audit import moderating
from tests.browsing import signed_in, words

pytestmark = pytest.mark.django_db


class Wexmoor(Story):
    """The council of the second framework, for which an audit is told from end to end."""

    def hold(self) -> None:
        """Nothing: what holds whatever is done, the stories in any order say."""

    def audited(self, number: int, grade: str) -> Audit:
        """One audit whose two auditors scale it alike throughout, submitted by what they agree on."""
        audit = self.audits("allotted")[number]
        self._practitioners_view(audit)
        for part in audit.parts.filter(kind__in=AUDITORS).order_by("pk"):
            by = part.people.get()
            opened = open_audit_or_none(by, audit.code)
            assert opened is not None
            changes = self._answers(opened, grade)
            auditing.save_answers(by=by, opened=opened, changes=changes, now=NOW)
            auditing.note_finding(by=by, opened=opened, said=self._said(opened), now=NOW)
            auditing.submit(by=by, opened=opened, now=NOW)
        self._agree(audit, 1)
        audit.refresh_from_db()
        assert audit.state == "submitted"
        return audit


@pytest.fixture
def wexmoor() -> Iterator[Wexmoor]:
    with time_machine.travel(NOW, tick=False):
        small = council_under("wexmoor_2026")
        told: type[Wexmoor] = type("Told", (Wexmoor,), {"small": small, "taken": {}, "refused": {}})
        story = told()
        story._session({0, 1, 2, 3, 8, 9, 10, 16, 20})
        story._draw(3)
        auditing.share_out(by=small.unit, session=story.sessions[0], now=NOW)
        yield story


def stages(audit: Audit) -> list[tuple[str, str, str]]:
    """(stage, why, how far) of each stage that it went to, the first first."""
    return list(Moderation.objects.filter(audit=audit).order_by("pk").values_list("stage", "reason", "state"))


def seen(audit: Audit, by: Person) -> OpenModeration:
    found = open_moderation_or_none(by, moderating.of(audit).code)
    assert found is not None
    return found


def allotted(story: Wexmoor, audit: Audit) -> Person:
    """The stage that waits given to the first who may moderate it."""
    found = seen(audit, story.small.unit)
    moderator = next(iter(candidates_for(found, NOW.date()).people.values()))
    services.allot_moderator(by=story.small.unit, found=found, moderator=moderator, now=NOW)
    return moderator


def graded(story: Wexmoor, audit: Audit, grade: str) -> Person:
    """A blind stage allotted and graded throughout as given."""
    moderator = allotted(story, audit)
    found = seen(audit, moderator)
    changes = moderating.changes_in(moderating.typed(found, grade))
    services.submit_grades(by=moderator, found=found, changes=changes, now=NOW)
    return moderator


def agreed(audit: Audit, by: Person, **sections: str) -> None:
    given = {
        "" if name == "overall" else name: Given(grade, "We read it once more.") for name, grade in sections.items()
    }
    services.agree_grades(by=by, found=seen(audit, by), agreed=given, now=NOW)


def test_an_audit_scaled_0_goes_through_all_four_stages_and_the_last_grade_stands(wexmoor: Wexmoor) -> None:
    audit = wexmoor.audited(0, "s0")

    peer = graded(wexmoor, audit, "s0")
    head = graded(wexmoor, audit, "s0")
    programme = allotted(wexmoor, audit)
    agreed(audit, programme)
    director = allotted(wexmoor, audit)
    agreed(audit, director, overall="s1")

    assert stages(audit) == [
        ("peers", "every", "agreed"),
        ("service", "grade", "agreed"),
        ("programme", "grade", "agreed"),
        ("director", "grade", "agreed"),
    ]
    assert standing_grades(audit)[""] == Given("s1", "We read it once more.")
    overall = Judgement.objects.filter(audit=audit, section="").order_by("pk")
    assert [(each.stage, each.grade, each.stands) for each in overall] == [
        ("auditor", "s0", False), ("peers", "s0", False), ("service", "s0", False), ("programme", "s0", False),
        ("director", "s1", True),
    ]  # fmt: skip
    kinds = [person.posts_held[0].kind for person in (peer, head, programme, director)]
    assert kinds[0] in {"practice_supervisor", "team_leader"}
    assert kinds[1:] == ["head_of_service", "principal_social_worker", "assistant_director"]
    assert len({peer, head, programme, director}) == 4


def test_one_scaled_10_skips_the_directors_and_the_heads_of_service_but_for_their_share(wexmoor: Wexmoor) -> None:
    audit = wexmoor.audited(0, "s10")
    in_the_share = ticket(_seed(audit), "service", audit.ref) < 0.25

    graded(wexmoor, audit, "s10")
    if in_the_share:
        graded(wexmoor, audit, "s10")
    agreed(audit, allotted(wexmoor, audit))

    share = [("service", "random", "agreed")] if in_the_share else []
    assert stages(audit) == [("peers", "every", "agreed"), *share, ("programme", "grade", "agreed")]
    assert set(moderating.standing(audit).values()) == {"s10"}


def test_the_next_stage_is_asked_of_the_grade_as_it_stands_by_then(wexmoor: Wexmoor) -> None:
    audit = wexmoor.audited(0, "s0")

    graded(wexmoor, audit, "s0")
    head = graded(wexmoor, audit, "s5")
    agreed(audit, head, **{name or "overall": "s5" for name in standing_grades(audit)})

    assert [stage for stage, _, _ in stages(audit)] == ["peers", "service"]
    assert moderating.standing(audit)[""] == "s5"


def test_a_sighted_moderator_sees_every_grade_at_once_and_confirms_them_by_the_page(wexmoor: Wexmoor) -> None:
    audit = wexmoor.audited(0, "s1")
    graded(wexmoor, audit, "s1")
    graded(wexmoor, audit, "s1")
    programme = allotted(wexmoor, audit)
    client, page = signed_in(programme), f"/audit/moderation/{moderating.of(audit).code}/"

    assert moderating.of(audit).state == "to agree"
    assert "Each grade stands as it is unless you change it." in words(client.get(f"{page}agree/"))
    standing = standing_grades(audit)
    sent = {f"grade-{place}": each.grade for place, each in enumerate(standing.values())}
    assert client.post(f"{page}agree/", sent).status_code == 302
    assert "Nothing was changed: the grades stand as they were." in words(client.get(page))
    assert stages(audit)[-1] == ("programme", "grade", "agreed")


def test_every_stage_has_its_column_beside_the_others(wexmoor: Wexmoor) -> None:
    audit = wexmoor.audited(0, "s0")
    graded(wexmoor, audit, "s0")
    graded(wexmoor, audit, "s0")
    programme = allotted(wexmoor, audit)
    agreed(audit, programme)

    overall = side_by_side(seen(audit, programme))[-1]
    assert [column.title for column in overall.columns] == [
        "Auditor", "Agreed, Peer moderation", "Agreed, Service moderation", "Agreed, Programme moderation",
    ]  # fmt: skip


def test_nobody_moderates_two_stages_of_one_audit_nor_what_she_audited(wexmoor: Wexmoor) -> None:
    audit = wexmoor.audited(0, "s0")
    head_of_first = graded(wexmoor, audit, "s0")
    barred = dict(candidates_for(seen(audit, wexmoor.small.unit), NOW.date()).barred)
    heads = [each for each in wexmoor.small.people if each.posts_held[0].kind == "head_of_service"]

    audited = set(audit.parts.filter(kind__in=AUDITORS).values_list("people", flat=True))
    assert {barred[each.name] for each in heads if each.pk in audited} <= {"audited this file"}
    assert head_of_first.pk not in audited
    again = partial(services.allot_moderator, by=wexmoor.small.unit, found=seen(audit, wexmoor.small.unit), now=NOW)
    with pytest.raises(services.Refused, match="so may not moderate this"):
        again(moderator=head_of_first)
