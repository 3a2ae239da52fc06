"""Answers saved as typed: kept once, whole or not at all, and never over somebody else's words."""

from __future__ import annotations

import pytest

from goldenthread.audit import services
from goldenthread.audit.models import Answer, Audit
from goldenthread.audit.services.answers import Change, Saved
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.cast import Council

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Council:
    return make.council()


@pytest.fixture
def audit(here: Council) -> Audit:
    """A file that Grace and Sunita audit together."""
    made = make.audit()
    return services.allot(by=here.maya, case=made.case, auditors=[here.grace, here.sunita], now=make.NOW)


def question(audit: Audit, kind: str) -> str:
    """The first question of this kind."""
    return next(name for name, each in audit.template.parsed.questions.items() if each.kind == kind)


def save(audit: Audit, by: Person, *changes: Change) -> list[Saved]:
    return services.save_answers(by=by, opened=make.opened(audit, by), changes=changes, now=make.NOW)


def settle(audit: Audit, by: Person, name: str, keep: str, seen: int) -> Saved:
    return services.settle(by=by, opened=make.opened(audit, by), question=name, keep=keep, seen=seen, now=make.NOW)


def stored(audit: Audit) -> dict[str, tuple[str, int]]:
    return {each.question: (each.value, each.version) for each in Answer.objects.filter(part__audit=audit)}


def rivals(name: str) -> dict[str, str]:
    return {person: rival["value"] for person, rival in Answer.objects.get(question=name).rivals.items()}


def events() -> list[dict[str, object]]:
    return [event.now for event in Event.objects.filter(verb="answered").order_by("seq")]


@pytest.fixture
def words(audit: Audit) -> str:
    return question(audit, "narrative")


# --- one person --------------------------------------------------------------------------------------------


def test_each_kind_is_kept_in_its_own_form(audit: Audit, here: Council) -> None:
    typed = {"narrative": " Seen alone.\r\n", "date": "3/9/2026", "yes_no": "partly", "scaling": "7", "graded": "good"}
    names = {kind: question(audit, kind) for kind in typed}

    save(audit, here.grace, *(Change(names[kind], raw, 0) for kind, raw in typed.items()))

    assert {kind: stored(audit)[name] for kind, name in names.items()} == {
        "narrative": (" Seen alone.\n", 1),
        "date": ("2026-09-03", 1),
        "yes_no": ("partly", 1),
        "scaling": ("7", 1),
        "graded": ("good", 1),
    }


def test_the_first_answer_begins_the_audit_and_is_counted(audit: Audit, here: Council, words: str) -> None:
    assert save(audit, here.grace, Change(words, "Seen.", 0)) == [Saved(words, 1, "Seen.")]

    audit.refresh_from_db()
    assert (audit.state, audit.answered) == ("in progress", 1)


def test_each_change_counts_the_version_on(audit: Audit, here: Council, words: str) -> None:
    save(audit, here.grace, Change(words, "Seen.", 0))
    save(audit, here.grace, Change(words, "Seen alone.", 1))

    assert stored(audit) == {words: ("Seen alone.", 2)}


def test_a_batch_of_new_and_known_answers_is_kept_in_one_go(audit: Audit, here: Council, words: str) -> None:
    day = question(audit, "date")
    save(audit, here.grace, Change(words, "Seen.", 0))
    save(audit, here.grace, Change(words, "Seen alone.", 1), Change(day, "3/9/2026", 0))

    assert stored(audit) == {words: ("Seen alone.", 2), day: ("2026-09-03", 1)}


def test_the_same_thing_twice_changes_nothing_and_is_no_event(audit: Audit, here: Council, words: str) -> None:
    save(audit, here.grace, Change(words, "Seen.", 0))

    assert save(audit, here.grace, Change(words, "Seen.", 1)) == [Saved(words, 1, "Seen.")]
    assert (stored(audit), events()) == ({words: ("Seen.", 1)}, [{words: 1}])


def test_a_save_whose_answer_was_lost_is_sent_again_exactly_and_kept_once(
    audit: Audit, here: Council, words: str
) -> None:
    save(audit, here.grace, Change(words, "Seen.", 0))

    assert save(audit, here.grace, Change(words, "Seen.", 0)) == [Saved(words, 1, "Seen.")]
    assert (stored(audit), rivals(words), len(events())) == ({words: ("Seen.", 1)}, {}, 1)


