"""Acting: audits returned to the team, tasks done, sections signed off, and back to the Quality Assurance Unit."""

from goldenthread.act.services.returning import planned_returns, return_session, return_to_team
from goldenthread.act.services.seeing import see
from goldenthread.act.services.signing import (
    MEANING,
    accept_return,
    digest_of,
    reasons_not_to_sign,
    send_back,
    sign_off,
)
from goldenthread.act.services.tasks import complete_task, reopen_task

__all__ = [
    "MEANING",
    "accept_return",
    "complete_task",
    "digest_of",
    "planned_returns",
    "reasons_not_to_sign",
    "reopen_task",
    "return_session",
    "return_to_team",
    "see",
    "send_back",
    "sign_off",
]
