"""One auditing group: its theme, its seats, who chairs it and who belongs to it."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from goldenthread.people.models import Person
from goldenthread.plan.models import Group, Membership
from goldenthread.trail.queries import events_of
from tests import make
from tests.browsing import faults, form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db
FIRST = {"from_on-day": "1", "from_on-month": "11", "from_on-year": "2026"}
LAST = {"to_on-day": "31", "to_on-month": "3", "to_on-year": "2027"}
BEFORE = {"to_on-day": "31", "to_on-month": "10", "to_on-year": "2026"}


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def group(key: str = "duty") -> Group:
    return Group.objects.get(authority=make.council().authority, key=key)


def at(rest: str = "", key: str = "duty") -> str:
    return f"/plan/groups/{group(key).pk}/{rest}"


def client():
    return signed_in(make.council().maya)


def seats_sent(**changed: str) -> dict[str, str]:
    return form_in(client().get(at("seats/"))) | changed


def member_sent(person: Person, **more: str) -> dict[str, str]:
    return {"person": f"{person.pk}:{person.posts.get().kind}", **FIRST, **more}


def as_core(person: Person, **more: str):
    return client().post(at("core/"), member_sent(person, **more))


# --- what the page says ---------------------------------------------------------------------------------


def test_a_group_says_its_seats_its_quorum_and_who_chairs() -> None:
    page = words(client().get(at()))

    assert "Quorum 4 people must sit" in page
    assert "Chaired by Whoever sits as Service Manager or Independent Reviewing Officer" in page
    assert "Team Manager 2 2" in page
    assert "Senior Practitioner or Social Worker 2" in page


def test_a_group_without_a_session_says_so() -> None:
    assert "This group has no session." in words(client().get(at()))


def test_directors_who_have_joined_no_group_are_named() -> None:
    page = words(client().get(at()))

    assert "have not joined as many groups as the framework asks (1)." in page
    assert {make.council().desmond.name in page, make.council().helena.name in page} == {True}


def test_a_group_of_another_council_and_one_that_does_not_meet_are_not_found() -> None:
    here = make.council()
    rounds = Group.objects.create(authority=here.authority, key="rounds", name="Single records", meets=False)

    assert {client().get(f"/plan/groups/{key}/").status_code for key in (rounds.pk, 9999)} == {404}
    assert "Single records" not in words(client().get("/plan/groups/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_statements_however_many_belong(number: int) -> None:
    people = [make.person("team_manager"), make.person("senior_practitioner"), make.council().grace]
    for person in people[:number]:
        as_core(person)

    assert Membership.objects.count() == number
    assert statements(client(), at()) == 8


# --- its theme -------------------------------------------------------------------------------------------


def test_a_group_is_given_another_name_and_theme() -> None:
    client().post(at("change/"), {"name": "Front door", "statuses": ["early_help"]})

    assert (group().name, group().statuses) == ("Front door", ["early_help"])


def test_a_name_that_another_group_has_is_said_beside_it() -> None:
    answer = client().post(at("change/"), {"name": "looked after children", "statuses": []})

    assert faults(answer) == ["There is already a group called “looked after children”."]


# --- its seats -------------------------------------------------------------------------------------------


def test_a_group_has_seats_of_its_own_and_can_have_the_frameworks_again() -> None:
    client().post(at("seats/"), seats_sent(**{"line-2": "3", "quorum": "5"}))
    own = group()
    client().post(at("seats/framework/"))

    assert ({"posts": ["team_manager"], "number": 3} in own.seats, own.quorum) == (True, 5)
    assert (group().seats, group().quorum) == ([], 0)


def test_seats_that_are_the_frameworks_own_stay_the_frameworks() -> None:
    client().post(at("seats/"), seats_sent())

    assert group().seats == []


def test_a_kind_of_seat_is_added_for_several_posts_and_one_is_taken_away() -> None:
    client().post(
        at("seats/"), seats_sent(**{"line-0": "0"}) | {"posts": ["team_manager", "social_worker"], "number": "1"}
    )

    assert [line["posts"] for line in group().seats][-1] == ["team_manager", "social_worker"]
    assert ["service_manager"] not in [line["posts"] for line in group().seats]


def test_a_seat_that_no_post_can_fill_is_a_warning_that_names_it() -> None:
    here = make.council()
    here.grace.posts.update(ended_on=date(2026, 9, 1))

    page = words(client().get(at()))

    assert "Nobody in the council is in post as Independent Reviewing Officer, so that seat will stay empty." in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"line-2": "-1"}, "Team Manager: -1 is too little. Give 0 or more."),
        ({"line-2": "two"}, "Team Manager: what was given cannot be read. Give a whole number."),
        ({"number": "2"}, "2 more seats are asked for, but no post is ticked. Tick at least one."),
        ({"posts": "social_worker"},
         "How many such seats? nothing was given. Give a whole number, or untick the posts."),
        ({"posts": "team_manager", "number": "1"},
         "There is already a kind of seat for just these posts. Change its number instead."),
        ({"quorum": "9"}, "Quorum: 9 must sit, but there are only 7 seats. Give 7 or less."),
        ({f"line-{place}": "0" for place in range(5)}, "A group needs at least one seat. Give one a number."),
    ],
)  # fmt: skip
def test_seats_that_make_no_sense_get_a_sentence(sent: dict[str, str], sentence: str) -> None:
    assert faults(client().post(at("seats/"), seats_sent(**sent))) == [sentence]
    assert group().seats == []


def test_a_seat_of_a_core_member_is_not_taken_away() -> None:
    as_core(make.council().grace)

    assert faults(client().post(at("seats/"), seats_sent(**{"line-1": "0"}))) == [
        "Grace Adewole is a core member as Independent Reviewing Officer, and there would be no seat left for that "
        "post. Keep a seat for each core member, or end the membership first."
    ]


# --- who belongs to it -----------------------------------------------------------------------------------


def test_a_core_member_belongs_from_a_day_to_a_day_and_chairs() -> None:
    here = make.council()
    as_core(here.grace, chairs="on", **LAST)

    made = Membership.objects.get()
    told = events_of(made).last()
    assert (made.person, made.standing, made.post, made.chairs, made.from_on, made.to_on) == (
        here.grace, "core", "independent_reviewing_officer", True, date(2026, 11, 1), date(2027, 3, 31)
    )  # fmt: skip
    assert told is not None
    assert (told.verb, told.by_name) == ("added", "Maya Holt")
    assert "Chaired by Grace Adewole" in words(client().get(at()))


def test_a_membership_that_ends_before_it_begins_is_said_at_its_last_day() -> None:
    answer = as_core(make.council().grace, **BEFORE)

    assert faults(answer) == [
        "Last day: 31 October 2026 is before the first day, 1 November 2026. Give that day or a later one."
    ]
    assert not Membership.objects.exists()


def test_two_core_members_for_one_seat_are_refused_beside_the_second() -> None:
    as_core(make.council().grace)

    answer = as_core(make.person("independent_reviewing_officer", "Independent Reviewing Unit"))

    assert faults(answer) == [
        "Frontline duty has 1 seat for the post of Independent Reviewing Officer, and as many core members then. "
        "Add a seat, end a membership, or choose another person."
    ]


def test_a_core_member_may_follow_another_in_the_same_seat() -> None:
    as_core(make.council().grace, **LAST)
    later = {"from_on-day": "1", "from_on-month": "4", "from_on-year": "2027"}

    as_core(make.person("independent_reviewing_officer", "Independent Reviewing Unit"), **later)

    assert Membership.objects.count() == 2


def test_somebody_whose_post_has_no_seat_is_refused() -> None:
    answer = as_core(make.council().desmond)

    assert len(faults(answer)) == 1
    assert "has no seat for the post of Children's Services Manager" in faults(answer)[0]


def test_somebody_belongs_to_a_group_once_at_a_time() -> None:
    as_core(make.council().rafiq)

    assert faults(as_core(make.council().rafiq)) == [
        "Rafiq Alderton belongs to Frontline duty then already, from 1 November 2026."
    ]


def test_a_group_has_one_chair_at_a_time() -> None:
    as_core(make.council().rafiq, chairs="on")

    answer = as_core(make.council().grace, chairs="on")

    assert faults(answer) == ["Rafiq Alderton chairs Frontline duty then. Take the chair from them first."]


def test_a_director_is_linked_to_as_many_groups_as_the_framework_says() -> None:
    helena = make.council().helena
    client().post(at("director/"), member_sent(helena))

    answer = client().post(at("director/", "safeguarding"), member_sent(helena))

    assert Membership.objects.get().standing == "director"
    assert faults(answer) == [
        f"{helena.name} is linked to Frontline duty already, and the framework has each director join 1 group. "
        "End that link first."
    ]


def test_a_director_who_is_linked_is_no_longer_named_as_missing() -> None:
    here = make.council()
    client().post(at("director/"), member_sent(here.helena))

    assert f"{here.desmond.name} has not joined as many groups" in words(client().get("/plan/groups/"))


PARTNER = {"agency": "Health", "name": "Imogen Starr", "email": "imogen.starr@health.example", **FIRST}


def test_a_partner_is_on_record_and_cannot_sign_in() -> None:
    client().post(at("partner/"), PARTNER)

    made = Membership.objects.get()
    assert (made.standing, made.agency, made.person.name, made.person.has_password) == (
        "partner", "Health", "Imogen Starr", False
    )  # fmt: skip
    assert "Imogen Starr Co-opted partner, Health" in words(client().get(at()))


def test_a_partner_joins_a_second_group_as_the_same_person() -> None:
    client().post(at("partner/"), PARTNER)
    client().post(at("partner/", "safeguarding"), PARTNER)

    assert Person.objects.filter(name="Imogen Starr").count() == 1
    assert Membership.objects.count() == 2


def test_an_address_of_somebody_of_the_council_is_no_partners() -> None:
    Person.objects.filter(pk=make.council().joel.pk).update(username="joel@ambermere.example")

    answer = client().post(at("partner/"), PARTNER | {"email": "joel@ambermere.example"})

    assert faults(answer) == [
        f"joel@ambermere.example belongs to {make.council().joel.name}, who works for the council. "
        "Give the partner's own address."
    ]


def test_a_membership_is_ended_and_stays_on_record() -> None:
    as_core(make.council().grace)
    key = Membership.objects.get().pk

    client().post(f"/plan/memberships/{key}/change/", FIRST | LAST)
    with time_machine.travel("2027-05-01"):
        page = words(client().get(at()))

    assert "Who belonged to it before (1) Earlier members" in page


def test_a_change_that_ends_before_it_begins_is_said_at_its_field() -> None:
    as_core(make.council().grace)

    answer = client().post(f"/plan/memberships/{Membership.objects.get().pk}/change/", FIRST | BEFORE)

    assert faults(answer) == [
        "Last day: 31 October 2026 is before the first day, 1 November 2026. Give that day or a later one."
    ]


@pytest.mark.parametrize("name", ["grace", "rafiq", "helena", "bridget"])
def test_groups_are_changed_by_the_unit_only(name: str) -> None:
    someone = signed_in(getattr(make.council(), name))
    pages = ("change/", "seats/", "core/", "director/", "partner/")

    assert {someone.get(at(rest)).status_code for rest in pages} == {403}
    assert someone.post(at("seats/framework/")).status_code == 409
