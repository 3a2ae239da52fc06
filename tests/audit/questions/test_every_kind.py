"""The one test every kind of question passes: a new file in audit/questions is put through it by being there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from goldenthread.audit import questions
from goldenthread.audit.questions import kind, kinds, read_answer, shown_answer
from goldenthread.framework.template_files import shipped_template
from goldenthread.method.refusal import Refused
from goldenthread.method.template import KINDS

SHIPPED = shipped_template()
EVERY_KIND = sorted(kinds())
EXAMPLES = [(key, *example) for key in EVERY_KIND for example in kind(key).EXAMPLES]
REFUSED = [(key, raw) for key in EVERY_KIND for raw in kind(key).REFUSED]


def question_of(key):
    return next(question for question in SHIPPED.questions.values() if question.kind == key)


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


@pytest.mark.parametrize(("key", "raw"), REFUSED)
def test_what_cannot_be_kept_is_refused_in_one_sentence_that_names_the_question(key, raw):
    question = question_of(key)
    with pytest.raises(Refused) as refusal:
        read_answer(raw, question)
    (sentence,) = refusal.value.sentences
    assert sentence.startswith(question.label)
    assert "expected" in sentence
    assert len(sentence) < len(question.label) + 200


@pytest.mark.parametrize("key", sorted(set(EVERY_KIND) - {"note"}))
def test_each_kind_that_takes_an_answer_gives_examples_of_both(key):
    assert kind(key).EXAMPLES != ()
    assert kind(key).REFUSED != ()


def test_the_kinds_know_no_django():
    load = "import sys, goldenthread.audit.questions as q; q.kinds(); sys.exit('django' in sys.modules)"
    root = Path(questions.__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", load], cwd=root, check=False).returncode == 0
