"""Acting: audits returned to the team, tasks done, sections signed off, and back to the Quality Assurance Unit."""

from goldenthread.act.services.chasing import Chased, chase_tasks
from goldenthread.act.services.disputing import challenge_task, drop_task, keep_task
from goldenthread.act.services.extending import extend_task
from goldenthread.act.services.returning import planned_returns, return_session, return_to_team
from goldenthread.act.services.seeing import see
from goldenthread.act.services.signing import (
    MEANING,
    accept_return,
    capacity_for,
    digest_of,
    reasons_not_to_sign,
    send_back,
    sign_off,
)
from goldenthread.act.services.tasks import agree_to_task, complete_task, reopen_task

__all__ = [
    "MEANING",
    "Chased",
    "accept_return",
    "agree_to_task",
    "capacity_for",
    "challenge_task",
    "chase_tasks",
    "complete_task",
    "digest_of",
    "drop_task",
    "extend_task",
    "keep_task",
    "planned_returns",
    "reasons_not_to_sign",
    "reopen_task",
    "return_session",
    "return_to_team",
    "see",
    "send_back",
    "sign_off",
]
