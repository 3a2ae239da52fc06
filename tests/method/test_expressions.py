"""The expressions of a template: what they mean, that nothing else is accepted, and that none takes long."""

from __future__ import annotations

import itertools
import math
import re
import time
from contextlib import suppress
from pathlib import Path
from xml.etree.ElementTree import fromstring

import elementpath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.method.expressions import (
    FUNCTIONS,
    SIGNS,
    And,
    Call,
    Compare,
    Name,
    Number,
    Or,
    Text,
    holds,
    in_words,
    is_condition,
    names_in,
    parse,
    parse_value,
    words_asked_of,
    worked_out,
)
from goldenthread.method.expressions.patterns import pattern
from goldenthread.method.refusal import Refused

PUBLISHED = Path(__file__).parents[2] / "docs" / "expressions.md"
VALUES = {
    "status": "looked_after",
    "tags": "looked_after child_protection",
    "visits": "9",
    "seen": "2026-03-31",
    "score": "2.5",
}
A_VALUE = "${a name}, a 'text', a number, . or a function was expected."


# --- what they mean -----------------------------------------------------------------------------------


def test_and_binds_more_closely_than_or():
    a, b, c = (Compare(Name(name), "=", Number(1.0)) for name in "abc")
    assert parse("${a} = 1 or ${b} = 1 and ${c} = 1") == Or((a, And((b, c))))


def test_brackets_change_what_binds():
    a, b, c = (Compare(Name(name), "=", Number(1.0)) for name in "abc")
    assert parse("(${a} = 1 or ${b} = 1) and ${c} = 1") == And((Or((a, b)), c))


def test_blanks_and_line_breaks_mean_nothing():
    expected = Call("not", (Call("selected", (Name("tags"), Text("uasc"))),))
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
        ("${visits} - 1 = 8", True),
        ("${visits}-1=8", True),
        ("if(${visits} > 3, true(), false())", True),
        ("(${visits} > 3)", True),
    ],
)
def test_a_condition_says_what_it_says(text, true):
    assert holds(parse(text), VALUES) is true


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("1 + 2 * 3 - 4", "3"),
        ("(1 + 2) * 3", "9"),
        ("10 - 2 - 3", "5"),
        ("7 div 2", "3.5"),
        *(("5 mod 2", "1"), ("5 mod -2", "1"), ("-5 mod 2", "-1"), ("-5 mod -2", "-1")),  # XPath 1.0, section 3.5
        ("0.1 + 0.2", "0.3"),
        ("2 * -3", "-6"),
        ("-${visits} + 1", "-8"),
        ("1 div 0", ""),
        ("0 div 0", ""),
        ("5 mod 0", ""),
        ("${visits} + ${absent}", ""),
        ("${visits} + ${status}", ""),
        ("coalesce(${absent}, ${visits}) + 1", "10"),
        ("${seen} - '2026-03-01'", "30"),
        ("int(${seen} - date('2026-01-01'))", "89"),
        ("date('2026-02-30')", ""),
        ("decimal-date-time('1970-01-02')", "1"),
        ("decimal-date-time(3)", ""),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-2"),
        ("round(2.345, 2)", "2.35"),
        ("round(${absent})", ""),
        ("int(-2.7)", "-2"),
        ("int(${status})", ""),
        ("number('07')", "7"),
        ("min(3, ${score}, 9)", "2.5"),
        ("max(3, ${absent})", ""),
        ("count-selected(${tags})", "2"),
        ("count-selected(${absent})", "0"),
        ("string-length('été')", "3"),
        ("concat(${visits}, ' visits')", "9 visits"),
        ("if(${visits} > 3, 'often', 'seldom')", "often"),
        ("${visits} > 3", "true"),
        ("false()", "false"),
        ("${seen}", "2026-03-31"),
        ("9" * 400, ""),
        ("round(" + "9" * 320 + ")", ""),
        ("int(1 div 0)", ""),
        ("(1 div 0) mod 2", ""),
    ],
)
def test_a_calculation_is_worth_what_it_says(text, worth):
    assert worked_out(parse_value(text), VALUES) == worth


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


# --- held against XPath 1.0 ---------------------------------------------------------------------------

ANSWERS = {"a": "", "b": "7", "c": "-2.5", "d": "yes", "e": "yes no", "f": "0", "g": " 3. "}


