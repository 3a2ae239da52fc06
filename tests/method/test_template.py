"""Reading a template, keeping it, and what of it one audit has to answer."""

from __future__ import annotations

import json

import pytest

from goldenthread.method.expressions import Call, Compare, Name, Number, Text, parse
from goldenthread.method.refusal import Refused
from goldenthread.method.template import (
    Choice,
    Question,
    applicable_sections,
    missing,
    progress,
    read_template,
    template_from_source,
    template_source,
)

SETTINGS = [{"form_title": "A short audit", "form_id": "short", "version": "3"}]
CHOICES = [
    {"list_name": "grades", "name": "good", "label": "Good", "hint": "The child is helped."},
    {"list_name": "grades", "name": "inadequate", "label": "Inadequate"},
    {"list_name": "yes_no", "name": "yes", "label": "Yes"},
    {"list_name": "yes_no", "name": "no", "label": "No"},
    {"list_name": "outcomes", "name": "stay_safe", "label": "Stay safe"},
    {"list_name": "outcomes", "name": "be_healthy", "label": "Be healthy"},
    {"list_name": "regional_points", "name": "chronology", "label": "Chronology"},
]
GRADES = (Choice("good", "Good", "The child is helped."), Choice("inadequate", "Inadequate"))
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))


def question(name, kind="text", **columns):
    return {"type": kind, "name": name, "label": f"Label of {name}", **columns}


def section(name, *questions, relevant=""):
    return [
        {"type": "begin_group", "name": name, "label": f"Section {name}", "relevant": relevant},
        *questions,
        question(f"{name}_grade", "select_one grades", role="section_grade"),
        question(f"{name}_why", role="section_rationale"),
        {"type": "end_group"},
    ]


OVERALL = [
    {"type": "begin_group", "name": "overall", "label": "Overall"},
    question("grade", "select_one grades", role="overall_grade"),
    question("why", role="overall_rationale"),
    {"type": "end_group"},
]
SHORT = [
    *section(
        "record",
        question("help", "select_one yes_no", required="yes", early_help="yes"),
        question("fostered", "select_one yes_no"),
        question("visited", "date", relevant="${fostered} = 'yes'", required="yes"),
        question("read_me", "note"),
    ),
    *section("care", question("matched", required="yes"), relevant="selected(${tags}, 'looked_after')"),
    *OVERALL,
]


def read(survey, choices=CHOICES, settings=SETTINGS):
    return read_template(survey, choices, settings, "short.xlsx")


def faults(survey, choices=CHOICES, settings=SETTINGS):
    with pytest.raises(Refused) as refusal:
        read(survey, choices, settings)
    return list(refusal.value.sentences)


def names(sections):
    return {one.name: [question.name for question in one.questions] for one in sections}


# --- reading ------------------------------------------------------------------------------------------


def test_a_question_keeps_everything_its_row_says():
    row = {
        "type": "integer",
        "name": "safety",
        "label": "How safe?",
        "hint": "Today.",
        "required": "yes",
        "relevant": "${tags} != 'uasc'",
        "constraint": ". <= 10",
        "constraint_message": "At most ten.",
        "appearance": "scale",
        "guidance_hint": "Look at the visits.",
        "judged": "judged",
        "outcome": "stay_safe be_healthy",
        "regional_point": "chronology",
        "role": "",
        "standard": "Working Together",
    }
    assert read([*section("record", row), *OVERALL]).questions["safety"] == Question(
        name="safety",
        kind="scaling",
        label="How safe?",
        section="record",
        number=1,
        hint="Today.",
        guidance="Look at the visits.",
        required=True,
        relevant=Compare(Name("tags"), "!=", Text("uasc")),
        constraint=Compare(Name("."), "<=", Number(10.0)),
        constraint_message="At most ten.",
        judged=True,
        outcomes=("stay_safe", "be_healthy"),
        regional_point="chronology",
        standard="Working Together",
    )


def test_a_template_knows_its_title_version_and_lists():
    template = read(SHORT)
    assert (template.key, template.title, template.version) == ("short", "A short audit", "3")
    assert template.choices == {
        "grades": GRADES,
        "yes_no": YES_NO,
        "outcomes": (Choice("stay_safe", "Stay safe"), Choice("be_healthy", "Be healthy")),
        "regional_points": (Choice("chronology", "Chronology"),),
    }
    assert template.outcomes == template.choices["outcomes"]
    assert template.regional_points == template.choices["regional_points"]


