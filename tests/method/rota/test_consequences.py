"""What a swap by hand does: what forbids it, and what to know first."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.method.rota import Consequences, Group, Person, Problem, Seating, Session, consequences

MAY, JUNE = date(2026, 5, 14), date(2026, 6, 25)
ANN = Person("a", ("tm", "iro"), name="Ann Lee")
BEN = Person("b", ("tm",), name="Ben Osei")
CY = Person("c", ("tm",), frozenset({MAY}), name="Cy Dunn")
DEE = Person("d", ("tm",), groups=frozenset({"cp"}), name="Dee Fox")
PROBLEM = Problem(
    (ANN, BEN, CY, DEE),
    (Group("duty", {"tm": 1, "iro": 1}, "Frontline duty"), Group("cp", {"tm": 1}, "Child protection")),
    (Session("1", "duty", MAY), Session("2", "duty", JUNE), Session("3", "cp", MAY)),
    post_names={"tm": "Team Manager", "iro": "Independent Reviewing Officer"},
)
NOW = (Seating("1", "tm", "a"), Seating("2", "tm", "b"), Seating("3", "tm", "d"))


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ((Seating("1", "tm", "c"), *NOW[1:]), "Cy Dunn is away on 14 May 2026."),
        ((*NOW, Seating("2", "iro", "c")), "Cy Dunn may not sit as Independent Reviewing Officer."),
        ((NOW[0], Seating("2", "tm", "d"), NOW[2]), "Dee Fox may not sit in Frontline duty."),
        (
            (*NOW, Seating("1", "iro", "a")),
            "Ann Lee would sit twice on 14 May 2026: in Frontline duty and in Frontline duty.",
        ),
        (
            (*NOW[:2], Seating("3", "tm", "a")),
            "Ann Lee would sit twice on 14 May 2026: in Frontline duty and in Child protection.",
        ),
        (
            (*NOW, Seating("1", "tm", "b")),
            "Frontline duty on 14 May 2026 has one seat for Team Manager, and two would sit there.",
        ),
        ((*NOW, Seating("9", "tm", "b")), "There is no session “9” in this rota."),
        ((*NOW, Seating("2", "iro", "z")), "There is no person “z” in this rota."),
    ],
)
def test_what_the_rules_forbid_is_refused(after: tuple[Seating, ...], sentence: str) -> None:
    assert consequences(PROBLEM, NOW, after).refused == (sentence,)


def test_a_swap_that_the_rules_allow_tells_whose_load_it_changes() -> None:
    after = (Seating("1", "tm", "b"), Seating("2", "tm", "a"), NOW[2])
    assert consequences(PROBLEM, NOW, after) == Consequences()
    found = consequences(PROBLEM, NOW, (Seating("1", "tm", "b"), *NOW[1:]))
    assert found.refused == ()
    assert found.warnings == (
        "Ann Lee would have 0 seats where now it is 1; a fair share is 2.0.",
        "Ben Osei would have 2 seats where now it is 1; a fair share is 1.0.",
        "Ben Osei would sit in Frontline duty twice running, on 14 May 2026 and 25 June 2026.",
    )


def test_an_emptied_seat_is_said() -> None:
    assert "A seat for Team Manager in Child protection on 14 May 2026 would be empty." in (
        consequences(PROBLEM, NOW, NOW[:2]).warnings
    )


def test_what_was_wrong_before_does_not_forbid_a_change_elsewhere() -> None:
    wrong = (Seating("1", "tm", "c"), Seating("1", "iro", "a"), Seating("3", "tm", "a"))
    assert consequences(PROBLEM, wrong, (*wrong, Seating("2", "tm", "b"))).refused == ()


def test_no_change_has_no_consequences() -> None:
    assert consequences(PROBLEM, NOW, NOW) == Consequences()
