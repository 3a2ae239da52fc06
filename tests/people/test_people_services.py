"""People, posts and teams over time: nothing is rewritten, and somebody always runs the audits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from goldenthread.method.refusal import Refused
from goldenthread.people import services
from goldenthread.people.models import Person, Post, Team
from goldenthread.people.queries import page_of_people
from goldenthread.people.sign_in import signed_in
from goldenthread.trail.models import Event
from tests import make

pytestmark = pytest.mark.django_db

TEAM_MANAGER = {"kind": "team_manager", "title": "Team Manager", "oversees": "team", "quality_assurance": False}


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def add(name: str = "Dana Poole", username: str = "dana.poole", password: str | None = None) -> Person:
    return services.add_person(by=make.council().maya, name=name, username=username, password=password, now=make.NOW)


def last_event() -> tuple[str, str, str]:
    event = Event.objects.order_by("-seq")[0]
    return event.by_name, event.verb, event.thing


def test_somebody_is_let_in_and_it_is_on_record() -> None:
    dana = add(password="lantern-otter-quarry")

    assert (dana.authority, dana.check_password("lantern-otter-quarry")) == (make.council().authority, True)
    assert last_event() == ("Maya Holt", "added", "person")


def test_no_password_ever_reaches_the_trail() -> None:
    services.give_password(by=make.council().maya, person=add(), password="lantern-otter-quarry", now=make.NOW)

    assert not any("lantern" in str((event.now, event.was, event.because)) for event in Event.objects.all())


def test_without_a_password_nobody_can_guess_one() -> None:
    assert not add().has_usable_password()


def test_a_username_is_taken_whatever_its_capitals() -> None:
    add()

    with pytest.raises(Refused, match="The username “Dana.Poole” is taken; choose another."):
        add(username="Dana.Poole")


def test_only_the_unit_lets_people_in() -> None:
    with pytest.raises(Refused, match="looked after by the Quality Assurance Unit"):
        services.add_person(by=make.council().helena, name="X", username="x", password=None, now=make.NOW)


def test_a_post_begins_on_its_day() -> None:
    here, dana = make.council(), add()
    duty = make.team("Duty 2")

    services.give_post(
        by=here.maya, person=dana, team=duty, post=TEAM_MANAGER, started_on=make.DAY + timedelta(days=1), now=make.NOW
    )

    assert signed_in(dana.pk).teams_managed == frozenset()
    with time_machine.travel(make.NOW + timedelta(days=1)):
        assert signed_in(dana.pk).teams_managed == {duty.pk}


def test_a_managing_post_needs_what_it_manages() -> None:
    with pytest.raises(Refused, match="A Team Manager manages a team: choose which."):
        services.give_post(
            by=make.council().maya, person=add(), team=None, post=TEAM_MANAGER, started_on=make.DAY, now=make.NOW
        )


def test_the_same_post_is_not_held_twice() -> None:
    here = make.council()

    with pytest.raises(Refused, match="Rafiq Alderton already holds this post then."):
        services.give_post(
            by=here.maya, person=here.rafiq, team=make.team("Duty 2"), post=TEAM_MANAGER, started_on=make.DAY,
            now=make.NOW,
        )  # fmt: skip


def test_a_post_is_held_on_its_last_day_and_not_after() -> None:
    here = make.council()
    services.end_post(by=here.maya, post=here.rafiq.posts.get(), ended_on=make.DAY, now=make.NOW)

    assert len(signed_in(here.rafiq.pk).posts_held) == 1
    with time_machine.travel(make.NOW + timedelta(days=1)):
        assert signed_in(here.rafiq.pk).posts_held == ()


def test_a_post_does_not_end_before_it_began() -> None:
    here = make.council()

    with pytest.raises(Refused, match="The post began on 1 January 2020, so it cannot end before."):
        services.end_post(by=here.maya, post=here.rafiq.posts.get(), ended_on=date(2019, 12, 31), now=make.NOW)


def test_the_last_who_runs_the_audits_stays() -> None:
    here = make.council()
    services.end_post(by=here.maya, post=here.idris.posts.get(), ended_on=make.DAY, now=make.NOW)

    with pytest.raises(Refused, match="Nobody else holds a post of the Quality Assurance Unit."):
        services.end_post(by=here.maya, post=here.maya.posts.get(), ended_on=make.DAY, now=make.NOW)


def test_a_closed_account_is_signed_out_at_once_and_can_be_opened_again() -> None:
    here = make.council()

    services.deactivate(by=here.maya, person=here.rafiq, now=make.NOW)
    assert signed_in(here.rafiq.pk) is None
    services.reactivate(by=here.maya, person=here.rafiq, now=make.NOW)
    assert signed_in(here.rafiq.pk) == here.rafiq


def test_nobody_closes_her_own_account() -> None:
    here = make.council()

    with pytest.raises(Refused, match="You cannot close your own account"):
        services.deactivate(by=here.maya, person=here.maya, now=make.NOW)


def test_a_team_is_opened_within_a_service() -> None:
    here = make.council()
    service = make.team("Duty 2").parent

    team = services.open_team(by=here.maya, name="Duty 3", parent=service, opened_on=make.DAY, now=make.NOW)

    assert (team.parent, team.agency, last_event()) == (service, service.agency, ("Maya Holt", "opened", "team"))


def test_no_two_teams_have_one_name() -> None:
    make.council()

    with pytest.raises(Refused, match="There is already a team called “duty 2”."):
        services.open_team(by=make.council().maya, name="duty 2", parent=None, opened_on=make.DAY, now=make.NOW)


def test_a_team_with_people_in_it_is_not_closed() -> None:
    here, duty = make.council(), make.team("Duty 2")

    with pytest.raises(Refused, match="Duty 2 still has people in it: Ffion Carrow, Rafiq Alderton."):
        services.close_team(by=here.maya, team=duty, closed_on=make.DAY, now=make.NOW)


def test_a_service_with_teams_is_not_closed() -> None:
    here, service = make.council(), make.team("Duty 2").parent
    Post.objects.filter(team=service).update(ended_on=make.DAY)

    with pytest.raises(Refused, match="Assessment and Duty Service still has teams. Close them first."):
        services.close_team(by=here.maya, team=service, closed_on=make.DAY, now=make.NOW)


def test_an_empty_team_is_closed() -> None:
    here, duty = make.council(), make.team("Duty 2")
    Post.objects.filter(team=duty).update(ended_on=make.DAY)

    services.close_team(by=here.maya, team=duty, closed_on=make.DAY, now=make.NOW)

    assert Team.objects.get(pk=duty.pk).closed_on == make.DAY


def test_people_are_found_page_by_page_in_the_order_of_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    from goldenthread.people import queries

    monkeypatch.setattr(queries, "PAGE", 6)
    authority, names, after = make.council().authority, [], ""
    for _ in range(3):
        page = page_of_people(authority.pk, make.DAY, after=after)
        names += [person.name for person in page.people]
        after = page.next

    assert (names, page.count, after) == (sorted(Person.objects.values_list("name", flat=True)), 14, "")


def test_those_without_a_post_are_found_only_when_asked_for() -> None:
    authority = make.council().authority
    add()

    counts = [page_of_people(authority.pk, make.DAY, everybody=everybody).count for everybody in (False, True)]

    assert counts == [14, 15]
