"""Auditing: files allotted, answers saved as typed, findings, submission."""

from goldenthread.audit.services.allotting import allot, share_out, withdraw
from goldenthread.audit.services.answers import faults_by_question, save_answers, settle
from goldenthread.audit.services.findings import change_finding, note_finding, remove_finding, restore_finding
from goldenthread.audit.services.seeing import see
from goldenthread.audit.services.submitting import submit

__all__ = [
    "allot",
    "change_finding",
    "faults_by_question",
    "note_finding",
    "remove_finding",
    "restore_finding",
    "save_answers",
    "see",
    "settle",
    "share_out",
    "submit",
    "withdraw",
]