def applied(pattern, *parts):
    return st.tuples(*parts).map(lambda given: pattern.format(*given))


# Ours alone is that NaN and infinity are blank as text, so text is never made of arithmetic here.
TEXTS = st.recursive(
    st.sampled_from([*(f"${{{name}}}" for name in ANSWERS), "'yes'", "''", '"no"', "'2.5'"]),
    lambda inner: applied("concat({}, {})", inner, inner),
    max_leaves=3,
)
TERMS = st.recursive(
    TEXTS | st.sampled_from(["0", "1", "2.5", ".5", "7"]),
    lambda inner: st.one_of(
        applied("({} {} {})", inner, st.sampled_from(["+", "-", "*", "div"]), inner),
        applied("({} + {} * {})", inner, inner, inner),
        applied("(-{})", inner),
        applied("number({})", inner),
        applied("round({})", inner),
        applied("string-length({})", TEXTS),
    ),
    max_leaves=5,
)
TRUTHS = st.recursive(
    st.one_of(
        applied("{} {} {}", TERMS, st.sampled_from(["<", "<=", ">", ">="]), TERMS),
        # elementpath 5.1.4 finds a number never equal to an element; so two of a sort.
        applied("{} {} {}", TEXTS, st.sampled_from(["=", "!="]), TEXTS),
        applied("number({}) {} number({})", TERMS, st.sampled_from(["=", "!="]), TERMS),
        applied("contains({}, {})", TEXTS, TEXTS),
        applied("starts-with({}, {})", TEXTS, TEXTS),
        st.sampled_from(["true()", "false()"]),
    ),
    lambda inner: st.one_of(
        applied("not({})", inner), applied("({} {} {})", inner, st.sampled_from(["and", "or"]), inner)
    ),
    max_leaves=4,
)
FORM = fromstring("".join(["<form>", *(f"<{name}>{value}</{name}>" for name, value in ANSWERS.items()), "</form>"]))


def by_elementpath(text):
    """The answers as elements of a form, as XLSForm's own programs hold them."""
    path = re.sub(r"\$\{(.)\}", r"/form/\1", text)
    found = elementpath.select(FORM, f"({path})", parser=elementpath.XPath1Parser)
    return found[0] if isinstance(found, list) else found


@given(TRUTHS)
def test_a_condition_is_true_where_xpath_says_so(text):
    try:
        expected = by_elementpath(text)
    except (ArithmeticError, elementpath.ElementPathError):  # it raises where XPath 1.0 has infinity and NaN
        return
    assert holds(parse(text), ANSWERS) is expected


@given(TERMS)
def test_a_value_is_what_xpath_says(text):
    try:
        expected = by_elementpath(f"number({text})")
    except (ArithmeticError, elementpath.ElementPathError):
        return
    found = worked_out(parse_value(f"number({text})"), ANSWERS)
    assert found == "" if not math.isfinite(expected) else float(found) == pytest.approx(float(expected), abs=1e-8)


