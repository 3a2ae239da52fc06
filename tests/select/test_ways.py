"""Choosing files by other ways than a stratified draw with dice, and how each is told for ever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from goldenthread.method.refusal import Refused
from goldenthread.method.selecting import ONE_STRATUM, read_rule
from goldenthread.plan.models import Session
from goldenthread.select.models import CaseLine, CaseList, Draw
from goldenthread.select.queries.choosing import Pick, Picked, cases_named, cases_of_event, cases_of_rule, drawn_for
from goldenthread.select.queries.chosen import how_chosen, late_cases
from goldenthread.select.queries.draws import draw_for
from goldenthread.select.queries.frames import draw_frame, proposed_quotas, stratum_words
from goldenthread.select.services import choosing
from goldenthread.select.services import draws as services
from goldenthread.select.services.draws import Chosen
from tests import make

pytestmark = pytest.mark.django_db
BY_HAND = Chosen(way="hand", because="The review asks for them.")
ENDINGS = ("case_file", ("closure", "transfer"))
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def choose(picked: Picked, session: Session, case_list: CaseList, chosen: Chosen = BY_HAND) -> Draw:
    here = make.council()
    return choosing.choose(
        by=here.maya, case_list=case_list, session=session, framework=here.framework, picks=picked.picks,
        exclusions=picked.exclusions, chosen=chosen, now=make.NOW,
    )  # fmt: skip


def simple_draw(session: Session, case_list: CaseList, chosen: Chosen) -> Draw:
    here = make.council()
    frame = draw_frame(case_list, session, here.framework.parsed, way=chosen.way)
    return services.freeze(
        by=here.maya, case_list=case_list, session=session, framework=here.framework, cases=frame.cases,
        exclusions=frame.exclusions, quotas=proposed_quotas(frame.sizes, 2), now=make.NOW, chosen=chosen,
    )  # fmt: skip


def taken(picked: Picked) -> dict[str, str]:
    return {pick.line.ref: pick.because for pick in picked.picks}


def how(draw: Draw) -> Mapping[str, str]:
    rules = make.council().framework.parsed
    return {case.ref: how_chosen(case, rules).words for case in draw.cases.select_related("draw__case_list")}


# --- at random -------------------------------------------------------------------------------------------


def test_a_simple_draw_has_one_stratum_of_all_cases() -> None:
    chosen = Chosen(way="simple_random", because="Small list.")

    draw = simple_draw(make.session(), make.case_list(), chosen)

    assert (draw.way, draw.quotas, services.strata_of(draw)) == ("simple_random", {ONE_STRATUM: 2}, {ONE_STRATUM: 12})
    assert stratum_words(make.council().framework.parsed, ONE_STRATUM) == "All cases"


def test_another_way_than_the_frameworks_is_refused_without_a_reason() -> None:
    with pytest.raises(Refused, match="another way than the framework says"):
        simple_draw(make.session(), make.case_list(), Chosen(way="simple_random"))

    assert not Draw.objects.exists()


def test_small_strata_that_are_put_together_are_frozen_under_their_new_name() -> None:
    here, session, case_list = make.council(), make.session(), make.case_list()
    frame = draw_frame(case_list, session, here.framework.parsed)
    together = dict.fromkeys(frame.sizes, "child_in_need / other teams")

    draw = services.freeze(
        by=here.maya, case_list=case_list, session=session, framework=here.framework, cases=frame.cases,
        exclusions=(), quotas={"child_in_need / other teams": 3}, now=make.NOW, strata=together,
    )  # fmt: skip

    assert services.strata_of(draw) == {"child_in_need / other teams": 12}


def test_a_drawn_case_knows_its_chance_its_list_and_its_seed() -> None:
    draw = Draw.objects.get(session=make.drawn_session(2))

    assert set(how(draw).values()) == {
        f"Chosen at random, 1 of 6 children in need in {team} (1 in 6), from the case list of 30 September 2026, "
        "by dice before witnesses."
        for team in ("Duty 2", "Safeguarding 1")
    }


def test_a_reserve_says_that_it_is_one() -> None:
    draw = Draw.objects.get(session=make.drawn_session(2))
    case = draw.cases.first()
    assert case is not None

    reserve = services.replace(by=make.council().maya, case=case, because="With the court.", now=make.NOW)

    assert how(draw)[reserve.ref].endswith("It is a reserve, in place of a file that could not be audited.")


# --- events ----------------------------------------------------------------------------------------------


def test_closed_and_moved_cases_are_found_between_two_lists() -> None:
    older = make.case_list([make.Line("C1"), make.Line("C2"), make.Line("C3")], JUNE)
    newer = make.case_list([make.Line("C2", team="Safeguarding 1"), make.Line("C3"), make.Line("C4")], JULY)

    assert taken(cases_of_event(newer, older, make.session(), *ENDINGS)) == {
        "C1": "The case was closed.",
        "C2": "The case moved from Duty 2.",
    }


def test_a_session_takes_the_events_of_its_theme_and_no_restricted_case() -> None:
    older = make.case_list([make.Line("C1", "looked_after"), make.Line("C2", restricted=True), make.Line("C3")], JUNE)
    newer = make.case_list([make.Line("C9")], JULY)

    picked = cases_of_event(newer, older, make.session(), *ENDINGS)

    assert (list(taken(picked)), [(left.ref, left.reason) for left in picked.exclusions]) == (
        ["C3"],
        [("C2", "restricted")],
    )


def test_a_case_whose_team_is_not_known_has_not_moved() -> None:
    older = make.case_list([make.Line("C1"), make.Line("C2")], JUNE)
    newer = make.case_list([make.Line("C1"), make.Line("C2", team="")], JULY)

    assert taken(cases_of_event(newer, older, make.session(), *ENDINGS)) == {}


def test_a_case_is_taken_for_its_event_once() -> None:
    older, newer = make.case_list([make.Line("C1"), make.Line("C2")], JUNE), make.case_list([make.Line("C2")], JULY)
    first, second = make.session(), make.session(held_on=date(2026, 11, 3))
    chosen = Chosen(way="event", because="Endings are looked at.", rule="closure")
    choose(cases_of_event(newer, older, first, *ENDINGS), first, newer, chosen)

    picked = cases_of_event(newer, older, second, *ENDINGS)

    assert [(left.ref, left.reason) for left in picked.exclusions] == [("C1", "chosen for this before")]


# --- a rule ----------------------------------------------------------------------------------------------


def test_a_rule_takes_every_case_that_it_fits_with_the_rule_as_its_reason() -> None:
    case_list, session = make.case_list([make.Line("C1"), make.Line("C2", team="Safeguarding 1")]), make.session()
    text = "${team} = 'Duty 2' and ${days_open} > 100"

    picked = cases_of_rule(case_list, session, make.council().framework.parsed, read_rule(text), text)
    draw = choose(picked, session, case_list, Chosen(way="rule", because="To look at drift.", rule=text))

    assert how(draw) == {
        "C1": "Chosen by a rule, not at random, from the case list of 30 September 2026. "
        "It fits the rule: team is “Duty 2” and days open is more than 100."
    }


# --- by hand ---------------------------------------------------------------------------------------------


def test_cases_chosen_by_hand_keep_each_its_reason_and_no_chance() -> None:
    case_list, session = make.case_list(), make.session()

    draw = choose(cases_named(case_list, {"C002": "A review is about it."}), session, case_list)

    case = draw.cases.get()
    assert (case.ref, case.because, case.sought, case.held) == ("C002", "A review is about it.", None, None)
    assert (draw.state, draw.way, draw.seed_kind, draw.seed) == ("drawn", "hand", "none", "")
    assert how(draw) == {
        "C002": "Chosen by hand, not at random, from the case list of 30 September 2026. A review is about it."
    }


def test_a_case_that_is_not_on_the_list_or_restricted_cannot_be_named() -> None:
    with pytest.raises(Refused) as refusal:
        cases_named(make.case_list([make.Line("C1", restricted=True)]), {"C1": "x", "C9": "y"})

    assert refusal.value.sentences == (
        "“C9” is not on this list.",
        "“C1” is restricted, so it cannot be chosen.",
    )


def test_what_cannot_be_chosen_is_refused() -> None:
    case_list, session = make.case_list(), make.session()
    line = CaseLine.objects.get(ref="C001")

    for picks, sentence in [
        ((), "No case fits, so there is nothing to choose."),
        ((Pick(line, ""),), "Say why C001 is chosen; the reason stays on record."),
        ((Pick(line, "x"), Pick(line, "x")), "C001 is named twice."),
    ]:
        with pytest.raises(Refused) as refusal:
            choose(Picked(picks), session, case_list)
        assert refusal.value.sentences == (sentence,)
    assert not Draw.objects.exists()


def test_what_is_left_to_chance_is_not_chosen() -> None:
    case_list = make.case_list()

    with pytest.raises(Refused, match=r"^Files that are left to chance are drawn, not chosen\.$"):
        choose(cases_named(case_list, {"C001": "x"}), make.session(), case_list, Chosen())


def test_a_file_of_the_session_is_not_chosen_a_second_time() -> None:
    session = make.drawn_session(1, cases=[make.Line("C1"), make.Line("C2")])
    (ref,) = drawn_for(session)
    case_list = CaseList.objects.get()

    with pytest.raises(Refused, match=f"^{ref} is among the files of this session already\\.$"):
        choose(cases_named(case_list, {ref: "Asked for."}), session, case_list)


def test_files_chosen_beside_a_draw_leave_it_the_draw_of_the_session() -> None:
    session = make.drawn_session(1, cases=[make.Line("C1"), make.Line("C2")])
    drawn, case_list = Draw.objects.get(), CaseList.objects.get()
    other = ({"C1", "C2"} - drawn_for(session)).pop()

    choose(cases_named(case_list, {other: "Asked for."}), session, case_list)

    assert (draw_for(session), drawn_for(session)) == (drawn, {"C1", "C2"})


def test_a_file_that_chance_did_not_choose_has_no_reserve() -> None:
    case_list = make.case_list()
    draw = choose(cases_named(case_list, {"C001": "x"}), make.session(), case_list)

    with pytest.raises(Refused, match="no reserve can take the place"):
        services.replace(by=make.council().maya, case=draw.cases.get(), because="Gone.", now=make.NOW)


def test_nobody_but_the_unit_chooses() -> None:
    case_list, here = make.case_list(), make.council()

    with pytest.raises(Refused, match=r"^Cases are drawn by the Quality Assurance Unit\.$"):
        choosing.choose(
            by=here.grace, case_list=case_list, session=make.session(), framework=here.framework,
            picks=cases_named(case_list, {"C001": "x"}).picks, chosen=BY_HAND, now=make.NOW,
        )  # fmt: skip


# --- late cases ------------------------------------------------------------------------------------------


def test_a_case_that_was_open_but_not_on_the_list_is_known_once_the_next_list_has_it() -> None:
    draw = make.frozen_draw(2)
    assert list(late_cases(draw)) == []

    make.case_list([make.Line("C001"), make.Line("C900")], date(2026, 11, 1))

    assert [line.ref for line in late_cases(draw)] == ["C900"]
