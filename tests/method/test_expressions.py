"""The conditions of a template: what they mean, and that nothing else is accepted."""

from __future__ import annotations

import itertools
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.expressions import (
    And,
    Compare,
    Name,
    Not,
    Number,
    Or,
    Selected,
    Text,
    holds,
    in_words,
    names_in,
    parse,
    words_asked_of,
)
from goldenthread.method.refusal import Refused


def test_and_binds_more_closely_than_or():
    a, b, c = (Compare(Name(name), "=", Number(1.0)) for name in "abc")
    assert parse("${a} = 1 or ${b} = 1 and ${c} = 1") == Or((a, And((b, c))))


def test_brackets_change_what_binds():
    a, b, c = (Compare(Name(name), "=", Number(1.0)) for name in "abc")
    assert parse("(${a} = 1 or ${b} = 1) and ${c} = 1") == And((Or((a, b)), c))


def test_blanks_and_line_breaks_mean_nothing():
    expected = Not(Selected(Name("tags"), Text("uasc")))
    assert parse(" not ( selected(${ tags } ,\n 'uasc') ) ") == expected


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("${status} = 'looked_after'", True),
        ("${status} != 'looked_after'", False),
        ('${status} = "looked_after"', True),
        ("selected(${tags}, 'child_protection')", True),
        ("selected(${tags}, 'child')", False),
        ("not(selected(${tags}, 'uasc'))", True),
        ("${visits} = 9", True),
        ("${visits} = '9.0'", False),
        ("${visits} = 9.0", True),
        ("${visits} < 10", True),
        ("${visits} < '10'", True),
        ("${visits} >= 9 and ${visits} <= 9", True),
        ("${seen} > '2026-03-01'", True),
        ("${seen} > '2026-04-01'", False),
        ("${seen} < 10", False),
        ("${absent} = ''", True),
        ("${absent} != 3", True),
        ("${absent} < 3", False),
        ("${absent} >= 3", False),
        ("${status} < 'z'", False),
    ],
)
def test_a_condition_says_what_it_says(text, true):
    values = {
        "status": "looked_after",
        "tags": "looked_after child_protection",
        "visits": "9",
        "seen": "2026-03-31",
    }
    assert holds(parse(text), values) is true


def test_a_dot_is_the_answer_itself():
    scale = parse(". >= 0 and . <= 10")
    assert [answer for answer in ("-1", "0", "10", "11", "ten") if holds(scale, {".": answer})] == ["0", "10"]


CONDITIONS = st.recursive(
    st.sampled_from(["${p} = 'y'", "${q} = 'y'", "${r} = 'y'"]).map(lambda text: (text, text)),
    lambda inner: st.one_of(
        inner.map(lambda one: (f"not({one[0]})", f"(not {one[1]})")),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda three: (f"({three[0][0]} {three[1]} {three[2][0]})", f"({three[0][1]} {three[1]} {three[2][1]})")
        ),
    ),
    max_leaves=6,
)


@given(CONDITIONS)
def test_logic_agrees_with_python_on_every_row_of_the_truth_table(condition):
    text, python = condition
    for row in itertools.product(["y", "n"], repeat=3):
        values = dict(zip("pqr", row, strict=True))
        slow = python
        for name, value in values.items():
            slow = slow.replace(f"${{{name}}} = 'y'", str(value == "y"))
        assert holds(parse(text), values) is eval(slow)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "“” has its end where ${a name}, a 'text', a number or . was expected."),
        ("${a}", "“${a}” has its end where a comparison (= != < > <= >=) was expected."),
        ("${a} = = 1", "“${a} = = 1” has = where ${a name}, a 'text', a number or . was expected."),
        ("${a} = 1 ${b}", "“${a} = 1 ${b}” has ${b} where the end, and, or or was expected."),
        ("(${a} = 1", "“(${a} = 1” has its end where ) was expected."),
        ("not ${a} = 1", "“not ${a} = 1” has ${a} where ( was expected."),
        ("selected(${a})", "“selected(${a})” has ) where , was expected."),
        ("today() > ${a}", "“today() > ${a}” uses today, which is not supported; only selected( ) and not( ) are."),
        ("${a} + 1 = 2", "“${a} + 1 = 2” cannot be read from “+ 1 = 2” on."),
        ("${a} = 'open", "“${a} = 'open” cannot be read from “'open” on."),
        ("__import__('os')", "“__import__('os')” cannot be read from “__import__('os')” on."),
        ("1 = 1 " * 100, "An expression of 600 characters is too long; 500 is the most."),
        ("(" * 30 + "1 = 1" + ")" * 30, f"“{'(' * 30}1 = 1{')' * 30}” has more than 20 brackets within brackets."),
    ],
)
def test_anything_else_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(Refused) as refusal:
        parse(text)
    assert str(refusal.value) == sentence


@given(st.text(alphabet="${}ab.()'\"=<>!,1 notandrselcted", max_size=60))
def test_no_text_does_worse_than_be_refused(text):
    with suppress(Refused):
        assert names_in(parse(text)) is not None


def test_the_names_a_condition_asks_about():
    condition = parse("not(selected(${tags}, ${word})) or (${a} = 1 and 2 < ${b}) or . = 3")
    assert names_in(condition) == {"tags", "word", "a", "b", "."}


def test_the_words_a_condition_sets_beside_names():
    condition = parse("'x' = ${a} or not(${b} != 'y') and selected(${c}, 'z') and ${d} = 4")
    assert words_asked_of(condition) == (("a", "x"), ("b", "y"), ("c", "z"))


def test_a_condition_can_be_said_in_words():
    condition = parse("(${status} = 'early_help' or . >= 2) and not(selected(${tags}, 'uasc'))")
    assert in_words(condition) == ("(status is “early_help” or the answer is at least 2) and not (tags include “uasc”)")
