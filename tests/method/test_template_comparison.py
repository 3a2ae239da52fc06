"""Two versions of a template, question by question."""

from __future__ import annotations

import time

import pytest

from goldenthread.method.template import CHANGES, compare
from tests.method.test_template import CHOICES, OVERALL, question, read, section

SEEN = question("seen", "select_one yes_no", label="Was the child seen alone on every visit?")
PLAN = question("plan", "select_one yes_no", label="Is there a plan that says who does what by when?")
VIEWS = question("views", label="What does the child say?")
LAST = question("last", "date", label="When was the plan last reviewed?")


def version(*rows, choices=CHOICES):
    return read([*section("s", *rows), *section("t"), *OVERALL], choices)


def told(older, newer):
    return {
        (each.older.name if each.older else "", each.newer.name if each.newer else ""): each.changes
        for each in compare(older, newer).changed
    }


def test_the_same_template_has_not_changed():
    same = compare(version(SEEN, PLAN), version(SEEN, PLAN))
    assert same.changed == ()
    assert [each.likeness for each in same.questions] == [1.0] * 8


@pytest.mark.parametrize(
    ("older", "newer", "changes"),
    [
        ([SEEN], [SEEN, PLAN], {("", "plan"): ("added",)}),
        ([SEEN, VIEWS], [VIEWS], {("seen", ""): ("dropped",)}),
        ([SEEN, PLAN, VIEWS], [PLAN, VIEWS, SEEN], {("seen", "seen"): ("moved",)}),
        ([SEEN], [{**SEEN, "label": "Seen alone?"}], {("seen", "seen"): ("reworded",)}),
        ([SEEN], [{**SEEN, "hint": "Look at the visits."}], {("seen", "seen"): ("reworded",)}),
        ([VIEWS], [{**VIEWS, "type": "date"}], {("views", "views"): ("type",)}),
        ([VIEWS], [{**VIEWS, "required": "yes"}], {("views", "views"): ("conditions",)}),
        ([VIEWS], [{**VIEWS, "relevant": "${tags} = ''"}], {("views", "views"): ("conditions",)}),
        ([LAST], [{**LAST, "constraint": ". > '2026-01-01'"}], {("last", "last"): ("conditions",)}),
        ([VIEWS], [{**VIEWS, "outcome": "stay_safe"}], {("views", "views"): ("links",)}),
        ([SEEN], [{**SEEN, "task_if": "no", "task": "See the child."}], {("seen", "seen"): ("links",)}),
        ([SEEN], [{**SEEN, "name": "seen_alone"}], {("seen", "seen_alone"): ("renamed",)}),
        (
            [SEEN],
            [{**SEEN, "name": "seen_alone", "label": "Was the child seen alone at every visit?"}],
            {("seen", "seen_alone"): ("renamed", "reworded")},
        ),
        ([SEEN], [{**VIEWS, "label": SEEN["label"]}], {("seen", ""): ("dropped",), ("", "views"): ("added",)}),
    ],
)
def test_each_change_is_told(older, newer, changes):
    assert told(version(*older), version(*newer)) == changes


def test_a_question_in_another_section_has_moved():
    older = read([*section("s", SEEN), *section("t"), *OVERALL])
    newer = read([*section("s"), *section("t", SEEN), *OVERALL])
    assert told(older, newer) == {("seen", "seen"): ("moved",)}


def test_a_section_asked_under_another_condition_is_told_of_each_of_its_questions():
    older = read([*section("s", SEEN), *OVERALL])
    newer = read([*section("s", SEEN, relevant="${status} = 'looked_after'"), *OVERALL])
    assert told(older, newer) == {(name, name): ("conditions",) for name in ("seen", "s_grade", "s_why")}


def test_other_answers_to_choose_from_are_told():
    more = [*CHOICES, {"list_name": "yes_no", "name": "partly", "label": "Partly"}]
    assert told(version(SEEN), version(SEEN, choices=more)) == {("seen", "seen"): ("choices",)}


def test_questions_of_another_name_are_paired_the_likest_first_each_once():
    older = version(SEEN, PLAN)
    newer = version(
        {**SEEN, "name": "a", "label": "Was the child seen alone on each visit?"},
        {**SEEN, "name": "b", "label": "Has anybody seen this child at home?"},
        {**PLAN, "name": "c", "label": "Does a plan say who does what by when?"},
    )
    found = compare(older, newer)
    suggested = {each.newer.name: each.older.name for each in found.questions if each.suggested}
    assert suggested == {"a": "seen", "c": "plan"}
    assert all(0.6 <= each.likeness < 1 for each in found.questions if each.suggested)
    kept = {name: name for name in ("s_grade", "s_why", "t_grade", "t_why", "grade", "why")}
    assert found.correspondence == {"seen": "a", "plan": "c", **kept}
    assert found.count("added") == 1


def test_every_question_of_both_versions_is_told_once_and_a_dropped_one_where_it_stood():
    found = compare(version(SEEN, LAST, VIEWS), version(PLAN, VIEWS))
    order = [(each.older or each.newer).name for each in found.questions]
    assert order == ["seen", "last", "plan", "views", "s_grade", "s_why", "t_grade", "t_why", "grade", "why"]


def test_notes_and_what_is_worked_out_are_not_compared():
    note = question("read_me", "note")
    total = {"type": "calculate", "name": "total", "calculation": "1 + 1"}
    assert told(version(SEEN), version(note, SEEN, total)) == {}


def test_every_change_has_words():
    told_ever = {"added", "dropped", "renamed", "moved", "reworded", "type", "choices", "conditions", "links"}
    assert {*CHANGES} == told_ever


def test_two_hundred_questions_all_renamed_are_found_by_their_words():
    older = version(*(question(f"a{n}", label=f"Question number {n} about the child's plan") for n in range(200)))
    newer = version(*(question(f"b{n}", label=f"Question number {n} about the child's plan") for n in range(200)))
    found = compare(older, newer)
    assert [each.older.label == each.newer.label for each in found.questions if each.suggested] == [True] * 200


def test_a_thousand_questions_renamed_and_reworded_are_compared_in_good_time():
    older = version(*(question(f"a{n}", label=f"Question number {n} about the child's plan") for n in range(1000)))
    newer = version(*(question(f"b{n}", label=f"Question {n}, about the child and the plan") for n in range(1000)))
    begun = time.perf_counter()
    assert compare(older, newer).count("renamed") == 100
    assert time.perf_counter() - begun < 5
