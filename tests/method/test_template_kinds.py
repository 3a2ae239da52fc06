"""What a template may ask beside grades, dates and words: lists, numbers, groups, values worked out, and tasks."""

from __future__ import annotations

import pytest

from goldenthread.method.expressions import And, parse
from goldenthread.method.template import (
    Choice,
    SuggestedTask,
    applicable_sections,
    calculated,
    missing,
    progress,
    suggested_tasks,
)
from tests.method.test_template import AT_HOME, CHOICES, OVERALL, faults, names, question, read, section

LISTS = [
    *CHOICES,
    {"list_name": "agencies", "name": "health", "label": "Health"},
    {"list_name": "agencies", "name": "police", "label": "Police"},
    {"list_name": "agencies", "name": "1", "label": "Nobody"},
]


def begin(name, **columns):
    return {"type": "begin_group", "name": name, "label": f"Group {name}", **columns}


END = {"type": "end_group"}


def calculate(name, calculation, **columns):
    return {"type": "calculate", "name": name, "calculation": calculation, **columns}


def told(*rows):
    return [one.removeprefix("short.xlsx, sheet survey, ") for one in faults([*section("s", *rows), *OVERALL], LISTS)]


def template(*rows):
    return read([*section("s", *rows), *OVERALL], LISTS)


# --- kinds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (question("q", "select_one agencies"), "choice"),
        (question("q", "select one agencies"), "choice"),
        (question("q", "Select_One agencies"), "choice"),
        (question("q", "select_one grades"), "graded"),
        (question("q", "select_one yes_no"), "yes_no"),
        (question("q", "select_multiple agencies"), "choices"),
        (question("q", "select_multiple yes_no"), "choices"),
        (question("q", "integer"), "integer"),
        (question("q", "int"), "integer"),
        (question("q", "integer", constraint=". >= 1 and . <= 10"), "integer"),
        (question("q", "integer", constraint=". >= 0 and . <= 10"), "scaling"),
        (question("q", "integer", constraint=".<=10 and .>=0"), "scaling"),
        (question("q", "integer", appearance="scale"), "scaling"),
        (question("q", "decimal"), "decimal"),
        (question("q", "Date"), "date"),
        (question("q", "text", appearance="multiline"), "narrative"),
        (question("q", "note"), "note"),
        (calculate("q", "1 + 1"), "calculate"),
    ],
)
def test_each_type_is_the_kind_it_says(row, kind):
    assert template(row).questions["q"].kind == kind


def test_a_list_of_the_templates_own_is_offered_with_whatever_names_it_has():
    agencies = (Choice("health", "Health"), Choice("police", "Police"), Choice("1", "Nobody"))
    assert template(question("q", "select_multiple agencies")).questions["q"].choices == agencies


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (question("q", "select_multiple"), "“select_multiple” should name one list of the choices sheet, as in "),
        (question("q", "select_one yes_no or_other"), "“select_one yes_no or_other” should name one list of the "),
        (
            question("q", "select_multiple x"),
            "“select_multiple x” asks for the list “x”, which the choices sheet ",
        ),
        (question("q", "geopoint"), "“geopoint” is no kind of question we know; expected one of select_one LIST, "),
    ],
)
def test_a_type_that_cannot_be_asked_is_told(row, sentence):
    assert [one for one in told(row) if one.startswith(f"row 3, column type: {sentence}")] != []


def test_the_name_of_an_answer_has_no_spaces():
    wrong = [*LISTS, {"list_name": "agencies", "name": "two words", "label": "Two"}]
    assert faults([*section("s"), *OVERALL], wrong) == [
        "short.xlsx, sheet choices, row 12, column name: “two words” is not a name; expected letters, digits, _ and -, "
        "at most 60 and no spaces."
    ]


def test_a_grade_is_kept_under_a_name_that_fits():
    wrong = [*LISTS, {"list_name": "grades", "name": "g" * 31, "label": "Long"}]
    assert faults(OVERALL, wrong) == [
        "short.xlsx, sheet survey, row 3, column type: “select_one grades” has a grade with a name of more than 30 "
        "characters."
    ]


@pytest.mark.parametrize(
    ("column", "most"), [("label", 1000), ("hint", 1000), ("guidance_hint", 4000), ("constraint_message", 1000)]
)
def test_what_is_too_long_for_a_page_is_told(column, most):
    assert told({**question("q"), column: "x" * most + "y"}) == [
        f"row 3, column {column}: “{'x' * 60}…” is too long; {most:,} characters are the most."
    ]


def test_an_answer_that_is_not_offered_makes_a_condition_that_is_never_true():
    rows = question("a", "select_multiple agencies"), question("b", relevant="selected(${a}, 'polise')")
    assert told(*rows) == [
        "row 4, column relevant: “selected(${a}, 'polise')” can never be true: a is never “polise” but one of health, "
        "police, 1."
    ]