# --- what is refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", f"“” has its end where {A_VALUE}"),
        ("${a}", "“${a}” has its end where a comparison (= != < > <= >=) was expected."),
        ("${a} = = 1", f"“${{a}} = = 1” has = where {A_VALUE}"),
        ("- - 1 = 1", f"“- - 1 = 1” has - where {A_VALUE}"),
        ("${a} = 1 and and 1 = 1", f"“${{a}} = 1 and and 1 = 1” has and where {A_VALUE}"),
        ("${a} = 1 ${b}", "“${a} = 1 ${b}” has ${b} where the end, and, or or was expected."),
        ("1 = 2 = 3", "“1 = 2 = 3” has = where the end, and, or or was expected."),
        ("(${a} = 1", "“(${a} = 1” has its end where ) was expected."),
        ("not ${a} = 1", "“not ${a} = 1” has ${a} where ( was expected."),
        ("not(${a})", "“not(${a})” has ) where a comparison (= != < > <= >=) was expected."),
        ("${a} and ${b}", "“${a} and ${b}” has and where a comparison (= != < > <= >=) was expected."),
        ("1 + (2 = 3) = 4", "“1 + (2 = 3) = 4” has a condition where a value was expected."),
        ("${a} = true()", "“${a} = true()” has a condition where a value was expected."),
        ("selected(${a})", "“selected(${a})” has ) where another argument of selected( ) was expected."),
        ("selected(${a}, 'b', 'c')", "“selected(${a}, 'b', 'c')” has 'c' where ) was expected."),
        ("int() = 1", f"“int() = 1” has ) where {A_VALUE}"),
        ("round(1, 7) = 1", "“round(1, 7) = 1” has ) where a whole number from 0 to 6 before it was expected."),
        (
            "if(${a} = 1, 'b', 1 = 1)",
            "“if(${a} = 1, 'b', 1 = 1)” has an if( ) that gives a condition or a value; expected one or the other.",
        ),
        ("regex(., ${a})", "“regex(., ${a})” has ) where a 'pattern' in quotes before it was expected."),
        ("regex(., 'a(b')", "The pattern “a(b” cannot be read from its end."),
        (
            "today() > ${a}",
            "“today() > ${a}” uses today, which is not supported: what is asked of a file must not change with the day "
            "it is opened.",
        ),
        (
            "pulldata(${a}) = 1",
            "“pulldata(${a}) = 1” uses pulldata, which is not supported; see docs/expressions.md for what is.",
        ),
        ("${a} | 1 = 2", "“${a} | 1 = 2” cannot be read from “| 1 = 2” on."),
        ("${a} = 'open", "“${a} = 'open” cannot be read from “'open” on."),
        ("__import__('os')", "“__import__('os')” cannot be read from “__import__('os')” on."),
        ("١ = 1", "“١ = 1” cannot be read from “١ = 1” on."),
        ("1 = 1 " * 500, "An expression of 3000 characters is too long; 2000 is the most."),
        ("(" * 30 + "1 = 1" + ")" * 30, f"“{'(' * 30}1 = 1{')' * 30}” has more than 20 brackets within brackets."),
        ("not(" * 30, f"“{'not(' * 30}” has more than 20 brackets within brackets."),
    ],
)
def test_anything_else_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(Refused) as refusal:
        parse(text)
    assert str(refusal.value) == sentence


@given(st.text(alphabet="${}ab.()'\"=<>!,1 notandrselctedivmu+-*", max_size=60))
def test_no_text_does_worse_than_be_refused(text):
    with suppress(Refused):
        worked_out(parse_value(text), {"a": "1"})


@given(st.lists(st.sampled_from(["${a}", "1", "'x'", ".", "(", ")", ",", "=", "+", "-", "and", "not(", "if(", "min("])))
def test_no_row_of_tokens_does_worse_than_be_refused(tokens):
    with suppress(Refused):
        worked_out(parse_value(" ".join(tokens)), {"a": "1"})


@pytest.mark.parametrize(
    "text", ["1" + "+1" * 999, "1=1" + " and 1=1" * 249, "(" * 20 + "1" + ")" * 20 + "=1", "min(1" + ",1" * 990 + ")=1"]
)
def test_the_longest_expression_is_read_and_asked_at_once(text):
    begun = time.perf_counter()
    assert worked_out(parse_value(text), {}) in ("1000", "true")
    assert time.perf_counter() - begun < 1


# --- patterns -----------------------------------------------------------------------------------------

BRICKS = st.one_of(
    st.sampled_from(["a", "b", "-", ".", r"\d", r"\w", r"\s", r"\.", r"\D", "[ab]", "[^a]", "[a-c1]", r"[\d-]", r"\W"])
)
PATTERNS = st.recursive(
    BRICKS,
    lambda inner: st.one_of(
        applied("{}{}", inner, inner),
        applied("({}|{})", inner, inner),
        applied("(?:{}){}", inner, st.sampled_from(["*", "+", "?", "{2}", "{1,}", "{0,2}", "{0}"])),
    ),
    max_leaves=6,
)


@given(PATTERNS, st.text(alphabet="abc1-. é\n", max_size=8))
def test_a_pattern_matches_what_pythons_matches(text, answer):
    assert pattern(text).matches(answer) is bool(re.fullmatch(text, answer, re.ASCII))


