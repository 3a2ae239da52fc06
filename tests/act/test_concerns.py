"""An immediate concern: to whom it goes, what it leaves alone, when it is passed on, how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from goldenthread.act.models import Concern
from goldenthread.act.queries.concerns import concern_or_none, concerns_to_answer, concerns_visible_to
from goldenthread.act.services.concerns import acknowledge, close_concern, escalate_due, raise_concern
from goldenthread.audit.models import Answer
from goldenthread.framework.models import FrameworkVersion
from goldenthread.framework.services import adopt_framework
from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from goldenthread.people.models import Post
from goldenthread.trail.models import Event
from goldenthread.trail.queries import breaks
from tests import make
from tests.act import concerned
from tests.audit import moderating

pytestmark = pytest.mark.django_db

HOURS = timedelta(hours=4)  # the framework's


def names(concern: Concern) -> list[str]:
    return [person.name.split()[0] for person in concern.told.order_by("name")]


def notices(concern: Concern, what: str) -> list[str]:
    """To whom it was said, by given name."""
    found = Notice.objects.filter(key__startswith=f"concern:{concern.code}:{what}:").order_by("name")
    return [each.name.split()[0] for each in found]


def test_it_goes_at_once_to_the_childs_own_managers_and_leaves_the_half_written_audit_alone() -> None:
    [audit] = concerned.half_written()
    written = list(Answer.objects.filter(part__audit=audit).values_list("question", "value", "version"))

    concern = concerned.raised(audit)

    audit.refresh_from_db()
    assert (names(concern), concern.answer_by) == (["Bridget", "Rafiq"], make.NOW + HOURS)
    assert notices(concern, "told") == ["Bridget", "Rafiq"]
    assert audit.state == "in progress"
    assert list(Answer.objects.filter(part__audit=audit).values_list("question", "value", "version")) == written


def test_no_message_says_anything_of_the_child() -> None:
    make.council()
    concern = concerned.raised()
    escalate_due(make.NOW + HOURS)
    rafiq = make.council().rafiq
    acknowledge(by=rafiq, opened=concerned.opened(concern, rafiq), now=make.NOW + HOURS)

    said = [" ".join((each.key, each.subject, each.body)) for each in Notice.objects.filter(kind="concern")]
    secrets = (concern.audit.ref, concerned.WORRY, concerned.SEEN, concern.audit.team_name, concern.audit.worker_name)
    assert len(said) >= 5
    assert [(secret, text) for text in said for secret in secrets if secret in text] == []
    assert all(f"/act/concerns/{concern.code}/" in text for text in said)


def test_where_a_post_is_empty_the_next_is_told_and_where_all_are_the_unit_and_the_directors() -> None:
    here, audits = make.council(), concerned.half_written(2)
    Post.objects.filter(person=here.rafiq).delete()
    assert names(concerned.raised(audits[0])) == ["Bridget"]

    Post.objects.filter(person=here.bridget).delete()
    told = names(concerned.raised(audits[1]))

    everybody = Post.objects.filter(authority=here.authority, quality_assurance=True) | Post.objects.filter(
        authority=here.authority, oversees="authority"
    )
    assert told == sorted({post.person.name.split()[0] for post in everybody})
    assert "Maya" in told


def test_it_is_passed_on_once_when_its_hours_are_over() -> None:
    concern = concerned.raised()
    before = escalate_due(make.NOW + HOURS - timedelta(minutes=1))

    passed = [escalate_due(make.NOW + HOURS), escalate_due(make.NOW + HOURS), escalate_due(make.NOW + 2 * HOURS)]

    concern.refresh_from_db()
    assert (before, passed, concern.escalated) == (0, [1, 0, 0], make.NOW + HOURS)
    assert names(concern) == ["Bridget", "Desmond", "Helena", "Rafiq"]
    assert notices(concern, "escalated") == ["Bridget", "Desmond", "Grace", "Helena", "Rafiq"]
    [event] = Event.objects.filter(thing="concern", verb="escalated")
    assert (event.by_id, event.by_name, event.authority_id) == (None, "Goldenthread", concern.authority_id)
    assert breaks() == []


def test_whoever_it_was_passed_on_to_can_acknowledge_it_and_an_answered_one_is_not_passed_on() -> None:
    here, audits = make.council(), concerned.half_written(2)
    late, answered = (concerned.raised(audit) for audit in audits)
    acknowledge(by=here.bridget, opened=concerned.opened(answered, here.bridget), now=make.NOW)

    assert escalate_due(make.NOW + HOURS) == 1
    acknowledge(by=here.helena, opened=concerned.opened(late, here.helena), now=make.NOW + HOURS)

    late.refresh_from_db()
    answered.refresh_from_db()
    assert (late.acknowledged_by, answered.escalated) == (here.helena, None)
    assert notices(late, "acknowledged") == ["Grace"]


def test_of_two_who_acknowledge_at_once_the_second_hears_who_was_first() -> None:
    here, concern = make.council(), concerned.raised()
    hers, his = (concerned.opened(concern, person) for person in (here.bridget, here.rafiq))
    acknowledge(by=here.rafiq, opened=his, now=make.NOW)

    with pytest.raises(Refused) as refusal:
        acknowledge(by=here.bridget, opened=hers, now=make.NOW)

    assert refusal.value.sentences == (
        f"{here.rafiq.name} acknowledged this concern on 6 Oct 2026 at 3:00pm: it is in hand.",
    )
    assert Event.objects.filter(thing="concern", verb="acknowledged").count() == 1


def test_it_is_closed_with_what_was_done_once_acknowledged_and_never_without() -> None:
    here, concern = make.council(), concerned.raised()
    opened = concerned.opened(concern, here.rafiq)
    with pytest.raises(Refused, match="nothing to close"):
        close_concern(by=here.rafiq, opened=opened, outcome="Visited.", now=make.NOW)
    acknowledge(by=here.rafiq, opened=opened, now=make.NOW)
    with pytest.raises(Refused, match="Say what was done"):
        close_concern(by=here.rafiq, opened=opened, outcome="  ", now=make.NOW)

    close_concern(by=here.rafiq, opened=opened, outcome="Visited today: case note of 6 October.", now=make.NOW)

    concern.refresh_from_db()
    assert (concern.state, concern.closed_by) == ("closed", here.rafiq)
    assert list(concerns_to_answer(here.rafiq)) == []
    assert notices(concern, "closed") == ["Grace"]


def test_only_those_told_answer_it() -> None:
    here, concern = make.council(), concerned.raised()
    for person in (here.maya, here.grace):  # the unit and whoever raised it read it
        with pytest.raises(Refused, match="whoever was told that a child may be unsafe"):
            acknowledge(by=person, opened=concerned.opened(concern, person), now=make.NOW)


def test_it_is_seen_by_who_was_told_who_raised_it_the_unit_and_the_directors() -> None:
    here, concern = make.council(), concerned.raised()

    sees = {name for name in ("grace", "rafiq", "bridget", "maya", "helena", "ffion", "sunita", "nadia", "zofia")
            if concern_or_none(getattr(here, name), concern.code)}  # fmt: skip

    assert sees == {"grace", "rafiq", "bridget", "maya", "helena"}


def test_it_is_raised_by_its_auditors_its_moderators_and_the_unit_and_by_nobody_else() -> None:
    here, audit = make.council(), moderating.audit()
    vera = moderating.allotted(audit)
    for person in (vera, here.maya):  # a moderator is blind, and raises one all the same
        assert concerned.raised(audit, person).raised_by == person

    for person in (here.ffion, here.rafiq, here.kwame):
        with pytest.raises(Refused, match="raised by an auditor or a moderator"):
            raise_concern(by=person, audit=audit, worry="Alone.", seen="Note.", now=make.NOW)


def test_whoever_grades_the_file_blind_sees_no_concern_that_others_raised() -> None:
    audit = moderating.audit()
    vera = moderating.who_reads_everything()
    concern = concerned.raised(audit, make.auditor_of(audit))
    assert concern in concerns_visible_to(vera)

    moderating.allotted(audit, vera)
    own = concerned.raised(audit, vera)

    assert list(concerns_visible_to(vera)) == [own]


def test_another_councils_rules_send_it_elsewhere() -> None:
    here, [audit] = make.council(), concerned.half_written()
    version = FrameworkVersion.objects.get(authority=here.authority)
    first = 'to = ["team_manager", "service_manager"]\nacknowledge_hours = 4'
    text = version.source.replace(first, 'to = ["service_director"]\nacknowledge_hours = 2').replace(
        'escalate_to = ["childrens_services_manager", "service_director"]', 'escalate_to = ["service_manager"]'
    )
    adopt_framework(by=here.maya, text=text, from_day=make.DAY, now=make.NOW)

    concern = concerned.raised(audit, here.grace)

    assert (names(concern), concern.answer_by) == (["Helena"], make.NOW + timedelta(hours=2))
