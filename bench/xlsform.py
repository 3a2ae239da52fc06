"""Taking in an audit template of 200 questions, against pyxform's compiling of the same workbook.

Ours is all that happens between the file and a template to adopt: unpacked within bounds, read, every expression parsed
and held against what it may ask, the digest made. pyxform reads the same sheets and writes an XForm, without the check
by an outside program that it can add.
"""

from __future__ import annotations

import io
from itertools import cycle, islice

from pyxform.xls2xform import convert

from bench.measurement import Measurement, in_turns
from goldenthread.framework.template_files import SHIPPED, rows_in, to_workbook, workbook_rows
from goldenthread.method.template import Template, read_template, template_source

NAME = "Importing a template of 200 questions"
SECTIONS = 18  # of eleven questions each, and an overall grade with its rationale

Row = dict[str, str]


def run() -> list[Measurement]:
    data = workbook()

    def taken() -> Template:
        return read_template(*workbook_rows("long.xlsx", data), name="long.xlsx")

    def compiled() -> object:
        return convert(io.BytesIO(data), file_type=".xlsx")

    asked = sum(question.answerable for question in taken().questions.values())
    if asked != 200:
        raise ValueError(f"The template asks {asked} questions.")
    ours, theirs = in_turns(taken, compiled, repeats=9)
    return [Measurement(f"{NAME}, against pyxform's compiling of the same file", ours, theirs, at_most=2.0)]


def workbook() -> bytes:
    """A long template as an .xlsx file, in the words of the one we ship."""
    shipped = rows_in(SHIPPED / "case_file")
    words = cycle([row for row in shipped.survey if row.get("guidance_hint")])
    survey = [row for row in shipped.survey if row.get("type") == "hidden"]
    for number in range(SECTIONS):
        survey += _section(f"s{number}", [dict(row) for row in islice(words, 11)])
    overall = next(place for place, row in enumerate(shipped.survey) if row.get("name") == "overall")
    return to_workbook(template_source([*survey, *shipped.survey[overall:]], shipped.choices, shipped.settings))


def _section(name: str, words: list[Row]) -> list[Row]:
    """One section that asks in every way there is."""
    ways: list[Row] = [
        {"type": "select_one yes_no", "task_if": "no partly", "task": "Put this right and say when it was done."},
        {"type": "select_one outcomes", "relevant": f"${{{name}_0}} = 'yes' or selected(${{tags}}, 'looked_after')"},
        {"type": "select_multiple regional_points"},
        {"type": "integer", "constraint": ". >= 0 and . < 100", "constraint_message": "Expected 0 to 99."},
        {"type": "decimal"},
        {"type": "date", "relevant": f"${{{name}_3}} > 0 and count-selected(${{{name}_2}}) >= 1"},
        {"type": "text", "relevant": f"not(selected(${{{name}_2}}, 'chronology')) or ${{{name}_sum}} > 10"},
        {"type": "select_one yes_no"},
        {"type": "integer", "appearance": "scale"},
        {"type": "select_one grades", "role": "section_grade"},
        {"type": "text", "role": "section_rationale"},
    ]
    rows = [
        {"name": f"{name}_{place}", "label": said["label"], "guidance_hint": said["guidance_hint"], **way}
        for place, (way, said) in enumerate(zip(ways, words, strict=True))
    ]
    total = f"coalesce(${{{name}_3}}, 0) + round(coalesce(${{{name}_4}}, 0) * 2)"
    rows.insert(5, {"type": "calculate", "name": f"{name}_sum", "label": "In all", "calculation": total})
    return [
        {"type": "begin_group", "name": name, "label": f"Section {name}"},
        *rows,
        {"type": "end_group", "name": name},
    ]