def test_each_type_of_xlsform_is_a_kind_of_ours():
    template = read(
        [
            *section(
                "record",
                question("a", "select_one grades_of_impact"),
                question("b", "select one yes_no"),
                question("c", "date"),
                question("d", "integer", appearance="scale"),
                question("e", "text"),
                question("f", "note"),
            ),
            *OVERALL,
        ],
        [*CHOICES, {"list_name": "grades_of_impact", "name": "great", "label": "Great"}],
    )
    kinds = {name: found.kind for name, found in template.questions.items() if len(name) == 1}
    assert kinds == {"a": "graded", "b": "yes_no", "c": "date", "d": "scaling", "e": "narrative", "f": "note"}
    assert template.questions["a"].choices == (Choice("great", "Great"),)


def test_questions_are_numbered_through_the_template_and_notes_are_not():
    numbers = {name: found.number for name, found in read(SHORT).questions.items()}
    assert numbers == {
        **{"help": 1, "fostered": 2, "visited": 3, "read_me": 0, "record_grade": 4, "record_why": 5},
        **{"matched": 6, "care_grade": 7, "care_why": 8, "grade": 9, "why": 10},
    }


def test_a_grade_and_its_reasons_are_required_whatever_the_sheet_says():
    required = {name for name, found in read(SHORT).questions.items() if found.required}
    roles = {"record_grade", "record_why", "care_grade", "care_why", "grade", "why"}
    assert required == {"help", "visited", "matched"} | roles


def test_case_facts_may_be_declared_as_hidden_rows_as_other_programs_want_them():
    declared = [{"type": "hidden", "name": "tags", "label": "Categories"}, *SHORT]
    assert names(read(declared).sections) == names(read(SHORT).sections)


# --- faults, each at its place ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (question("q", "selekt"), "column type: “selekt” is no kind of question we know; expected one of "),
        (question("q", "select_one fruit"), "column type: “select_one fruit” asks for the list “fruit”, which the "),
        (question("q", "select_one"), "column type: “select_one” should name one list of the choices sheet, as in sel"),
        (question("q", "date of birth"), "column type: “date of birth” is no kind of question we know; expected one "),
        ({"name": "q", "label": "Q"}, "column type: is empty, and must not be."),
        ({"type": "date", "name": "q"}, "column label: is empty, and must not be."),
        (question("two words", "date"), "column name: “two words” is not a name; expected letters, digits and _, "),
        (question("", "date"), "column name: is empty, and must not be."),
        (question("tags", "date"), "column name: “tags” is what the case list calls one of its facts; "),
        (question("record", "date"), "column name: “record” is the name of row 2 already."),
        (question("q", required="often"), "column required: “often” is neither yes nor no."),
        (question("q", judged="maybe"), "column judged: “maybe” is not known; expected one of compliance, judged."),
        (question("q", outcome="stay_safe joy"), "column outcome: “stay_safe joy” names “joy”; expected some of stay_"),
        (question("q", regional_point="x"), "column regional_point: “x” is not known; expected one of chronology."),
        (question("q", role="boss"), "column role: “boss” is not known; expected one of section_grade, "),
        (question("q", relevent="${tags} = ''"), "column relevent: “${tags} = ''” stands in a column we do not read; "),
        (question("q", relevant="${tags} ="), "column relevant: “${tags} =” has its end where ${a name}, a 'text', a "),
        (
            question("q", relevant="${x} = 1"),
            "column relevant: “${x} = 1” asks about “x”, which is neither an earlier ",
        ),
        (question("q", relevant="${record_why} = 'x'"), "column relevant: “${record_why} = 'x'” asks about “record_wh"),
        (
            question("q", relevant="${status} = 'lac'"),
            "column relevant: “${status} = 'lac'” can never be true: status ",
        ),
        (question("q", constraint=". < ${tags}"), "column constraint: “. < ${tags}” asks about other questions; a "),
        (question("q", early_help="yes"), "column early_help: “yes” is asked of every child and required: it takes "),
        (
            question("q", "date", role="section_grade"),
            "column role: “section_grade” needs a graded question, and this ",
        ),
        ({"type": "hidden", "name": "postcode"}, "column name: “postcode” is hidden but no fact of a case; expected "),
        ({"type": "begin_repeat", "name": "r"}, "column type: “begin_repeat” is no kind of question we know; "),
    ],
)
def test_a_fault_in_a_row_is_told_with_its_sheet_row_and_column(row, sentence):
    told = faults([*section("record", row), *OVERALL])
    assert [one for one in told if one.startswith(f"short.xlsx, sheet survey, row 3, {sentence}")] != []


def test_a_group_without_an_end_is_told_where_it_begins():
    assert faults([*OVERALL, *section("record")[:-1]]) == [
        "short.xlsx, sheet survey, row 6, column name: “record” begins a group that has no end_group."
    ]


def test_an_end_without_a_group_and_a_question_outside_every_section_are_told():
    assert faults([*OVERALL, {"type": "end_group"}, question("stray")]) == [
        "short.xlsx, sheet survey, row 6, column type: “end_group” ends a group that was never begun.",
        "short.xlsx, sheet survey, row 7, column type: “text” stands outside every section; put it between begin_group "
        "and end_group.",
    ]


