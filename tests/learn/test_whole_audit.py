"""Everything about one audit: what is in it, for whom, and what a version without names keeps back."""

from __future__ import annotations

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from goldenthread.act.models import Concern
from goldenthread.audit.models import Audit
from goldenthread.learn.queries.whole_audit import whole_audit, whole_audit_or_none
from goldenthread.learn.queries.whole_audit_facts import WholeAudit
from goldenthread.learn.readers import UNIT
from goldenthread.learn.rendering.model import plain
from goldenthread.learn.rendering.pdf import as_pdf
from goldenthread.learn.rendering.word import as_word
from goldenthread.learn.reports import audit as report
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from tests import make
from tests.audit import moderating
from tests.learn.opened_documents import headings_of_word, tags_of_pdf, words_of_pdf, words_of_word

pytestmark = pytest.mark.django_db

WORRY = "A stranger collected the child."


def accepted(*actions: str) -> Audit:
    """An audit of C001 that went all the way, with a good finding and a task for each action."""
    of = make.answered_audit(make.audit(make.drawn_session(1, cases=[make.Line("C001")])))
    make.finding(of, "Ffion Carrow wrote the plan with the family.", sort="good")
    for action in actions:
        make.finding(of, "The plan has no dates.", action=action)
    make.auditing.submit(by=make.auditor_of(of), opened=make.opened(of), now=make.NOW)
    make.accepted_return(make.returned_audit(of))
    of.refresh_from_db()
    return of


def worried(of: Audit) -> Concern:
    here = make.council()
    return Concern.objects.create(
        authority=here.authority, audit=of, text=WORRY, raised_at=make.NOW, raised_by=here.maya, answer_by=make.NOW
    )


def seen_by(person: Person, of: Audit) -> WholeAudit:
    found = whole_audit_or_none(person, of.code, make.DAY)
    assert found is not None
    return found