def test_only_what_changed_is_recorded(audit: Audit, here: Council, words: str) -> None:
    day = question(audit, "date")
    save(audit, here.grace, Change(words, "Seen.", 0), Change(day, "3/9/2026", 0))
    save(audit, here.grace, Change(words, "Seen.", 1), Change(day, "4/9/2026", 1))

    assert events()[-1] == {day: 2}


def test_blank_clears_an_answer(audit: Audit, here: Council, words: str) -> None:
    save(audit, here.grace, Change(words, "Seen.", 0))

    assert save(audit, here.grace, Change(words, "  ", 1)) == [Saved(words, 2, "")]
    audit.refresh_from_db()
    assert (stored(audit), audit.answered) == ({words: ("", 2)}, 0)


def test_blank_where_nothing_was_is_nothing(audit: Audit, here: Council, words: str) -> None:
    assert save(audit, here.grace, Change(words, "", 0)) == [Saved(words, 0, "")]

    audit.refresh_from_db()
    assert (stored(audit), events(), audit.state) == ({}, [], "allotted")


def test_one_answer_that_cannot_be_kept_keeps_back_all(audit: Audit, here: Council, words: str) -> None:
    day = question(audit, "date")

    with pytest.raises(Refused, match="“31/2/2026” is not a date"):
        save(audit, here.grace, Change(words, "Seen.", 0), Change(day, "31/2/2026", 0))

    assert (stored(audit), events()) == ({}, [])


def test_every_answer_that_cannot_be_kept_is_named_at_once(audit: Audit, here: Council) -> None:
    changes = [Change(question(audit, "date"), "soon", 0), Change(question(audit, "scaling"), "11", 0)]

    with pytest.raises(Refused) as refused:
        save(audit, here.grace, *changes)

    faults = services.faults_by_question(make.opened(audit, here.grace), changes, refused.value)
    assert (len(refused.value.sentences), list(faults)) == (2, [change.question for change in changes])


def test_a_question_that_the_audit_does_not_have_is_refused(audit: Audit, here: Council) -> None:
    with pytest.raises(Refused, match="This audit has no question “shoe_size”"):
        save(audit, here.grace, Change("shoe_size", "44", 0))


def test_who_is_no_auditor_of_the_file_is_refused(audit: Audit, here: Council, words: str) -> None:
    with pytest.raises(Refused, match="To write in this audit is for the auditor of this file"):
        save(audit, here.maya, Change(words, "Seen.", 0))


def test_an_auditor_who_since_joined_the_team_is_refused(audit: Audit, here: Council, words: str) -> None:
    post = here.grace.posts.get()
    post.team = audit.team
    post.save()

    with pytest.raises(Refused, match="You may not audit this file: you are someone who is in the team"):
        save(audit, Person.objects.get(pk=here.grace.pk), Change(words, "Seen.", 0))


def test_nothing_is_written_in_a_withdrawn_audit(audit: Audit, here: Council, words: str) -> None:
    services.withdraw(by=here.maya, audit=audit, because="Moved away.", now=make.NOW)

    with pytest.raises(Refused, match="This audit is “withdrawn”"):
        save(audit, here.grace, Change(words, "Seen.", 0))


# --- two people --------------------------------------------------------------------------------------------


@pytest.fixture
def clash(audit: Audit, here: Council, words: str) -> str:
    """Grace wrote first; Sunita had seen the question blank."""
    save(audit, here.grace, Change(words, "Seen alone.", 0))
    save(audit, here.sunita, Change(words, "Not seen.", 0))
    return words


def test_of_two_who_write_at_once_both_are_kept_and_the_second_is_told(audit: Audit, here: Council, words: str) -> None:
    save(audit, here.grace, Change(words, "Seen alone.", 0))

    told = save(audit, here.sunita, Change(words, "Not seen.", 0))

    assert told == [Saved(words, 1, "Not seen.", clash=True, theirs="Seen alone.", by=here.grace.name)]
    assert (stored(audit), rivals(words)) == ({words: ("Seen alone.", 1)}, {str(here.sunita.pk): "Not seen."})


def test_who_types_on_beside_anothers_words_keeps_all_of_hers(audit: Audit, here: Council, clash: str) -> None:
    save(audit, here.sunita, Change(clash, "Not seen at all.", 0))

    assert (stored(audit), rivals(clash)) == (
        {clash: ("Seen alone.", 1)},
        {str(here.sunita.pk): "Not seen at all."},
    )


