"""The parts beside the auditors': asked for, written without a lost word, frozen when given, seen as the table says."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from goldenthread.act.services.returning import return_to_team
from goldenthread.audit import services
from goldenthread.audit.models import Answer, Audit, Part
from goldenthread.audit.queries import audits_to_write, audits_visible_to
from goldenthread.audit.queries.parts import (
    open_part_or_none,
    part_reminders,
    parts_asked_of,
    parts_to_read,
)
from goldenthread.audit.services.answers import Change
from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.audit import parting
from tests.cast import Council

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Council:
    return make.council()


@pytest.fixture
def audit(here: Council) -> Audit:
    return parting.audit()


def kinds(audit: Audit) -> set[str]:
    return set(audit.parts.exclude(kind="auditor").values_list("kind", flat=True))


def who_opens(here: Council, audit: Audit, kind: str) -> set[str]:
    """The people of the cast who can open this part; Person rows read anew, as a request would."""
    people = Person.objects.filter(authority=here.authority, staff_number__startswith="AM")
    return {person.name.split()[0] for person in people if open_part_or_none(person, audit.code, kind)}


def returned(here: Council, audit: Audit) -> Audit:
    make.submitted_audit(audit)
    return_to_team(by=here.maya, audit=audit, now=make.NOW, today=make.DAY)
    return audit


# --- asking -------------------------------------------------------------------------------------------------


def test_the_parts_that_the_framework_asks_for_are_asked_for_with_their_day(audit: Audit) -> None:
    due = dict(audit.parts.exclude(kind="auditor").values_list("kind", "due_on"))

    assert due == {
        "practitioner": date(2026, 10, 13), "family": date(2026, 10, 20), "discussion": date(2026, 10, 13),
    }  # fmt: skip


def test_a_part_whose_template_is_not_adopted_is_not_asked_for(here: Council) -> None:
    assert kinds(parting.audit("family")) == {"family"}


def test_without_a_template_nothing_is_asked_for_and_nobody_is_told(here: Council) -> None:
    audit = make.audit()

    assert (kinds(audit), Notice.objects.filter(kind="part asked for").count()) == (set(), 0)


def test_where_nobody_on_record_holds_the_case_her_view_is_not_asked_for(here: Council) -> None:
    parting.templates()
    audit = make.audit(make.drawn_session(1, cases=[make.Line("C001", worker="Somebody Elsewhere")]))

    assert kinds(audit) == {"family", "discussion"}


def test_allotting_it_to_somebody_else_asks_for_nothing_twice(here: Council, audit: Audit) -> None:
    services.allot(by=here.maya, case=audit.case, auditors=[here.sunita], now=make.NOW)

    assert kinds(audit) == {"practitioner", "family", "discussion"}


def test_the_practitioner_is_told_with_nothing_of_the_child(here: Council, audit: Audit) -> None:
    [notice] = Notice.objects.filter(person_id=here.ffion.pk)

    assert notice.subject == "Practitioner's own view, by Tuesday 13 October 2026"
    assert notice.body.rstrip().endswith(f"/audit/{audit.code}/parts/practitioner/")
    assert audit.ref not in notice.subject + notice.body


def test_an_auditor_is_told_once_however_many_files_she_has(here: Council) -> None:
    parting.templates()
    make.audits(make.drawn_session(4))

    told = Notice.objects.filter(kind="part asked for", person_id__in=[here.grace.pk, here.sunita.pk])
    assert sorted(told.values_list("name", flat=True)) == [here.grace.name, here.sunita.name]


def test_a_practitioner_whose_view_is_asked_for_sees_nothing_of_the_audit(here: Council, audit: Audit) -> None:
    parting.give(audit, here.ffion, "practitioner")

    assert (list(audits_visible_to(here.ffion)), list(audits_to_write(here.ffion))) == ([], [])


# --- who writes and sees ----------------------------------------------------------------------------------


def test_her_own_view_is_hers_alone_until_it_is_submitted(here: Council, audit: Audit) -> None:
    parting.write(audit, here.ffion, "practitioner")

    assert who_opens(here, audit, "practitioner") == {"Ffion"}


def test_once_submitted_the_auditor_the_unit_and_the_directors_see_it(here: Council, audit: Audit) -> None:
    parting.give(audit, here.ffion, "practitioner")

    auditor = make.auditor_of(audit).name.split()[0]
    assert who_opens(here, audit, "practitioner") == {"Ffion", auditor, "Maya", "Idris", "Desmond", "Helena"}


def test_once_returned_her_managers_see_it_too(here: Council, audit: Audit) -> None:
    parting.give(audit, here.ffion, "practitioner")
    before = who_opens(here, audit, "practitioner")
    returned(here, audit)

    assert who_opens(here, audit, "practitioner") - before == {"Rafiq", "Bridget"}


def test_the_familys_words_are_recorded_by_an_auditor_her_manager_or_the_unit(here: Council, audit: Audit) -> None:
    auditor = make.auditor_of(audit).name.split()[0]

    assert who_opens(here, audit, "family") == {auditor, "Rafiq", "Maya", "Idris"}


def test_who_spoke_to_the_family_is_kept(here: Council, audit: Audit) -> None:
    part = parting.give(audit, here.rafiq, "family")

    assert (part.submitted_by, list(part.people.all())) == (here.rafiq, [here.rafiq])


def test_the_discussion_is_written_by_whoever_sits_at_the_session(here: Council, audit: Audit) -> None:
    assert who_opens(here, audit, "discussion") == {"Grace", "Sunita"}


def test_her_reply_is_asked_for_when_the_audit_is_returned(here: Council, audit: Audit) -> None:
    assert kinds(audit) == {"practitioner", "family", "discussion"}

    returned(here, audit)
    part = audit.parts.get(kind="reply")
    assert (part.due_on, parting.opened(audit, here.ffion, "reply").may_write) == (date(2026, 10, 20), True)


def test_the_practitioner_reads_the_familys_words_once_the_audit_is_returned(here: Council, audit: Audit) -> None:
    parting.give(audit, here.rafiq, "family")
    assert parts_to_read(here.ffion, audit) == []

    returned(here, audit)
    assert [each.opened.part.kind for each in parts_to_read(here.ffion, audit)] == ["family"]


def test_an_auditor_who_since_joined_the_team_records_nothing(here: Council, audit: Audit) -> None:
    auditor = make.auditor_of(audit)
    post = auditor.posts.get()
    post.team = audit.team
    post.oversees = ""
    post.save()

    assert open_part_or_none(Person.objects.get(pk=auditor.pk), audit.code, "family") is None


# --- writing -----------------------------------------------------------------------------------------------


def test_what_is_written_beside_leaves_the_audit_as_it_is(here: Council, audit: Audit) -> None:
    parting.write(audit, here.ffion, "practitioner")

    audit.refresh_from_db()
    assert (audit.state, audit.answered) == ("allotted", 0)


def test_writing_and_giving_are_on_the_trail_by_the_part(here: Council, audit: Audit) -> None:
    parting.give(audit, here.ffion, "practitioner")

    told = [(event.verb, event.now) for event in Event.objects.filter(by_id=here.ffion.pk).order_by("seq")]
    assert told == [
        ("wrote", {"part": "practitioner", "answers": {"said": 1}}),
        ("gave", {"part": "practitioner"}),
    ]


def test_of_two_who_write_the_discussion_at_once_neither_loses_a_word(here: Council, audit: Audit) -> None:
    parting.write(audit, here.grace, "discussion", ("said", "We agreed.", 0))
    told = services.save_answers(
        by=here.sunita, opened=parting.opened(audit, here.sunita, "discussion"),
        changes=[Change("said", "We did not agree.", 0)], now=make.NOW,
    )  # fmt: skip

    answer = Answer.objects.get(part__kind="discussion")
    rivals = {person: rival["value"] for person, rival in answer.rivals.items()}
    assert (told[0].clash, answer.value) == (True, "We agreed.")
    assert rivals == {str(here.sunita.pk): "We did not agree."}


def test_two_answers_that_differ_are_settled_before_a_part_is_submitted(here: Council, audit: Audit) -> None:
    parting.write(audit, here.grace, "discussion", ("said", "We agreed.", 0))
    parting.write(audit, here.sunita, "discussion", ("said", "We did not agree.", 0))

    with pytest.raises(Refused, match="Two people wrote different answers"):
        services.submit_part(by=here.grace, opened=parting.opened(audit, here.grace, "discussion"), now=make.NOW)

    services.settle(
        by=here.grace, opened=parting.opened(audit, here.grace, "discussion"), question="said", keep="both", seen=1,
        now=make.NOW,
    )  # fmt: skip
    services.submit_part(by=here.grace, opened=parting.opened(audit, here.grace, "discussion"), now=make.NOW)
    assert Answer.objects.get(part__kind="discussion").value == "We agreed.\n\nWe did not agree."


def test_an_empty_part_is_not_submitted(here: Council, audit: Audit) -> None:
    with pytest.raises(Refused, match="Nothing is written yet"):
        services.submit_part(by=here.ffion, opened=parting.opened(audit, here.ffion, "practitioner"), now=make.NOW)


def test_a_required_answer_is_asked_for(here: Council, audit: Audit) -> None:
    parting.write(audit, here.ffion, "practitioner", ("more", "Nothing else.", 0))

    with pytest.raises(Refused, match="One question still needs an answer"):
        services.submit_part(by=here.ffion, opened=parting.opened(audit, here.ffion, "practitioner"), now=make.NOW)


def test_what_was_submitted_is_never_written_in_again(here: Council, audit: Audit) -> None:
    before = parting.opened(audit, here.ffion, "practitioner")
    parting.give(audit, here.ffion, "practitioner")

    with pytest.raises(Refused, match="This is submitted, so it can no longer be changed"):
        services.save_answers(by=here.ffion, opened=before, changes=[Change("said", "Else.", 1)], now=make.NOW)


def test_the_database_refuses_a_change_to_what_was_given(here: Council, audit: Audit) -> None:
    part = parting.give(audit, here.ffion, "practitioner")

    for change in (
        lambda: Answer.objects.filter(part=part).update(value="Else."),
        lambda: Answer.objects.filter(part=part).delete(),
        lambda: Part.objects.filter(pk=part.pk).update(submitted_by=here.maya),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_nothing_is_written_in_a_part_of_a_withdrawn_audit(here: Council, audit: Audit) -> None:
    before = parting.opened(audit, here.ffion, "practitioner")
    services.withdraw(by=here.maya, audit=audit, because="Moved away.", now=make.NOW)

    with pytest.raises(Refused, match="This audit is withdrawn"):
        services.save_answers(by=here.ffion, opened=before, changes=[Change("said", "Else.", 0)], now=make.NOW)


def test_her_view_comes_too_late_once_the_audit_is_submitted(here: Council, audit: Audit) -> None:
    make.submitted_audit(audit)

    opened = parting.opened(audit, here.ffion, "practitioner")
    assert opened.why_not == "This is written until the audit is submitted."


# --- what holds an audit up --------------------------------------------------------------------------------


def test_a_part_that_is_not_required_holds_nothing_up(audit: Audit) -> None:
    assert make.submitted_audit(audit).state == "submitted"


def test_a_part_that_is_required_holds_the_audit_up_with_a_sentence(here: Council) -> None:
    audit = parting.audit()
    parting.under_other_rules(audit, 'template = "practitioner"\n', 'template = "practitioner"\nrequired = true\n')

    with pytest.raises(Refused, match="“Practitioner's own view” has to be given first: this council asks for it"):
        make.submitted_audit(audit)

    parting.give(audit, here.ffion, "practitioner")
    services.submit(by=make.auditor_of(audit), opened=make.opened(audit), now=make.NOW)
    audit.refresh_from_db()
    assert audit.state == "submitted"


# --- what waits for somebody ------------------------------------------------------------------------------


def asked(person: Person) -> list[str]:
    return [part.kind for part in parts_asked_of(person)]


def test_what_waits_for_the_practitioner_is_her_view_and_then_her_reply(here: Council, audit: Audit) -> None:
    assert asked(here.ffion) == ["practitioner"]

    returned(here, audit)
    assert asked(here.ffion) == ["reply"]

    parting.give(audit, here.ffion, "reply")
    assert asked(here.ffion) == []


def test_what_waits_for_the_auditor_is_the_discussion_and_the_familys_words(here: Council, audit: Audit) -> None:
    auditor = make.auditor_of(audit)
    assert (asked(auditor), asked(here.rafiq)) == (["discussion", "family"], [])

    returned(here, audit)
    assert asked(auditor) == []


@pytest.mark.parametrize(
    ("today", "sentences"),
    [
        (date(2026, 10, 8), []),
        (date(2026, 10, 9), ["Practitioner's own view on one of your cases is asked for by Tuesday 13 October 2026."]),
        (date(2026, 10, 13), ["Practitioner's own view on one of your cases is asked for by Tuesday 13 October 2026."]),
        (date(2026, 10, 14), []),
    ],
)
def test_she_is_reminded_from_two_working_days_before_until_the_day(
    here: Council, audit: Audit, today: date, sentences: list[str]
) -> None:
    reminders = list(part_reminders(here.authority.pk, today))

    assert [each.sentence for each in reminders] == sentences
    assert {each.person for each in reminders} <= {here.ffion}


def test_who_has_given_it_is_not_reminded(here: Council, audit: Audit) -> None:
    parting.give(audit, here.ffion, "practitioner")

    assert list(part_reminders(here.authority.pk, date(2026, 10, 13))) == []
