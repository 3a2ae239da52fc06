"""Audits of children's files: the audit, its parts, their answers and findings, and the judgement that stands on it."""

from goldenthread.audit.models.audits import Answer, Audit, Finding, Judgement, Part
from goldenthread.audit.models.counts import FileCount
from goldenthread.audit.models.inspections import Inspection, Statement
from goldenthread.audit.models.moderation import Calibration, Moderation, Rating

__all__ = [
    "Answer",
    "Audit",
    "Calibration",
    "FileCount",
    "Finding",
    "Inspection",
    "Judgement",
    "Moderation",
    "Part",
    "Rating",
    "Statement",
]