def test_who_comes_to_say_the_same_has_no_quarrel(audit: Audit, here: Council, clash: str) -> None:
    save(audit, here.sunita, Change(clash, "Seen alone.", 0))

    assert rivals(clash) == {}


def test_sending_the_page_again_unchanged_loses_no_rival(audit: Audit, here: Council, clash: str) -> None:
    save(audit, here.sunita, Change(clash, "Seen alone.", 1))

    assert rivals(clash) == {str(here.sunita.pk): "Not seen."}


def test_writing_on_in_what_stands_loses_no_rival(audit: Audit, here: Council, clash: str) -> None:
    save(audit, here.sunita, Change(clash, "Seen alone, twice.", 1))
    save(audit, here.grace, Change(clash, "Seen alone, three times.", 2))

    assert (stored(audit), rivals(clash)) == (
        {clash: ("Seen alone, three times.", 3)},
        {str(here.sunita.pk): "Not seen."},
    )


def test_one_who_cleared_what_another_changed_is_a_clash_too(audit: Audit, here: Council, words: str) -> None:
    save(audit, here.grace, Change(words, "Seen.", 0))
    save(audit, here.grace, Change(words, "Seen alone.", 1))

    assert save(audit, here.sunita, Change(words, "", 1))[0].clash is True
    assert stored(audit) == {words: ("Seen alone.", 2)}


@pytest.mark.parametrize(
    ("keep", "value"),
    [("current", "Seen alone."), ("sunita", "Not seen."), ("both", "Seen alone.\n\nNot seen.")],
)
def test_a_clash_is_settled_by_choosing(audit: Audit, here: Council, clash: str, keep: str, value: str) -> None:
    key = str(here.sunita.pk) if keep == "sunita" else keep

    assert settle(audit, here.grace, clash, key, 1) == Saved(clash, 2, value)
    assert (stored(audit), rivals(clash)) == ({clash: (value, 2)}, {})


def test_what_was_not_chosen_stays_in_the_trail(audit: Audit, here: Council, clash: str) -> None:
    settle(audit, here.grace, clash, "current", 1)

    was = Event.objects.latest("seq").was[clash]
    assert (was["value"], [rival["value"] for rival in was["rivals"].values()]) == ("Seen alone.", ["Not seen."])


def test_a_clash_that_went_on_is_shown_again_before_it_is_settled(audit: Audit, here: Council, clash: str) -> None:
    save(audit, here.grace, Change(clash, "Seen alone, twice.", 1))

    with pytest.raises(Refused, match="This answer has changed again since it was shown to you"):
        settle(audit, here.sunita, clash, "current", 1)


@pytest.mark.parametrize("keep", ["nobody", "999999", ""])
def test_only_what_was_offered_can_be_chosen(audit: Audit, here: Council, clash: str, keep: str) -> None:
    with pytest.raises(Refused, match="Choose which answer to keep"):
        settle(audit, here.grace, clash, keep, 1)

    assert rivals(clash) == {str(here.sunita.pk): "Not seen."}


def test_two_grades_cannot_both_be_kept(audit: Audit, here: Council) -> None:
    grade = question(audit, "graded")
    save(audit, here.grace, Change(grade, "good", 0))
    save(audit, here.sunita, Change(grade, "inadequate", 0))

    with pytest.raises(Refused, match="Choose which answer to keep"):
        settle(audit, here.grace, grade, "both", 1)


def test_two_texts_too_long_to_be_one_are_refused(audit: Audit, here: Council, words: str) -> None:
    save(audit, here.grace, Change(words, "x" * 15_000, 0))
    save(audit, here.sunita, Change(words, "y" * 15_000, 0))

    with pytest.raises(Refused, match="The 30,002 characters do not fit; expected at most 20,000"):
        settle(audit, here.grace, words, "both", 1)


def test_choosing_an_answer_where_none_stood_counts_it(audit: Audit, here: Council, words: str) -> None:
    save(audit, here.grace, Change(words, "Seen.", 0))
    save(audit, here.grace, Change(words, "", 1))
    save(audit, here.sunita, Change(words, "Not seen.", 1))

    settle(audit, here.grace, words, str(here.sunita.pk), 2)

    audit.refresh_from_db()
    assert audit.answered == 1
