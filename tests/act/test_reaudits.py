"""Files audited again: owed by rule, asked for, excused, arranged with somebody else, done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goldenthread.act.models import Reaudit
from goldenthread.act.queries.reaudits import (
    candidates_for,
    page_of_reaudits,
    pairs_of_grades,
    reaudit_reminders,
    reaudits_visible_to,
    state_of,
)
from goldenthread.act.services.reaudits import (
    arrange_reaudit,
    ask_for_reaudit,
    bring_up_to_date,
    excuse_reaudit,
    owe_reaudit,
)
from goldenthread.act.services.returning import return_to_team
from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit, Judgement
from goldenthread.method.assurance import ticket
from goldenthread.method.framework import Framework
from goldenthread.method.refusal import Refused
from goldenthread.trail.models import Event
from tests import make
from tests.act import again

pytestmark = pytest.mark.django_db
NOT_SUBMITTED = "This audit is not submitted yet, so there is nothing to audit again."


def refused(act) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return str(refusal.value)


def with_rule(monkeypatch: pytest.MonkeyPatch, **rule: object) -> None:
    """The council's framework with its rule of re-audits changed so."""
    kept = make.council().framework.parsed
    changed = replace(kept, reaudit=replace(kept.reaudit, **rule))
    monkeypatch.setattr("goldenthread.framework.models.FrameworkVersion.parsed", property(lambda version: changed))
    assert isinstance(changed, Framework)


# --- owed by rule ------------------------------------------------------------------------------------------


def test_an_inadequate_audit_is_owed_again_three_months_from_its_return() -> None:
    owed = again.owed()

    assert (owed.reason, owed.due_on, owed.sections, owed.state) == ("grade", date(2027, 1, 6), [], "owed")


def test_another_grade_is_owed_again_only_if_its_ticket_falls_into_the_share(monkeypatch) -> None:
    returned = again.returned("good")
    seed = returned.audit.case.draw.seed
    in_the_share = ticket(seed, "C001") < 0.1

    assert Reaudit.objects.filter(reason="random").exists() == in_the_share


@pytest.mark.parametrize(("percent", "reasons"), [(0, []), (100, ["random"])])
def test_the_random_share_is_the_frameworks(monkeypatch, percent: int, reasons: list[str]) -> None:
    with_rule(monkeypatch, sample_percent=percent)

    again.returned("good")

    assert list(Reaudit.objects.values_list("reason", flat=True)) == reasons


def failed_in_one_section() -> Audit:
    """An audit with one section Inadequate, returned under a rule that looks again at what failed."""
    audit = make.audit(make.drawn_session(1, cases=[make.Line("C001")]))
    graded = [each.name for each in make.opened(audit).template.questions.values() if each.role == "section_grade"]
    answers = dict.fromkeys(graded[1:], "good")
    make.returned_audit(make.submitted_audit(audit, grade="inadequate", answers=answers))
    return audit


def test_of_failed_sections_only_those_that_failed_are_looked_at(monkeypatch) -> None:
    with_rule(monkeypatch, scope="failed_sections")

    audit = failed_in_one_section()

    failed = Judgement.objects.filter(audit=audit, grade="inadequate").exclude(section="")
    assert Reaudit.objects.get().sections == list(failed.values_list("section", flat=True))
    assert failed.count() == 1


def test_a_file_is_owed_again_once() -> None:
    returned = again.returned()

    more = owe_reaudit(by=make.council().maya, audit=returned.audit, now=make.NOW, today=make.DAY)

    assert (more, Reaudit.objects.count()) == (None, 1)


# --- asked for, excused ------------------------------------------------------------------------------------


def test_the_unit_asks_for_one_with_a_reason_that_stays() -> None:
    audit = make.submitted_audit()

    owed = ask_for_reaudit(by=make.council().maya, audit=audit, because="The family complained.", now=make.NOW)

    assert (owed.reason, owed.because) == ("asked", "The family complained.")
    assert Event.objects.get(thing="reaudit", verb="owed").because == "The family complained."


def test_a_re_audit_of_an_unsubmitted_audit_is_refused() -> None:
    audit, maya = make.audit(), make.council().maya

    assert refused(lambda: ask_for_reaudit(by=maya, audit=audit, because="Why not?", now=make.NOW)) == NOT_SUBMITTED


def test_a_re_audit_of_a_withdrawn_audit_is_refused() -> None:
    audit, maya = make.audit(), make.council().maya
    auditing.withdraw(by=maya, audit=audit, because="A wrong file.", now=make.NOW)

    assert refused(lambda: ask_for_reaudit(by=maya, audit=audit, because="Why not?", now=make.NOW)) == (
        "This audit was withdrawn, so there is nothing to audit again."
    )


