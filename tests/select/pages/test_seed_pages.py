"""The pages on which a seed comes about: each person's number, the beacon's signature, the bundle to check it all."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import time_machine

from goldenthread.method.seed_sources import beacon
from goldenthread.people.models import Person
from goldenthread.select.models import Draw
from tests import make
from tests.browsing import faults, form_in, signed_in, statements, words
from tests.select.test_seeding import BEFORE, ROUND, SIGNATURE, commit, frozen, reveal, three

pytestmark = pytest.mark.django_db
NUMBER = "2718 2818 2845 9045"


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def unit():
    return signed_in(make.council().maya)


def number_page(draw: Draw) -> str:
    return f"/select/draws/{draw.code}/number/"


def give(person: Person, draw: Draw, **what: str):
    return signed_in(person).post(number_page(draw), {"number": NUMBER} | what, follow=True)


# --- numbers ---------------------------------------------------------------------------------------------


def test_somebody_gives_her_number_on_her_own_page_and_only_its_fingerprint_is_shown() -> None:
    draw, grace = frozen("shares"), make.council().grace

    page = words(give(grace, draw))

    assert "Your number is kept, as its fingerprint." in page
    assert (draw.shares.get().sha256 in page, NUMBER in page) == (True, False)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": "12"}, "Your secret number: The number has 2 digits: give from 16 to 90."),
        ({"number": ""}, "Give a number, or a fingerprint that you worked out yourself: one of the two."),
        ({"number": "", "digest": "abc"}, "Or its fingerprint: A SHA-256 digest is 64 digits and letters from a to f: "
         "this is not one."),
    ],
)  # fmt: skip
def test_a_number_that_will_not_do_is_said_beside_its_box(typed: dict[str, str], sentence: str) -> None:
    draw = frozen("shares")

    assert faults(give(make.council().grace, draw, **typed)) == [sentence]
    assert not draw.shares.exists()


def test_three_give_and_reveal_and_the_unit_draws() -> None:
    draw = frozen("shares")
    for person in three():
        give(person, draw)
    assert "Numbers given By Given Revealed" in words(unit().get(f"/select/draws/{draw.code}/"))
    for person in three():
        assert "Your number is revealed." in words(give(person, draw))

    maya = unit()
    page = words(
        maya.post(f"/select/draws/{draw.code}/", form_in(maya.get(f"/select/draws/{draw.code}/")), follow=True)
    )

    assert ("Cases drawn (2)" in page, "Numbers revealed shares:" in page) == (True, True)


def test_a_number_that_is_not_the_same_is_said_beside_its_box() -> None:
    draw = frozen("shares")
    for person in three():
        commit(person, draw)

    answer = give(make.council().grace, draw, number="9999 8888 7777 6666")

    assert faults(answer) == ["This is not the number that you gave before. Type it again, digit by digit."]


def test_a_missing_number_is_the_end_of_the_draw_and_another_begins() -> None:
    draw, (grace, sunita, rafiq) = frozen("shares"), three()
    for person in (grace, sunita, rafiq):
        commit(person, draw)
    reveal(grace, draw)
    reveal(sunita, draw)
    maya = unit()
    assert "Start again under a new id" in words(maya.get(f"/select/draws/{draw.code}/"))

    page = words(maya.post(f"/select/draws/{draw.code}/again/", {"because": "Her number is lost."}, follow=True))

    assert f"The same list is frozen again, as {draw.draw_id}-2. Ask for new numbers." in page


def test_a_draw_with_dice_has_no_page_for_numbers() -> None:
    assert signed_in(make.council().grace).get(number_page(frozen("dice"))).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_number_takes_the_same_statements_however_many_there_are(number: int) -> None:
    draw = frozen("shares")
    for person in three()[:number]:
        commit(person, draw)

    assert statements(signed_in(make.council().grace), number_page(draw)) == 4


# --- the beacon ------------------------------------------------------------------------------------------


def test_before_the_round_is_out_the_page_says_when() -> None:
    draw = frozen("beacon", now=BEFORE)

    with time_machine.travel(BEFORE, tick=False):
        page = words(unit().get(f"/select/draws/{draw.code}/"))

    assert f"The list is frozen and waits for round {ROUND} of the beacon." in page
    assert "The round comes out on 23 August 2023 at 4:59pm." in page


def test_a_signature_is_pasted_checked_and_the_cases_are_drawn() -> None:
    draw, maya = frozen("beacon", now=BEFORE), unit()
    path = f"/select/draws/{draw.code}/"
    assert faults(maya.post(path, {"signature": "ab"})) == [
        "Signature of the round: A signature of the beacon is 96 digits and letters from a to f: this is not one."
    ]
    changed = SIGNATURE[:-1] + "8"
    assert faults(maya.post(path, {"signature": changed})) == [
        "This is not the signature of round 1000. Fetch that round again and paste its signature."
    ]

    page = words(maya.post(path, {"signature": SIGNATURE}, follow=True))

    assert f"Round of the beacon drand:{beacon.CHAIN}:1000:" in page


# --- the bundle ------------------------------------------------------------------------------------------


def test_the_bundle_of_the_page_checks_itself(tmp_path: Path) -> None:
    draw = Draw.objects.get(session=make.drawn_session())
    answer = unit().get(f"/select/draws/{draw.code}/files/bundle.zip")
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)

    run = [sys.executable, "verifier.py", "record.json", "list.csv"]
    assert answer["Content-Disposition"] == f'attachment; filename="{draw.draw_id}.zip"'
    assert subprocess.run(run, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "list.csv").write_bytes((tmp_path / "list.csv").read_bytes().replace(b"C001", b"C00l"))
    assert subprocess.run(run, cwd=tmp_path, check=False).returncode == 1