@pytest.mark.parametrize("tasks", [1, 3])
def test_it_holds_the_draw_the_words_the_grades_the_tasks_and_the_trail(
    tasks: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    of = accepted(*[f"Set date {place}." for place in range(tasks)])

    with django_assert_num_queries(16):
        whole = whole_audit(of, make.DAY)

    assert (whole.reference, whole.team, whole.practitioner) == ("C001", "Duty 2", "Ffion Carrow")
    assert (whole.selected.place, whole.selected.sought, whole.selected.held) == (1, 1, 1)
    assert (whole.selected.seed, whole.selected.list_sha256) == (of.case.draw.seed, of.case.draw.frame_sha256)
    assert [part.label for part in whole.parts] == ["Auditor"]
    assert len(whole.parts[0].sections) == 9, "those that apply to a child in need"
    assert [(one.sort, one.theme) for one in whole.parts[0].findings] == [
        ("good practice", "Planning and review"), *[("for improvement", "Planning and review")] * tasks
    ]  # fmt: skip
    assert whole.grade == "Good"
    assert [(task.state, task.owner) for task in whole.tasks] == [("signed off", "Ffion Carrow")] * tasks
    assert [one.by for one in whole.signed_off] == [make.council().rafiq.name]
    assert [one.what for one in whole.trail][-1] == "accepted the signed tasks"
    assert whole.left_out == ()


def test_an_audit_that_is_not_submitted_has_no_such_document() -> None:
    of = make.answered_audit()

    with pytest.raises(Refused) as refused:
        whole_audit(of, make.DAY)

    assert refused.value.sentences == (
        "This audit has not been submitted yet, so there is nothing complete to write down.",
    )


def test_who_may_not_read_the_audit_finds_none() -> None:
    of = accepted("Set dates.")
    here = make.council()

    assert whole_audit_or_none(here.rafiq, of.code, make.DAY) is None
    assert whole_audit_or_none(here.maya, "none-such", make.DAY) is None


def test_who_grades_it_blind_finds_none_until_she_has_given_her_grades() -> None:
    of = moderating.audit()
    here = make.council()
    moderator = moderating.allotted(of, moderating.who_reads_everything())

    assert whole_audit_or_none(moderator, of.code, make.DAY) is None
    assert whole_audit_or_none(here.maya, of.code, make.DAY) is not None
    moderating.graded(of, by=moderator)
    assert whole_audit_or_none(moderator, of.code, make.DAY) is not None


def test_its_auditor_reads_it_without_the_tasks_that_are_the_teams() -> None:
    of = accepted("Set dates.")
    auditor = make.auditor_of(of)

    whole = seen_by(auditor, of)

    assert (whole.tasks, whole.returned_at) == ((), None)
    assert whole.left_out[-1] == "Tasks are left out: they are read by the team they were given to and the unit."
    assert len(seen_by(make.council().helena, of).tasks) == 1


def test_that_a_concern_was_raised_is_told_and_what_was_said_only_to_those_who_may_read_it() -> None:
    of = accepted()
    concern = worried(of)
    auditor = make.auditor_of(of)

    whole = seen_by(auditor, of)
    assert [(one.state, one.text) for one in whole.concerns] == [("raised", "")]
    assert WORRY not in str(whole)
    assert "What was said of the concern is left out" in " ".join(whole.left_out)

    assert seen_by(make.council().maya, of).concerns[0].text == WORRY
    concern.told.add(auditor)
    assert seen_by(auditor, of).concerns[0].text == WORRY


def test_moderation_is_kept_with_each_grade_that_was_given() -> None:
    of = moderating.audit()
    moderator = moderating.allotted(of)
    moderating.graded(of, by=moderator)

    whole = whole_audit(of, make.DAY)

    assert len(whole.moderated) == 1
    assert "moderator" in {part.kind for part in whole.parts}
    assert {one.grade for one in whole.judged if one.stands} == {"Inadequate"}


def test_without_names_no_name_and_no_reference_is_in_the_facts() -> None:
    of = accepted("Set dates.")
    whole = whole_audit(of, make.DAY, alias=lambda ref: f"P{len(ref)}")
    text = json.dumps(plain(report.compose(whole, {})), ensure_ascii=False)

    names = [person.name for person in Person.objects.all()]
    assert [name for name in (*names, "Ffion", "Carrow", "C001", "Duty 2") if name in text] == []
    assert "the practitioner the practitioner" not in text
    assert "the practitioner wrote the plan with the family." in text
    assert "P4" in text
    assert whole.replaced


@pytest.mark.parametrize("circulated", [False, True])
def test_its_documents_open_again_with_headings_and_header_cells(circulated: bool) -> None:
    here, of = make.council(), accepted("Set dates.")
    subject = report.subject(here.authority, f"audit:{of.code}")
    assert subject is not None
    made = report.compose(report.figures(subject, make.DAY, circulated=circulated), {"summary": "Read at the panel."})

    pdf, word = as_pdf(made), as_word(made)

    tags = tags_of_pdf(pdf)
    assert tags["H1"] == 1
    assert tags["H2"] >= len(made.parts)
    assert tags["Table"] >= 5
    assert tags["TH"] >= 2 * tags["Table"]
    for text in (words_of_pdf(pdf), words_of_word(word)):
        assert "Read at the panel." in text
        assert "Set dates." in text
        assert ("C001" in text) is not circulated
    assert headings_of_word(word)[:2] == ["Summary", "How the file was chosen"]
    assert of.ref not in made.title + made.subtitle


def test_an_edition_of_it_stays_in_the_unit() -> None:
    of = make.submitted_audit()
    subject = report.subject(make.council().authority, f"audit:{of.code}")

    assert subject is not None
    assert report.readers(subject) == (UNIT,)


def test_one_of_another_council_or_none_at_all_is_no_subject() -> None:
    assert report.subject(make.council().authority, "audit:none-such") is None
    assert report.subjects(make.council().authority, make.DAY) == []
