"""The table of parts, held whole: who writes which, who sees it, at every moment. All else is refused."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from goldenthread.method.access import Is
from goldenthread.method.framework import shapes
from goldenthread.method.parts import ROWS, TABLE, WRITERS, From, Moment, may_see, may_write, seen_from, why_not_write

A, C, M, P = "auditor", "co-auditor", "moderator", "practitioner"
TM, SM, QA, D, S, O = "team manager", "service manager", "quality assurance", "director", "seated", "owner"  # noqa: E741

# part: (writers, when, {who sees: from when}, who is blind until then)
SAID = {
    "auditor": (
        {A}, "until the audit is submitted",
        {QA: "written", D: "written", A: "written", C: "both", M: "own", P: "returned", O: "returned",
         TM: "returned", SM: "returned"},
        {C, M},
    ),
    "co_auditor": (
        {C}, "until the audit is submitted",
        {QA: "written", D: "written", C: "written", A: "both", M: "own"}, {A, M},
    ),
    "moderator": (
        {M}, "once the audit is submitted",
        {M: "written", QA: "submitted", D: "submitted", A: "submitted", C: "submitted"}, {A, C},
    ),
    "practitioner": (
        {P}, "until the audit is submitted",
        {P: "written", QA: "submitted", D: "submitted", A: "submitted", C: "submitted", M: "submitted",
         TM: "returned", SM: "returned"}, set(),
    ),
    "reply": (
        {P}, "once the audit is returned",
        {P: "written", QA: "submitted", D: "submitted", A: "submitted", C: "submitted", M: "submitted",
         TM: "submitted", SM: "submitted"}, set(),
    ),
    "family": (
        {A, C, TM, QA}, "until the audit is returned",
        {A: "written", C: "written", TM: "written", QA: "written", D: "submitted", M: "submitted", P: "returned",
         SM: "returned"}, set(),
    ),
    "discussion": (
        {S, A, C}, "until the audit is returned",
        {S: "written", A: "written", C: "written", QA: "submitted", D: "submitted", M: "own"}, {M},
    ),
}  # fmt: skip
SHORT = {
    From.WRITTEN: "written", From.SUBMITTED: "submitted", From.BOTH: "both", From.OWN_GIVEN: "own",
    From.RETURNED: "returned",
}  # fmt: skip
MOMENTS = [Moment(*flags) for flags in product([False, True], repeat=6)]


def test_the_table_is_this_one() -> None:
    found = {
        row.kind: (
            {who.value for who in row.writers}, row.written.value,
            {who.value: SHORT[since] for who, since in row.sees.items()}, {who.value for who in row.blind},
        )
        for row in TABLE
    }  # fmt: skip

    assert found == SAID


def test_every_kind_of_part_that_a_framework_may_name_has_its_row() -> None:
    assert set(ROWS) == set(get_args(shapes.PartKind))


def test_whoever_writes_a_part_sees_it_while_it_is_written() -> None:
    assert {(row.kind, who) for row in TABLE for who in row.writers if row.sees.get(who) is not From.WRITTEN} == set()


def test_whoever_is_blind_to_a_part_comes_to_see_it() -> None:
    assert {(row.kind, who) for row in TABLE for who in row.blind if who not in row.sees} == set()


HAS_COME = {
    "written": lambda moment: True,
    "submitted": lambda moment: moment.submitted,
    "both": lambda moment: moment.both,
    "own": lambda moment: moment.own_given and moment.submitted,
    "returned": lambda moment: moment.returned and moment.submitted,
}
IS_OPEN = {
    "until the audit is submitted": lambda moment: not moment.audited,
    "until the audit is returned": lambda moment: not moment.returned,
    "once the audit is submitted": lambda moment: moment.audited,
    "once the audit is returned": lambda moment: moment.returned,
}


@pytest.mark.parametrize("kind", SAID)
def test_each_standing_alone_sees_what_the_table_says_at_every_moment_and_nothing_else(kind: str) -> None:
    _, _, sees, _ = SAID[kind]
    for moment, standing in product(MOMENTS, Is):
        since = sees.get(standing.value)
        assert may_see(kind, {standing}, moment) == bool(since and HAS_COME[since](moment)), (standing, moment)


@pytest.mark.parametrize("kind", SAID)
def test_each_standing_alone_writes_what_the_table_says_at_every_moment_and_nothing_else(kind: str) -> None:
    writers, written, _, _ = SAID[kind]
    for moment, standing in product(MOMENTS, Is):
        closed = moment.submitted or moment.withdrawn or not IS_OPEN[written](moment)
        assert may_write(kind, {standing}, moment) == (standing.value in writers and not closed), (standing, moment)


@pytest.mark.parametrize("kind", SAID)
def test_two_standings_see_what_either_sees_unless_one_of_them_is_blind(kind: str) -> None:
    writers, _, sees, blind = SAID[kind]
    for moment, pair in product(MOMENTS, product(Is, Is)):
        held = {standing.value for standing in pair}
        bound = held & blind if not held & writers else set()
        come = {who: HAS_COME[sees[who]](moment) for who in (bound or held) if who in sees}
        wanted = all(come.values()) if bound else any(come.values())
        assert may_see(kind, set(pair), moment) == wanted, (pair, moment)


def test_nobody_in_particular_sees_or_writes_nothing() -> None:
    assert [kind for kind, moment in product(ROWS, MOMENTS) if may_see(kind, (), moment)] == []
    assert [kind for kind, moment in product(ROWS, MOMENTS) if may_write(kind, (), moment)] == []


def test_a_director_who_audits_apart_does_not_read_the_other_part_as_a_director() -> None:
    assert not may_see("co_auditor", {Is.AUDITOR, Is.DIRECTOR, Is.QUALITY_ASSURANCE}, Moment(submitted=True))
    assert may_see("co_auditor", {Is.AUDITOR, Is.DIRECTOR}, Moment(submitted=True, both=True))


@pytest.mark.parametrize(
    ("kind", "standing", "moment", "sentence"),
    [
        ("practitioner", Is.PRACTITIONER, Moment(), None),
        ("practitioner", Is.AUDITOR, Moment(), "This part of the audit is not yours to write."),
        ("practitioner", Is.PRACTITIONER, Moment(audited=True), "This is written until the audit is submitted."),
        ("practitioner", Is.PRACTITIONER, Moment(submitted=True), "This is submitted, so it can no longer be changed."),
        ("reply", Is.PRACTITIONER, Moment(audited=True), "This is written once the audit is returned."),
        (
            "family",
            Is.AUDITOR,
            Moment(withdrawn=True),
            "This audit is withdrawn, so nothing more is written in it.",
        ),
    ],
)
def test_why_somebody_may_not_write(kind: str, standing: Is, moment: Moment, sentence: str | None) -> None:
    assert why_not_write(kind, {standing}, moment) == sentence


@pytest.mark.parametrize(
    ("kind", "standings", "words"),
    [
        ("practitioner", {Is.AUDITOR}, "once it is submitted"),
        ("practitioner", {Is.OWNER}, ""),
        ("co_auditor", {Is.AUDITOR, Is.DIRECTOR}, "once both auditors have submitted theirs"),
        ("family", {Is.PRACTITIONER}, "once the audit is returned"),
    ],
)
def test_from_when_somebody_sees_a_part_in_words(kind: str, standings: set[Is], words: str) -> None:
    assert seen_from(kind, standings) == words


def test_the_writers_of_all_parts_are_those_of_its_rows() -> None:
    assert {who.value for who in WRITERS} == {A, C, M, P, S, TM, QA}