# --- groups -------------------------------------------------------------------------------------------


def test_a_group_within_a_section_is_a_heading_and_its_condition_holds_of_all_within():
    rows = [
        question("a", "select_one yes_no"),
        begin("g", relevant="${a} = 'yes'", hint="Look here."),
        question("b"),
        question("c", relevant="${b} = 'x'"),
        END,
        question("d"),
    ]
    found = template(*rows).questions
    assert list(found)[:5] == ["a", "g", "b", "c", "d"]
    assert (found["g"].kind, found["g"].label, found["g"].hint, found["g"].number) == (
        *("heading", "Group g", "Look here."),
        0,
    )
    assert found["b"].relevant == parse("${a} = 'yes'")
    assert found["c"].relevant == And((parse("${a} = 'yes'"), parse("${b} = 'x'")))
    assert (found["d"].relevant, found["d"].number) == (None, 4)


def test_a_heading_is_shown_with_what_stands_under_it_and_counts_for_nothing():
    short = template(begin("g", relevant="${status} = 'looked_after'"), question("b"), END)
    assert names(applicable_sections(short, AT_HOME, {}))["s"] == ["s_grade", "s_why"]
    shown = applicable_sections(short, {"status": "looked_after"}, {})
    assert names(shown)["s"] == ["g", "b", "s_grade", "s_why"]
    assert progress(short, {"status": "looked_after"}, {})[0].total == 3


def test_a_group_within_a_group_within_a_section_is_refused():
    assert told(begin("g"), begin("h"), END) == [
        "row 4, column type: “begin_group” stands inside the group “g” of the section “s”; a section holds groups, and "
        "they hold no other."
    ]


def test_groups_without_an_end_are_told_where_they_begin():
    assert faults([*OVERALL, begin("s"), begin("g"), question("q")], LISTS) == [
        "short.xlsx, sheet survey, row 6, column name: “s” begins a group that has no end_group.",
        "short.xlsx, sheet survey, row 7, column name: “g” begins a group that has no end_group.",
    ]


# --- what is worked out -------------------------------------------------------------------------------

VISITS = [
    question("planned", "integer"),
    question("made", "integer"),
    calculate("share", "round(100 * ${made} div ${planned})", label="Share of visits made"),
    calculate("few", "${share} < 80"),
    question("why_few", required="yes", relevant="${few} = 'true'"),
]


def test_a_value_is_worked_out_on_reading_and_later_conditions_hang_on_it():
    answers = {"planned": "10", "made": "7", "s_grade": "good", "s_why": "W", "grade": "good", "why": "W"}
    short = template(*VISITS)
    assert calculated(short, AT_HOME, answers) == {"share": "70", "few": "true"}
    assert [one.name for one in missing(short, AT_HOME, answers)] == ["why_few"]
    assert calculated(short, AT_HOME, {**answers, "made": "9"}) == {"share": "90", "few": "false"}
    assert missing(short, AT_HOME, {**answers, "made": "9"}) == ()


def test_what_is_worked_out_from_a_blank_is_blank():
    assert calculated(template(*VISITS), AT_HOME, {"planned": "10"}) == {"share": "", "few": "false"}


def test_what_is_worked_out_is_shown_where_it_has_a_label_and_never_asked():
    short = template(*VISITS)
    assert names(applicable_sections(short, AT_HOME, {}))["s"] == ["planned", "made", "share", "s_grade", "s_why"]
    line = progress(short, AT_HOME, {"share": "99"})[0]
    assert (line.answered, line.total) == (0, 4)
    assert short.questions["share"].number == 0


def test_a_stored_answer_to_what_is_worked_out_counts_for_nothing():
    assert calculated(template(*VISITS), AT_HOME, {"planned": "10", "made": "7", "share": "1"})["share"] == "70"


def test_a_value_that_does_not_apply_is_blank():
    rows = calculate("a", "1 + 1", relevant="${status} = 'looked_after'"), calculate("b", "coalesce(${a}, 'none')")
    assert calculated(template(*rows), AT_HOME, {}) == {"a": "", "b": "none"}
    assert calculated(template(*rows), {"status": "looked_after"}, {}) == {"a": "2", "b": "2"}


