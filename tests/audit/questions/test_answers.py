"""What the doors of audit/questions add to the kinds: the sentence itself, and a question's own constraint."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from goldenthread.audit.questions import kind, posted_answer, read_answer, shown_answer
from goldenthread.method.expressions import parse
from goldenthread.method.refusal import Refused
from goldenthread.method.template import Choice, Question

SEEN = Question(name="seen", kind="date", label="When was the child last seen?", section="voice", number=1)
ALONE = Question(
    name="alone",
    kind="yes_no",
    label="Seen alone?",
    section="voice",
    number=2,
    choices=(Choice("yes", "Yes"), Choice("no", "No")),
)
WORDS = Question(name="words", kind="narrative", label="What did you see?", section="voice", number=3)


def refusal_of(raw, question):
    with pytest.raises(Refused) as refusal:
        read_answer(raw, question)
    return str(refusal.value)


def test_a_date_that_is_none_is_named_with_what_was_expected():
    assert refusal_of("31/2/2026", SEEN) == (
        "When was the child last seen? “31/2/2026” is not a date; expected day, month and year, like 31/3/2026."
    )


def test_a_slip_of_the_finger_in_the_year_is_named():
    assert refusal_of("1/3/2206", SEEN) == (
        "When was the child last seen? “1/3/2206” is not a likely date; expected a year from 1990 to 2100."
    )


def test_a_choice_that_is_not_offered_is_named_with_those_that_are():
    assert refusal_of("perhaps", ALONE) == "Seen alone? “perhaps” is not one of the answers; expected one of Yes, No."


def test_a_choice_a_later_template_no_longer_offers_is_still_shown():
    assert shown_answer("partly", ALONE) == "partly"


def test_twenty_thousand_characters_fit_and_one_more_does_not():
    assert read_answer("é" * 20_000, WORDS) == "é" * 20_000
    assert refusal_of("é" * 20_001, WORDS) == (
        "What did you see? The 20,001 characters do not fit; expected at most 20,000."
    )


def test_what_no_document_can_hold_is_left_out_of_a_narrative():
    assert read_answer("a\x00b\x1b[0mc\x85d\ud800e\ufffff 👩‍👧", WORDS) == "ab[0mcdef 👩‍👧"


def test_a_constraint_of_the_question_is_held_with_its_own_message():
    limited = Question(
        name="seen",
        kind="date",
        label="When?",
        section="voice",
        number=1,
        constraint=parse(". >= '2020-01-01'"),
        constraint_message="Give a day of this decade.",
    )
    assert read_answer("1/1/2020", limited) == "2020-01-01"
    assert read_answer("", limited) == ""
    assert refusal_of("31/12/2019", limited) == ("When? “31 December 2019” cannot be kept. Give a day of this decade.")


def test_a_kind_nobody_wrote_is_refused_by_name():
    with pytest.raises(Refused) as refusal:
        kind("essay")
    assert str(refusal.value) == (
        "“essay” is no kind of question; expected one of calculate, choice, choices, date, decimal, graded, heading, "
        "integer, narrative, note, scaling, yes_no."
    )


AGENCIES = (Choice("health", "Health"), Choice("police", "The police"))
TOLD = Question(name="told", kind="choices", label="Who was told?", section="voice", number=4, choices=AGENCIES)


def test_of_several_answers_the_one_that_is_not_offered_is_named():
    assert refusal_of("health school", TOLD) == (
        "Who was told? “school” is not one of the answers; expected some of Health, The police."
    )


def test_several_answers_are_shown_in_words_and_one_no_longer_offered_by_its_name():
    assert shown_answer("police gp", TOLD) == "The police; gp"


def test_a_number_outside_its_constraint_is_refused_with_its_own_message():
    hours = Question(
        name="hours", kind="decimal", label="How many hours?", section="voice", number=5,
        constraint=parse(". >= 0 and . <= 24"), constraint_message="Expected 0 to 24.",
    )  # fmt: skip
    assert read_answer("23.50", hours) == "23.5"
    assert refusal_of("25", hours) == "How many hours? “25” cannot be kept. Expected 0 to 24."


def test_a_true_calculation_is_shown_as_yes():
    late = Question(name="late", kind="calculate", label="Late?", section="voice", number=0)
    assert [shown_answer(value, late) for value in ("true", "false", "3")] == ["Yes", "No", "3"]


def test_a_form_sends_the_boxes_ticked_with_spaces_between():
    posted = QueryDict("q-told=&q-told=health&q-told=police&q-none=&q-one=two+words")
    answers = [posted_answer(posted, f"q-{name}", "kept") for name in ("told", "none", "one", "absent")]
    assert answers == ["health police", "", "two words", "kept"]
    assert posted_answer({"q-one": "said"}, "q-one") == "said"
