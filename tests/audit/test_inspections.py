"""Recommendation 30: notes drawn and shared out, inspections recorded, the register, and the signed statement."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from goldenthread.audit.models import Inspection, Statement
from goldenthread.audit.queries.inspections import case_files_of, gaps_foretold, inspections_to_do, register
from goldenthread.audit.services import inspecting as services
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.select.services.draws import replace
from goldenthread.trail.queries import events_of
from tests import make
from tests.audit import inspecting, parting
from tests.audit.inspecting import AFTER, QUARTER

pytestmark = pytest.mark.django_db

LATE_IN_THE_QUARTER, EARLY_IN_IT = date(2026, 12, 10), date(2026, 11, 1)


def row_of(person: Person, today: date = make.DAY):
    here = make.council()
    rows = register(here.authority.pk, here.framework.parsed, [QUARTER], today)
    return next(row for row in rows if row.person == person)


# --- sharing out -------------------------------------------------------------------------------------------


def test_every_set_of_notes_drawn_goes_to_a_senior_manager_outside_its_line() -> None:
    here = make.council()
    shared = inspecting.shared_out()

    managers = {here.bridget, here.nadia, here.desmond, here.helena}
    assert {each.person for each in shared} <= managers
    assert len(shared) == 4
    lines = [(each.person, each.case.line) for each in shared]
    assert [name for name, line in lines if name == here.bridget and line.team_name == "Duty 2"] == []
    assert [name for name, line in lines if name == here.nadia and line.team_name == "Safeguarding 1"] == []


def test_notes_are_shared_evenly() -> None:
    numbers = [Inspection.objects.filter(person=each.person).count() for each in inspecting.shared_out()]

    assert max(numbers) - min(numbers) <= 1


def test_notes_are_not_shared_out_twice() -> None:
    draw = inspecting.drawn_notes()
    inspecting.shared_out(draw)

    with pytest.raises(
        Refused, match=r"^Every set of notes that a senior manager may inspect is shared out already\.$"
    ):
        inspecting.shared_out(draw)


def test_a_draw_that_waits_for_its_dice_is_not_shared_out() -> None:
    with pytest.raises(Refused, match=r"^Only supervision notes that were drawn can be shared out\.$"):
        inspecting.shared_out(inspecting.frozen_notes())


def test_only_the_unit_shares_out() -> None:
    draw = inspecting.drawn_notes()

    with pytest.raises(Refused):
        services.share_out_inspections(by=make.council().helena, draw=draw, now=make.NOW)
    assert Inspection.objects.count() == 0


# --- recording ---------------------------------------------------------------------------------------------


def test_an_inspection_is_recorded_and_is_on_the_trail_without_its_words() -> None:
    inspection = inspecting.inspected(inspecting.shared_out()[0], good="Held monthly.")

    event = events_of(inspection).last()
    assert (inspection.inspected_on, inspection.good) == (make.DAY, "Held monthly.")
    assert event is not None
    assert (event.verb, event.now) == ("inspected", {"inspected_on": "2026-10-06"})


def test_what_she_wrote_may_be_changed_until_the_quarter_is_signed_for() -> None:
    inspection = inspecting.inspected(inspecting.shared_out()[0])
    inspecting.inspected(inspection, to_improve="Say why two months are missing.")
    inspecting.signed_statement()

    with pytest.raises(Refused, match="signed"):
        inspecting.inspected(inspection, good="Better said.")
    inspection.refresh_from_db()
    assert inspection.to_improve == "Say why two months are missing."


def test_nobody_records_what_is_allotted_to_another() -> None:
    inspection = inspecting.shared_out()[0]
    other = next(each for each in Person.objects.filter(name="Maya Holt"))

    with pytest.raises(Refused, match=r"^Only the senior manager to whom these notes are allotted"):
        services.record_inspection(
            by=other, inspection=inspection, inspected_on=make.DAY, good="x", to_improve="", now=make.NOW
        )


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 10, 5), date(2026, 10, 7)])
def test_notes_are_inspected_after_their_draw_in_the_quarter_and_not_in_the_future(day: date) -> None:
    inspection = inspecting.shared_out()[0]

    with pytest.raises(Refused, match=r"^Notes are inspected between 6 October 2026 and 6 October 2026\.$"):
        inspecting.inspected(inspection, on=day)
    assert Inspection.objects.filter(inspected_at__isnull=False).count() == 0


def test_an_inspection_says_something() -> None:
    with pytest.raises(Refused, match=r"^Say what is good, or what is to be put right\.$"):
        inspecting.inspected(inspecting.shared_out()[0], good=" ")


def test_what_is_done_is_no_longer_to_do() -> None:
    first = inspecting.shared_out()[0]
    before = inspections_to_do(first.person, make.DAY).count()
    inspecting.inspected(first)

    assert inspections_to_do(first.person, make.DAY).count() == before - 1


def test_notes_replaced_by_the_reserve_are_no_longer_hers() -> None:
    make.person(team="Duty 2")
    draw = inspecting.drawn_notes(1)
    inspection = inspecting.shared_out(draw)[0]
    hers = inspection.person

    replace(by=make.council().maya, case=inspection.case, because="On long leave", now=make.NOW)

    assert inspections_to_do(hers, make.DAY).count() == 0
    assert [each.case.stratum for each in inspecting.shared_out(draw)][-1] == inspection.case.stratum


def test_notes_without_a_reserve_stay_hers() -> None:
    inspection = inspecting.shared_out(inspecting.drawn_notes(2))[0]

    with pytest.raises(Refused):
        replace(by=make.council().maya, case=inspection.case, because="On long leave", now=make.NOW)
    assert inspections_to_do(inspection.person, make.DAY).count() == 1


# --- the register ------------------------------------------------------------------------------------------


def test_the_register_has_every_senior_manager_by_name() -> None:
    here = make.council()
    rows = register(here.authority.pk, here.framework.parsed, [QUARTER], make.DAY)

    assert [row.person.name for row in rows] == [
        "Bridget Oakhanger", "Desmond Quayle", "Helena Summerlath", "Nadia Rushworth",
    ]  # fmt: skip


def test_with_nothing_inspected_both_gaps_are_said() -> None:
    assert row_of(make.council().helena).cells[0].gaps == (
        "No case file yet",
        "No supervision notes yet (none allotted)",
    )


def test_notes_inspected_are_counted_with_the_draw_behind_them() -> None:
    inspection = inspecting.inspected(inspecting.shared_out()[0])

    cell = row_of(inspection.person).cells[0]
    assert dict(cell.notes) == {"2026-10-01-supervision": 1}
    assert cell.words == "1 set of supervision notes"


def test_a_case_file_counts_when_its_audit_of_a_drawn_case_is_submitted() -> None:
    here = make.council()
    audit = make.submitted_audit(make.audit(make.drawn_session(1, of=make.session(seats=(here.helena, here.desmond)))))

    cell = row_of(make.auditor_of(audit)).cells[0]
    assert dict(cell.case_files) == {audit.case.draw.draw_id: 1}


def test_a_case_file_that_two_audited_apart_counts_for_each() -> None:
    here = make.council()
    audit = make.audit(make.drawn_session(1, of=make.session(seats=(here.helena,))))
    parting.apart(audit, here.desmond)
    for person, grade in ((here.helena, "good"), (here.desmond, "inadequate")):
        parting.answered(audit, person, grade)
    parting.agreed(audit, here.desmond, "good")

    counted = {person.name: dict(row_of(person).cells[0].case_files) for person in (here.helena, here.desmond)}
    assert counted == dict.fromkeys(counted, {audit.case.draw.draw_id: 1})
    assert list(case_files_of(here.desmond, QUARTER)) == [audit]


def test_a_manager_who_came_within_the_quarter_is_shown_with_her_days() -> None:
    here = make.council()
    here.nadia.posts.update(started_on=date(2026, 11, 9))

    assert row_of(here.nadia, date(2026, 11, 20)).cells[0].days == "In post from 9 November 2026"


def test_the_register_takes_the_same_statements_however_much_was_inspected(django_assert_num_queries) -> None:
    here = make.council()
    inspecting.inspected(inspecting.shared_out()[0])
    framework = here.framework.parsed

    with django_assert_num_queries(3):
        register(here.authority.pk, framework, [QUARTER], make.DAY)


# --- gaps foretold -----------------------------------------------------------------------------------------


def test_gaps_are_foretold_to_herself_and_to_the_unit_a_month_before_the_quarter_ends() -> None:
    here = make.council()

    told = {(each.person.name, each.path) for each in gaps_foretold(here.authority.pk, LATE_IN_THE_QUARTER)}

    assert told == {
        ("Bridget Oakhanger", "/audit/inspections/mine/"),
        ("Desmond Quayle", "/audit/inspections/mine/"),
        ("Helena Summerlath", "/audit/inspections/mine/"),
        ("Nadia Rushworth", "/audit/inspections/mine/"),
        ("Maya Holt", "/audit/inspections/"),
        ("Idris Penhallow", "/audit/inspections/"),
    }


def test_nothing_is_foretold_early_in_the_quarter() -> None:
    assert list(gaps_foretold(make.council().authority.pk, EARLY_IN_IT)) == []


def test_what_is_foretold_names_numbers_and_days_only() -> None:
    here = make.council()
    inspecting.shared_out()

    sentences = [each.sentence for each in gaps_foretold(here.authority.pk, LATE_IN_THE_QUARTER)]
    names = [member.name for member in make.CAST]
    assert [name for name in names for sentence in sentences if name in sentence] == []


# --- the statement -----------------------------------------------------------------------------------------


def test_the_director_signs_exactly_what_was_shown() -> None:
    inspecting.inspected(inspecting.shared_out()[0])
    signed = inspecting.signed_statement()

    assert signed.sha256 == services.digest_of(signed.content)
    assert signed.signed_by == make.council().helena
    assert (signed.content["managers"], signed.content["without_gap"]) == (4, 0)


def test_a_quarter_that_is_not_over_is_not_signed() -> None:
    with pytest.raises(Refused, match="is not over"):
        services.sign_statement(by=make.council().helena, quarter=QUARTER, shown="", password="", now=make.NOW)


def test_only_a_director_signs() -> None:
    with pytest.raises(Refused, match=r"^A director signs this statement\.$"):
        inspecting.signed_statement(by=make.council().maya)
    assert Statement.objects.count() == 0


def test_what_changed_since_it_was_shown_is_not_signed() -> None:
    shown = inspecting.shown_digest()
    inspecting.inspected(inspecting.shared_out()[0])

    with pytest.raises(Refused, match="changed"):
        services.sign_statement(by=make.council().helena, quarter=QUARTER, shown=shown, password="", now=AFTER)


def test_a_quarter_is_signed_for_once() -> None:
    inspecting.signed_statement()

    with pytest.raises(Refused, match=r"^The statement for October to December 2026 is signed already\.$"):
        inspecting.signed_statement()


def test_whoever_has_a_password_gives_it_again() -> None:
    helena = make.council().helena
    helena.set_password("a long enough sentence")
    helena.save()

    with pytest.raises(Refused, match=r"^That is not your password\."):
        services.sign_statement(
            by=helena, quarter=QUARTER, shown=inspecting.shown_digest(), password="not it", now=AFTER
        )
    assert Statement.objects.count() == 0


def test_a_signed_statement_is_never_changed() -> None:
    signed = inspecting.signed_statement()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Statement.objects.filter(pk=signed.pk).update(capacity="Somebody else")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        signed.delete()
