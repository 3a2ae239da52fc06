"""The rota of a year: what its page says, and its proposals, kept as they are shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from goldenthread.notices.models import Notice
from goldenthread.plan.models import Group, Membership, Seat, Session
from goldenthread.plan.services.sessions import cancel_session
from goldenthread.trail.queries import events_of
from tests import make
from tests.browsing import form_in, signed_in, statements, words
from tests.plan.rota_council import away, keep, names, proposed, published, seat, seated, unit

pytestmark = pytest.mark.django_db

FILL, AGAIN, REPLAN, PUBLISH = (f"/plan/rota/{rest}/" for rest in ("fill", "again", "replan", "publish"))


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


# --- what the page says ----------------------------------------------------------------------------------


def test_before_a_session_is_laid_out_the_page_says_what_to_do() -> None:
    assert "No session stands in this time yet. Lay out the year" in words(unit().get("/plan/rota/"))


def test_groups_without_a_session_are_named() -> None:
    proposed("duty")

    page = words(unit().get("/plan/rota/"))

    assert ("Looked after children has no session" in page, "Frontline duty has no session" in page) == (True, False)


def test_a_group_that_does_not_meet_is_no_part_of_it() -> None:
    proposed("duty")
    Group.objects.create(authority=make.council().authority, key="rounds", name="Single records", meets=False)

    assert "Single records" not in words(unit().get("/plan/rota/"))


def test_an_empty_seat_says_why_and_what_would_fill_it() -> None:
    here, held = make.council(), proposed()
    away(here.grace, held.held_on)

    page = words(unit().get("/plan/rota/"))

    assert "No Independent Reviewing Officer is free on 13 October 2026: Grace Adewole is away." in page
    assert "Moving the session to 14 October 2026 frees one: Grace Adewole." in page
    assert "For 6 empty seats somebody is free." in page


def test_a_session_below_its_quorum_is_named() -> None:
    held = proposed()
    seat(held, make.council().grace)

    assert "13 October 2026, Frontline duty : 1 can come, and 4 must sit" in words(unit().get("/plan/rota/"))


def test_each_load_stands_beside_a_fair_share_in_words() -> None:
    here = make.council()
    for week in (1, 7):
        seat(proposed(weeks=week), here.rafiq)

    page = words(unit().get("/plan/rota/"))

    assert "Rafiq Alderton Team Manager 2 2.0 A fair share" in page


def test_somebody_who_cannot_come_is_named_with_the_way_to_re_plan() -> None:
    held = proposed()
    seat(held, make.council().rafiq)
    away(make.council().rafiq, held.held_on)

    page = words(unit().get("/plan/rota/"))

    assert "1 seat is held by people who cannot come 13 October 2026, Frontline duty : Rafiq Alderton (away)" in page
    assert "Fill the empty seats" not in page.partition("Empty seats")[0]


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_the_same_statements_however_many_sessions_there_are(number: int) -> None:
    for week in range(1, number + 1):
        held = proposed(weeks=week)
        seat(held, make.council().grace)
        away(make.council().rafiq, held.held_on)

    client = unit()
    assert [statements(client, path) for path in ("/plan/rota/", FILL, AGAIN, REPLAN, PUBLISH)] == [11] * 5


@pytest.mark.parametrize("name", ["grace", "rafiq", "helena", "bridget"])
def test_the_rota_is_the_units(name: str) -> None:
    client = signed_in(getattr(make.council(), name))
    proposed()

    assert {client.get(path).status_code for path in ("/plan/rota/", FILL, AGAIN, REPLAN, PUBLISH)} == {403}
    assert {client.post(path).status_code for path in (FILL, AGAIN, REPLAN, PUBLISH)} == {409}


# --- filling ---------------------------------------------------------------------------------------------


def test_the_empty_seats_are_shown_filled_and_nothing_is_kept_yet() -> None:
    proposed()

    page = words(unit().get(FILL))

    assert "7 seats change. Nobody is told: none of these sessions is published." in page
    assert "13 Oct 2026 Frontline duty Independent Reviewing Officer nobody → Grace Adewole" in page
    assert not Seat.objects.exists()


def test_a_proposal_kept_seats_people_by_their_posts() -> None:
    here, held = make.council(), proposed()

    keep(FILL)

    sits = seated(held)
    told = events_of(held).last()
    assert names([here.grace, here.sunita, here.rafiq, here.zofia]) <= set(sits)
    assert sorted(sits.values()).count("team_manager") == 2
    assert told is not None
    assert (told.verb, len(told.now["seats"])) == ("filled the seats of", 7)
    assert not Notice.objects.exists()


def test_who_sits_already_keeps_her_seat() -> None:
    here, held = make.council(), proposed()
    seat(held, here.nadia)

    keep(FILL)

    assert "Nadia" in {name.split()[0] for name in seated(held)}
    assert held.seats.filter(post="service_manager").count() == 1


def test_core_members_sit_at_every_session_and_directors_and_partners_beside_the_seats() -> None:
    here, held = make.council(), proposed()
    for person, standing, post, agency in (
        (here.zofia, "core", "team_manager", ""),
        (here.helena, "director", "service_director", ""),
        (make.person(name="Imogen Starr"), "partner", "", "Health"),
    ):
        Membership.objects.create(
            authority=here.authority, group=held.group, person=person, standing=standing, post=post, agency=agency,
            from_on=date(2026, 1, 1), given_at=make.NOW, given_by=here.maya,
        )  # fmt: skip

    keep(FILL)

    assert dict(held.seats.exclude(standing="seat").values_list("person__name", "standing")) == {
        here.zofia.name: "core", here.helena.name: "director", "Imogen Starr": "partner"
    }  # fmt: skip
    assert held.seats.filter(standing__in=("seat", "core")).count() == 7


def test_a_core_member_takes_her_place_from_somebody_else() -> None:
    here, held = make.council(), proposed()
    other = make.person("independent_reviewing_officer", "Independent Reviewing Unit", name="Other Officer")
    seat(held, other)
    Membership.objects.create(
        authority=here.authority, group=held.group, person=here.grace, standing="core",
        post="independent_reviewing_officer", from_on=date(2026, 1, 1), given_at=make.NOW, given_by=here.maya,
    )  # fmt: skip

    page = words(unit().get(FILL))

    assert "Other Officer (gives way to a core member) → Grace Adewole" in page


def test_a_proposal_of_a_rota_that_has_changed_is_refused() -> None:
    held = proposed()
    client = unit()
    shown = form_in(client.get(FILL))
    away(make.council().grace, held.held_on)

    answer = client.post(FILL, shown)

    assert answer.status_code == 409
    assert "The rota has changed since this was worked out, so nothing was kept." in words(answer)
    assert not Seat.objects.exists()


@pytest.mark.parametrize(
    "changes", ["", "no", "[1]", '[[1,2,3,"x","seat"', '[["1",null,2,"team_manager","seat"]]', "[[1,null,2,3,4]]"]
)
def test_a_proposal_that_cannot_be_read_is_refused(changes: str) -> None:
    proposed()
    client = unit()
    shown = form_in(client.get(FILL))

    assert client.post(FILL, shown | {"changes": changes}).status_code == 409
    assert not Seat.objects.exists()


def made_up(client, *rows) -> object:
    import json

    shown = form_in(client.get(FILL))
    return client.post(FILL, shown | {"changes": json.dumps([list(row) for row in rows])})


def test_seats_that_nobody_proposed_are_held_to_the_rules() -> None:
    here, held = make.council(), proposed()
    away(here.rafiq, held.held_on)
    other = proposed("safeguarding")
    past = make.session(held_on=make.DAY - timedelta(days=7))
    client = unit()

    answers = [
        made_up(client, (held.pk, None, here.rafiq.pk, "team_manager", "seat")),
        made_up(client, (held.pk, None, here.ffion.pk, "team_manager", "seat")),
        made_up(client, (held.pk, None, here.helena.pk, "service_director", "director")),
        made_up(client, (held.pk, None, 999_999, "team_manager", "seat")),
        made_up(client, (held.pk, None, here.grace.pk, "independent_reviewing_officer", "seat"),
                (other.pk, None, here.grace.pk, "independent_reviewing_officer", "seat")),
        made_up(client, (past.pk, None, here.rafiq.pk, "team_manager", "seat")),
        made_up(client, (999_999, None, here.rafiq.pk, "team_manager", "seat")),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [409] * 7
    assert "Rafiq Alderton cannot sit in Frontline duty on 13 October: they are away." in words(answers[0])
    assert not Seat.objects.exclude(session=past).exists()


def test_with_nothing_to_fill_the_page_says_so() -> None:
    proposed()
    keep(FILL)

    assert "There is nothing to change" in words(unit().get(FILL))


# --- planning again --------------------------------------------------------------------------------------


def test_planning_again_leaves_published_and_hand_given_seats() -> None:
    here = make.council()
    told, free, by_hand = published(proposed(weeks=1)), proposed(weeks=7), proposed(weeks=13)
    seat(told, here.ffion)
    seat(free, here.ffion)
    seat(by_hand, here.ffion, fixed=True)
    for _ in range(6):
        make.person("social_worker")

    keep(AGAIN)

    assert ["Ffion Carrow" in seated(held) for held in (told, free, by_hand)] == [True, False, True]
    assert by_hand.seats.get(person=here.ffion).fixed is True


# --- re-planning -----------------------------------------------------------------------------------------


def test_re_planning_moves_only_who_cannot_come_and_tells_those_it_concerns() -> None:
    here = make.council()
    tom = make.person("team_manager", name="Tom Spare")
    held = published(proposed())
    for person in (here.rafiq, here.zofia, here.grace, here.sunita):
        seat(held, person)
    away(here.rafiq, held.held_on)

    page = words(unit().get(REPLAN))
    answer = keep(REPLAN)

    assert "13 Oct 2026 Frontline duty Team Manager Rafiq Alderton (away) → Tom Spare" in page
    assert names([tom, here.zofia, here.grace, here.sunita]) <= set(seated(held))
    assert "Rafiq Alderton" not in seated(held)
    told = events_of(held).last()
    assert told is not None
    assert (told.verb, told.because) == ("re-planned", "Rafiq Alderton is away")
    kinds = dict(Notice.objects.values_list("name", "kind"))
    assert (kinds["Rafiq Alderton"], kinds["Tom Spare"], "Grace Adewole" in kinds) == (
        "seat given up",
        "invitation",
        False,
    )
    assert answer.url == "/plan/rota/"


def test_nobody_is_told_why_somebody_is_away() -> None:
    here, held = make.council(), published(proposed())
    make.person("team_manager", name="Tom Spare")
    seat(held, here.rafiq)
    away(here.rafiq, held.held_on)

    keep(REPLAN)

    told = [f"{subject} {body}" for subject, body in Notice.objects.values_list("subject", "body")]
    assert [text for text in told if "away" in text or "absen" in text] == []


def test_somebody_who_left_her_post_is_replaced() -> None:
    here, held = make.council(), proposed()
    make.person("team_manager", name="Tom Spare")
    seat(held, here.rafiq)
    here.rafiq.posts.update(ended_on=held.held_on - timedelta(days=1))

    assert "Rafiq Alderton (no longer in post) → " in words(unit().get(REPLAN))


def test_after_a_session_is_cancelled_its_people_are_free_for_others() -> None:
    here = make.council()
    duty, safeguarding = published(proposed("duty")), published(proposed("safeguarding"))
    seat(duty, here.grace)
    cancel_session(by=here.maya, session=duty, because="Snow", now=make.NOW)

    keep(REPLAN)

    assert "Grace Adewole" in seated(safeguarding)


def test_a_past_session_is_never_touched() -> None:
    here = make.council()
    held = make.session(held_on=make.DAY - timedelta(days=7), seats=(here.rafiq, here.grace))
    away(here.rafiq, held.held_on)
    proposed()

    keep(REPLAN)

    assert set(seated(held)) == {"Rafiq Alderton", "Grace Adewole"}


# --- publishing ------------------------------------------------------------------------------------------


def test_publishing_says_how_many_are_told_and_then_tells_them() -> None:
    here, held = make.council(), proposed()
    seat(held, here.grace)
    seat(proposed(weeks=7), here.grace)

    page = words(unit().get(PUBLISH))
    keep(PUBLISH)

    assert "2 sessions would be published. 1 person gets 2 invitations by e-mail." in page
    assert "Quorum not met: 4 must sit" in page
    assert Session.objects.filter(published_at__isnull=False).count() == 2
    assert Notice.objects.filter(kind="invitation").count() == 2


def test_a_rota_that_changed_since_the_page_is_not_published() -> None:
    held = proposed()
    client = unit()
    shown = form_in(client.get(PUBLISH))
    seat(held, make.council().grace)

    assert client.post(PUBLISH, shown).status_code == 409
    assert not Session.objects.filter(published_at__isnull=False).exists()


def test_with_everything_published_the_page_says_so() -> None:
    published(proposed())

    assert "Every session to come is published already." in words(unit().get(PUBLISH))
