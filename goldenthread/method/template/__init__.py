"""The audit template: what an auditor is asked about one child's file, read from XLSForm rows.

`read_template` turns the rows of three sheets into a `Template` or refuses with every fault; `applicable_sections`,
`missing` and `progress` say what of it one audit has to answer, and how far it has come; `suggested_tasks` what its
answers ask to be put right; `compare` what a newer version asks otherwise.
"""

from goldenthread.method.template.comparing import CHANGES, Compared, Comparison, compare
from goldenthread.method.template.faults import COLUMNS
from goldenthread.method.template.progress import SectionProgress, applicable_sections, calculated, missing, progress
from goldenthread.method.template.reading import read_template, template_from_source
from goldenthread.method.template.source import Source, template_source
from goldenthread.method.template.tasks import SuggestedTask, suggested_tasks
from goldenthread.method.template.values import (
    CASE_FACTS,
    INSTRUMENTS,
    KINDS,
    OUTCOMES,
    REGIONAL_POINTS,
    STATUSES,
    UNANSWERED,
    Choice,
    Question,
    Section,
    Template,
)

__all__ = [
    "CASE_FACTS",
    "CHANGES",
    "COLUMNS",
    "INSTRUMENTS",
    "KINDS",
    "OUTCOMES",
    "REGIONAL_POINTS",
    "STATUSES",
    "UNANSWERED",
    "Choice",
    "Compared",
    "Comparison",
    "Question",
    "Section",
    "SectionProgress",
    "Source",
    "SuggestedTask",
    "Template",
    "applicable_sections",
    "calculated",
    "compare",
    "missing",
    "progress",
    "read_template",
    "suggested_tasks",
    "template_from_source",
    "template_source",
]