def test_a_template_that_works_nothing_out_gives_nothing():
    assert calculated(template(question("q")), AT_HOME, {"q": "x"}) == {}


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        (
            [calculate("a", "${b} + 1"), calculate("b", "${c} + 1"), calculate("c", "${a} + 1")],
            [
                "row 3, column calculation: “${b} + 1” goes round in a circle: “a” asks about “b”, which asks about "
                "“c”, which asks about “a”."
            ],
        ),
        (
            [calculate("a", "${a} + 1")],
            ["row 3, column calculation: “${a} + 1” goes round in a circle: “a” asks about itself."],
        ),
        (
            [calculate("a", "${b} + 1"), calculate("b", "1")],
            [
                "row 3, column calculation: “${b} + 1” asks about “b”, which stands in row 4; put that row before "
                "this one."
            ],
        ),
        (
            [question("visits", "integer"), calculate("a", "${visit} + 1")],
            [
                "row 4, column calculation: “${visit} + 1” asks about “visit”, which is neither an earlier question "
                "nor a case fact; did you mean “visits”?"
            ],
        ),
        (
            [calculate("a", "")],
            ["row 3, column calculation: is empty; expected what is worked out, as in ${a} + ${b}."],
        ),
        (
            [question("q", calculation="1")],
            ["row 3, column calculation: “1” stands beside a question of type “text”; expected calculate."],
        ),
        (
            [calculate("a", "1", constraint=". > 3")],
            ["row 3, column constraint: “. > 3” stands beside what is worked out; nobody could put it right."],
        ),
        (
            [calculate("a", ". + 1")],
            ["row 3, column calculation: “. + 1” uses ., which stands for the answer in constraint and task_if alone."],
        ),
        (
            [question("q", relevant="${q} = 'x'")],
            ["row 3, column relevant: “${q} = 'x'” asks about its own answer, which is not given yet."],
        ),
    ],
)
def test_what_cannot_be_worked_out_is_told(rows, sentences):
    assert told(*rows) == sentences


# --- tasks --------------------------------------------------------------------------------------------

PLAN = question("plan", "select_one yes_no", task_if="no", task="Bring the plan up to date.", task_for="team_manager")


def suggested(rows, facts, answers):
    return [(one.section.name, one.question.name, one.text, one.owner) for one in suggested_tasks(rows, facts, answers)]


def test_an_answer_named_in_the_task_rule_suggests_the_task():
    short = template(PLAN)
    assert suggested(short, AT_HOME, {"plan": "no"}) == [("s", "plan", "Bring the plan up to date.", "team_manager")]
    assert suggested(short, AT_HOME, {"plan": "yes"}) == []
    assert suggested(short, AT_HOME, {}) == []


def test_a_task_rule_may_be_an_expression_of_the_answer_and_of_earlier_ones():
    rows = [
        question("seen", "integer"),
        question("due", "integer", task_if=". > ${seen} and ${status} = 'child_in_need'", task="Visit."),
        question("told", "select_multiple agencies", task_if="health, police", task="Tell the parents who was told."),
    ]
    answers = {"seen": "2", "due": "3", "told": "police"}
    assert suggested(template(*rows), AT_HOME, answers) == [
        ("s", "due", "Visit.", "practitioner"),
        ("s", "told", "Tell the parents who was told.", "practitioner"),
    ]
    assert suggested(template(*rows), AT_HOME, {"seen": "3", "due": "3", "told": "1"}) == []


def test_what_is_worked_out_may_suggest_a_task():
    rows = [*VISITS[:2], calculate("gap", "${planned} - ${made}", task_if=". > 2", task="Catch up.")]
    assert suggested(template(*rows), AT_HOME, {"planned": "9", "made": "5"}) == [
        ("s", "gap", "Catch up.", "practitioner")
    ]


def test_an_answer_that_does_not_apply_suggests_nothing():
    short = template({**PLAN, "relevant": "${status} = 'looked_after'"})
    assert suggested_tasks(short, AT_HOME, {"plan": "no"}) == ()
    (task,) = suggested_tasks(short, {"status": "looked_after"}, {"plan": "no"})
    assert task == SuggestedTask(task.section, short.questions["plan"], "Bring the plan up to date.", "team_manager")


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"task": "Do it."}, "task_if: is empty beside a task; expected when: names of answers, or an expression."),
        ({"task_if": "no"}, "task: is empty beside a task rule; expected what has to be done, in one sentence."),
        (
            {"task": "Do it.", "task_if": "nay"},
            "task_if: “nay” names “nay”, which is no answer here; expected some ",
        ),
        (
            {"task": "Do it.", "task_if": ". = 'nay'"},
            "task_if: “. = 'nay'” can never be true: the answer is never “nay”",
        ),
        (
            {"task": "Do it.", "task_if": "${later} = 1"},
            "task_if: “${later} = 1” asks about “later”, which is neither ",
        ),
        ({"task": "Do it.", "task_if": "no", "task_for": "the boss"}, "task_for: “the boss” is not a name; expected "),
    ],
)
def test_a_task_rule_that_says_half_is_told(columns, sentence):
    (only,) = told(question("q", "select_one yes_no", **columns))
    assert only.startswith(f"row 3, column {sentence}")
