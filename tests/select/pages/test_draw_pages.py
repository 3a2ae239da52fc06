"""Planning a draw, freezing it, casting the dice, checking it and replacing a case, on the pages."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import time_machine

from goldenthread.plan.models import Session
from goldenthread.select.models import Draw, DrawnCase
from tests import make
from tests.browsing import faults, form_in, signed_in, statements, words
from tests.select.lists import loaded

pytestmark = pytest.mark.django_db
DICE = {"rolls": make.DICE, "first_witness": "Designated nurse", "second_witness": "Police DI"}


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def maya():
    return signed_in(make.council().maya)


def planned(client, session: Session, then: str = "freeze", **how: str):
    """The plan's form sent as it stands on the page, with what is said changed."""
    path = f"/select/sessions/{session.code}/draw/"
    return client.post(path, form_in(client.get(path)) | how | {"then": then})


def quotas(response) -> dict[str, str]:
    """The boxes of the page that say how many to draw."""
    return {name: value for name, value in form_in(response).items() if name.startswith("quota-")}


def frozen(client) -> Draw:
    make.case_list()
    planned(client, make.session())
    return Draw.objects.get()


# --- planning --------------------------------------------------------------------------------------------


def test_without_a_list_one_is_led_to_uploading_it(maya) -> None:
    page = words(maya.get(f"/select/sessions/{make.session().code}/draw/"))

    assert "Files are drawn from a list of every open case, and none has been loaded yet. Upload a case list" in page


def test_so_many_files_are_proposed_as_those_who_sit_can_audit_shared_in_proportion(maya) -> None:
    make.case_list()
    answer = maya.get(f"/select/sessions/{make.session().code}/draw/")

    assert "2 people sit; each audits 5 files." in words(answer)
    assert 'name="total" type="text" value="10"' in answer.content.decode()
    assert list(quotas(answer).values()) == ["5", "5"]


def test_cases_left_out_are_counted_with_their_reasons(maya) -> None:
    make.case_list([make.Line("C1", restricted=True), make.Line("C2"), make.Line("C3")])

    page = words(planned(maya, make.session(), "propose", left_out="C2: with the court"))

    assert "1 case can be drawn; 2 cases are left out" in page
    assert ("Restricted 1" in page, "With the court 1" in page) == (True, True)


def test_a_case_left_out_without_a_reason_is_said_by_its_line(maya) -> None:
    make.case_list()

    assert faults(planned(maya, make.session(), "propose", left_out="C001: court\nC002")) == [
        "Cases to leave out, line 2: “C002” is not whole. Write the reference, a colon and the reason."
    ]


def test_a_case_left_out_that_is_not_on_the_list_is_said(maya) -> None:
    make.case_list()

    assert faults(planned(maya, make.session(), left_out="C999: with the court")) == [
        "The list, the cases left out or the way changed after the numbers were worked out. "
        "They are worked out again below: look at them once more, then freeze.",
        "Cases to leave out: “C999” is not among the cases of this list and theme.",
    ]
    assert not Draw.objects.exists()


def test_what_was_not_shown_is_not_frozen(maya) -> None:
    make.case_list()

    planned(maya, make.session(), left_out="C001: with the court")

    assert not Draw.objects.exists()


def test_more_than_a_stratum_holds_is_said_beside_it(maya) -> None:
    make.case_list([make.Line("C1")])
    session = make.session()
    (name,) = quotas(maya.get(f"/select/sessions/{session.code}/draw/"))

    answer = planned(maya, session, **{name: "2"})

    assert faults(answer) == ["Child in need, Duty 2: 2 is too much. Give 1 or less."]
    assert f'href="#{name}"' in answer.content.decode()


def test_no_file_at_all_is_said(maya) -> None:
    make.case_list([make.Line("C1")])
    session = make.session()
    (name,) = quotas(maya.get(f"/select/sessions/{session.code}/draw/"))

    assert faults(planned(maya, session, **{name: "0"})) == ["Say how many files to draw: every number is 0."]


def test_freezing_leads_to_the_draw_and_from_then_on_the_plan_does_too(maya) -> None:
    make.case_list()
    session = make.session()

    answer = planned(maya, session)

    draw = Draw.objects.get()
    assert (answer.url, maya.get(f"/select/sessions/{session.code}/draw/").url) == (f"/select/draws/{draw.code}/",) * 2
    assert (sum(draw.quotas.values()), draw.frozen_by) == (10, make.council().maya)


@pytest.mark.parametrize("number", [1, 3])
def test_planning_takes_the_same_statements_however_many_cases(maya, number: int) -> None:
    make.case_list([make.Line(f"C{n}") for n in range(number)])

    assert statements(maya, f"/select/sessions/{make.session().code}/draw/") == 12


