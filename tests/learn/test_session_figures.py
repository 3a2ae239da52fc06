"""What is read of a session, counted by hand on one that went all the way."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from goldenthread.learn.queries.session_facts import Answered, Change, TasksSet
from goldenthread.learn.queries.sessions import session_figures
from goldenthread.plan.models import Session
from goldenthread.select.models import CaseList, DrawnCase
from goldenthread.select.queries.choosing import cases_named
from goldenthread.select.services import choosing
from goldenthread.select.services.draws import Chosen
from tests import make
from tests.learn.session_round import LATER, audited_session

pytestmark = pytest.mark.django_db


def test_a_session_is_counted(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    session = Session.objects.select_related("group").get(pk=audited_session().pk)

    with django_assert_num_queries(9):
        figures = session_figures(session, LATER)

    assert sorted((file.team, file.status, file.grade) for file in figures.files) == [
        ("Duty 2", "Child in need", "Good"),
        ("Duty 2", "Child in need", "Good"),
        ("Duty 2", "Child in need", "Requires improvement to be good"),
        ("Safeguarding 1", "Child in need", "Good"),
        ("Safeguarding 1", "Child in need", "Requires improvement to be good"),
        ("Safeguarding 1", "Child in need", "Requires improvement to be good"),
    ]
    assert sorted(dict(file.sections)["Plan and review"] for file in figures.files) == [
        "Good", "Good", "Good", "Inadequate", "Requires improvement to be good", "Requires improvement to be good",
    ]  # fmt: skip
    assert figures.early_help == Answered("Evidence of CAF input", yes=4, partly=0, no=2, not_applicable=0)
    assert figures.regional_points[2] == Answered("Up-to-date chronology", yes=1, partly=5, no=0, not_applicable=0)
    assert figures.outcomes[4] == Answered("Achieve economic wellbeing", yes=18, partly=0, no=0, not_applicable=0)
    assert figures.change == Change(n=6, before=3, now=22 / 6, rose=1, stayed=5, fell=0)
    assert [(noted.sort, noted.domain, noted.theme, noted.text) for noted in figures.findings] == [
        ("good", "practice", "Planning and review", "The plan is in the family's words."),
        ("improve", "practice", "Planning and review", "Plan 4 has no dates."),
        ("improve", "process", "Recording and chronology", "Copy 4 was lost."),
        ("improve", "practice", "Planning and review", "Plan 5 has no dates."),
        ("improve", "process", "Recording and chronology", "Copy 5 was lost."),
    ]
    assert (figures.returned, figures.awaiting, figures.accepted) == (1, 1, 0)
    assert figures.tasks == TasksSet(signed_off=0, done=1, to_do=0, late=1)
    assert figures.chosen is not None
    assert (figures.chosen.population, figures.chosen.strata, figures.chosen.drawn) == (12, 2, 6)
    assert figures.chosen.replaced == (("The file is with the court", 1),)


def test_a_task_is_not_late_on_its_last_day() -> None:
    returned = make.returned_audit()

    figures = session_figures(returned.audit.session, returned.due_on)

    assert figures.tasks == TasksSet(to_do=1)


def test_what_is_not_submitted_is_told_apart_and_not_counted() -> None:
    audits = make.audits(make.drawn_session(4))
    make.submitted_audit(audits[0])
    make.answered_audit(audits[1])
    make.auditing.withdraw(by=make.council().maya, audit=audits[2], because="Closed", now=make.NOW)

    figures = session_figures(audits[0].session, make.DAY)

    assert (len(figures.files), figures.unfinished, figures.withdrawn) == (1, 2, 1)
    assert figures.early_help.of == 1


def test_cases_left_out_are_counted_by_reason_and_are_no_part_of_the_population() -> None:
    restricted = [make.Line("R1", restricted=True), make.Line("R2", restricted=True)]
    session = make.drawn_session(2, cases=[*make.lines(10), *restricted])

    chosen = session_figures(session, make.DAY).chosen

    assert chosen is not None
    assert (chosen.left_out, chosen.population) == ((("restricted", 2),), 10)


def test_strata_that_nothing_was_drawn_from_are_no_part_of_the_population() -> None:
    session = make.drawn_session(1, cases=[*make.lines(9)[::2], make.Line("S1", team="Safeguarding 1")])

    chosen = session_figures(session, make.DAY).chosen

    assert chosen is not None
    assert (chosen.population, chosen.strata) == (5, 1)


def test_files_chosen_for_a_reason_are_in_no_figure_beside_those_drawn() -> None:
    here, session = make.council(), make.drawn_session(2)
    case_list = CaseList.objects.get()
    drawn = set(DrawnCase.objects.values_list("ref", flat=True))
    named = next(ref for ref in (line.ref for line in make.lines()) if ref not in drawn)
    picked = cases_named(case_list, {named: "A review is about it."})
    choosing.choose(
        by=here.maya, case_list=case_list, session=session, framework=here.framework, picks=picked.picks,
        exclusions=picked.exclusions, chosen=Chosen(way="hand", because="A review."), now=make.NOW,
    )  # fmt: skip
    for audit in make.audits(session):
        make.submitted_audit(audit, grade="inadequate" if audit.ref == named else "good")

    figures = session_figures(session, LATER)
    assert [file.grade for file in figures.files] == ["Good", "Good"]
    assert (figures.beside, figures.chosen is not None) == (1, True)


def test_a_session_without_a_draw_has_figures_too() -> None:
    figures = session_figures(make.session(), make.DAY)

    assert (figures.chosen, figures.files, figures.change, figures.tasks) == (None, (), None, TasksSet())


def test_no_reference_of_a_child_is_among_the_facts() -> None:
    audit = make.submitted_audit(actions=["Set dates."])

    assert audit.ref not in str(session_figures(audit.session, make.DAY))
