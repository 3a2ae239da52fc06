"""The one test every kind of question passes: a new file in audit/questions is put through it by being there."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.audit import questions
from goldenthread.audit.questions import kind, kinds, read_answer, shown_answer
from goldenthread.framework.template_files import shipped_template
from goldenthread.method.refusal import Refused
from goldenthread.method.template import KINDS, UNANSWERED, read_template

# What the template we ship does not ask, asked here, so that every kind has a question to be tried on.
MORE = read_template(
    [
        {"type": "begin_group", "name": "all", "label": "All"},
        {"type": "begin_group", "name": "heading", "label": "A group within"},
        {"type": "select_one agencies", "name": "choice", "label": "Who knew first?"},
        {"type": "select_multiple agencies", "name": "choices", "label": "Who was told?"},
        {"type": "integer", "name": "integer", "label": "How many visits?"},
        {"type": "decimal", "name": "decimal", "label": "How many hours?"},
        {
            "type": "calculate",
            "name": "calculate",
            "label": "Hours a visit",
            "calculation": "${decimal} div ${integer}",
        },
        {"type": "end_group"},
        {"type": "end_group"},
    ],
    [
        {"list_name": "agencies", "name": name, "label": label}
        for name, label in (("health", "Health"), ("police", "The police"), ("1", "Nobody else"))
    ],
    [{"form_title": "More", "form_id": "more", "version": "1", "instrument": "part"}],
)
QUESTIONS = [*shipped_template().questions.values(), *MORE.questions.values()]
EVERY_KIND = sorted(kinds())
EXAMPLES = [(key, *example) for key in EVERY_KIND for example in kind(key).EXAMPLES]
REFUSED = [(key, raw) for key in EVERY_KIND for raw in kind(key).REFUSED]


def question_of(key):
    return next(question for question in QUESTIONS if question.kind == key)


def test_there_is_a_file_for_each_kind_a_template_can_have_and_no_other():
    assert set(kinds()) == set(KINDS.values())


def test_each_kind_is_rendered_by_the_macro_of_its_name():
    macros = {key: found.TEMPLATE for key, found in kinds().items()}
    assert macros == {key: f"audit/questions/{key}.html" for key in KINDS.values()}


@pytest.mark.parametrize(("key", "raw", "stored", "shown"), EXAMPLES)
def test_what_comes_in_is_stored_and_shown_as_the_kind_says(key, raw, stored, shown):
    question = question_of(key)
    assert (read_answer(raw, question), shown_answer(stored, question)) == (stored, shown)


@pytest.mark.parametrize(("key", "raw", "stored", "shown"), EXAMPLES)
def test_what_is_stored_reads_as_itself(key, raw, stored, shown):
    assert read_answer(stored, question_of(key)) == stored


@pytest.mark.parametrize("key", EVERY_KIND)
@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_no_answer_stays_no_answer(key, blank):
    assert (read_answer(blank, question_of(key)), shown_answer("", question_of(key))) == ("", "")


@pytest.mark.parametrize("key", EVERY_KIND)
def test_no_text_does_worse_than_be_refused(key):
    question = question_of(key)

    @given(st.text(max_size=30) | st.from_regex(r"[-0-9.,/ ;a-z]{1,12}", fullmatch=True))
    def held(raw):
        with suppress(Refused):
            stored = read_answer(raw, question)
            assert read_answer(stored, question) == stored
            assert isinstance(shown_answer(stored, question), str)

    held()


@pytest.mark.parametrize(("key", "raw"), REFUSED)
def test_what_cannot_be_kept_is_refused_in_one_sentence_that_names_the_question(key, raw):
    question = question_of(key)
    with pytest.raises(Refused) as refusal:
        read_answer(raw, question)
    (sentence,) = refusal.value.sentences
    assert sentence.startswith(question.label)
    assert "expected" in sentence
    assert len(sentence) < len(question.label) + 200


@pytest.mark.parametrize("key", sorted(set(EVERY_KIND) - set(UNANSWERED)))
def test_each_kind_that_takes_an_answer_gives_examples_of_both(key):
    assert kind(key).EXAMPLES != ()
    assert kind(key).REFUSED != ()


def test_the_kinds_know_no_django():
    load = "import sys, goldenthread.audit.questions as q; q.kinds(); sys.exit('django' in sys.modules)"
    root = Path(questions.__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", load], cwd=root, check=False).returncode == 0