def test_an_end_that_bears_another_groups_name_is_told():
    assert faults([*OVERALL[:-1], {"type": "end_group", "name": "record"}]) == [
        "short.xlsx, sheet survey, row 5, column name: “record” ends the group “overall”, and should bear its name or "
        "none."
    ]


def test_a_section_without_a_grade_or_its_reasons_is_told():
    bare = [{"type": "begin_group", "name": "record", "label": "R"}, question("q"), {"type": "end_group"}]
    assert faults([*bare, *OVERALL]) == [
        "short.xlsx, sheet survey, row 2, column name: “record” is a section with no questions of role section_grade; "
        "expected one.",
        "short.xlsx, sheet survey, row 2, column name: “record” is a section with no questions of role "
        "section_rationale; expected one.",
    ]


def test_a_second_overall_grade_is_told():
    second = question("other", "select_one grades", role="overall_grade")
    assert faults([*section("record", second), *OVERALL]) == [
        "short.xlsx, sheet survey, row 8, column role: “overall_grade” is on “other” already; expected once."
    ]


def test_the_overall_grade_is_asked_of_every_child():
    sometimes = [{**OVERALL[0], "relevant": "${status} = 'early_help'"}, *OVERALL[1:]]
    assert faults(sometimes) == [
        "short.xlsx, sheet survey, row 3, column role: “overall_grade” stands in “overall”, a section not asked of "
        "every child.",
        "short.xlsx, sheet survey, row 4, column role: “overall_rationale” stands in “overall”, a section not asked of "
        "every child.",
    ]


def test_a_grade_takes_no_condition_of_its_own():
    rows = section("record")
    rows[1]["relevant"] = "${status} = 'early_help'"
    assert faults([*rows, *OVERALL]) == [
        "short.xlsx, sheet survey, row 3, column relevant: “${status} = 'early_help'” stands on a grade or its "
        "rationale, which are asked wherever their section is."
    ]


def test_early_help_in_a_section_not_asked_of_every_child_is_told():
    asked = question("help", required="yes", early_help="yes")
    assert faults([*section("care", asked, relevant="${status} = 'looked_after'"), *OVERALL]) == [
        "short.xlsx, sheet survey, row 3, column early_help: “yes” is asked of every child and required: it takes no "
        "relevant, nor does its section."
    ]


def test_faults_of_the_three_sheets_are_told_together():
    twice = [*CHOICES, {"list_name": "yes_no", "name": "no", "label": "Nay"}, {"list_name": "yes_no", "name": "n"}]
    wrong = [{"form_id": "a b", "form_title": "x" * 201}, {"form_id": "more"}]
    assert faults([], twice, wrong) == [
        f"short.xlsx, sheet settings, row 2, column form_title: “{'x' * 60}…” is too long; "
        "200 characters are the most.",
        "short.xlsx, sheet settings, row 3: is a second row of settings; expected one.",
        "short.xlsx, sheet settings, row 2, column version: is empty, and must not be.",
        "short.xlsx, sheet settings, row 2, column form_id: “a b” is not a name; expected letters, digits and _, a "
        "letter first, at most 60.",
        "short.xlsx, sheet choices, row 9, column name: “no” is twice in the list “yes_no”.",
        "short.xlsx, sheet choices, row 10, column label: is empty, and must not be.",
        "short.xlsx, sheet survey: has no overall grade; expected one question with role overall_grade.",
        "short.xlsx, sheet survey: has no rationale of the overall grade; expected one question with role "
        "overall_rationale.",
    ]


def test_rows_are_counted_as_the_spreadsheet_shows_them_blank_ones_too():
    assert faults([{}, {"type": " "}, question("stray"), *OVERALL]) == [
        "short.xlsx, sheet survey, row 4, column type: “text” stands outside every section; put it between begin_group "
        "and end_group."
    ]


def test_a_fault_is_one_line_although_its_cell_is_two():
    told = faults([*section("record", question("q", relevant="${tags}\n= ")), *OVERALL])
    assert told == [
        "short.xlsx, sheet survey, row 3, column relevant: “${tags} =” has its end where ${a name}, a 'text', a "
        "number, . or a function was expected."
    ]


def test_a_thousand_faults_are_told_by_the_first_fifty_and_their_number():
    told = faults([*OVERALL, *(question(f"q{number}") for number in range(1000))])
    assert (len(told), told[-1]) == (51, "short.xlsx: and 950 more faults.")


# --- the instrument -----------------------------------------------------------------------------------

PART = [{**SETTINGS[0], "instrument": "part"}]


def test_a_template_is_an_audits_unless_it_says_that_it_is_a_parts():
    own = [{"type": "begin_group", "name": "own", "label": "Your view"}, question("q"), {"type": "end_group"}]
    assert (read(SHORT).instrument, read(own, settings=PART).instrument) == ("audit", "part")


