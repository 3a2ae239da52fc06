"""Grades in pairs: which are compared, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldenthread.audit.comparing import (
    by_quarter,
    by_section,
    challenged_sentence,
    compared,
    lately_sentence,
    moved_sentence,
    of_one,
    off_the_scale,
    overall,
)
from goldenthread.audit.models import Audit, Moderation
from goldenthread.audit.queries.agreement import Moderated, Pair, moderated_between
from goldenthread.audit.queries.moderation import Given
from goldenthread.method.framework import Framework
from tests import make
from tests.audit import moderating
from tests.audit.test_challenges import challenged, decided, returned

pytestmark = pytest.mark.django_db

YEAR = (make.DAY - timedelta(days=365), make.DAY + timedelta(days=1))


def found(by: str = "maya", *, by_chance: bool = True) -> Moderated:
    return moderated_between(getattr(make.council(), by), *YEAR, by_chance=by_chance)


def settled(grade: str = "good", agreed: str = "requires_improvement") -> None:
    """One audit of three, graded blind a step lower overall, and agreed so."""
    first, *_ = [make.submitted_audit(of=each, grade=grade) for each in make.audits(make.drawn_session(3))]
    by = moderating.allotted(first)
    moderating.graded(first, grade, {"": agreed}, by=by)
    moderating.agreed(first, {"": Given(agreed, "The plan is thin.")}, make.council().maya)


def framework() -> Framework:
    return make.council().framework.parsed


def pairs(number: int, first: str = "good", second: str = "good", *, auditor: int = 1, section: str = "") -> list[Pair]:
    return [Pair(each, section, first, second, "random", date(2026, 10, 6), auditor) for each in range(number)]


# --- which are compared -----------------------------------------------------------------------------------------


def test_the_auditors_grade_is_held_against_the_one_that_stands() -> None:
    settled()

    assert [(pair.first, pair.second) for pair in overall(found().shifts)] == [("good", "requires_improvement")]
    assert found().submitted == 3


def test_the_blind_moderators_own_grade_is_held_against_the_auditors() -> None:
    settled()

    blind = found().blind
    assert [(pair.first, pair.second) for pair in overall(blind)] == [("good", "requires_improvement")]
    assert {pair.second for pair in blind if pair.section} == {"good"}


def test_what_is_not_settled_is_no_pair_yet() -> None:
    first, *_ = [make.submitted_audit(of=each) for each in make.audits(make.drawn_session(3))]
    moderating.allotted(first)

    assert (found().shifts, found().blind) == ((), ())


def test_files_drawn_and_files_chosen_are_never_in_one() -> None:
    settled()

    assert found(by_chance=False) == Moderated(0, (), ())


@pytest.mark.parametrize("name", ["grace", "rafiq", "ffion"])
def test_nobody_else_sees_any(name: str) -> None:
    settled()

    assert found(name) == Moderated(0, (), ())


def test_who_grades_one_blind_sees_nothing_of_that_one() -> None:
    settled()
    reader = moderating.who_reads_everything()
    second = Audit.objects.order_by("ref")[1]
    moderating.allotted(second, reader)

    seen = moderated_between(reader, *YEAR, by_chance=True)
    assert seen.submitted == 2


def test_what_only_waits_to_be_challenged_was_never_moderated() -> None:
    returned(moderated=False)

    pairs_ = found()
    assert (pairs_.shifts, pairs_.blind, pairs_.challenged) == ((), (), ())


def test_a_decided_challenge_is_held_against_the_grade_that_stood_and_is_no_moderation() -> None:
    audit = returned(moderated=False)
    challenged(audit)
    decided(audit, **{"": "outstanding"})

    pairs_ = found()
    assert pairs_.shifts == ()
    [pair] = overall(pairs_.challenged)
    assert (pair.audit, pair.first, pair.second) == (audit.pk, "good", "outstanding")


def test_a_challenge_does_not_change_what_moderation_did() -> None:
    audit = returned()
    challenged(audit)
    decided(audit, **{"": "good"})

    pairs_ = found()
    assert [(pair.first, pair.second) for pair in overall(pairs_.shifts)] == [("inadequate", "inadequate")]
    assert [(pair.first, pair.second) for pair in overall(pairs_.challenged)] == [("inadequate", "good")]


def test_an_audit_that_a_further_stage_looks_at_is_no_pair_yet() -> None:
    settled()
    Moderation.objects.create(
        authority=make.council().maya.authority, audit=Moderation.objects.get(state="agreed").audit, stage="second",
        reason="every", due_on=make.DAY, chosen_at=make.NOW, chosen_by=make.council().maya,
    )  # fmt: skip

    assert found().shifts == ()


# --- what is said -----------------------------------------------------------------------------------------------


def test_few_say_little() -> None:
    table = compared(pairs(3), framework())

    assert table is not None
    assert moved_sentence(table).endswith("With so few, anything between 44% and 100% kept is plausible.")


def test_kinder_first_grades_are_said_where_chance_does_not_explain_them() -> None:
    table = compared(pairs(30) + pairs(20, "good", "requires_improvement"), framework())

    assert table is not None
    assert "20 came out lower and 0 higher" in moved_sentence(table)
    assert moved_sentence(table).endswith("First grades are too kind on average: more than chance explains.")


def test_no_lean_is_said_where_there_is_none() -> None:
    table = compared(pairs(30) + pairs(5, "good", "outstanding") + pairs(5, "outstanding", "good"), framework())

    assert table is not None
    assert moved_sentence(table).endswith("cannot be told from so many.")


def test_the_whole_file_stands_before_its_sections() -> None:
    lines = by_section(pairs(2) + pairs(2, section="plan"), framework(), {"plan": "The plan"})

    assert [(line.label, line.found.pairs) for line in lines] == [("Overall", 2), ("The plan", 2)]


def test_sections_stand_in_the_order_of_the_template_however_they_came() -> None:
    some = pairs(1, section="voice") + pairs(1, section="old") + pairs(1, section="plan") + pairs(1)

    lines = by_section(some, framework(), {"plan": "The plan", "voice": "The voice"})
    assert [line.label for line in lines] == ["Overall", "The plan", "The voice", "old"]


def test_the_last_quarter_is_held_beside_those_before() -> None:
    now, before = pairs(2, "good", "inadequate"), [replace(pair, submitted_on=date(2026, 2, 3)) for pair in pairs(5)]

    said = lately_sentence(by_quarter(before + now, framework()))
    assert said == "Of those submitted in October to December 2026, 2 of 2 came out lower; of those before, 0 of 5."
    assert lately_sentence(by_quarter(now, framework())) == ""


def test_challenges_are_said_apart() -> None:
    some = [*pairs(1, "good", "outstanding"), replace(pairs(1)[0], audit=7)]

    assert challenged_sentence(some, framework()) == (
        "2 challenges of grades by a team are decided: 1 left every grade as it was, 1 changed one or more. "
        "Overall, 1 came out higher and 0 lower."
    )
    assert challenged_sentence([], framework()) == ""


def test_grades_of_another_scale_are_left_out_and_counted() -> None:
    some = pairs(2) + pairs(3, "s7", "s6")

    table = compared(some, framework())
    assert table is not None
    assert (table.pairs, off_the_scale(some, framework())) == (2, 3)


def test_one_persons_own_are_shown_from_so_many_on() -> None:
    least = framework().comparing.person_minimum

    assert of_one(pairs(least - 1), framework(), 1) is None
    assert of_one(pairs(least), framework(), 2) is None
    hers = of_one(pairs(least), framework(), 1)
    assert hers is not None
    assert hers.pairs == least