def test_asking_needs_a_reason_and_that_none_is_owed_yet() -> None:
    maya, owed = make.council().maya, again.owed()

    said = [
        refused(lambda because=because: ask_for_reaudit(by=maya, audit=owed.audit, because=because, now=make.NOW))
        for because in (" ", "Once more.")
    ]

    assert said == [
        "Say why this file is to be audited again: it stays on record.",
        "A re-audit of this audit is owed, arranged or done already.",
    ]


def test_one_is_excused_for_a_reason_and_by_the_unit_only() -> None:
    here, owed = make.council(), again.owed()

    said = [
        refused(lambda: excuse_reaudit(by=here.maya, reaudit=owed, because="", now=make.NOW)),
        refused(lambda: excuse_reaudit(by=here.bridget, reaudit=owed, because="Closed.", now=make.NOW)),
    ]
    excuse_reaudit(by=here.maya, reaudit=owed, because="The case is closed.", now=make.NOW)

    owed.refresh_from_db()
    assert said == [
        "Say why this file is not audited again: it stays on record.",
        "To excuse this reaudit is for the Quality Assurance Unit.",
    ]
    assert (owed.state, owed.because) == ("excused", "The case is closed.")


# --- arranged ----------------------------------------------------------------------------------------------


def test_it_is_arranged_as_a_draw_of_its_own_kind_that_no_chance_made() -> None:
    arranged = again.arranged()

    audit = Audit.objects.get(pk=arranged.again_id)
    draw = audit.case.draw
    assert (audit.kind, audit.ref, draw.kind, draw.way, draw.seed) == ("reaudit", "C001", "reaudit", "event", "")
    assert (make.auditor_of(audit), arranged.state) == (again.somebody_else(arranged), "arranged")


def test_a_re_audit_of_a_failed_section_asks_that_section_and_the_whole_files_grade_alone(monkeypatch) -> None:
    with_rule(monkeypatch, scope="failed_sections")
    whole = failed_in_one_section()
    (failed,) = Reaudit.objects.get().sections

    done = again.audited_again(Reaudit.objects.get())

    assert done.again is not None
    asked = [section.name for section in make.opened(done.again).template.sections]
    assert asked == [failed, "overall"]
    assert set(done.again.judgements.values_list("section", flat=True)) == {failed, ""}
    assert done.again.answered == done.again.asked < whole.asked
    labels = {section.name: section.label for section in whole.template.parsed.sections}
    assert done.again.case.because == f"It is audited again in part: {labels[failed]}."


def test_the_first_auditor_does_not_audit_it_again() -> None:
    owed, maya = again.owed(), make.council().maya
    first, session = again.first_auditor(owed), again.session()

    said = refused(lambda: arrange_reaudit(by=maya, reaudit=owed, session=session, auditor=first, now=make.NOW))

    assert said == f"{first.name} audited this file last time, and a re-audit is by somebody else."


def test_whoever_is_barred_otherwise_is_refused_and_nothing_is_kept() -> None:
    here, owed = make.council(), again.owed()
    session = make.session(held_on=again.COMING, seats=[here.rafiq, here.grace])

    said = refused(
        lambda: arrange_reaudit(by=here.maya, reaudit=owed, session=session, auditor=here.rafiq, now=make.NOW)
    )

    owed.refresh_from_db()
    assert said == "Rafiq Alderton manages the team that holds this case, so may not audit this file."
    assert (owed.state, Audit.objects.filter(kind="reaudit").count()) == ("owed", 0)


def test_those_who_sit_are_offered_with_who_may_not_and_why() -> None:
    owed = again.owed()

    found = candidates_for(owed, again.session(), make.DAY)

    assert [person.name for person in found.people] == [again.somebody_else(owed).name]
    assert found.barred == [(again.first_auditor(owed).name, "audited this file last time")]


def test_a_session_that_is_over_is_refused() -> None:
    owed, maya = again.owed(), make.council().maya
    over = make.session("duty", held_on=make.DAY - timedelta(days=7))
    auditor = again.somebody_else(owed)

    said = refused(lambda: arrange_reaudit(by=maya, reaudit=owed, session=over, auditor=auditor, now=make.NOW))

    assert said == "This session is over: choose one to come."


def test_two_files_are_arranged_for_one_session() -> None:
    here = make.council()
    held = make.drawn_session(2, cases=[make.Line("C001"), make.Line("C002")])
    for audit in make.audits(held):
        make.returned_audit(make.submitted_audit(audit, grade="inadequate"))
    session = again.session()

    for owed in Reaudit.objects.order_by("pk"):
        auditor = again.somebody_else(owed)
        arrange_reaudit(by=here.maya, reaudit=owed, session=session, auditor=auditor, now=make.NOW)

    assert Audit.objects.filter(session=session, kind="reaudit").count() == 2


