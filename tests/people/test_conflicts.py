"""Conflicts of interest: declared by whoever has one or by the unit for her, ended, and kept on record."""

from __future__ import annotations

from typing import Any

import pytest

from goldenthread.method.refusal import Refused
from goldenthread.people.models import Conflict, Person
from goldenthread.people.queries import PAGE, page_of_conflicts
from goldenthread.people.services import declare_conflict, end_conflict
from goldenthread.trail.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def declared(person: Person, by: Person | None = None, **about: Any) -> Conflict:
    about = about or {"ref": "C900"}
    return declare_conflict(by=by or person, person=person, sort="relative", now=make.NOW, **about)


def refusal(person: Person, by: Person | None = None, **about: Any) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        declared(person, by, **about)
    return refused.value.sentences


@pytest.mark.parametrize("who", ["grace", "maya", "idris"])
def test_it_is_declared_by_herself_or_by_the_unit(who: str) -> None:
    here = make.council()
    by = getattr(here, who)

    conflict = declared(here.grace, by, worker=here.ffion)

    assert (conflict.person, conflict.worker, conflict.declared_by, conflict.ended_at) == (
        here.grace,
        here.ffion,
        by,
        None,
    )


@pytest.mark.parametrize("who", ["sunita", "helena", "rafiq"])
def test_nobody_else_declares_it_or_ends_it(who: str) -> None:
    here = make.council()
    conflict, by = declared(here.grace), getattr(here, who)
    said = ("A conflict of interest is declared by whoever has it, or by the Quality Assurance Unit.",)

    with pytest.raises(Refused) as refused:
        end_conflict(by=by, conflict=conflict, now=make.NOW)

    assert (refused.value.sentences, refusal(here.grace, by)) == (said, said)


def test_the_trail_says_who_declared_and_ended_and_never_with_what() -> None:
    here = make.council()
    conflict = declared(here.grace, ref="C900")
    end_conflict(by=here.maya, conflict=conflict, now=make.NOW)

    events = list(Event.objects.filter(thing="conflict").order_by("seq"))

    assert [(event.verb, event.by_name) for event in events] == [
        ("declared", here.grace.name),
        ("ended", here.maya.name),
    ]
    assert [(event.was, event.now, event.because) for event in events] == [(None, {"person": here.grace.pk}, "")] * 2


@pytest.mark.parametrize("given", [{"ref": " "}, {"ref": "C1", "worker": "ffion"}])
def test_it_is_with_one_child_worker_or_team(given: dict[str, str]) -> None:
    here = make.council()
    about = {name: getattr(here, value) if name == "worker" else value for name, value in given.items()}

    assert refusal(here.grace, **about) == ("Give one of these three: the case’s reference, the worker, or the team.",)


def test_ones_own_cases_need_no_declaration() -> None:
    here = make.council()

    assert refusal(here.ffion, worker=here.ffion) == (
        "Nobody is given files of their own cases, so this need not be declared: choose another worker.",
    )


def test_the_same_one_is_declared_once_until_it_ends() -> None:
    here = make.council()
    conflict = declared(here.grace, ref="C900")
    assert refusal(here.grace, ref=" C900 ") == ("This conflict is declared already and has not ended.",)

    end_conflict(by=here.grace, conflict=conflict, now=make.NOW)

    assert declared(here.grace, ref="C900").pk != conflict.pk


def test_it_ends_once() -> None:
    here = make.council()
    conflict = declared(here.grace)
    end_conflict(by=here.grace, conflict=conflict, now=make.NOW)

    with pytest.raises(Refused, match="This conflict has ended already"):
        end_conflict(by=here.grace, conflict=conflict, now=make.NOW)


def test_the_list_is_narrowed_by_name_and_leaves_out_what_ended() -> None:
    here = make.council()
    graces, sunitas = declared(here.grace), declared(here.sunita)
    end_conflict(by=here.sunita, conflict=sunitas, now=make.NOW)
    council = here.authority.pk

    assert page_of_conflicts(council).conflicts == [graces]
    assert page_of_conflicts(council, ended=True).conflicts == [sunitas, graces]
    assert page_of_conflicts(council, ended=True, text="sunita").conflicts == [sunitas]


def test_the_list_goes_on_after_fifty() -> None:
    grace = make.council().grace
    made = [declared(grace, ref=f"C{number}") for number in range(PAGE + 1)][::-1]

    first = page_of_conflicts(grace.authority_id)

    assert (first.conflicts, first.next) == (made[:PAGE], made[PAGE - 1].pk)
    assert page_of_conflicts(grace.authority_id, after=first.next).conflicts == made[PAGE:]
