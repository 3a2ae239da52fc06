"""The audit template: what an auditor is asked about one child's file, read from XLSForm rows.

`read_template` turns the rows of three sheets into a `Template` or refuses with every fault; `applicable_sections`,
`missing` and `progress` say what of it one audit has to answer, and how far it has come.
"""

from goldenthread.method.template.progress import SectionProgress, applicable_sections, missing, progress
from goldenthread.method.template.reading import read_template, template_from_source
from goldenthread.method.template.source import template_source
from goldenthread.method.template.values import (
    CASE_FACTS,
    KINDS,
    OUTCOMES,
    REGIONAL_POINTS,
    STATUSES,
    Choice,
    Question,
    Section,
    Template,
)

__all__ = [
    "CASE_FACTS",
    "KINDS",
    "OUTCOMES",
    "REGIONAL_POINTS",
    "STATUSES",
    "Choice",
    "Question",
    "Section",
    "SectionProgress",
    "Template",
    "applicable_sections",
    "missing",
    "progress",
    "read_template",
    "template_from_source",
    "template_source",
]