def test_a_re_audit_whose_audit_is_withdrawn_is_owed_again_and_can_be_arranged_anew() -> None:
    here, arranged = make.council(), again.arranged()
    first_try = Audit.objects.get(pk=arranged.again_id)
    auditing.withdraw(by=here.maya, audit=first_try, because="The auditor is ill.", now=make.NOW)
    arranged.refresh_from_db()
    by_then = state_of(arranged)
    session = make.session("duty", held_on=again.COMING + timedelta(days=1))

    anew = arrange_reaudit(
        by=here.maya, reaudit=arranged, session=session, auditor=again.somebody_else(arranged), now=make.NOW
    )  # fmt: skip

    assert (by_then, anew.pk != first_try.pk) == ("owed", True)


# --- done --------------------------------------------------------------------------------------------------


def test_it_is_done_once_it_is_submitted_and_kept_so_when_it_is_returned() -> None:
    done = again.audited_again()
    by_submission = (done.state, state_of(done))

    return_to_team(by=make.council().maya, audit=done.again, now=make.NOW, today=make.DAY)

    done.refresh_from_db()
    assert (by_submission, done.state) == (("arranged", "done"), "done")


def test_an_inadequate_re_audit_is_owed_again_and_chance_asks_for_none(monkeypatch) -> None:
    with_rule(monkeypatch, sample_percent=100)
    done = again.audited_again(grade="good")

    return_to_team(by=make.council().maya, audit=done.again, now=make.NOW, today=make.DAY)

    assert Reaudit.objects.filter(audit=done.again).count() == 0


def test_before_and_after_are_the_grades_that_stand() -> None:
    again.audited_again(grade="good")

    [pair] = pairs_of_grades(make.council().maya)

    assert (pair.before, pair.after, pair.reason, pair.by_chance) == ("inadequate", "good", "grade", True)


# --- grades changed after the return -----------------------------------------------------------------------


def changed(audit: Audit, grade: str) -> None:
    """What a decided challenge leaves: another judgement that stands."""
    Judgement.objects.filter(audit=audit, section="").update(stands=False)
    later = make.NOW + timedelta(days=2)
    maya = make.council().maya
    Judgement.objects.create(
        authority_id=audit.authority_id, audit=audit, stage="decided", grade=grade, made_at=later, made_by=maya
    )  # fmt: skip


def test_what_a_changed_grade_no_longer_calls_for_is_excused_with_the_reason() -> None:
    owed = again.owed()
    changed(owed.audit, "good")

    counts = bring_up_to_date(by=make.council().maya, now=make.NOW)

    owed.refresh_from_db()
    assert (counts, owed.state, owed.because) == (
        (0, 1), "excused", "Its grade was changed after the return, to Good."
    )  # fmt: skip


def test_what_a_changed_grade_calls_for_is_owed(monkeypatch) -> None:
    with_rule(monkeypatch, sample_percent=0)
    returned = again.returned("good")
    changed(returned.audit, "inadequate")

    counts = bring_up_to_date(by=make.council().maya, now=make.NOW)

    assert (counts, Reaudit.objects.get().reason) == ((1, 0), "grade")


def test_nothing_to_bring_up_to_date_is_said() -> None:
    again.owed()

    assert refused(lambda: bring_up_to_date(by=make.council().maya, now=make.NOW)) == (
        "Every re-audit that is owed is still called for, and none is missing."
    )


# --- who sees which ----------------------------------------------------------------------------------------


def test_a_re_audit_is_seen_by_the_unit_the_directors_and_the_managers_above_the_team() -> None:
    again.owed()
    here = make.council()
    names = ("maya", "idris", "helena", "desmond", "bridget", "rafiq", "nadia", "zofia", "ffion", "grace", "sunita")

    seen = {name for name in names if reaudits_visible_to(getattr(here, name)).exists()}

    assert seen == {"maya", "idris", "helena", "desmond", "bridget", "rafiq"}


def test_the_lists_are_of_those_to_arrange_arranged_done_and_excused() -> None:
    maya = make.council().maya
    again.arranged()

    counts = {state: page_of_reaudits(maya, state).count for state in ("owed", "arranged", "done", "excused")}

    assert counts == {"owed": 0, "arranged": 1, "done": 0, "excused": 0}


# --- reminded ----------------------------------------------------------------------------------------------


def test_the_unit_is_reminded_two_weeks_before_and_every_week_after() -> None:
    owed = again.owed()
    authority = make.council().authority.pk

    days = [
        day
        for ahead in range(-30, 20)
        if list(reaudit_reminders(authority, day := owed.due_on + timedelta(days=ahead))) and day.weekday() < 5
    ]

    assert days[0] == date(2026, 12, 18)
    assert owed.due_on in days
    assert date(2027, 1, 13) in days
    assert len(days) == 5


def test_a_reminder_names_no_child() -> None:
    owed = again.owed()

    reminders = list(reaudit_reminders(make.council().authority.pk, owed.due_on))

    assert sorted(each.person.name for each in reminders) == sorted({"Maya Holt", make.council().idris.name})
    assert reminders[0].sentence == "1 re-audit to arrange, the first due Wednesday 6 January 2027."
