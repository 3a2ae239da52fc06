"""Auditing: files allotted, answers saved as typed, findings, submission."""

from goldenthread.audit.services.agreeing import agree
from goldenthread.audit.services.allotting import (
    allot,
    replace_case,
    share_out,
    take_back,
    take_back_all,
    withdraw,
)
from goldenthread.audit.services.answers import faults_by_question, save_answers, settle
from goldenthread.audit.services.findings import change_finding, note_finding, remove_finding, restore_finding
from goldenthread.audit.services.parts import ask_for_parts, ask_for_reply, see_agreement, see_part, submit_part
from goldenthread.audit.services.seeing import see
from goldenthread.audit.services.submitting import submit

__all__ = [
    "agree",
    "allot",
    "ask_for_parts",
    "ask_for_reply",
    "change_finding",
    "faults_by_question",
    "note_finding",
    "remove_finding",
    "replace_case",
    "restore_finding",
    "save_answers",
    "see",
    "see_agreement",
    "see_part",
    "settle",
    "share_out",
    "submit",
    "submit_part",
    "take_back",
    "take_back_all",
    "withdraw",
]
