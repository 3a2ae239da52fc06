"""Freezing a list, casting the dice, replacing a case, and what the database holds of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from goldenthread.method.refusal import Refused
from goldenthread.method.sampling import draw as draw_again
from goldenthread.plan.services.sessions import cancel_session
from goldenthread.select.models import Draw
from goldenthread.select.queries.draws import other_draws, sessions_without_draw
from goldenthread.select.queries.frames import draw_frame, proposed_quotas
from goldenthread.select.services import draws as services
from tests import make

pytestmark = pytest.mark.django_db
DRAWN_ALREADY = "^Cases for this session are already drawn, or a draw for it is frozen and waits for its dice\\.$"


def freeze(session, case_list, **quotas: int) -> Draw:
    here = make.council()
    frame = draw_frame(case_list, session, here.framework.parsed)
    return services.freeze(
        by=here.maya, case_list=case_list, session=session, framework=here.framework, cases=frame.cases,
        exclusions=frame.exclusions, quotas=quotas or proposed_quotas(frame.sizes, 2), now=make.NOW,
    )  # fmt: skip


def cast(draw: Draw) -> Draw:
    return services.cast(by=make.council().maya, draw=draw, rolls=make.DICE, witnesses=make.WITNESSES, now=make.NOW)


def replace(draw: Draw, because: str = "With the court."):
    case = draw.cases.filter(standing="selected").first()
    assert case is not None
    return case, services.replace(by=make.council().maya, case=case, because=because, now=make.NOW)


def test_a_session_is_drawn_from_the_cases_of_its_theme() -> None:
    cases = [make.Line("C1"), make.Line("C2", "looked_after"), make.Line("C3", "child_protection")]

    frame = draw_frame(make.case_list(cases), make.session(), make.council().framework.parsed)

    assert [line.ref for line in frame.cases] == ["C1", "C3"]


def test_a_restricted_case_is_left_out_with_its_reason() -> None:
    cases = [make.Line("C1", restricted=True), make.Line("C2")]

    frame = draw_frame(make.case_list(cases), make.session(), make.council().framework.parsed)

    assert [(left.ref, left.reason) for left in frame.exclusions] == [("C1", "restricted")]


def test_a_case_left_out_by_hand_keeps_the_reason_that_was_given() -> None:
    frame = draw_frame(make.case_list(), make.session(), make.council().framework.parsed, {"C003": "with the court"})

    assert [(left.ref, left.reason) for left in frame.exclusions] == [("C003", "with the court")]


@pytest.mark.parametrize(("held_on", "rests"), [(date(2027, 10, 6), True), (date(2027, 10, 7), False)])
def test_a_case_rests_for_twelve_months_after_it_was_drawn(held_on: date, rests: bool) -> None:
    drawn = make.drawn_session(12)
    later = make.session(held_on=held_on)

    frame = draw_frame(make.case_list(), later, make.council().framework.parsed)

    reason = "audited, or drawn to be, in the last 12 months"
    assert (frame.left_out, len(frame.cases)) == (({reason: 12}, 0) if rests else ({}, 12))
    assert drawn.held_on == make.DAY


def test_a_case_that_was_replaced_does_not_rest() -> None:
    drawn = make.drawn_session(12, cases=[*make.lines(12), make.Line("C013")])
    case, _ = replace(Draw.objects.get(session=drawn))

    frame = draw_frame(make.case_list(), make.session(held_on=date(2026, 11, 3)), make.council().framework.parsed)

    assert [line.ref for line in frame.cases] == [case.ref]


def test_the_frozen_list_holds_every_case_that_could_be_drawn_and_its_quotas() -> None:
    draw = freeze(make.session(), make.case_list([make.Line("C2"), make.Line("C1")]))

    assert draw.frame == "ref,stratum\nC1,child_in_need / Duty 2\nC2,child_in_need / Duty 2\n"
    assert (draw.state, draw.quotas) == ("frozen", {"child_in_need / Duty 2": 2})
    assert (draw.draw_id, draw.purpose) == (
        "2026-10-06-safeguarding",
        "Safeguarding and child protection, session of 6 October 2026",
    )


def test_more_than_a_stratum_holds_cannot_be_drawn() -> None:
    with pytest.raises(Refused, match=r"^9 cannot be drawn from the stratum 'child_in_need / Duty 2': it holds 1"):
        freeze(make.session(), make.case_list([make.Line("C1")]), **{"child_in_need / Duty 2": 9})


def test_nothing_at_all_cannot_be_drawn() -> None:
    with pytest.raises(Refused, match=r"^Say how many files to draw: every number is 0\.$"):
        freeze(make.session(), make.case_list([make.Line("C1")]), **{"child_in_need / Duty 2": 0})


def test_there_is_one_draw_for_a_session() -> None:
    session, case_list = make.session(), make.case_list()
    freeze(session, case_list)

    with pytest.raises(Refused, match=DRAWN_ALREADY):
        freeze(session, case_list)


def test_there_is_one_draw_for_a_session_even_from_another_list() -> None:
    session = make.session()
    freeze(session, make.case_list())

    with pytest.raises(Refused, match=DRAWN_ALREADY):
        freeze(session, make.case_list(as_at=make.DAY))


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_freeze_at_once_one_is_told() -> None:
    session, case_list, ready = make.session(), make.case_list(), Barrier(2)

    def act(_: int) -> str:
        ready.wait()
        try:
            return freeze(session, case_list).state
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        ended = sorted(pool.map(act, range(2)))

    assert ended == [services.DRAWN_ALREADY, "frozen"]
    assert Draw.objects.count() == 1


def test_the_database_holds_that_there_is_one_draw_for_a_list_and_purpose() -> None:
    draw = freeze(make.session(), make.case_list())

    draw.pk, draw.code, draw.draw_id = None, "another", "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        draw.save(force_insert=True)


def test_an_abandoned_draw_stays_on_record_and_another_can_be_made() -> None:
    session, case_list = make.session(), make.case_list()
    first = services.abandon(
        by=make.council().maya, draw=freeze(session, case_list), because="A wrong list", now=make.NOW
    )

    second = freeze(session, case_list)

    assert (first.state, second.draw_id) == ("abandoned", "2026-10-06-safeguarding-2")
    assert list(other_draws(second)) == [first]


def test_nothing_is_drawn_for_a_cancelled_session() -> None:
    session = make.session()
    cancel_session(by=make.council().maya, session=session, because="Snow", now=make.NOW)

    with pytest.raises(Refused, match=r"^This session was cancelled, so no files are drawn for it\.$"):
        freeze(session, make.case_list())


def test_the_dice_decide_the_cases_and_anybody_can_make_the_draw_again() -> None:
    draw = cast(freeze(make.session(), make.case_list()))

    again = draw_again(services.frame_rows(draw), source=draw.source, draw_id=draw.draw_id, quotas=draw.quotas)
    assert {case.ref for case in draw.cases.all()} == {ref for refs in again.selected.values() for ref in refs}
    assert draw.source == ("dice:3-1-6-2-5-4-4-2-1-3-5-6-6-1-2-3-4-5-6-1;witnesses:Designated nurse,Police DI")


def test_a_draw_is_made_once() -> None:
    draw = cast(freeze(make.session(), make.case_list()))

    with pytest.raises(Refused, match=r"^These cases have been drawn already; a draw is made once\.$"):
        cast(draw)


def test_a_draw_that_was_made_cannot_be_abandoned() -> None:
    draw = cast(freeze(make.session(), make.case_list()))

    with pytest.raises(Refused):
        services.abandon(by=make.council().maya, draw=draw, because="Not liked", now=make.NOW)


def test_a_replaced_case_gives_its_place_to_the_next_reserve_with_the_reason_on_record() -> None:
    draw = cast(freeze(make.session(), make.case_list()))
    reserves = services.outcome_of(draw).reserves

    case, reserve = replace(draw)

    case.refresh_from_db()
    assert (case.standing, case.replaced_because, case.replaced_by) == (
        "replaced",
        "With the court.",
        make.council().maya,
    )
    assert (reserve.ref, reserve.replaces, reserve.standing) == (reserves[case.stratum][0], case, "selected")


def test_a_case_is_replaced_once() -> None:
    draw = cast(freeze(make.session(), make.case_list()))
    case, _ = replace(draw)

    with pytest.raises(Refused, match=r"^This case has been replaced already\.$"):
        services.replace(by=make.council().maya, case=case, because="Again", now=make.NOW)


def test_when_the_reserves_are_used_up_it_is_said() -> None:
    draw = cast(freeze(make.session(), make.case_list([make.Line("C1")])))

    with pytest.raises(Refused, match=r"^All 0 reserves of 'child_in_need / Duty 2' have been used"):
        replace(draw)


@pytest.mark.parametrize(
    "change", [{"frame": "other"}, {"frame_sha256": "0"}, {"quotas": {"x": 1}}, {"exclusions": [1]}]
)
def test_the_database_holds_what_was_frozen(change: dict[str, object]) -> None:
    draw = freeze(make.session(), make.case_list())

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(**change)


@pytest.mark.parametrize("change", [{"seed": "0"}, {"source": "dice:1"}, {"state": "frozen"}, {"drawn_by": None}])
def test_the_database_holds_what_was_drawn(change: dict[str, object]) -> None:
    draw = cast(freeze(make.session(), make.case_list()))

    with pytest.raises(DatabaseError, match="stands for ever"), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(**change)


def test_no_draw_is_deleted() -> None:
    draw = freeze(make.session(), make.case_list())

    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        draw.delete()


def test_sessions_to_come_wait_for_their_draw_until_it_is_frozen() -> None:
    maya, session = make.council().maya, make.session()
    assert list(sessions_without_draw(maya, make.DAY)) == [session]

    draw = freeze(session, make.case_list())
    assert list(sessions_without_draw(maya, make.DAY)) == []

    services.abandon(by=maya, draw=draw, because="A wrong list", now=make.NOW)
    assert list(sessions_without_draw(maya, make.DAY)) == [session]
    assert list(sessions_without_draw(maya, make.DAY + timedelta(days=1))) == []
