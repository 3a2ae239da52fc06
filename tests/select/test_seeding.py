"""Seeds from people's numbers and from the beacon: given, revealed, checked, and begun anew where one is missing."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from goldenthread.method.case_list import verify
from goldenthread.method.refusal import Refused
from goldenthread.method.seed_sources import beacon
from goldenthread.people.models import Person
from goldenthread.select.models import Draw
from goldenthread.select.queries.frames import draw_frame, proposed_quotas
from goldenthread.select.services import draws as services
from goldenthread.select.services import seeding
from goldenthread.select.services.bundling import bundle_of, export_draw
from goldenthread.select.services.draws import Chosen
from goldenthread.trail.queries import events_of
from tests import make

pytestmark = pytest.mark.django_db
NUMBER = "2718 2818 2845 9045 {}"
ROUND, SIGNATURE = (
    1000,
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
)


def frozen(seed_kind: str, *, now=make.NOW, **how: int) -> Draw:
    here, case_list, session = make.council(), make.case_list(), make.session()
    frame = draw_frame(case_list, session, here.framework.parsed)
    return services.freeze(
        by=here.maya, case_list=case_list, session=session, framework=here.framework, cases=frame.cases,
        exclusions=(), quotas=proposed_quotas(frame.sizes, 2), now=now, chosen=Chosen(seed_kind=seed_kind, **how),
    )  # fmt: skip


def commit(by: Person, draw: Draw, number: str = "", digest: str = "") -> None:
    seeding.commit_share(
        by=by, draw=draw, number=number or ("" if digest else _number(by)), digest=digest, now=make.NOW
    )


def reveal(by: Person, draw: Draw, number: str = "") -> None:
    seeding.reveal_share(by=by, draw=draw, number=number or _number(by), now=make.NOW)


def _number(person: Person) -> str:
    return NUMBER.format(person.pk)


def three() -> list[Person]:
    here = make.council()
    return [here.grace, here.sunita, here.rafiq]


def shared(draw: Draw) -> Draw:
    for person in three():
        commit(person, draw)
    for person in three():
        reveal(person, draw)
    return seeding.cast_shares(by=make.council().maya, draw=draw, now=make.NOW)


# --- numbers ---------------------------------------------------------------------------------------------


def test_three_people_make_the_seed_and_their_numbers_are_its_source() -> None:
    draw = shared(frozen("shares"))

    said = sorted((person.name, _number(person).replace(" ", "")) for person in three())
    assert draw.source == "shares:" + ";".join(f"{name}={number}" for name, number in said)
    assert (draw.state, draw.cases.count()) == ("drawn", 2)


def test_only_the_digest_of_a_number_is_kept_until_it_is_revealed() -> None:
    draw, grace = frozen("shares"), make.council().grace
    commit(grace, draw)

    share = draw.shares.get()
    digits = _number(grace).replace(" ", "")
    assert (share.sha256, share.secret) == (hashlib.sha256(f"{draw.draw_id}|{digits}".encode()).hexdigest(), "")
    assert digits not in json.dumps([event.now for event in events_of(draw)])


def test_a_digest_worked_out_elsewhere_is_taken_as_well() -> None:
    draw, (grace, *others) = frozen("shares"), three()
    commit(grace, draw, digest=hashlib.sha256(f"{draw.draw_id}|12345678901234567".encode()).hexdigest().upper())
    for person in others:
        commit(person, draw)

    reveal(grace, draw, "12345678901234567")

    assert draw.shares.get(person=grace).revealed_by == grace


def test_no_number_is_revealed_before_three_have_given_theirs() -> None:
    draw, (grace, sunita, _) = frozen("shares"), three()
    commit(grace, draw)
    commit(sunita, draw)

    with pytest.raises(Refused, match="At least 3 people beside whoever froze the list.*: 2 did so far"):
        reveal(grace, draw)


def test_whoever_froze_the_list_is_not_one_of_the_three_but_may_be_a_fourth() -> None:
    draw, (grace, sunita, rafiq), maya = frozen("shares"), three(), make.council().maya
    for person in (grace, sunita, maya):
        commit(person, draw)
    with pytest.raises(Refused, match="2 did so far"):
        reveal(grace, draw)

    commit(rafiq, draw)
    for person in (grace, sunita, rafiq, maya):
        reveal(person, draw)

    assert seeding.cast_shares(by=maya, draw=draw, now=make.NOW).source.count("=") == 4


def test_a_number_that_is_not_the_one_given_is_refused() -> None:
    draw = frozen("shares")
    for person in three():
        commit(person, draw)

    with pytest.raises(
        Refused, match=r"^This is not the number that you gave before\. Type it again, digit by digit\.$"
    ):
        reveal(make.council().grace, draw, "9999888877776666")


def test_nobody_gives_a_number_once_one_is_revealed() -> None:
    draw, here = frozen("shares"), make.council()
    for person in three():
        commit(person, draw)
    reveal(here.grace, draw)

    with pytest.raises(
        Refused, match=r"^A number of this draw has been revealed, so no other can be given any more\.$"
    ):
        commit(here.kwame, draw)


@pytest.mark.parametrize("again", [commit, reveal])
def test_a_number_is_given_and_revealed_once(again) -> None:
    draw, grace = frozen("shares"), make.council().grace
    for person in three():
        commit(person, draw)
    if again is reveal:
        reveal(grace, draw)

    with pytest.raises(Refused, match="already"):
        again(grace, draw)


def test_somebody_who_gave_none_has_none_to_reveal() -> None:
    with pytest.raises(Refused, match="You gave no number for this draw"):
        reveal(make.council().grace, frozen("shares"))


def test_one_of_number_and_digest_is_given() -> None:
    draw, grace = frozen("shares"), make.council().grace

    with pytest.raises(Refused, match="one of the two"):
        commit(grace, draw, number=_number(grace), digest="ab" * 32)


def test_nothing_is_drawn_while_a_number_is_not_revealed() -> None:
    draw, (grace, sunita, rafiq) = frozen("shares"), three()
    for person in (grace, sunita, rafiq):
        commit(person, draw)
    reveal(grace, draw)
    reveal(sunita, draw)

    with pytest.raises(Refused, match=f"^Numbers that are not revealed yet: {rafiq.name}\\.$"):
        seeding.cast_shares(by=make.council().maya, draw=draw, now=make.NOW)


def test_a_missing_number_ends_the_draw_and_the_same_list_begins_again_under_a_new_id() -> None:
    draw, (grace, sunita, rafiq), maya = frozen("shares"), three(), make.council().maya
    for person in (grace, sunita, rafiq):
        commit(person, draw)
    reveal(grace, draw)
    reveal(sunita, draw)

    again = seeding.start_again(by=maya, draw=draw, because="Her number is lost.", now=make.NOW)

    draw.refresh_from_db()
    assert (draw.state, again.state, again.draw_id) == ("abandoned", "frozen", f"{draw.draw_id}-2")
    assert (again.frame_sha256, again.quotas, again.seed_kind) == (draw.frame_sha256, draw.quotas, "shares")
    given_up = events_of(draw).get(verb="abandoned")
    assert (given_up.now, given_up.because) == ({"not revealed": [rafiq.name]}, "Her number is lost.")


def test_once_every_number_is_revealed_the_draw_cannot_be_given_up() -> None:
    draw = frozen("shares")
    for person in three():
        commit(person, draw)
    for person in three():
        reveal(person, draw)

    with pytest.raises(Refused, match="what is drawn is settled"):
        services.abandon(by=make.council().maya, draw=draw, because="Not liked", now=make.NOW)


def test_the_database_holds_what_was_committed_to() -> None:
    draw = frozen("shares")
    commit(make.council().grace, draw)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        draw.shares.update(sha256="0" * 64)


def test_a_draw_with_dice_takes_no_numbers() -> None:
    with pytest.raises(Refused, match=r"its seed was said to come from dice before witnesses\.$"):
        commit(make.council().grace, frozen("dice"))


# --- the beacon ------------------------------------------------------------------------------------------

BEFORE = beacon.round_out_at(ROUND) - beacon.NOTICE


def test_the_round_is_named_when_the_list_is_frozen_ten_minutes_ahead() -> None:
    draw = frozen("beacon", now=BEFORE)

    assert draw.beacon_round == ROUND


def test_a_round_that_is_known_already_cannot_be_named() -> None:
    with pytest.raises(Refused, match="comes out too soon, or is out"):
        frozen("beacon", now=BEFORE, beacon_round=ROUND - 1)

    assert not Draw.objects.exists()


def test_the_signature_of_the_round_draws_the_cases() -> None:
    draw = frozen("beacon", now=BEFORE)

    drawn = seeding.cast_beacon(
        by=make.council().maya, draw=draw, signature=SIGNATURE, now=beacon.round_out_at(ROUND)
    )  # fmt: skip

    assert drawn.source == (
        f"drand:{beacon.CHAIN}:1000:fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
    )
    record = json.loads(zipfile.ZipFile(io.BytesIO(bundle_of(drawn))).read("record.json"))
    assert record["beacon"] == {"chain": beacon.CHAIN, "round": 1000, "signature": SIGNATURE}


def test_a_signature_that_is_not_the_rounds_draws_nothing() -> None:
    draw = frozen("beacon", now=BEFORE - timedelta(seconds=3), beacon_round=ROUND + 1)

    with pytest.raises(Refused, match="This is not the signature of round 1001"):
        seeding.cast_beacon(by=make.council().maya, draw=draw, signature=SIGNATURE, now=make.NOW)

    draw.refresh_from_db()
    assert draw.state == "frozen"


def test_a_round_that_is_not_out_yet_draws_nothing() -> None:
    draw = frozen("beacon", now=BEFORE)

    with pytest.raises(Refused, match="^Round 1000 comes out on 23 Aug 2023 at 4:59pm: fetch it then"):
        seeding.cast_beacon(by=make.council().maya, draw=draw, signature=SIGNATURE, now=BEFORE)


def test_a_draw_can_be_given_up_until_its_round_is_out() -> None:
    draw, maya = frozen("beacon", now=BEFORE), make.council().maya

    with pytest.raises(Refused, match="The round is out"):
        services.abandon(by=maya, draw=draw, because="Not liked", now=beacon.round_out_at(ROUND))
    assert services.abandon(by=maya, draw=draw, because="A wrong list", now=BEFORE).state == "abandoned"


# --- dice ------------------------------------------------------------------------------------------------


def test_whoever_makes_the_draw_is_no_witness_of_it() -> None:
    draw, maya = frozen("dice"), make.council().maya

    with pytest.raises(Refused, match="The witness 'Maya Holt' is whoever makes this draw"):
        services.cast(by=maya, draw=draw, rolls=make.DICE, witnesses=["Maya Holt", "Police DI"], now=make.NOW)


# --- the bundle ------------------------------------------------------------------------------------------


def test_a_bundle_is_the_same_bytes_whenever_it_is_made() -> None:
    draw = Draw.objects.get(session=make.drawn_session())

    assert bundle_of(draw) == bundle_of(Draw.objects.get(pk=draw.pk))


def test_a_bundle_holds_the_list_the_record_the_verifier_and_how_to_use_them() -> None:
    draw = Draw.objects.get(session=make.drawn_session())

    bundle = zipfile.ZipFile(io.BytesIO(bundle_of(draw)))
    record = json.loads(bundle.read("record.json"))

    assert bundle.namelist() == ["list.csv", "record.json", "verifier.py", "README.txt"]
    assert verify(record, bundle.read("list.csv"), list_name="list.csv") == ()
    assert (record["way"], record["seed_kind"], record["quotas"]) == ("stratified", "dice", draw.quotas)
    assert "python verifier.py record.json list.csv" in bundle.read("README.txt").decode()


def test_a_record_says_which_case_took_the_place_of_which() -> None:
    draw = Draw.objects.get(session=make.drawn_session())
    case = draw.cases.first()
    assert case is not None
    reserve = services.replace(by=make.council().maya, case=case, because="With the court.", now=make.NOW)

    record = json.loads(export_draw(by=make.council().maya, draw=draw, what="record.json", now=make.NOW))

    assert record["replaced"] == [{"ref": case.ref, "by": reserve.ref, "because": "With the court."}]
