"""Dice, numbers committed to and revealed, a round of the beacon: what each takes, and what it refuses."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.refusal import Refused
from goldenthread.method.seed_sources import beacon, shares, witnessed_dice

DICE = "31625 44213 56612 34561"
# Round 1000 of quicknet as anybody can fetch it, and the randomness that the published test vector has.
SIGNATURE = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"
RANDOMNESS = "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
FROZEN_AT = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


# --- dice ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["Maya Holt", "holt  MAYA", "Maya, Holt".replace(",", ""), "Quality Assurance Officer"]
)
def test_a_witness_who_makes_the_draw_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        witnessed_dice(DICE, [typed, "Police DI"], ["Maya Holt", "Quality Assurance Officer"])

    name = " ".join(typed.split())
    assert refusal.value.sentences == (
        f"The witness {name!r} is whoever makes this draw: a witness has to be somebody else.",
    )


def test_a_witness_with_another_name_is_not_the_operator() -> None:
    assert witnessed_dice(DICE, ["Maya Hollis", "Police DI"], ["Maya Holt"]).endswith("witnesses:Maya Hollis,Police DI")


# --- numbers committed to and revealed -------------------------------------------------------------------


@given(st.text("0123456789", min_size=16, max_size=40), st.text("abc-0123", min_size=1, max_size=12))
def test_a_commitment_is_the_digest_that_the_page_describes(secret: str, draw_id: str) -> None:
    assert shares.commitment(secret, draw_id) == hashlib.sha256(draw_id.encode() + b"|" + secret.encode()).hexdigest()


def test_a_number_committed_to_for_one_draw_is_not_the_number_of_another() -> None:
    number = shares.secret_number("2718 2818 2845 9045")

    assert shares.commitment(number, "2026-Q4-1") != shares.commitment(number, "2026-Q4-1-2")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("123", "The number has 3 digits: give from 16 to 90."),
        ("1" * 91, "The number has 91 digits: give from 16 to 90."),
        ("7" * 16, "A number of one digit over and over is easily guessed: give another."),
        ("twelve", "A secret number is made of the digits 0 to 9, with spaces between them if you like."),
        ("", "A secret number is made of the digits 0 to 9, with spaces between them if you like."),
        ("١٢٣٤" * 4, "A secret number is made of the digits 0 to 9, with spaces between them if you like."),
    ],
)  # fmt: skip
def test_a_number_that_will_not_do_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        shares.secret_number(typed)

    assert refusal.value.sentences == (sentence,)


def test_a_digest_that_is_none_is_refused() -> None:
    with pytest.raises(Refused, match="64 digits and letters"):
        shares.read_commitment("abc")


@given(st.permutations([("Ann Lee", "111"), ("Bo Diaz", "222"), ("Cy; Fox=", "333")]))
def test_the_source_is_the_same_in_whatever_order_the_numbers_came(given_in: list[tuple[str, str]]) -> None:
    assert shares.revealed_shares(dict(given_in)) == "shares:Ann Lee=111;Bo Diaz=222;Cy Fox=333"


def test_fewer_than_three_numbers_make_no_seed() -> None:
    with pytest.raises(Refused, match=r"^At least 3 people have to reveal a number: 2 did\.$"):
        shares.revealed_shares({"Ann": "1", "Bo": "2"})


# --- a round of the beacon -------------------------------------------------------------------------------


def test_the_published_round_is_signed_and_gives_the_source_of_the_test_vector() -> None:
    assert beacon.signed_round(1000, SIGNATURE.upper()) == f"drand:{beacon.CHAIN}:1000:{RANDOMNESS}"


@pytest.mark.parametrize("other", [999, 1001, 2**32])
def test_a_signature_of_another_round_is_refused(other: int) -> None:
    with pytest.raises(Refused, match=f"This is not the signature of round {other}"):
        beacon.signed_round(other, SIGNATURE)


@pytest.mark.parametrize("place", [0, 1, 20, 47])
def test_a_signature_with_one_bit_changed_is_refused(place: int) -> None:
    changed = bytearray(bytes.fromhex(SIGNATURE))
    changed[place] ^= 1

    assert not beacon.is_signed(1000, bytes(changed))


@pytest.mark.parametrize("signature", [b"\xc0" + bytes(47), bytes(48), b"\xff" * 48])
def test_what_is_no_point_of_the_curve_or_its_zero_signs_nothing(signature: bytes) -> None:
    assert not beacon.is_signed(1000, signature)


@pytest.mark.parametrize("typed", ["", "b446", SIGNATURE + "00", "z" * 96])
def test_what_is_no_signature_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(Refused, match="96 digits and letters"):
        beacon.signed_round(1000, typed)


@given(st.integers(1, 2**35))
def test_a_round_comes_out_three_seconds_after_the_one_before(number: int) -> None:
    assert beacon.round_out_at(number + 1) - beacon.round_out_at(number) == timedelta(seconds=3)


@given(st.datetimes(datetime(2023, 8, 24), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - given one
def test_the_round_after_a_moment_is_the_first_that_is_not_before_it(moment: datetime) -> None:
    number = beacon.round_after(moment)

    assert beacon.round_out_at(number - 1) < moment <= beacon.round_out_at(number)


def test_the_first_round_came_out_at_the_genesis() -> None:
    assert beacon.round_out_at(1).timestamp() == 1692803367


def test_a_round_within_ten_minutes_of_the_freezing_is_refused_and_the_next_is_not() -> None:
    soonest = beacon.round_after(FROZEN_AT + timedelta(minutes=10))

    assert beacon.round_named(soonest, FROZEN_AT) == soonest
    with pytest.raises(Refused, match=f"comes out too soon, or is out.*Give {soonest} or a later one"):
        beacon.round_named(soonest - 1, FROZEN_AT)


def test_a_round_more_than_a_month_away_is_refused() -> None:
    with pytest.raises(Refused, match="more than a month from now"):
        beacon.round_named(beacon.round_after(FROZEN_AT + timedelta(days=32)), FROZEN_AT)


def test_the_curve_is_imported_only_where_a_signature_is_checked() -> None:
    lazily = "import sys, goldenthread.method.seed_sources.beacon as b; assert 'py_ecc' not in sys.modules"

    assert subprocess.run([sys.executable, "-c", lazily], check=False).returncode == 0


def test_checking_a_signature_lets_nothing_else_nest_deeper() -> None:
    """In a process of its own, since the library sets the limit when it is first imported."""
    program = (
        "import sys; before = sys.getrecursionlimit()\n"
        "from goldenthread.method.seed_sources.beacon import is_signed\n"
        "is_signed(1, bytes(48)); print(before == sys.getrecursionlimit())"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "True"