# --- dice ------------------------------------------------------------------------------------------------


def test_a_frozen_draw_shows_its_fingerprint_and_asks_for_dice(maya) -> None:
    draw = frozen(maya)

    page = words(maya.get(f"/select/draws/{draw.code}/"))

    assert ("The list is frozen and waits for its dice." in page, draw.frame_sha256 in page) == (True, True)


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"rolls": "1234"}, "4 dice were read out: at least 20 are needed."),
        ({"rolls": "7" * 20}, "Die 1 is '7': a die shows 1, 2, 3, 4, 5 or 6."),
        ({"second_witness": "designated  nurse"}, "At least 2 different witnesses are needed: 1 given."),
        ({"first_witness": ""}, "First witness: nothing was given. Write it in the box."),
    ],
)
def test_dice_and_witnesses_that_will_not_do_are_said(maya, how: dict[str, str], sentence: str) -> None:
    draw = frozen(maya)

    answer = maya.post(f"/select/draws/{draw.code}/", DICE | how)

    draw.refresh_from_db()
    assert (faults(answer), draw.state) == ([sentence], "frozen")


def test_the_dice_draw_the_cases(maya) -> None:
    draw = frozen(maya)

    page = words(maya.post(f"/select/draws/{draw.code}/", DICE, follow=True))

    draw.refresh_from_db()
    assert "Cases drawn (10)" in page
    assert (draw.seed in page, draw.source in page) == (True, True)


def test_a_second_cast_is_refused_in_a_sentence(maya) -> None:
    draw = frozen(maya)
    maya.post(f"/select/draws/{draw.code}/", DICE)

    answer = maya.post(f"/select/draws/{draw.code}/", DICE)

    assert (answer.status_code, "a draw is made once" in words(answer)) == (409, True)


def test_an_abandoned_draw_stays_on_record_with_the_next_one(maya) -> None:
    draw = frozen(maya)
    path = f"/select/draws/{draw.code}/abandon/"
    assert faults(maya.post(path, {"because": ""})) == ["Say why this draw is abandoned; it stays on record."]

    maya.post(path, {"because": "A wrong list"})
    planned(maya, Session.objects.get())

    page = words(maya.get(f"/select/draws/{Draw.objects.get(state='frozen').code}/"))
    assert "Other draws from this list For State Frozen Safeguarding and child protection" in page
    assert "Abandoned" in page


@pytest.mark.parametrize("files", [1, 3])
def test_a_draw_takes_the_same_statements_however_many_files(maya, files: int) -> None:
    session = make.drawn_session(files)

    assert statements(maya, f"/select/draws/{Draw.objects.get(session=session).code}/") == 6


# --- checking --------------------------------------------------------------------------------------------


def test_the_three_files_check_the_draw_without_the_product(maya, tmp_path: Path) -> None:
    draw = Draw.objects.get(session=make.drawn_session())
    for name in ("list.csv", "record.json", "verifier.py"):
        answer = maya.get(f"/select/draws/{draw.code}/files/{name}")
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        (tmp_path / name).write_bytes(answer.content)

    run = [sys.executable, "verifier.py", "record.json", "list.csv"]
    assert subprocess.run(run, cwd=tmp_path, check=False).returncode == 0
    record = json.loads((tmp_path / "record.json").read_text())
    record["selected"][next(iter(record["selected"]))][0] = "C999"
    (tmp_path / "record.json").write_text(json.dumps(record))
    assert subprocess.run(run, cwd=tmp_path, check=False).returncode == 1


def test_there_is_no_record_before_the_dice(maya) -> None:
    answer = maya.get(f"/select/draws/{frozen(maya).code}/files/record.json")

    assert (answer.status_code, "There is no record before the cases are drawn." in words(answer)) == (403, True)


def test_there_is_no_other_file(maya) -> None:
    assert maya.get(f"/select/draws/{frozen(maya).code}/files/settings.py").status_code == 404


def test_the_page_says_how_to_check(maya) -> None:
    draw = Draw.objects.get(session=make.drawn_session())

    assert "goldenthread verify-draw record.json list.csv" in words(maya.get(f"/select/draws/{draw.code}/"))


def test_a_whole_draw_from_an_uploaded_list(maya) -> None:
    loaded([(f"C{n}", "CIN", "Duty 2", "Ffion Carrow", "01/03/2026") for n in range(40)], date(2026, 10, 1))

    planned(maya, make.session())
    maya.post(f"/select/draws/{Draw.objects.get().code}/", DICE)

    assert DrawnCase.objects.filter(standing="selected").count() == 10
