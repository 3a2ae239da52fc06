"""Choosing on the pages: another way than the framework's, a rule, by hand, by an event; what is shown and refused."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from goldenthread.plan.models import Session
from goldenthread.select.models import CaseList, Draw
from tests import make
from tests.browsing import faults, form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db
BECAUSE = "The review asks for them."


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def maya():
    return signed_in(make.council().maya)


def sent(client, path: str, **how: str):
    """The page's form sent as it stands, with what is said changed."""
    return client.post(path, form_in(client.get(path)) | how)


def taken(client, path: str, **how: str):
    """Shown first, then taken as it was shown."""
    shown = sent(client, path, then="propose", **how)
    return client.post(path, form_in(shown) | {"then": "freeze"})


def plan_of(session: Session) -> str:
    return f"/select/sessions/{session.code}/draw/"


# --- the way ---------------------------------------------------------------------------------------------


def test_the_page_says_what_the_framework_says(maya) -> None:
    make.case_list()

    page = words(maya.get(plan_of(make.session())))

    assert "The framework says: at random in strata, shared in proportion." in page


def test_another_way_than_the_frameworks_needs_a_reason_beside_its_box(maya) -> None:
    make.case_list()

    answer = taken(maya, plan_of(make.session()), way="simple_random")

    assert faults(answer) == [
        "Say why these files are chosen in another way than the framework says; it stays on record."
    ]
    assert not Draw.objects.exists()


def test_a_simple_draw_is_frozen_with_its_reason(maya) -> None:
    make.case_list()

    taken(maya, plan_of(make.session()), way="simple_random", because="A small list.")

    draw = Draw.objects.get()
    assert (draw.way, draw.because, list(draw.quotas)) == ("simple_random", "A small list.", ["all / every team"])


def test_a_way_changed_after_the_numbers_were_shown_freezes_nothing(maya) -> None:
    make.case_list()

    answer = sent(maya, plan_of(make.session()), way="simple_random", because="A small list.", then="freeze")

    assert "changed after the numbers were worked out" in faults(answer)[0]
    assert not Draw.objects.exists()


# --- a rule ----------------------------------------------------------------------------------------------


def test_a_rule_shows_how_many_it_takes_before_it_is_kept(maya) -> None:
    make.case_list()

    page = words(sent(maya, plan_of(make.session()), way="rule", then="propose"))
    answer = sent_rule(maya, "${team} = 'Duty 2'", then="propose")

    assert "The cases that the rule fits are shown here before they are taken." in page
    assert "6 cases are taken" in words(answer)
    assert not Draw.objects.exists()


def sent_rule(client, rule: str, *, then: str):
    """The page of a rule for the one session there is, with this rule in its box."""
    path = plan_of(Session.objects.get())
    shown = sent(client, path, way="rule", because=BECAUSE, then="propose")
    return client.post(path, form_in(shown) | {"rule": rule, "then": then})


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("${team} = ", "“${team} =” has its end where"),
        ("${surname} = 'x'", "The rule asks for surname, which a case list does not say."),
        ("${status} = 'LAC'", "The rule asks whether the status is “LAC”, which is none of them"),
    ],
)
def test_a_rule_that_cannot_be_asked_is_refused_beside_its_box(maya, rule: str, sentence: str) -> None:
    make.case_list()
    make.session()

    (fault,) = faults(sent_rule(maya, rule, then="propose"))

    assert fault.startswith(sentence)


def test_a_rule_takes_its_cases(maya) -> None:
    make.case_list()
    make.session()
    shown = sent_rule(maya, "${team} = 'Duty 2'", then="propose")

    page = words(maya.post(plan_of(Session.objects.get()), form_in(shown) | {"then": "freeze"}, follow=True))

    draw = Draw.objects.get()
    assert (draw.way, draw.rule, draw.cases.count()) == ("rule", "${team} = 'Duty 2'", 6)
    assert "Not random Every case that a rule fits: team is “Duty 2”." in page


def test_a_rule_that_was_not_shown_takes_nothing(maya) -> None:
    make.case_list()
    make.session()

    answer = sent_rule(maya, "${team} = 'Duty 2'", then="freeze")

    assert faults(answer) == [
        "What would be taken changed after it was shown. Look at the cases below once more, then take them."
    ]
    assert not Draw.objects.exists()


# --- by hand ---------------------------------------------------------------------------------------------


def test_cases_are_named_by_hand_beside_a_draw(maya) -> None:
    session = make.drawn_session(1, cases=[make.Line("C1"), make.Line("C2")])
    other = ({"C1", "C2"} - {case.ref for case in Draw.objects.get().cases.all()}).pop()
    path = f"/select/sessions/{session.code}/choose/"
    shown = maya.post(path, form_in(sent(maya, path, way="hand", then="propose")) | {
        "named": f"{other}: a review is about it", "because": BECAUSE, "then": "propose",
    })  # fmt: skip

    page = words(maya.post(path, form_in(shown) | {"then": "freeze"}, follow=True))

    assert "Cases chosen (1)" in page
    assert f"{other} Child in need, Duty 2 Ffion Carrow a review is about it" in page


def test_a_case_that_is_not_on_the_list_is_said_beside_the_box(maya) -> None:
    make.case_list()
    path = f"/select/sessions/{make.session().code}/choose/"
    shown = sent(maya, path, way="hand", then="propose")

    answer = maya.post(path, form_in(shown) | {"named": "C999: asked for", "then": "propose"})

    assert faults(answer) == ["“C999” is not on this list."]


def test_files_left_to_chance_are_drawn_on_their_own_page(maya) -> None:
    make.case_list()
    path = f"/select/sessions/{make.session().code}/choose/"

    answer = sent(maya, path, way="as_said", then="propose")

    assert faults(answer) == ["How the files are chosen: at random, in strata is drawn on its own page."]


# --- an event --------------------------------------------------------------------------------------------


def test_an_event_is_read_from_the_list_before(maya) -> None:
    make.case_list([make.Line("C1"), make.Line("C2")], date(2026, 8, 1))
    make.case_list([make.Line("C2")], date(2026, 9, 1))

    page = words(sent(maya, plan_of(make.session()), way="event", because=BECAUSE, then="propose"))

    assert (
        "Every case that was closed or moved to another team since the case list of 1 August 2026, the one before it."
    ) in page
    assert "C1 Child in need, Duty 2 The case was closed." in page


def test_without_a_list_before_it_is_said_what_to_do(maya) -> None:
    make.case_list()

    page = words(sent(maya, plan_of(make.session()), way="event", because=BECAUSE, then="propose"))

    assert "There is no list before this one to compare it with." in page


# --- how much it asks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_choosing_takes_the_same_statements_however_many_cases(maya, number: int) -> None:
    make.case_list([make.Line(f"C{n}") for n in range(number)])

    assert statements(maya, f"/select/sessions/{make.session().code}/choose/") == 7


def test_a_session_of_another_council_is_not_found(maya) -> None:
    assert maya.get("/select/sessions/nothing/choose/").status_code == 404


def test_only_the_unit_chooses() -> None:
    make.case_list()
    client = signed_in(make.council().grace)

    assert client.get(f"/select/sessions/{make.session().code}/choose/").status_code == 403
    assert CaseList.objects.count() == 1
