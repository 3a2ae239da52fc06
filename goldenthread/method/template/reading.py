"""Reading a template: rows of text in, one `Template` out, or every fault there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldenthread.method.template.checks import check_whole
from goldenthread.method.template.faults import Faults, Line, lines_of
from goldenthread.method.template.source import Source, digest_of, template_source
from goldenthread.method.template.survey import Survey
from goldenthread.method.template.values import INSTRUMENTS, Choice, Template

Row = Mapping[str, str]


def read_template(
    survey: Sequence[Row], choices: Sequence[Row], settings: Sequence[Row], name: str = "template"
) -> Template:
    """Read the three sheets of an XLSForm, each row a mapping from column to text, header left out.

    `name` is what the faults call the template: a file's or folder's name. Raises Refused with one sentence for
    each fault, naming sheet, row (as a spreadsheet counts) and column. Source: https://xlsform.org/en/, the part
    that docs/how/add-a-kind-of-question.md names, with our columns `judged`, `outcome`, `regional_point`,
    `early_help`, `role`, `standard`, `task_if`, `task` and `task_for`.

    >>> read_template([], [], [], name="empty.xlsx")
    Traceback (most recent call last):
    goldenthread.method.refusal.Refused: empty.xlsx, sheet settings: holds no row; expected one with form_title, \
form_id and version.
    empty.xlsx, sheet survey: has no overall grade; expected one question with role overall_grade.
    empty.xlsx, sheet survey: has no rationale of the overall grade; expected one question with role overall_rationale.
    """
    faults = Faults(name)
    about = _about(settings, faults)
    lists = _lists(choices, faults)
    read = Survey(lists, faults).read(survey)
    instrument = about.one_of("instrument", INSTRUMENTS) or "audit"
    check_whole(read, instrument, faults)
    faults.refuse_if_any()
    return Template(
        key=about["form_id"],
        title=about["form_title"],
        version=about["version"],
        sections=tuple(read.sections),
        choices=lists,
        digest=digest_of(template_source(survey, choices, settings)),
        instrument=instrument,
    )


def template_from_source(source: Source, name: str = "template") -> Template:
    """The template a kept source stands for: the way back from `template_source`, with the same digest."""
    return read_template(source["survey"], source["choices"], source["settings"], name)


def _about(settings: Sequence[Row], faults: Faults) -> Line:
    lines = list(lines_of(settings, "settings", faults))
    if not lines:
        faults.add("settings", "holds no row; expected one with form_title, form_id and version.")
        return Line(faults, "settings", 2, {})
    for extra in lines[1:]:
        faults.add("settings", "is a second row of settings; expected one.", extra.number)
    about = lines[0]
    for column in ("form_title", "version"):
        about.needed(column)
    about.name("form_id")
    return about


def _lists(choices: Sequence[Row], faults: Faults) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, dict[str, Choice]] = {}
    for line in lines_of(choices, "choices", faults):
        options = lists.setdefault(line.needed("list_name"), {})
        name = line.choice_name("name")
        if name in options:
            line.fault("name", f"is twice in the list “{line['list_name']}”.")
        options[name] = Choice(name, line.needed("label"), line["hint"])
    return {list_name: tuple(choice.values()) for list_name, choice in lists.items()}