@pytest.mark.parametrize(
    ("text", "answer", "matches"),
    [
        ("^[A-Z]{2}[0-9]{6}$", "AB123456", True),
        ("^[A-Z]{2}[0-9]{6}$", "xAB123456", False),
        ("", "", True),
        (r"a\$", "a$", True),
        ("[]-]", "", None),
        (r"[\]-]+", "]-", True),
        ("a", "a" * 1001, False),
        ("a*", "a" * 1000, True),
    ],
)
def test_a_pattern_is_held_against_the_whole_answer(text, answer, matches):
    if matches is None:
        with pytest.raises(Refused):
            pattern(text)
    else:
        assert pattern(text).matches(answer) is matches


@pytest.mark.parametrize(
    "text",
    [
        *("*a", "a{2", "a{3,2}", "a{,3}", "a{1000}", "(?=a)", r"(a)\1", r"\b", "[a", "[b-a]", r"[\d-z]", "a)", "a^b"),
        *("a$b", "a**", r"[\D]", "\\", "(" * 11 + ")" * 11),
    ],
)
def test_a_pattern_of_another_kind_is_refused(text):
    with pytest.raises(Refused) as refusal:
        pattern(text)
    assert str(refusal.value).startswith(f"The pattern “{text}” cannot be read from ")


@pytest.mark.parametrize("text", ["(((a{99}){99}){99}){99}", "(((){999}){999}){999}", "((a*)*)*" * 60, "x" * 201])
def test_a_pattern_that_would_take_long_is_refused(text):
    begun = time.perf_counter()
    with pytest.raises(Refused):
        pattern(text)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("text", ["(a+)+b", "(a|aa)+b", "(a*)*b", "a*a*a*a*a*a*a*a*a*a*b", "((a?){9}){9}b"])
def test_a_pattern_that_keeps_other_programs_busy_for_years_is_answered_at_once(text):
    begun = time.perf_counter()
    assert pattern(text).matches("a" * 1000) is False
    assert time.perf_counter() - begun < 2


# --- what is said of them -----------------------------------------------------------------------------


def test_the_names_an_expression_asks_about():
    condition = parse("not(selected(${tags}, ${word})) or (${a} = 1 and 2 < ${b} + ${c}) or . = 3")
    assert names_in(condition) == {"tags", "word", "a", "b", "c", "."}


def test_the_words_a_condition_sets_beside_names():
    condition = parse("'x' = ${a} or not(${b} != 'y') and selected(${c}, 'z') and ${d} = 4 and ${e} < 'v'")
    assert words_asked_of(condition) == (("a", "x"), ("b", "y"), ("c", "z"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "(${status} = 'early_help' or . >= 2) and not(selected(${tags}, 'uasc'))",
            "(status is “early_help” or the answer is at least 2) and not (tags include “uasc”)",
        ),
        ("(${a} + 1) * 2 > 2.5", "(a plus 1) times 2 is more than 2.5"),
        ("coalesce(${a}, 0) < max(${b}, '{x}')", "the first answered of a, 0 is less than the most of b, “{x}”"),
        ("if(${a} = 1, 'x', 'y') = 'x'", "(“x” if a is 1, else “y”) is “x”"),
    ],
)
def test_an_expression_can_be_said_in_words(text, words):
    assert in_words(parse(text)) == words


# --- the published list -------------------------------------------------------------------------------

ROW = re.compile(
    r"^\| `(?P<name>[a-z-]+)\(.*?\)` \| (?P<does>.+?) \| `(?P<example>.+?)` \| `?(?P<gives>.*?)`? \|$", re.M
)


def published():
    return [(found["name"], found["example"], found["gives"]) for found in ROW.finditer(PUBLISHED.read_text("utf-8"))]


def test_every_function_is_published_and_no_other():
    assert [name for name, _, _ in published()] == list(FUNCTIONS)


@pytest.mark.parametrize(("name", "example", "gives"), published())
def test_each_example_that_is_published_gives_what_is_said(name, example, gives):
    assert name in example
    assert worked_out(parse_value(example), {}) == gives


def test_every_sign_is_published():
    text = PUBLISHED.read_text("utf-8")
    signs = (*SIGNS, "+", "-", "*", "div", "mod", "and", "or")
    assert [sign for sign in signs if f"`{sign}`" not in text] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_gives_a_condition_or_a_value_as_the_table_says(name):
    conditions = {"selected", "not", "true", "false", "contains", "starts-with", "regex"}
    example = next(example for published_name, example, _ in published() if published_name == name)
    assert is_condition(parse_value(example)) is (name in conditions)
