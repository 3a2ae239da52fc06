"""Submitted whole and without dispute, and from then on as it is: the database itself holds that."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from goldenthread.audit import services
from goldenthread.audit.models import Answer, Audit, Judgement, Part
from goldenthread.audit.services.answers import Change
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def submit(audit: Audit, by: Person | None = None) -> Audit:
    by = by or make.auditor_of(audit)
    return services.submit(by=by, opened=make.opened(audit, by), now=make.NOW)


def refusal(audit: Audit, by: Person | None = None) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        submit(audit, by)
    return refused.value.sentences


def test_a_whole_audit_is_submitted_by_somebody_at_a_time() -> None:
    audit = make.answered_audit()

    submitted = submit(audit)

    assert (submitted.state, submitted.submitted_at, submitted.submitted_by) == (
        "submitted",
        make.NOW,
        make.auditor_of(audit),
    )
    assert (submitted.answered, submitted.asked) == (45, 45)


def test_the_judgement_stands_on_the_audit() -> None:
    audit = make.submitted_audit(grade="requires_improvement")
    sections = {name for name, each in audit.template.parsed.questions.items() if each.role == "section_grade"}

    judged = {each.section: each.grade for each in Judgement.objects.filter(audit=audit)}

    assert (set(judged.values()), judged[""]) == ({"requires_improvement"}, "requires_improvement")
    assert {"record", "plan", "voice"} < set(judged)
    assert len(judged) <= len(sections) + 1


def test_the_judgement_keeps_the_reason_given() -> None:
    audit = make.submitted_audit()

    assert {each.rationale for each in Judgement.objects.filter(audit=audit)} == {"Seen in the case notes."}


def test_what_is_missing_is_counted() -> None:
    audit = make.answered_audit()
    missing = next(name for name, each in audit.template.parsed.questions.items() if each.required)
    clear(audit, missing)

    assert refusal(audit) == ("One question still needs an answer.",)


def clear(audit: Audit, name: str) -> None:
    by = make.auditor_of(audit)
    services.save_answers(by=by, opened=make.opened(audit, by), changes=[Change(name, "", 1)], now=make.NOW)


def test_an_audit_that_nobody_began_is_not_submitted() -> None:
    assert refusal(make.audit()) == ("This audit is “allotted”, so there is nothing to submit.",)


def test_two_answers_that_differ_are_settled_first() -> None:
    here, audit = make.council(), make.audit()
    services.allot(by=here.maya, case=audit.case, auditors=[here.grace, here.sunita], now=make.NOW)
    make.answered_audit(audit)
    name = Answer.objects.filter(value="Seen in the case notes.")[0].question
    for person in (here.grace, here.sunita):
        changes = [Change(name, f"As {person.name} saw it.", 1)]
        services.save_answers(by=person, opened=make.opened(audit, person), changes=changes, now=make.NOW)

    assert refusal(audit, here.grace) == (
        "Two people wrote different answers to the same question; choose which to keep first.",
    )


def test_an_auditor_who_since_joined_the_team_does_not_submit() -> None:
    here, audit = make.council(), make.audit()
    make.answered_audit(services.allot(by=here.maya, case=audit.case, auditors=[here.grace], now=make.NOW))
    here.grace.posts.update(team=audit.team)

    assert refusal(audit) == ("You may not audit this file: you are someone who is in the team that holds this case.",)


def test_nobody_else_submits() -> None:
    assert refusal(make.answered_audit(), make.council().maya) == (
        "To submit this audit is for the auditor of this file.",
    )


def test_an_audit_is_submitted_once() -> None:
    assert refusal(make.submitted_audit()) == ("This audit is “submitted”, so there is nothing to submit.",)


def test_the_submission_is_an_event_with_its_grades() -> None:
    make.submitted_audit()

    event = Event.objects.filter(thing="audit").latest("seq")
    assert (event.verb, event.now["overall"]) == ("submitted", "good")


# --- frozen ---------------------------------------------------------------------------------------------------

FROZEN = "A submitted audit is never changed"
INSERT = "INSERT INTO {0} ({1}) SELECT {2} FROM {0} LIMIT 1"
ACTS = {
    "an answer changed": ("UPDATE audit_answer SET value = 'x'", FROZEN),
    "an answer deleted": ("DELETE FROM audit_answer", FROZEN),
    "a finding changed": ("UPDATE audit_finding SET text = 'x'", FROZEN),
    "a finding deleted": ("DELETE FROM audit_finding", FROZEN),
    "the part thawed": ("UPDATE audit_part SET frozen = NOT frozen", FROZEN),
    "the part deleted": ("DELETE FROM audit_part", FROZEN),
    "a judgement changed": ("UPDATE audit_judgement SET grade = 'other'", "A judgement is never changed"),
    "a judgement deleted": ("DELETE FROM audit_judgement", "A judgement is never changed"),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_database_refuses(act: str) -> None:
    make.submitted_audit(actions=["Write the chronology."])
    sql, sentence = ACTS[act]

    with pytest.raises(DatabaseError, match=sentence), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("table", ["audit_answer", "audit_finding"])
def test_the_database_refuses_one_more(table: str) -> None:
    make.submitted_audit(actions=["Write the chronology."])
    fresh = {"id": "999999", "question": "'one_more'", "code": "'onemore'"}

    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    columns, values = ", ".join(f'"{n}"' for n in names), ", ".join(fresh.get(n, f'"{n}"') for n in names)
    with pytest.raises(DatabaseError, match=FROZEN), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT.format(table, columns, values))


def test_an_answer_is_not_moved_into_a_submitted_audit() -> None:
    one, other = make.audits(make.drawn_session(2))
    make.answered_audit(one)
    make.submitted_audit(other)
    loose = Answer.objects.filter(part__audit=one)[0]

    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.filter(pk=loose.pk).update(part=Part.objects.get(audit=other), question="moved")


def test_another_audit_stays_open() -> None:
    one, other = make.audits(make.drawn_session(2))
    make.answered_audit(one)
    make.submitted_audit(other)

    assert Answer.objects.filter(part__audit=one).update(value="x") == 45