def test_a_part_has_no_grade_that_stands():
    rows = [OVERALL[0], question("grade", "select_one grades", role="overall_grade"), OVERALL[-1]]
    assert faults(rows, settings=PART) == [
        "short.xlsx, sheet survey, row 3, column role: “overall_grade” stands in a part of an audit; only the audit "
        "itself is graded."
    ]


def test_an_instrument_nobody_knows_is_told():
    assert faults(SHORT, settings=[{**SETTINGS[0], "instrument": "survey"}]) == [
        "short.xlsx, sheet settings, row 2, column instrument: “survey” is not known; expected one of audit, part."
    ]


# --- keeping a version --------------------------------------------------------------------------------


def test_a_template_comes_back_whole_from_the_json_it_is_kept_as():
    kept = json.loads(json.dumps(template_source(SHORT, CHOICES, SETTINGS)))
    assert template_from_source(kept) == read(SHORT)


def test_the_digest_changes_with_a_word_and_not_with_blanks():
    spaced = [{**row, "label": f" {row.get('label', '')} ", "hint": ""} for row in SHORT]
    reworded = [*SHORT[:1], {**SHORT[1], "label": "Another question"}, *SHORT[2:]]
    assert read([{}, *spaced]).digest == read(SHORT).digest
    assert read(reworded).digest != read(SHORT).digest


# --- one audit ----------------------------------------------------------------------------------------

LOOKED_AFTER = {"status": "child_protection", "tags": "child_protection looked_after"}
AT_HOME = {"status": "child_in_need", "tags": "child_in_need"}


def test_a_section_appears_where_its_condition_holds():
    template = read(SHORT)
    assert list(names(applicable_sections(template, LOOKED_AFTER, {}))) == ["record", "care", "overall"]
    assert list(names(applicable_sections(template, AT_HOME, {}))) == ["record", "overall"]


def test_a_question_appears_once_the_answer_it_waits_for_is_given():
    template = read(SHORT)
    before = names(applicable_sections(template, AT_HOME, {"fostered": "no"}))
    after = names(applicable_sections(template, AT_HOME, {"fostered": "yes"}))
    assert before["record"] == ["help", "fostered", "read_me", "record_grade", "record_why"]
    assert after["record"] == ["help", "fostered", "visited", "read_me", "record_grade", "record_why"]


def test_the_answer_to_a_question_that_no_longer_applies_counts_as_blank():
    chain = section(
        "record",
        question("a", "select_one yes_no"),
        question("b", "select_one yes_no", relevant="${a} = 'yes'"),
        question("c", relevant="${b} = 'yes'"),
    )
    template = read([*chain, *OVERALL])
    answers = {"a": "no", "b": "yes"}
    assert names(applicable_sections(template, AT_HOME, answers))["record"] == ["a", "record_grade", "record_why"]


def test_what_is_missing_is_what_applies_is_required_and_unanswered():
    answers = {"help": "yes", "fostered": "yes", "record_grade": "good", "grade": "good", "why": "Because."}
    template = read(SHORT)
    assert [one.name for one in missing(template, AT_HOME, answers)] == ["visited", "record_why"]


def test_an_answer_of_0_is_an_answer():
    template = read([*section("record", question("s", "integer", appearance="scale", required="yes")), *OVERALL])
    assert "s" not in [one.name for one in missing(template, AT_HOME, {"s": "0"})]


def test_progress_counts_each_section_without_its_notes():
    answers = {"help": "yes", "record_grade": "good", "record_why": "Because.", "matched": "Well.", "why": "So."}
    told = [
        (line.section.name, line.answered, line.required, line.total, line.complete)
        for line in progress(read(SHORT), LOOKED_AFTER, answers)
    ]
    assert told == [("record", 3, 3, 4, True), ("care", 1, 3, 3, False), ("overall", 1, 2, 2, False)]


def test_conditions_are_read_once_when_the_template_is():
    assert read(SHORT).sections[1].relevant == Call("selected", (Name("tags"), Text("looked_after")))
    assert read(SHORT).questions["visited"].relevant == parse("${fostered} = 'yes'")


def test_in_part_it_has_the_sections_named_and_what_asks_for_the_whole_files_grade():
    template = read(SHORT)

    assert [each.name for each in template.only(["care"]).sections] == ["care", "overall"]
    lacking = [each.name for each in missing(template.only(["care"]), LOOKED_AFTER, {})]
    assert lacking == ["matched", "care_grade", "care_why", "grade", "why"]
    assert missing(template.only(["care"]), AT_HOME, {}) == missing(template.only(["overall"]), AT_HOME, {})


def test_in_part_of_sections_it_does_not_have_it_is_whole():
    template = read(SHORT)

    assert template.only([]) is template.only(["record_of_old"]) is template
